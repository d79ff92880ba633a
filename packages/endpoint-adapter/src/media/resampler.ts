/**
 * Between the device's rate and the codec's: polyphase FIR filters for whole ratios, stateful and preallocated.
 * Flat to 0.425 of the lower rate (3.4 kHz at 8 kHz), 60 dB down from 0.5625 of it on.
 */
import { type Addon, nativeFilters } from '../audio/addon.ts';
import { kaiser } from '../audio/kaiser.ts';

/** Taps for each sample of the lower rate: enough for the slope above with a Kaiser window of this beta; a multiple of 8. */
const tapsPerPhase = 32;
const beta = 6.3;
/** Middle of the slope, in cycles for each sample of the lower rate. */
const cutoff = 0.494;

/** A low-pass at the higher rate, with a gain of 1. */
function lowPass(ratio: number): Float64Array {
  const length = tapsPerPhase * ratio;
  const middle = (length - 1) / 2;
  const taps = Float64Array.from({ length }, (_, i) => {
    const x = (i - middle) / ratio;
    const sinc = Math.sin(2 * Math.PI * cutoff * x) / (Math.PI * x);
    const edge = (i - middle) / (middle + 0.5);
    return sinc * kaiser(edge, beta);
  });
  const gain = taps.reduce((sum, tap) => sum + tap, 0);
  return taps.map((tap) => tap / gain);
}

const clip = (value: number): number => (value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : Math.round(value));

/**
 * The sum of `length` (a multiple of 4) products. Four sums at once, as each addition would wait for the one before; doubles,
 * as JavaScript would convert every single float.
 */
function dot(line: Float64Array, at: number, taps: Float64Array, from: number, length: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < length; i += 4) {
    a += (line[at + i] ?? 0) * (taps[from + i] ?? 0);
    b += (line[at + i + 1] ?? 0) * (taps[from + i + 1] ?? 0);
    c += (line[at + i + 2] ?? 0) * (taps[from + i + 2] ?? 0);
    d += (line[at + i + 3] ?? 0) * (taps[from + i + 3] ?? 0);
  }
  return a + b + (c + d);
}

export interface Resampler {
  /** One frame in, one frame out; both have the lengths that the resampler was made for. */
  process(frame: Int16Array, out: Int16Array): void;
}

/** For each `step` samples of the input one sample of each phase, without the multiplications by the zeros in between. */
interface Filter {
  step: number;
  phases: number;
  /** Those of each phase lie together, the one for the oldest sample first. */
  taps: Float64Array;
}

/** Every `ratio`th sample of the filtered input. */
const decimator = (ratio: number): Filter => ({ step: ratio, phases: 1, taps: lowPass(ratio) });

/** `ratio` samples for each of the input. */
function interpolator(ratio: number): Filter {
  const prototype = lowPass(ratio);
  const taps = prototype.map((_, i) => {
    const phase = Math.floor(i / tapsPerPhase);
    const age = tapsPerPhase - 1 - (i % tapsPerPhase);
    return (prototype[age * ratio + phase] ?? 0) * ratio;
  });
  return { step: 1, phases: ratio, taps };
}

/** Where there is no addon, and what the addon's is measured by. */
class Polyphase implements Resampler {
  readonly #filter: Filter;
  readonly #length: number;
  readonly #line: Float64Array;

  constructor(filter: Filter, frameSamples: number) {
    this.#filter = filter;
    this.#length = filter.taps.length / filter.phases;
    this.#line = new Float64Array(this.#length + frameSamples);
  }

  process(frame: Int16Array, out: Int16Array): void {
    const line = this.#line;
    const length = this.#length;
    const { step, phases, taps } = this.#filter;
    line.copyWithin(0, frame.length);
    line.set(frame, length);
    let made = 0;
    for (let from = step; from <= frame.length; from += step) {
      for (let phase = 0; phase < phases; phase++) {
        out[made++] = clip(dot(line, from, taps, phase * length, length));
      }
    }
  }
}

/** The same in C, some ten times as fast, as it has four products in one register. */
class NativePolyphase implements Resampler {
  readonly #addon: Addon;
  readonly #handle: unknown;

  constructor(addon: Addon, filter: Filter, frameSamples: number) {
    this.#addon = addon;
    this.#handle = addon.makeResampler(filter.step, filter.phases, Float32Array.from(filter.taps), frameSamples);
  }

  process(frame: Int16Array, out: Int16Array): void {
    this.#addon.resample(this.#handle, frame, out);
  }
}

class Copy implements Resampler {
  process(frame: Int16Array, out: Int16Array): void {
    out.set(frame);
  }
}

/** For frames of `frameSamples` at `from` Hz; one rate must be a whole multiple of the other. */
export function makeResampler(from: number, to: number, frameSamples: number, native = nativeFilters()): Resampler {
  if (from === to) return new Copy();
  const ratio = from > to ? from / to : to / from;
  if (!Number.isInteger(ratio)) throw new RangeError(`no whole ratio between ${from} and ${to} Hz`);
  const filter = from > to ? decimator(ratio) : interpolator(ratio);
  return native === null ? new Polyphase(filter, frameSamples) : new NativePolyphase(native, filter, frameSamples);
}
