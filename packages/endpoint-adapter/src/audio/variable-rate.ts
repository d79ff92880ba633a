/**
 * Makes sound longer or shorter by some parts in a million: a windowed sinc at any place between two samples. At a whole
 * place it is a copy, bit for bit.
 */
import { type Addon, nativeFilters } from './addon.ts';
import { frameSamples } from './driver.ts';
import { kaiser } from './kaiser.ts';

/** Half of them before the place, half after it. 0.1 dB at 18 kHz. */
const taps = 16;
const ahead = taps / 2;
const beta = 6;
/** Places between two samples that have taps of their own; the nearest is taken: 70 dB at 4 kHz. */
const places = 512;
/** Way back to a whole place when nothing is to be changed any more, per sample. */
const creep = 20e-6;

/** The fastest change, ppm: a sixtieth of a semitone, and 1 ms a second. */
export const mostPpm = 1000;

/** For each place its taps, the first sample's first; the last place is the next sample. */
function makeKernels(): Float64Array {
  const kernels = new Float64Array((places + 1) * taps);
  for (let place = 0; place <= places; place++) {
    const row = kernels.subarray(place * taps, (place + 1) * taps);
    for (let i = 0; i < taps; i++) {
      const x = i - (ahead - 1) - place / places;
      const sinc = x === 0 ? 1 : Number.isInteger(x) ? 0 : Math.sin(Math.PI * x) / (Math.PI * x);
      row[i] = Math.abs(x) >= ahead ? 0 : sinc * kaiser(x / ahead, beta);
    }
    const gain = row.reduce((sum, tap) => sum + tap, 0);
    for (let i = 0; i < taps; i++) row[i] = (row[i] ?? 0) / gain;
  }
  return kernels;
}

const kernels = makeKernels();

const clip = (value: number): number => (value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : Math.round(value));

/** Four sums at once, as each addition would wait for the one before. */
function sum(line: Float64Array, from: number, row: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < taps; i += 4) {
    a += (line[from + i] ?? 0) * (kernels[row + i] ?? 0);
    b += (line[from + i + 1] ?? 0) * (kernels[row + i + 1] ?? 0);
    c += (line[from + i + 2] ?? 0) * (kernels[row + i + 2] ?? 0);
    d += (line[from + i + 3] ?? 0) * (kernels[row + i + 3] ?? 0);
  }
  return a + b + (c + d);
}

/** At mostPpm. */
export const mostSamples = frameSamples + 2;

export interface VariableRate {
  /**
   * Takes one frame, of which so much more is to come out, at most mostPpm; returns how many samples are in `out`, which has
   * room for mostSamples.
   */
  process(frame: Int16Array, ppm: number, out: Int16Array): number;
}

/** Where there is no addon, and what the addon's is measured by. */
class Interpolator implements VariableRate {
  readonly #line = new Float64Array(taps + frameSamples);
  /** Of the next sample, in #line. */
  #at = taps - ahead;

  process(frame: Int16Array, ppm: number, out: Int16Array): number {
    const line = this.#line;
    line.copyWithin(0, frameSamples);
    line.set(frame, taps);
    const count = ppm === 0 && Number.isInteger(this.#at) ? this.#copy(out) : this.#interpolate(ppm, out);
    this.#at -= frameSamples;
    return count;
  }

  #copy(out: Int16Array): number {
    for (let i = 0; i < frameSamples; i++) out[i] = this.#line[this.#at + i] ?? 0;
    this.#at += frameSamples;
    return frameSamples;
  }

  #interpolate(ppm: number, out: Int16Array): number {
    const line = this.#line;
    const end = taps + frameSamples - ahead;
    const returns = ppm === 0;
    let step = returns ? 1 - creep : 1 / (1 + ppm / 1e6);
    let at = this.#at;
    let made = 0;
    while (at < end) {
      const whole = Math.floor(at);
      if (returns && at - whole <= creep) {
        at = whole;
        step = 1;
      }
      const place = Math.round((at - whole) * places);
      out[made++] = clip(sum(line, whole - ahead + 1, place * taps));
      at += step;
    }
    this.#at = at;
    return made;
  }
}

/** The same in C, some four times as fast. */
class NativeInterpolator implements VariableRate {
  readonly #addon: Addon;
  readonly #handle: unknown;

  constructor(addon: Addon) {
    this.#addon = addon;
    this.#handle = addon.makeVariableRate(kernels);
  }

  process(frame: Int16Array, ppm: number, out: Int16Array): number {
    return this.#addon.changeRate(this.#handle, ppm, frame, out);
  }
}

export function makeVariableRate(native = nativeFilters()): VariableRate {
  return native === null ? new Interpolator() : new NativeInterpolator(native);
}
