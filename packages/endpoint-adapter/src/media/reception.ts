/** From a datagram of the far end's to its place in the jitter buffer: whose it is, what it is, and where it belongs. */
import type { Codec, Decoder } from './codecs/codec.ts';
import { Inactivity } from './inactivity.ts';
import type { MediaPacket, PacketFate } from './jitter-buffer.ts';
import { JitterEstimate } from './jitter-estimate.ts';
import { nothingReceived, ReceivePath } from './receive-path.ts';
import { packetsBefore, type RedBlock, RedReader } from './red.ts';
import { emptyHeader, readRtp } from './rtp.ts';
import { Sequence } from './sequence.ts';
import { nothingRefused, type Refused } from './statistics.ts';
import type { StreamSettings } from './stream-settings.ts';
import { TelephoneEventReceiver } from './telephone-event.ts';

/** RFC 3389 §4: comfort noise has a static payload type, and some send it without having agreed on it. */
const comfortNoise = 13;

/** Unix ms where performance.now() is 0; asking for it each time makes garbage. */
const startedAtMs = performance.timeOrigin;

export interface ReceptionOptions {
  /** Whether packets of that source are taken from there; asked once what they are is known. */
  accept: (address: string, port: number, ssrc: number, nowMs: number) => boolean;
  onDigit: (digit: string) => void;
  onPacketFate: (fate: PacketFate) => void;
}

export const receives = (settings: StreamSettings | null): settings is StreamSettings =>
  settings !== null && (settings.direction === 'sendrecv' || settings.direction === 'recvonly');

export class Reception {
  readonly refused: Refused = nothingRefused();
  readonly totals = nothingReceived();
  readonly inactivity = new Inactivity();
  /** Payload only. */
  octets = 0;
  /** Unix time; 0: none yet. */
  lastAtMs = 0;
  /** ms of sound in the last packet; 0: none yet. */
  packetMs = 0;
  /** Of the present source; null: nobody was heard yet. */
  ssrc: number | null = null;
  readonly #options: ReceptionOptions;
  readonly #events = new TelephoneEventReceiver();
  readonly #header = emptyHeader();
  readonly #red = new RedReader();
  readonly #packet: MediaPacket = {
    sequence: 0,
    timestamp: 0,
    duration: 0,
    silence: false,
    redundant: false,
    payload: new Uint8Array(0),
    offset: 0,
    length: 0,
  };
  #settings: StreamSettings | null = null;
  #path: ReceivePath | null = null;
  #codec: Codec | null = null;
  #sequence = new Sequence();
  #jitter = new JitterEstimate(8_000);
  #candidate: number | null = null;
  #lastEvent = -1;
  /** Of sources before the present one. */
  #receivedBefore = 0;
  #lostBefore = 0;

  constructor(options: ReceptionOptions) {
    this.#options = options;
  }

  /** Takes the decoder over. */
  open(codec: Codec, decoder: Decoder): void {
    this.#path?.close();
    this.#path = new ReceivePath(codec, decoder, this.totals, this.#options.onPacketFate);
    this.#jitter = new JitterEstimate(codec.clockRate);
    this.#codec = codec;
  }

  update(settings: StreamSettings): void {
    if (!receives(settings)) this.#path?.pause();
    this.#settings = settings;
  }

  /** One RTP packet of `length` bytes, without what protected it. */
  take(packet: Uint8Array, length: number, address: string, port: number, nowMs: number): void {
    const header = this.#header;
    const settings = this.#settings;
    if (settings === null || this.#path === null) return;
    if (!readRtp(packet, header, length)) {
      this.refused.malformed++;
      return;
    }
    if (!this.#options.accept(address, port, header.ssrc, nowMs) || !this.#isPresentSource(header.ssrc)) {
      this.refused.foreign++;
      return;
    }
    const type = header.payloadType;
    const sound = type === settings.codec.receivePayloadType;
    const event = type === settings.telephoneEventReceive;
    const redundant = type === settings.redundancyReceive;
    if (!sound && !event && !redundant && type !== comfortNoise) {
      this.refused.payloadType++;
      return;
    }
    const verdict = this.#sequence.update(header.sequence);
    if (verdict === 'rejected') {
      this.refused.sequence++;
      return;
    }
    if (verdict === 'restarted') this.#restart();
    this.inactivity.heard();
    this.octets += header.payloadLength;
    this.lastAtMs = startedAtMs + nowMs;
    if (event) this.#takeEvent(packet, nowMs);
    else if (redundant) this.#takeRedundant(packet, settings.codec.receivePayloadType, nowMs);
    else if (sound) {
      this.#jitter.update(header.timestamp, nowMs);
      this.#takeSound(packet, header.payloadOffset, header.payloadLength, nowMs);
    } else this.#takeSilence(packet, header.payloadLength, nowMs);
  }

  /** Takes the next 10 ms; false where none are expected. */
  process(nowMs: number, out: Int16Array): boolean {
    const digit = this.#events.tick(nowMs);
    if (digit !== null) this.#options.onDigit(digit);
    if (this.#path === null || !receives(this.#settings)) return false;
    this.#path.process(nowMs, out);
    return true;
  }

  get buffer() {
    return this.#path?.stats() ?? null;
  }

  get packetsReceived(): number {
    return this.#receivedBefore + this.#sequence.received;
  }

  get packetsLost(): number {
    return this.#lostBefore + Math.max(0, this.#sequence.lost);
  }

  get jitterMs(): number {
    return this.#jitter.ms;
  }

  /** For a reception report (RFC 3550 §6.4.1), whose interval it ends; null before anything was received. */
  report() {
    if (this.ssrc === null) return null;
    return {
      ssrc: this.ssrc,
      fractionLost: this.#sequence.fractionLost(),
      lost: this.#sequence.lost,
      highestSequence: this.#sequence.highest,
      jitter: Math.round(this.#jitter.value),
    };
  }

  close(): void {
    this.#path?.close();
    this.#path = null;
  }

  /** Another SSRC takes over when two of its packets have come and none of the present one's in between. */
  #isPresentSource(ssrc: number): boolean {
    if (ssrc === this.ssrc) {
      this.#candidate = null;
      return true;
    }
    if (this.ssrc !== null && ssrc !== this.#candidate) {
      this.#candidate = ssrc;
      return false;
    }
    if (this.ssrc !== null) {
      this.#receivedBefore += this.#sequence.received;
      this.#lostBefore += Math.max(0, this.#sequence.lost);
      this.#sequence = new Sequence();
      this.#restart();
    }
    this.ssrc = ssrc;
    this.#candidate = null;
    return true;
  }

  #restart(): void {
    this.#path?.restart();
    this.#jitter.restart();
  }

  #takeSound(packet: Uint8Array, offset: number, length: number, nowMs: number): void {
    const path = this.#path;
    if (path === null || !receives(this.#settings)) return;
    const duration = path.duration(packet, offset, length);
    if (duration === 0) {
      this.refused.malformed++;
      return;
    }
    this.packetMs = (duration * 1000) / (this.#codec?.clockRate ?? 8_000);
    this.#put(packet, offset, length, duration, 0, 0, nowMs);
  }

  /** RFC 2198: the sound itself comes last, and before it that of earlier packets, which may have been lost. */
  #takeRedundant(packet: Uint8Array, payloadType: number, nowMs: number): void {
    const { timestamp, payloadOffset, payloadLength } = this.#header;
    const red = this.#red;
    if (!red.read(packet, payloadOffset, payloadLength)) {
      this.refused.malformed++;
      return;
    }
    for (let i = 0; i < red.count; i++) {
      const block = red.blocks[i];
      if (block === undefined || block.length === 0) continue;
      const primary = i === red.count - 1;
      if (!primary && block.payloadType === payloadType) this.#takeCopy(packet, block, nowMs);
      else if (primary && block.payloadType === payloadType) {
        this.#jitter.update(timestamp, nowMs);
        this.#takeSound(packet, block.offset, block.length, nowMs);
      } else if (primary && block.payloadType === comfortNoise) {
        this.#put(packet, block.offset, block.length, 0, 0, 0, nowMs);
      }
    }
  }

  #takeCopy(packet: Uint8Array, block: RedBlock, nowMs: number): void {
    const duration = this.#path?.duration(packet, block.offset, block.length) ?? 0;
    const before = packetsBefore(block.timestampOffset, duration);
    if (before > 0 && receives(this.#settings)) {
      this.#put(packet, block.offset, block.length, duration, before, block.timestampOffset, nowMs);
    }
  }

  #takeSilence(packet: Uint8Array, length: number, nowMs: number): void {
    if (receives(this.#settings)) this.#put(packet, this.#header.payloadOffset, length, 0, 0, 0, nowMs);
  }

  #takeEvent(packet: Uint8Array, nowMs: number): void {
    const { timestamp, payloadOffset, payloadLength } = this.#header;
    // Sound pauses during an event (RFC 4733 §2.1), and all packets of one have the same timestamp.
    if (timestamp !== this.#lastEvent) this.#takeSilence(packet, 0, nowMs);
    this.#lastEvent = timestamp;
    const heard = this.#events.put(packet, payloadOffset, payloadLength, timestamp, nowMs);
    for (const digit of heard ?? '') this.#options.onDigit(digit);
  }

  /** duration 0: silence. `before` packets earlier than the one that it came with, in time `earlier`: a copy. */
  #put(
    packet: Uint8Array,
    offset: number,
    length: number,
    duration: number,
    before: number,
    earlier: number,
    nowMs: number,
  ): void {
    const it = this.#packet;
    it.sequence = this.#sequence.extended - before;
    it.timestamp = (this.#header.timestamp - earlier) >>> 0;
    it.duration = duration;
    it.silence = duration === 0;
    it.redundant = before > 0;
    it.payload = packet;
    it.offset = offset;
    it.length = length;
    this.#path?.put(it, nowMs);
  }
}
