/** iLBC (RFC 3951, RFC 3952): 20 ms in 38 bytes or 30 ms in 50. Built by `npm run codecs`. */
import { type Built, openBuilt, reserve } from './built.ts';
import type { Codec, CodecOptions, Decoder, Encoder, OpenCodec } from './codec.ts';
import { wholeParameter } from './fmtp.ts';

export const ilbcFunctions = [
  'WebRtcIlbcfix_EncoderCreate',
  'WebRtcIlbcfix_EncoderInit',
  'WebRtcIlbcfix_Encode',
  'WebRtcIlbcfix_DecoderCreate',
  'WebRtcIlbcfix_DecoderInit',
  'WebRtcIlbcfix_Decode',
  'ThinlineConcealIlbc',
] as const;
type Ilbc = Built<(typeof ilbcFunctions)[number]>;

type Mode = 20 | 30;
const perMs = 8;
const bytesOfFrame = { 20: 38, 30: 50 } as const;
const packetMs = { 20: [20, 40, 60], 30: [30, 60] } as const;
/** The library takes no more of them in one packet. */
const mostFrames = 3;
const mostBytes = mostFrames * bytesOfFrame[30];
const mostSamples = mostFrames * 30 * perMs;

/** RFC 3952 §4.2 with §3: 30 ms unless both sides say 20. */
export function ilbcMode(theirs: string, ours: string): Mode {
  return wholeParameter(theirs, 'mode') === 20 && wholeParameter(ours, 'mode') === 20 ? 20 : 30;
}

/** The mode that a payload of this length was made in; null when it is none. */
function modeOf(length: number): Mode | null {
  for (const mode of [20, 30] as const) {
    const frames = length / bytesOfFrame[mode];
    if (Number.isInteger(frames) && frames >= 1 && frames <= mostFrames) return mode;
  }
  return null;
}

/** The address that a function of the library puts where it is told to. */
function created(ilbc: Ilbc, create: 'WebRtcIlbcfix_EncoderCreate' | 'WebRtcIlbcfix_DecoderCreate'): number {
  const where = reserve(ilbc, 4);
  if (ilbc[`_${create}`](where) !== 0) throw new Error('it has no memory left');
  return new DataView(ilbc.HEAPU8.buffer).getUint32(where, true);
}

class IlbcEncoder implements Encoder {
  readonly packetMs: readonly number[];
  readonly #ilbc: Ilbc;
  readonly #instance: number;
  readonly #sound: number;
  readonly #payload: number;
  readonly #bytes: Uint8Array;

  constructor(ilbc: Ilbc, mode: Mode) {
    this.packetMs = packetMs[mode];
    this.#ilbc = ilbc;
    this.#instance = created(ilbc, 'WebRtcIlbcfix_EncoderCreate');
    ilbc._WebRtcIlbcfix_EncoderInit(this.#instance, mode);
    this.#sound = reserve(ilbc, 2 * mostSamples);
    this.#payload = reserve(ilbc, mostBytes);
    this.#bytes = ilbc.HEAPU8.subarray(this.#payload, this.#payload + mostBytes);
  }

  encode(sound: Int16Array, out: Uint8Array, offset: number): number {
    if (sound.length > mostSamples) return 0;
    this.#ilbc.HEAP16.set(sound, this.#sound >> 1);
    const bytes = this.#ilbc._WebRtcIlbcfix_Encode(this.#instance, this.#sound, sound.length, this.#payload);
    for (let i = 0; i < bytes; i++) out[offset + i] = this.#bytes[i] ?? 0;
    return Math.max(0, bytes);
  }

  adapt(): void {}

  close(): void {}
}

class IlbcDecoder implements Decoder {
  readonly resting = false;
  readonly #ilbc: Ilbc;
  readonly #instance: number;
  readonly #payload: number;
  readonly #sound: number;
  readonly #kind: number;
  readonly #bytes: Uint8Array;
  readonly #samples: Int16Array;
  /** What is left of a frame that was made up, as whole frames are and any length is asked for. */
  #spareFrom = 0;
  #spareTo = 0;

  constructor(ilbc: Ilbc, mode: Mode) {
    this.#ilbc = ilbc;
    this.#instance = created(ilbc, 'WebRtcIlbcfix_DecoderCreate');
    ilbc._WebRtcIlbcfix_DecoderInit(this.#instance, mode);
    this.#payload = reserve(ilbc, mostBytes);
    this.#sound = reserve(ilbc, 2 * mostSamples);
    this.#kind = reserve(ilbc, 2);
    this.#bytes = ilbc.HEAPU8.subarray(this.#payload, this.#payload + mostBytes);
    this.#samples = ilbc.HEAP16.subarray(this.#sound >> 1, (this.#sound >> 1) + mostSamples);
  }

  duration(_packet: Uint8Array, _offset: number, length: number): number {
    const mode = modeOf(length);
    return mode === null ? 0 : (length / bytesOfFrame[mode]) * mode * perMs;
  }

  decode(payload: Uint8Array, length: number, out: Int16Array): number {
    if (modeOf(length) === null) return 0;
    this.#spareTo = 0;
    this.#spareFrom = 0;
    for (let i = 0; i < length; i++) this.#bytes[i] = payload[i] ?? 0;
    let samples = 0;
    try {
      const ilbc = this.#ilbc;
      samples = ilbc._WebRtcIlbcfix_Decode(this.#instance, this.#payload, length, this.#sound, this.#kind);
    } catch {
      return 0;
    }
    for (let i = 0; i < samples; i++) out[i] = this.#samples[i] ?? 0;
    return Math.max(0, samples);
  }

  recover(): number {
    return 0;
  }

  conceal(samples: number, out: Int16Array): void {
    for (let i = 0; i < samples; i++) {
      if (this.#spareFrom >= this.#spareTo) this.#makeUp();
      out[i] = this.#samples[this.#spareFrom++] ?? 0;
    }
  }

  close(): void {}

  #makeUp(): void {
    this.#spareFrom = 0;
    try {
      this.#spareTo = this.#ilbc._ThinlineConcealIlbc(this.#instance, this.#sound);
    } catch {
      this.#spareTo = 0;
    }
    if (this.#spareTo > 0) return;
    this.#samples.fill(0);
    this.#spareTo = this.#samples.length;
  }
}

/** Half the delay of mode 30 for a seventh more bytes. */
const fmtp = 'mode=20';

async function open(options?: CodecOptions): Promise<OpenCodec> {
  const mode = ilbcMode(options?.fmtp ?? fmtp, options?.localFmtp ?? fmtp);
  const ilbc = await openBuilt('ilbc', ilbcFunctions);
  return { encoder: new IlbcEncoder(ilbc, mode), decoder: new IlbcDecoder(ilbc, mode) };
}

export const ilbc: Codec = {
  name: 'iLBC',
  payloadType: null,
  clockRate: 8_000,
  channels: 1,
  sampleRate: 8_000,
  fmtp,
  packetMs: [20, 30, 40, 60],
  recovers: false,
  ownsSilence: false,
  open,
};
