/** The lab's side of a call's sound: one pair of RTP sockets, and what is done with the packets. */
import { randomInt } from 'node:crypto';
import type { RemoteInfo } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWav } from '@thinline/endpoint-adapter/audio/wav.ts';
import type { Agreement } from '@thinline/endpoint-adapter/call/negotiation.ts';
import { type Codec, type Encoder, packetLength } from '@thinline/endpoint-adapter/media/codecs/codec.ts';
import { findCodec } from '@thinline/endpoint-adapter/media/codecs/registry.ts';
import { openRtpSockets, type RtpSockets } from '@thinline/endpoint-adapter/media/ports.ts';
import {
  emptyHeader,
  headerBytes,
  maxPacketBytes,
  readRtp,
  writeRtpHeader,
} from '@thinline/endpoint-adapter/media/rtp.ts';
import { TelephoneEventReceiver, TelephoneEventSender } from '@thinline/endpoint-adapter/media/telephone-event.ts';
import { FailureError } from '@thinline/shared/failures.ts';

const tickMs = 10;

interface Loop {
  samples: Int16Array;
  rate: number;
}

let loop: Loop | null = null;
const speechLoop = (): Loop => {
  loop ??= parseWav(readFileSync(join(import.meta.dirname, 'speech.wav')));
  return loop;
};

/** The next of the loop at the codec's rate, by straight lines between its samples; `at` counts those. */
function nextSpeech(at: number, out: Int16Array, rate: number): number {
  const { samples, rate: loopRate } = speechLoop();
  const step = loopRate / rate;
  for (let i = 0; i < out.length; i++) {
    const place = (at + i * step) % samples.length;
    const before = Math.floor(place);
    const here = samples[before] ?? 0;
    const after = samples[(before + 1) % samples.length] ?? 0;
    out[i] = here + (after - here) * (place - before);
  }
  return (at + out.length * step) % samples.length;
}

interface Voice {
  codec: Codec;
  encoder: Encoder;
  frame: Int16Array;
  /** Where in the loop, and how many samples of the next frame have passed. */
  at: number;
  elapsed: number;
}

export type SoundKind = 'echo' | 'speech' | 'silence';

export class LabSound {
  readonly #sockets: RtpSockets;
  readonly #kind: SoundKind;
  readonly #packet = new Uint8Array(maxPacketBytes);
  readonly #header = emptyHeader();
  readonly #events = new TelephoneEventReceiver();
  readonly #digits = new TelephoneEventSender();
  readonly #ssrc = randomInt(2 ** 32);
  #sequence = randomInt(2 ** 16);
  #timestamp = randomInt(2 ** 32);
  #eventTimestamp = 0;
  #agreement: Agreement | null = null;
  #remote: { address: string; port: number } | null = null;
  #voice: Voice | null = null;
  #timer: NodeJS.Timeout | undefined;
  #nextTick = 0;
  onDigit: (digit: string) => void = () => {};

  constructor(sockets: RtpSockets, kind: SoundKind) {
    this.#sockets = sockets;
    this.#kind = kind;
  }

  static async open(address: string, kind: SoundKind): Promise<LabSound> {
    const sockets = await openRtpSockets({ address, portMin: 0, portMax: 0 });
    if (!sockets) throw new FailureError('noRtpPort', { min: 0, max: 0 });
    const sound = new LabSound(sockets, kind);
    sound.#sockets.rtp.on('message', (packet, from) => sound.#received(packet, from));
    return sound;
  }

  get local() {
    return this.#sockets.local;
  }

  /** Offer and answer are through. */
  async agreed(agreement: Agreement): Promise<void> {
    const changed = agreement.codec.name !== this.#agreement?.codec.name;
    this.#agreement = agreement;
    this.#remote = { address: agreement.remoteAddress, port: agreement.remotePort };
    if (changed && this.#kind === 'speech') await this.#openVoice(agreement);
    if (this.#timer === undefined) {
      this.#nextTick = performance.now();
      this.#tick();
    }
  }

  sendDigits(digits: string): Promise<void> {
    return this.#digits.send(digits);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#voice?.encoder.close();
    this.#digits.cancel();
    this.#sockets.rtp.close();
    this.#sockets.rtcp.close();
  }

  async #openVoice({ codec: { name }, ptime }: Agreement): Promise<void> {
    const codec = findCodec(name);
    if (!codec) return;
    const { encoder, decoder } = await codec.open();
    decoder.close();
    this.#voice?.encoder.close();
    const frame = new Int16Array((codec.sampleRate / 1000) * packetLength(codec, ptime));
    this.#voice = { codec, encoder, frame, at: 0, elapsed: 0 };
  }

  #received(packet: Buffer, { address, port }: RemoteInfo): void {
    if (!readRtp(packet, this.#header) || !this.#agreement) return;
    this.#remote = { address, port };
    const { payloadType, payloadOffset, payloadLength, timestamp, marker } = this.#header;
    if (payloadType === this.#agreement.telephoneEventReceive) {
      const heard = this.#events.put(packet, payloadOffset, payloadLength, timestamp, performance.now());
      for (const digit of heard ?? '') this.onDigit(digit);
      return;
    }
    if (this.#kind !== 'echo' || payloadLength > maxPacketBytes - headerBytes) return;
    this.#packet.set(packet.subarray(payloadOffset, payloadOffset + payloadLength), headerBytes);
    this.#send(payloadType, marker, timestamp, payloadLength);
  }

  #tick(): void {
    this.#nextTick += tickMs;
    const heard = this.#events.tick(performance.now());
    for (const digit of heard ?? '') this.onDigit(digit);
    this.#sendDue();
    this.#timer = setTimeout(() => this.#tick(), Math.max(0, this.#nextTick - performance.now()));
  }

  #sendDue(): void {
    const agreement = this.#agreement;
    if (!agreement) return;
    const clockRate = findCodec(agreement.codec.name)?.clockRate ?? 8000;
    this.#timestamp = (this.#timestamp + (clockRate / 1000) * tickMs) >>> 0;
    if (this.#digits.active && agreement.telephoneEventSend !== null) {
      const length = this.#digits.tick(this.#packet, headerBytes, clockRate);
      if (this.#digits.starting) this.#eventTimestamp = this.#timestamp;
      if (length > 0) this.#send(agreement.telephoneEventSend, this.#digits.marker, this.#eventTimestamp, length);
      return;
    }
    // RFC 3264 §5.1: who is held is sent nothing.
    const maySend = agreement.direction === 'sendrecv' || agreement.direction === 'sendonly';
    if (this.#voice && maySend) this.#speak(this.#voice, agreement.codec.sendPayloadType);
  }

  #speak(voice: Voice, payloadType: number): void {
    voice.elapsed += (voice.codec.sampleRate / 1000) * tickMs;
    if (voice.elapsed < voice.frame.length) return;
    voice.elapsed -= voice.frame.length;
    voice.at = nextSpeech(voice.at, voice.frame, voice.codec.sampleRate);
    const length = voice.encoder.encode(voice.frame, this.#packet, headerBytes);
    this.#send(payloadType, false, this.#timestamp, length);
  }

  #send(payloadType: number, marker: boolean, timestamp: number, length: number): void {
    if (!this.#remote) return;
    writeRtpHeader(this.#packet, payloadType, marker, this.#sequence, timestamp, this.#ssrc);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#sockets.rtp.send(this.#packet, 0, headerBytes + length, this.#remote.port, this.#remote.address, () => {});
  }
}
