/** Echo for tests: rooms by the image-source method (Allen and Berkley, JASA 65(4), 1979), and sound through them. */
import { fileURLToPath } from 'node:url';
import { loadWav } from '../../../audio/wav.ts';
import { makeRandom } from '../../testing/sound.ts';

const sampleRate = 48_000;
const soundSpeed = 343;

/** Metres; the walls' reflection, of pressure. */
export interface Room {
  name: string;
  size: readonly [number, number, number];
  loudspeaker: readonly [number, number, number];
  microphone: readonly [number, number, number];
  reflection: number;
  /** Length of the response, s. */
  seconds: number;
}

export const office: Room = {
  name: 'office 4 × 3 × 2.5 m',
  size: [4, 3, 2.5],
  loudspeaker: [1.6, 1.4, 0.8],
  microphone: [1.9, 1.7, 0.9],
  reflection: 0.72,
  seconds: 0.15,
};
export const hall: Room = {
  name: 'bare room 6 × 5 × 3 m',
  size: [6, 5, 3],
  loudspeaker: [2.2, 2.1, 0.8],
  microphone: [2.7, 2.5, 0.9],
  reflection: 0.8,
  seconds: 0.3,
};
export const headset: Room = {
  name: 'headset on the desk',
  size: [4, 3, 2.5],
  loudspeaker: [1.6, 1.4, 0.8],
  microphone: [1.65, 1.48, 0.83],
  reflection: 0.6,
  seconds: 0.1,
};

/** With unit energy. Each image is spread over two samples by its fraction. */
export function impulseResponse(room: Room): Float32Array {
  const length = Math.round(room.seconds * sampleRate);
  const response = new Float32Array(length);
  const along = (axis: 0 | 1 | 2): { metres: number; walls: number }[] => {
    const images: { metres: number; walls: number }[] = [];
    const reach = Math.ceil((room.seconds * soundSpeed) / (2 * room.size[axis]));
    for (let n = -reach; n <= reach; n++) {
      const shift = 2 * n * room.size[axis] - room.microphone[axis];
      images.push({ metres: shift + room.loudspeaker[axis], walls: Math.abs(2 * n) });
      images.push({ metres: shift - room.loudspeaker[axis], walls: Math.abs(2 * n - 1) });
    }
    return images;
  };
  for (const x of along(0)) {
    for (const y of along(1)) {
      for (const z of along(2)) {
        const metres = Math.hypot(x.metres, y.metres, z.metres);
        const at = (metres / soundSpeed) * sampleRate;
        const whole = Math.floor(at);
        if (whole + 1 >= length) continue;
        const strength = room.reflection ** (x.walls + y.walls + z.walls) / metres;
        response[whole] = (response[whole] ?? 0) + strength * (1 - at + whole);
        response[whole + 1] = (response[whole + 1] ?? 0) + strength * (at - whole);
      }
    }
  }
  // Images of equal sign add up at low frequencies as walls don't: their common offset goes.
  const middle = response.reduce((sum, it) => sum + it, 0) / length;
  const even = response.map((it) => it - middle);
  const energy = Math.sqrt(even.reduce((sum, it) => sum + it * it, 0));
  return even.map((it) => it / energy);
}

function transform(real: Float64Array, imaginary: Float64Array, inverse: boolean): void {
  const length = real.length;
  for (let i = 1, j = 0; i < length; i++) {
    let bit = length >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [real[i], real[j]] = [real[j] ?? 0, real[i] ?? 0];
    [imaginary[i], imaginary[j]] = [imaginary[j] ?? 0, imaginary[i] ?? 0];
  }
  for (let half = 1; half < length; half *= 2) {
    const angle = ((inverse ? 1 : -1) * Math.PI) / half;
    const turnReal = Math.cos(angle);
    const turnImaginary = Math.sin(angle);
    for (let start = 0; start < length; start += 2 * half) {
      let c = 1;
      let s = 0;
      for (let low = start; low < start + half; low++) {
        const high = low + half;
        const re = (real[high] ?? 0) * c - (imaginary[high] ?? 0) * s;
        const im = (real[high] ?? 0) * s + (imaginary[high] ?? 0) * c;
        real[high] = (real[low] ?? 0) - re;
        imaginary[high] = (imaginary[low] ?? 0) - im;
        real[low] = (real[low] ?? 0) + re;
        imaginary[low] = (imaginary[low] ?? 0) + im;
        const next = c * turnReal - s * turnImaginary;
        s = c * turnImaginary + s * turnReal;
        c = next;
      }
    }
  }
}

/** As long as the sound, by overlap and add. */
export function convolve(sound: Float32Array, response: Float32Array): Float32Array {
  const size = 2 ** Math.ceil(Math.log2(2 * response.length));
  const hop = size - response.length;
  const out = new Float32Array(sound.length);
  const filterReal = new Float64Array(size);
  const filterImaginary = new Float64Array(size);
  filterReal.set(response);
  transform(filterReal, filterImaginary, false);
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  for (let start = 0; start < sound.length; start += hop) {
    real.fill(0);
    imaginary.fill(0);
    real.set(sound.subarray(start, start + hop));
    transform(real, imaginary, false);
    for (let i = 0; i < size; i++) {
      const a = real[i] ?? 0;
      const b = imaginary[i] ?? 0;
      const c = filterReal[i] ?? 0;
      const d = filterImaginary[i] ?? 0;
      real[i] = a * c - b * d;
      imaginary[i] = a * d + b * c;
    }
    transform(real, imaginary, true);
    const end = Math.min(size, out.length - start);
    for (let i = 0; i < end; i++) out[start + i] = (out[start + i] ?? 0) + (real[i] ?? 0) / size;
  }
  return out;
}

const speechFile = fileURLToPath(new URL('../../../../../../scripts/lab/speech.wav', import.meta.url));

let loaded: Int16Array | undefined;

/** A sentence at 48 kHz, again and again, at `dbfs` as level.ts has it; another pace is another voice. */
export function speech(seconds: number, dbfs: number, pace = 1, startS = 0): Float32Array {
  loaded ??= loadWav(speechFile);
  const sentence = loaded;
  const out = new Float32Array(Math.round(seconds * sampleRate));
  for (let i = 0; i < out.length; i++) {
    const at = (startS * sampleRate + i * pace) % (sentence.length - 1);
    const whole = Math.floor(at);
    const before = sentence[whole] ?? 0;
    out[i] = before + ((sentence[whole + 1] ?? 0) - before) * (at - whole);
  }
  const gain = (32_767 * 10 ** (dbfs / 20)) / Math.SQRT2 / Math.sqrt(meanSquareOf(out, 0, out.length));
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) * gain;
  return out;
}

/** White, at `dbfs` as level.ts has it. */
export function noise(samples: number, dbfs: number, seed = 1): Float32Array {
  const random = makeRandom(seed);
  const peak = (32_767 / Math.SQRT2) * Math.sqrt(3) * 10 ** (dbfs / 20);
  const out = new Float32Array(samples);
  for (let i = 0; i < samples; i++) out[i] = (2 * random() - 1) * peak;
  return out;
}

export function meanSquareOf(sound: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (sound[i] ?? 0) ** 2;
  return sum / Math.max(1, to - from);
}

export const decibels = (ratio: number): number => 10 * Math.log10(Math.max(1e-12, ratio));

export function toInt16(sound: Float32Array): Int16Array {
  const out = new Int16Array(sound.length);
  for (let i = 0; i < out.length; i++) out[i] = Math.max(-32_768, Math.min(32_767, Math.round(sound[i] ?? 0)));
  return out;
}

/** What a loudspeaker plays, and what of it comes to the microphone, as loud as it was played. */
export interface Playback {
  far: Int16Array;
  through: Float32Array;
}

export interface EchoScene {
  /** From the loudspeaker's samples to the microphone's, besides the way through the room. */
  delayMs: number;
  /** How much quieter the echo is than what was played, dB. */
  lossDb: number;
  /** The delay grows by this at `jumpS`. */
  jumpMs?: number;
  jumpS?: number;
  /** By which the loudspeaker's clock is slow. */
  driftPpm?: number;
  /** Somebody speaks here from then on. */
  nearFromS?: number;
}

/** What is played, what the microphone hears, and what of that is somebody here. */
export interface EchoSound {
  far: Int16Array;
  microphone: Int16Array;
  near: Float32Array;
}

const farDbfs = -23;
const nearDbfs = -23;
/** A quiet office through a headset's microphone. */
const roomNoiseDbfs = -75;

export function playIn(room: Room, seconds: number): Playback {
  const far = toInt16(speech(seconds, farDbfs));
  const through = convolve(Float32Array.from(far), impulseResponse(room));
  const gain = Math.sqrt(meanSquareOf(far, 0, far.length) / meanSquareOf(through, 0, far.length));
  return { far, through: through.map((it) => it * gain) };
}

export function hearEcho({ far, through }: Playback, scene: EchoScene): EchoSound {
  const { delayMs, lossDb, jumpMs = 0, jumpS = 0, driftPpm = 0, nearFromS = Number.POSITIVE_INFINITY } = scene;
  const gain = 10 ** (-lossDb / 20);
  const near = new Float32Array(far.length);
  if (nearFromS * sampleRate < far.length) {
    const start = Math.round(nearFromS * sampleRate);
    near.set(speech((far.length - start) / sampleRate, nearDbfs, 0.83, 3), start);
  }
  const around = noise(far.length, roomNoiseDbfs);
  const microphone = new Float32Array(far.length);
  for (let i = 0; i < far.length; i++) {
    const jumped = i >= jumpS * sampleRate ? jumpMs : 0;
    const at = i * (1 + driftPpm * 1e-6) - ((delayMs + jumped) * sampleRate) / 1_000;
    const whole = Math.floor(at);
    const before = through[whole] ?? 0;
    const echo = before + ((through[whole + 1] ?? 0) - before) * (at - whole);
    microphone[i] = echo * gain + (near[i] ?? 0) + (around[i] ?? 0);
  }
  return { far, microphone: toInt16(microphone), near };
}

export interface FrameProcessor {
  render(frame: Int16Array): void;
  capture(frame: Int16Array): void;
}

/** Plays and hears frame by frame, as the engine does. */
export function runThrough(processor: FrameProcessor, sound: EchoSound, samples = 480): Int16Array {
  const out = sound.microphone.slice();
  const played = new Int16Array(samples);
  for (let at = 0; at + samples <= out.length; at += samples) {
    played.set(sound.far.subarray(at, at + samples));
    processor.render(played);
    processor.capture(out.subarray(at, at + samples));
  }
  return out;
}

/** Echo return loss enhancement between two moments, dB (ITU-T G.168): with nobody here, what came in against what is left. */
export function echoReduction(sound: EchoSound, out: Int16Array, fromS: number, toS: number): number {
  const from = fromS * sampleRate;
  const to = toS * sampleRate;
  return decibels(meanSquareOf(sound.microphone, from, to) / Math.max(1e-3, meanSquareOf(out, from, to)));
}

/**
 * What becomes of somebody's voice while both speak, dB: the level of each 20 ms in which it stands out, against what came in
 * (the attenuation in double talk of ITU-T P.340); the median, and what nine of ten are above.
 */
export function voiceLeft(
  sound: EchoSound,
  out: Int16Array,
  fromS: number,
  toS: number,
): { median: number; tenth: number } {
  const piece = sampleRate / 50;
  const from = Math.round(fromS * sampleRate);
  const to = Math.round(toS * sampleRate) - piece;
  const lag = lagOf(sound.near, out, from, to);
  const mean = meanSquareOf(sound.near, from, to);
  const levels: number[] = [];
  for (let start = from; start + piece + lag <= to; start += piece) {
    const voice = meanSquareOf(sound.near, start, start + piece);
    if (voice > mean / 10) levels.push(decibels(meanSquareOf(out, start + lag, start + lag + piece) / voice));
  }
  levels.sort((a, b) => a - b);
  const at = (share: number): number => levels[Math.floor(levels.length * share)] ?? Number.NEGATIVE_INFINITY;
  return { median: at(0.5), tenth: at(0.1) };
}

/** Samples by which the envelope of `out` comes later, up to 40 ms. */
export function lagOf(sound: ArrayLike<number>, out: ArrayLike<number>, from: number, to: number): number {
  const step = sampleRate / 1_000;
  const envelope = (it: ArrayLike<number>): number[] => {
    const levels: number[] = [];
    for (let at = from; at < to; at += step) levels.push(Math.sqrt(meanSquareOf(it, at, at + step)));
    const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
    return levels.map((level) => level - mean);
  };
  const before = envelope(sound);
  const after = envelope(out);
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let lag = 0; lag < 40; lag++) {
    let both = 0;
    for (let i = 0; i + lag < before.length; i++) both += (before[i] ?? 0) * (after[i + lag] ?? 0);
    if (both > most) [best, most] = [lag, both];
  }
  return best * step;
}
