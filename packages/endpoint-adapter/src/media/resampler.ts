/**
 * Between the device's rate and the codec's: polyphase FIR filters for whole ratios, stateful and preallocated.
 * Flat to 0.425 of the lower rate (3.4 kHz at 8 kHz), 60 dB down from 0.5625 of it on.
 */

/** Taps for each sample of the lower rate: enough for the slope above with a Kaiser window of this beta. */
const tapsPerPhase = 36;
const beta = 6.2;
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
function lowPass(ratio: number): Float32Array {
  const length = tapsPerPhase * ratio;
  const middle = (length - 1) / 2;
  const taps = Float32Array.from({ length }, (_, i) => {
    const x = (i - middle) / ratio;
    const sinc = Math.sin(2 * Math.PI * cutoff * x) / (Math.PI * x);
    const edge = (i - middle) / (middle + 0.5);
    return sinc * bessel(beta * Math.sqrt(1 - edge * edge));
  });
  const gain = taps.reduce((sum, tap) => sum + tap, 0);
  return taps.map((tap) => tap / gain);
}

const clip = (value: number): number => Math.max(-32_768, Math.min(32_767, Math.round(value)));

export interface Resampler {
  /** One frame in, one frame out; both have the lengths that the resampler was made for. */
  process(frame: Int16Array, out: Int16Array): void;
}

/** Every `ratio`th sample of the filtered input. */
class Decimator implements Resampler {
  #ratio: number;
  #taps: Float32Array;
  #line: Float32Array;

  constructor(ratio: number, frameSamples: number) {
    this.#ratio = ratio;
    this.#taps = lowPass(ratio);
    this.#line = new Float32Array(this.#taps.length + frameSamples);
  }

  process(frame: Int16Array, out: Int16Array): void {
    const line = this.#line;
    const taps = this.#taps;
    const length = taps.length;
    line.copyWithin(0, frame.length);
    line.set(frame, length);
    for (let j = 0; j < out.length; j++) {
      const start = (j + 1) * this.#ratio;
      let sum = 0;
      for (let i = 0; i < length; i++) sum += (line[start + i] ?? 0) * (taps[i] ?? 0);
      out[j] = clip(sum);
    }
  }
}

/** `ratio` samples for each of the input, without the multiplications by the zeros in between. */
class Interpolator implements Resampler {
  #ratio: number;
  #taps: Float32Array;
  #line: Float32Array;

  constructor(ratio: number, frameSamples: number) {
    this.#ratio = ratio;
    this.#taps = lowPass(ratio).map((tap) => tap * ratio);
    this.#line = new Float32Array(tapsPerPhase + frameSamples);
  }

  process(frame: Int16Array, out: Int16Array): void {
    const line = this.#line;
    const taps = this.#taps;
    const ratio = this.#ratio;
    line.copyWithin(0, frame.length);
    line.set(frame, tapsPerPhase);
    for (let j = 0; j < frame.length; j++) {
      const newest = tapsPerPhase + j;
      for (let phase = 0; phase < ratio; phase++) {
        let sum = 0;
        for (let k = 0; k < tapsPerPhase; k++) sum += (line[newest - k] ?? 0) * (taps[k * ratio + phase] ?? 0);
        out[j * ratio + phase] = clip(sum);
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
