/**
 * G.729 with annexes A and B through bcg729, where the administrator installed that library; it is under the GPL, so it is
 * never shipped with the phone. Frames of 10 ms in 10 bytes, and of 2 bytes for comfort noise (RFC 3551 §4.5.6).
 */
import { libraryPath } from '@thinline/shared/library-path.ts';
import type { Codec, CodecOptions, Decoder, Encoder, OpenCodec, SendConditions } from './codec.ts';
import { parameter } from './fmtp.ts';

const frameSamples = 80;
const frameBytes = 10;
const comfortNoiseBytes = 2;
/** 120 ms. */
const mostFrames = 12;
const packetMs = [10, 20, 30, 40, 50, 60];

const libraries: Partial<Record<NodeJS.Platform, string>> = { darwin: 'libbcg729.0.dylib', win32: 'bcg729.dll' };
const library = libraries[process.platform] ?? 'libbcg729.so.0';

/** A context of the library; only it knows what is inside. */
type Context = unknown;

interface Bcg729 {
  openEncoder: (voiceActivity: number) => Context;
  closeEncoder: (context: Context) => void;
  encode: (context: Context, sound: Int16Array, frame: Uint8Array, bytes: Uint8Array) => void;
  openDecoder: () => Context;
  closeDecoder: (context: Context) => void;
  decode: (
    context: Context,
    frame: Uint8Array,
    bytes: number,
    lost: number,
    comfortNoise: number,
    rfc3389: number,
    sound: Int16Array,
  ) => void;
}

async function load(): Promise<Bcg729> {
  const koffi = await import('koffi').catch(() => {
    throw new Error('the package koffi, which calls libraries of the system, can not be loaded');
  });
  const missing = new Error(`the library ${library} is not on this machine (Debian package libbcg729-0)`);
  const path = libraryPath(library);
  if (path === null) throw missing;
  let bcg729: import('koffi').LibraryHandle;
  try {
    bcg729 = koffi.load(path);
  } catch {
    throw missing;
  }
  return {
    openEncoder: bcg729.func('void *initBcg729EncoderChannel(uint8_t)'),
    closeEncoder: bcg729.func('void closeBcg729EncoderChannel(void *)'),
    encode: bcg729.func('void bcg729Encoder(void *, const int16_t *, uint8_t *, uint8_t *)'),
    openDecoder: bcg729.func('void *initBcg729DecoderChannel()'),
    closeDecoder: bcg729.func('void closeBcg729DecoderChannel(void *)'),
    decode: bcg729.func('void bcg729Decoder(void *, const uint8_t *, uint8_t, uint8_t, uint8_t, uint8_t, int16_t *)'),
  };
}

class G729Encoder implements Encoder {
  readonly packetMs = packetMs;
  readonly #bcg729: Bcg729;
  readonly #annexB: boolean;
  readonly #sound = new Int16Array(frameSamples);
  readonly #frame = new Uint8Array(frameBytes);
  readonly #bytes = new Uint8Array(1);
  #context: Context;
  #discontinuous = false;

  /** annexB: whether the far end takes comfort noise and pauses. */
  constructor(bcg729: Bcg729, annexB: boolean) {
    this.#bcg729 = bcg729;
    this.#annexB = annexB;
    this.#context = bcg729.openEncoder(0);
  }

  encode(sound: Int16Array, out: Uint8Array, offset: number): number {
    let written = 0;
    for (let from = 0; from + frameSamples <= sound.length; from += frameSamples) {
      for (let i = 0; i < frameSamples; i++) this.#sound[i] = sound[from + i] ?? 0;
      this.#bcg729.encode(this.#context, this.#sound, this.#frame, this.#bytes);
      const bytes = this.#bytes[0] ?? 0;
      // RFC 3551 §4.5.6: only the end of a packet may be comfort noise, so what comes after takes its place.
      if (bytes > 0 && written % frameBytes !== 0) written -= comfortNoiseBytes;
      for (let i = 0; i < bytes; i++) out[offset + written + i] = this.#frame[i] ?? 0;
      written += bytes;
    }
    return written;
  }

  adapt({ discontinuous }: SendConditions): void {
    const wanted = discontinuous && this.#annexB;
    if (wanted === this.#discontinuous) return;
    this.#discontinuous = wanted;
    this.#bcg729.closeEncoder(this.#context);
    this.#context = this.#bcg729.openEncoder(wanted ? 1 : 0);
  }

  close(): void {
    this.#bcg729.closeEncoder(this.#context);
  }
}

class G729Decoder implements Decoder {
  resting = false;
  readonly #bcg729: Bcg729;
  readonly #context: Context;
  readonly #frame = new Uint8Array(frameBytes);
  readonly #sound = new Int16Array(frameSamples);
  /** So much of a frame that was made up has been heard. */
  #madeUpTo = frameSamples;

  constructor(bcg729: Bcg729) {
    this.#bcg729 = bcg729;
    this.#context = bcg729.openDecoder();
  }

  duration(_packet: Uint8Array, _offset: number, length: number): number {
    return frameCount(length) * frameSamples;
  }

  decode(payload: Uint8Array, length: number, out: Int16Array): number {
    const frames = frameCount(length);
    if (frames * frameSamples > out.length) return 0;
    this.#madeUpTo = frameSamples;
    for (let n = 0; n < frames; n++) {
      const bytes = Math.min(frameBytes, length - n * frameBytes);
      for (let i = 0; i < bytes; i++) this.#frame[i] = payload[n * frameBytes + i] ?? 0;
      this.resting = bytes === comfortNoiseBytes;
      this.#make(bytes, 0, this.resting ? 1 : 0);
      out.set(this.#sound, n * frameSamples);
    }
    return frames * frameSamples;
  }

  recover(): number {
    return 0;
  }

  /** After comfort noise the library goes on with it. */
  conceal(samples: number, out: Int16Array): void {
    for (let i = 0; i < samples; i++) {
      if (this.#madeUpTo === frameSamples) {
        this.#make(0, 1, 0);
        this.#madeUpTo = 0;
      }
      out[i] = this.#sound[this.#madeUpTo++] ?? 0;
    }
  }

  close(): void {
    this.#bcg729.closeDecoder(this.#context);
  }

  #make(bytes: number, lost: number, comfortNoise: number): void {
    this.#bcg729.decode(this.#context, this.#frame, bytes, lost, comfortNoise, 0, this.#sound);
  }
}

/** Any number of frames of speech, then one of comfort noise or none; 0 for anything else. */
function frameCount(length: number): number {
  const rest = length % frameBytes;
  const frames = Math.floor(length / frameBytes) + (rest === comfortNoiseBytes ? 1 : 0);
  return (rest === 0 || rest === comfortNoiseBytes) && frames <= mostFrames ? frames : 0;
}

async function open(options?: CodecOptions): Promise<OpenCodec> {
  const bcg729 = await load();
  // RFC 4856 §2.1.9: it is understood where nothing is said.
  const annexB = parameter(options?.fmtp ?? '', 'annexb')?.toLowerCase() !== 'no';
  return { encoder: new G729Encoder(bcg729, annexB), decoder: new G729Decoder(bcg729) };
}

export const g729: Codec = {
  name: 'G729',
  payloadType: 18,
  clockRate: 8_000,
  channels: 1,
  sampleRate: 8_000,
  fmtp: 'annexb=no',
  packetMs,
  recovers: false,
  ownsSilence: true,
  open,
};
