/**
 * iSAC (draft-ietf-avt-rtp-isac): wide band at 16 kHz, super wide band at 32 kHz; frames of 30 or 60 ms that say themselves
 * how long they are. Built by `npm run codecs`.
 */
import { Concealment } from '../concealment.ts';
import { type Built, openBuilt, reserve } from './built.ts';
import type { Codec, CodecOptions, Decoder, Encoder, OpenCodec, SendConditions } from './codec.ts';
import { wholeParameter } from './fmtp.ts';

export const isacFunctions = [
  'WebRtcIsac_Create',
  'WebRtcIsac_SetEncSampRate',
  'WebRtcIsac_SetDecSampRate',
  'WebRtcIsac_EncoderInit',
  'WebRtcIsac_DecoderInit',
  'WebRtcIsac_Control',
  'WebRtcIsac_Encode',
  'WebRtcIsac_Decode',
  'WebRtcIsac_ReadFrameLen',
] as const;
type Isac = Built<(typeof isacFunctions)[number]>;

type Rate = 16_000 | 32_000;
/** The encoder takes sound in steps of 10 ms. */
const stepMs = 10;
const longestMs = 60;
/** STREAM_SIZE_MAX: the longest payload, in bytes. */
const mostBytes = 600;
/** Coding mode 1: the bitrate is told to the encoder, and not guessed from how packets arrive. */
const toldBitrate = 1;
/** bit/s; the library's limits. */
const bitrates = { 16000: { least: 10_000, most: 32_000 }, 32000: { least: 10_000, most: 56_000 } } as const;
const packetMs = { 16000: [30, 60], 32000: [30] } as const;

function create(isac: Isac): number {
  const where = reserve(isac, 4);
  if (isac._WebRtcIsac_Create(where) !== 0) throw new Error('it has no memory left');
  return new DataView(isac.HEAPU8.buffer).getUint32(where, true);
}

class IsacEncoder implements Encoder {
  readonly packetMs: readonly number[];
  readonly #isac: Isac;
  readonly #instance: number;
  readonly #rate: Rate;
  readonly #most: number;
  readonly #stepSamples: number;
  readonly #sound: number;
  readonly #payload: number;
  readonly #bytes: Uint8Array;
  #bitrate: number;
  #frameMs = 30;

  /** most: bit/s that the far end takes. */
  constructor(isac: Isac, instance: number, rate: Rate, most: number) {
    this.packetMs = packetMs[rate];
    this.#isac = isac;
    this.#instance = instance;
    this.#rate = rate;
    this.#most = most;
    this.#bitrate = most;
    this.#stepSamples = (rate * stepMs) / 1000;
    isac._WebRtcIsac_SetEncSampRate(instance, rate);
    isac._WebRtcIsac_EncoderInit(instance, toldBitrate);
    isac._WebRtcIsac_Control(instance, this.#bitrate, this.#frameMs);
    this.#sound = reserve(isac, 2 * this.#stepSamples);
    this.#payload = reserve(isac, mostBytes);
    this.#bytes = isac.HEAPU8.subarray(this.#payload, this.#payload + mostBytes);
  }

  encode(sound: Int16Array, out: Uint8Array, offset: number): number {
    const isac = this.#isac;
    const step = this.#stepSamples;
    this.#setFrame((sound.length / step) * stepMs);
    const heap = isac.HEAP16;
    const start = this.#sound >> 1;
    for (let from = 0; from + step <= sound.length; from += step) {
      for (let i = 0; i < step; i++) heap[start + i] = sound[from + i] ?? 0;
      const bytes = isac._WebRtcIsac_Encode(this.#instance, this.#sound, this.#payload);
      if (bytes === 0) continue;
      if (bytes < 0 || bytes > mostBytes) return 0;
      for (let i = 0; i < bytes; i++) out[offset + i] = this.#bytes[i] ?? 0;
      return bytes;
    }
    return 0;
  }

  adapt({ bitrate }: SendConditions): void {
    const { least } = bitrates[this.#rate];
    this.#bitrate = Math.max(least, Math.min(this.#most, Math.round(bitrate ?? this.#most)));
    this.#isac._WebRtcIsac_Control(this.#instance, this.#bitrate, this.#frameMs);
  }

  close(): void {}

  #setFrame(ms: number): void {
    if (ms === this.#frameMs) return;
    this.#frameMs = ms;
    this.#isac._WebRtcIsac_Control(this.#instance, this.#bitrate, ms);
  }
}

class IsacDecoder implements Decoder {
  readonly resting = false;
  readonly #isac: Isac;
  readonly #instance: number;
  readonly #mostSamples: number;
  readonly #payload: number;
  readonly #sound: number;
  readonly #word: number;
  readonly #bytes: Uint8Array;
  readonly #samples: Int16Array;
  readonly #concealment: Concealment;

  constructor(isac: Isac, instance: number, rate: Rate) {
    this.#isac = isac;
    this.#instance = instance;
    this.#mostSamples = (rate * longestMs) / 1000;
    isac._WebRtcIsac_SetDecSampRate(instance, rate);
    isac._WebRtcIsac_DecoderInit(instance);
    this.#payload = reserve(isac, mostBytes);
    this.#sound = reserve(isac, 2 * this.#mostSamples);
    this.#word = reserve(isac, 2);
    this.#bytes = isac.HEAPU8.subarray(this.#payload, this.#payload + mostBytes);
    this.#samples = isac.HEAP16.subarray(this.#sound >> 1, (this.#sound >> 1) + this.#mostSamples);
    this.#concealment = new Concealment(rate);
  }

  duration(packet: Uint8Array, offset: number, length: number): number {
    if (!this.#take(packet, offset, length)) return 0;
    try {
      if (this.#isac._WebRtcIsac_ReadFrameLen(this.#instance, this.#payload, this.#word) < 0) return 0;
    } catch {
      return 0;
    }
    const samples = this.#isac.HEAP16[this.#word >> 1] ?? 0;
    return samples > 0 && samples <= this.#mostSamples ? samples : 0;
  }

  decode(payload: Uint8Array, length: number, out: Int16Array): number {
    if (!this.#take(payload, 0, length)) return 0;
    let samples = 0;
    try {
      samples = this.#isac._WebRtcIsac_Decode(this.#instance, this.#payload, length, this.#sound, this.#word);
    } catch {
      return 0;
    }
    if (samples <= 0 || samples > this.#mostSamples || samples > out.length) return 0;
    for (let i = 0; i < samples; i++) out[i] = this.#samples[i] ?? 0;
    this.#concealment.heard(out, samples);
    return samples;
  }

  recover(): number {
    return 0;
  }

  /** The library's own is silence. */
  conceal(samples: number, out: Int16Array): void {
    this.#concealment.fill(out, samples);
  }

  close(): void {}

  #take(packet: Uint8Array, offset: number, length: number): boolean {
    if (length < 1 || length > mostBytes) return false;
    for (let i = 0; i < length; i++) this.#bytes[i] = packet[offset + i] ?? 0;
    return true;
  }
}

/** maxbitrate is the payload's with its overhead in the draft; a codec that stays below it in sound alone is close enough. */
export function isacBitrate(rate: Rate, fmtp: string): number {
  const { least, most } = bitrates[rate];
  const wished = Math.min(wholeParameter(fmtp, 'ibitrate') ?? most, wholeParameter(fmtp, 'maxbitrate') ?? most);
  return Math.max(least, Math.min(most, wished));
}

function isac(rate: Rate): Codec {
  return {
    name: 'iSAC',
    payloadType: null,
    clockRate: rate,
    channels: 1,
    sampleRate: rate,
    fmtp: '',
    packetMs: packetMs[rate],
    recovers: false,
    ownsSilence: false,
    open: async (options?: CodecOptions): Promise<OpenCodec> => {
      const module = await openBuilt('isac', isacFunctions);
      const instance = create(module);
      return {
        encoder: new IsacEncoder(module, instance, rate, isacBitrate(rate, options?.fmtp ?? '')),
        decoder: new IsacDecoder(module, instance, rate),
      };
    },
  };
}

export const isacWideBand = isac(16_000);
export const isacSuperWideBand = isac(32_000);
