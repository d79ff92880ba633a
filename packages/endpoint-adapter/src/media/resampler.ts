/**
 * Between the device's rate and the codec's: polyphase FIR filters for whole ratios, stateful and preallocated.
 * Flat to 0.425 of the lower rate (3.4 kHz at 8 kHz), 60 dB down from 0.5625 of it on.
 */

/** Taps for each sample of the lower rate: enough for the slope above with a Kaiser window of this beta; a multiple of 4. */
const tapsPerPhase = 32;
const beta = 6.3;
/** Middle of the slope, in cycles for each sample of the lower rate. */
const cutoff = 0.494;

/** Modified Bessel function of the first kind, order 0, by its power series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-9; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** A low-pass at the higher rate, with a gain of 1. */
function lowPass(ratio: number): Float64Array {
  const length = tapsPerPhase * ratio;
  const middle = (length - 1) / 2;
  const taps = Float64Array.from({ length }, (_, i) => {
    const x = (i - middle) / ratio;
    const sinc = Math.sin(2 * Math.PI * cutoff * x) / (Math.PI * x);
    const edge = (i - middle) / (middle + 0.5);
    return sinc * bessel(beta * Math.sqrt(1 - edge * edge));
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

/** Every `ratio`th sample of the filtered input. */
class Decimator implements Resampler {
  #ratio: number;
  #taps: Float64Array;
  #line: Float64Array;

  constructor(ratio: number, frameSamples: number) {
    this.#ratio = ratio;
    this.#taps = lowPass(ratio);
    this.#line = new Float64Array(this.#taps.length + frameSamples);
  }

  process(frame: Int16Array, out: Int16Array): void {
    const line = this.#line;
    const taps = this.#taps;
    const length = taps.length;
    const ratio = this.#ratio;
    line.copyWithin(0, frame.length);
    line.set(frame, length);
    for (let j = 0; j < out.length; j++) out[j] = clip(dot(line, (j + 1) * ratio, taps, 0, length));
  }
}

/** `ratio` samples for each of the input, without the multiplications by the zeros in between. */
class Interpolator implements Resampler {
  #ratio: number;
  /** Those of each phase lie together, the one for the oldest sample first. */
  #taps: Float64Array;
  #line: Float64Array;

  constructor(ratio: number, frameSamples: number) {
    const taps = lowPass(ratio);
    this.#ratio = ratio;
    this.#taps = Float64Array.from(taps, (_, i) => {
      const phase = Math.floor(i / tapsPerPhase);
      const age = tapsPerPhase - 1 - (i % tapsPerPhase);
      return (taps[age * ratio + phase] ?? 0) * ratio;
    });
    this.#line = new Float64Array(tapsPerPhase + frameSamples);
  }

  process(frame: Int16Array, out: Int16Array): void {
    const line = this.#line;
    const taps = this.#taps;
    const ratio = this.#ratio;
    line.copyWithin(0, frame.length);
    line.set(frame, tapsPerPhase);
    for (let j = 0; j < frame.length; j++) {
      for (let phase = 0; phase < ratio; phase++) {
        out[j * ratio + phase] = clip(dot(line, j + 1, taps, phase * tapsPerPhase, tapsPerPhase));
      }
    }
  }
}

class Copy implements Resampler {
  process(frame: Int16Array, out: Int16Array): void {
    out.set(frame);
  }
}

/** For frames of `frameSamples` at `from` Hz; one rate must be a whole multiple of the other. */
export function makeResampler(from: number, to: number, frameSamples: number): Resampler {
  if (from === to) return new Copy();
  const ratio = from > to ? from / to : to / from;
  if (!Number.isInteger(ratio)) throw new RangeError(`no whole ratio between ${from} and ${to} Hz`);
  return from > to ? new Decimator(ratio, frameSamples) : new Interpolator(ratio, frameSamples);
}
