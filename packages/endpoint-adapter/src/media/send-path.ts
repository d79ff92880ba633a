/** From microphone frames to RTP packets: resampler → packet's worth of sound → encoder, or telephone events instead. */
import { frameSamples, sampleRate } from '../audio/driver.ts';
import { type Codec, type Encoder, packetLength, type SendConditions } from './codecs/codec.ts';
import { RedWriter } from './red.ts';
import { makeResampler, type Resampler } from './resampler.ts';
import { headerBytes, maxPacketBytes, writeRtpHeader } from './rtp.ts';
import { comfortNoise, SilenceSuppression } from './silence-suppression.ts';
import type { TelephoneEventSender } from './telephone-event.ts';

const frameMs = 10;
/** A packet that the system couldn't send at once must stay as it is until it did; after so many it has. */
const packetsInFlight = 16;

/** Goes on for as long as the stream lives, whatever its codec; another SSRC comes with another SRTP key only. */
export interface RtpSource {
  ssrc: number;
  sequence: number;
  timestamp: number;
}

export interface SendStats {
  packets: number;
  octets: number;
}

/** Takes `length` bytes of `packet`; it may keep them until 15 more have come. */
export type SendPacket = (packet: Uint8Array, length: number) => void;

export class SendPath {
  readonly #encoder: Encoder;
  readonly #clockRate: number;
  readonly #rate: number;
  readonly #ownsSilence: boolean;
  readonly #source: RtpSource;
  readonly #stats: SendStats;
  readonly #events: TelephoneEventSender;
  readonly #send: SendPacket;
  readonly #resampler: Resampler;
  readonly #frame: Int16Array;
  readonly #sound: Int16Array;
  readonly #red = new RedWriter();
  readonly #encoded = new Uint8Array(maxPacketBytes);
  readonly #packets = Array.from({ length: packetsInFlight }, () => new Uint8Array(maxPacketBytes));
  /** Earlier packets in each one, and the payload type that says so; null where the far end takes none. */
  #depth = 0;
  #redType: number | null = null;
  /** Null where silence is sent as it is, or the codec has its own way. */
  #silence: SilenceSuppression | null = null;
  #silenceLevel: number | null = null;
  #next = 0;
  #filled = 0;
  #eventTimestamp = 0;
  /** RFC 3551 §4.1: the first packet after a silence is marked. */
  #marker = true;

  constructor(
    codec: Codec,
    encoder: Encoder,
    ptime: number,
    source: RtpSource,
    stats: SendStats,
    events: TelephoneEventSender,
    send: SendPacket,
  ) {
    this.#encoder = encoder;
    this.#clockRate = codec.clockRate;
    this.#rate = codec.sampleRate;
    this.#ownsSilence = codec.ownsSilence;
    this.#source = source;
    this.#stats = stats;
    this.#events = events;
    this.#send = send;
    this.#resampler = makeResampler(sampleRate, codec.sampleRate, frameSamples);
    this.#frame = new Int16Array((codec.sampleRate * frameMs) / 1000);
    this.#sound = new Int16Array((codec.sampleRate * packetLength(encoder, ptime)) / 1000);
  }

  get packetMs(): number {
    return (this.#sound.length * 1000) / this.#rate;
  }

  /** From the next packet on. */
  adapt(conditions: SendConditions, redundancy: number): void {
    this.#encoder.adapt(conditions);
    this.#depth = redundancy;
  }

  /** How eagerly silence is left out, 0 to 3; null: not at all. */
  set silenceLevel(level: number | null) {
    if (level === this.#silenceLevel) return;
    this.#silenceLevel = level;
    const rate = this.#rate;
    const none =
      level === null || this.#clockRate !== 8_000 || this.#ownsSilence || (rate !== 8_000 && rate !== 16_000);
    this.#silence = none ? null : new SilenceSuppression(level, rate);
  }

  set redundancyType(payloadType: number | null) {
    if (payloadType !== this.#redType) this.#red.restart();
    this.#redType = payloadType;
  }

  /** Takes 10 ms of sound; `eventType` is the payload type of telephone events, null where there are none. */
  process(frame: Int16Array, payloadType: number, eventType: number | null): void {
    this.#resampler.process(frame, this.#frame);
    if (this.#events.active && eventType !== null) this.#sendEvent(eventType);
    else this.#collect(payloadType);
    this.#source.timestamp = (this.#source.timestamp + (this.#clockRate * frameMs) / 1000) >>> 0;
  }

  /** Time goes on, nothing is sent. */
  skip(): void {
    this.#filled = 0;
    this.#beginAnew();
    this.#source.timestamp = (this.#source.timestamp + (this.#clockRate * frameMs) / 1000) >>> 0;
  }

  close(): void {
    this.#encoder.close();
  }

  #collect(payloadType: number): void {
    const sound = this.#sound;
    for (let i = 0; i < this.#frame.length; i++) sound[this.#filled + i] = this.#frame[i] ?? 0;
    this.#filled += this.#frame.length;
    this.#silence?.add(this.#frame);
    if (this.#filled < sound.length) return;
    this.#filled = 0;
    // The timestamp is that of the first sample, and the last frame's time hasn't been counted yet.
    const before = ((sound.length - this.#frame.length) * this.#clockRate) / this.#rate;
    const timestamp = (this.#source.timestamp - before) >>> 0;
    if (this.#silence !== null && this.#sendSilence(this.#silence, timestamp)) return;
    if (this.#redType !== null && this.#depth > 0) this.#sendRedundant(sound, payloadType, this.#redType, timestamp);
    else this.#sendAlone(sound, payloadType, timestamp);
  }

  /** False where somebody speaks. */
  #sendSilence(silence: SilenceSuppression, timestamp: number): boolean {
    const packet = this.#takePacket();
    const bytes = silence.take(this.packetMs, packet, headerBytes);
    if (bytes < 0) return false;
    this.#beginAnew();
    if (bytes > 0) this.#emit(packet, bytes, comfortNoise, false, timestamp);
    return true;
  }

  #sendAlone(sound: Int16Array, payloadType: number, timestamp: number): void {
    const packet = this.#takePacket();
    const bytes = this.#encoder.encode(sound, packet, headerBytes);
    if (bytes === 0) {
      this.#beginAnew();
      return;
    }
    if (this.#redType !== null) this.#red.remember(packet, headerBytes, bytes, payloadType, timestamp);
    this.#emit(packet, bytes, payloadType, this.#marker, timestamp);
    this.#marker = false;
  }

  #sendRedundant(sound: Int16Array, payloadType: number, redType: number, timestamp: number): void {
    const encoded = this.#encoded;
    const bytes = this.#encoder.encode(sound, encoded, 0);
    if (bytes === 0) {
      this.#beginAnew();
      return;
    }
    const packet = this.#takePacket();
    const all = this.#red.write(encoded, 0, bytes, payloadType, timestamp, this.#depth, packet, headerBytes);
    if (all === 0) return;
    this.#emit(packet, all, redType, this.#marker, timestamp);
    this.#marker = false;
  }

  /** What comes next follows a silence. */
  #beginAnew(): void {
    this.#marker = true;
    this.#red.restart();
  }

  /** In place of sound, not beside it (RFC 4733 §2.5.1.2 leaves that open; a receiver hears the digit once). */
  #sendEvent(eventType: number): void {
    this.#filled = 0;
    this.#beginAnew();
    const packet = this.#takePacket();
    const bytes = this.#events.tick(packet, headerBytes, this.#clockRate);
    if (this.#events.starting) this.#eventTimestamp = this.#source.timestamp;
    if (bytes > 0) this.#emit(packet, bytes, eventType, this.#events.marker, this.#eventTimestamp);
  }

  #takePacket(): Uint8Array {
    const packet = this.#packets[this.#next];
    this.#next = (this.#next + 1) % packetsInFlight;
    if (packet === undefined) throw new RangeError('no such packet buffer');
    return packet;
  }

  #emit(packet: Uint8Array, bytes: number, payloadType: number, marker: boolean, timestamp: number): void {
    const source = this.#source;
    writeRtpHeader(packet, payloadType, marker, source.sequence, timestamp, source.ssrc);
    source.sequence = (source.sequence + 1) & 0xffff;
    this.#stats.packets++;
    this.#stats.octets += bytes;
    this.#send(packet, headerBytes + bytes);
  }
}
