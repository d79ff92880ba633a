/**
 * Sound for packets that never came, for codecs that have none of their own: speech goes on with the pitch, the colour and
 * the breath that it had, and fades.
 */
import { reflections } from './comfort-noise.ts';
import { bestLag, decimate, decimationOf } from './similarity.ts';
import { seamMs } from './time-scale.ts';

/** Pitch of speech: 66 to 400 Hz, as a period in ms. */
const shortestPeriodMs = 2.5;
const longestPeriodMs = 15;
/** The stretch that is compared with its past to find the period. */
const windowMs = 20;
/** Coefficients of the filter that gives noise the colour of the sound before. */
const order = 10;
/** How alike two periods are where a sound is all breath, and where it is all voice. */
const noiseLikeness = 0.1;
const voiceLikeness = 0.65;
/** Full level so long; then evenly down to nothing. */
const steadyMs = 10;
const silentAfterMs = 140;

export class Concealment {
  readonly #perMs: number;
  readonly #history: Float32Array;
  readonly #coarse: Float32Array;
  readonly #cycle: Float32Array;
  readonly #correlation = new Float64Array(order + 1);
  readonly #work = new Float64Array(order + 1);
  readonly #reflections = new Float64Array(order);
  readonly #backward = new Float64Array(order + 1);
  #period = 1;
  #phase = 0;
  #voice = 0;
  #breath = 0;
  #excitation = 0;
  #random = 1;
  /** Samples made up since the last real one. */
  #made = 0;

  constructor(sampleRate: number) {
    this.#perMs = sampleRate / 1000;
    this.#history = new Float32Array((windowMs + 2 * longestPeriodMs) * this.#perMs);
    this.#coarse = new Float32Array(Math.ceil(this.#history.length / decimationOf(sampleRate)));
    this.#cycle = new Float32Array(longestPeriodMs * this.#perMs);
  }

  /** Takes note of real sound; where some was made up before it, its beginning is blended in place. */
  heard(sound: Int16Array, samples: number): void {
    if (this.#made > 0) this.#blend(sound, samples);
    this.#made = 0;
    this.#keep(sound, samples);
  }

  fill(out: Int16Array, samples: number): void {
    if (this.#made === 0) this.#analyse();
    for (let i = 0; i < samples; i++) out[i] = Math.max(-32_768, Math.min(32_767, Math.round(this.#next())));
    this.#keep(out, samples);
  }

  #blend(sound: Int16Array, samples: number): void {
    const seam = Math.min(samples, seamMs * this.#perMs);
    for (let i = 0; i < seam; i++) {
      const weight = (i + 1) / (seam + 1);
      sound[i] = Math.round((sound[i] ?? 0) * weight + this.#next() * (1 - weight));
    }
  }

  #keep(sound: Int16Array, samples: number): void {
    const history = this.#history;
    const kept = Math.min(samples, history.length);
    history.copyWithin(0, kept);
    const start = history.length - kept;
    for (let i = 0; i < kept; i++) history[start + i] = sound[samples - kept + i] ?? 0;
  }

  #next(): number {
    const fadeFrom = steadyMs * this.#perMs;
    const fadeTo = silentAfterMs * this.#perMs;
    const gain = this.#made < fadeFrom ? 1 : Math.max(0, (fadeTo - this.#made) / (fadeTo - fadeFrom));
    this.#made++;
    if (gain === 0) return 0;
    const voiced = this.#cycle[this.#phase] ?? 0;
    this.#phase = this.#phase + 1 === this.#period ? 0 : this.#phase + 1;
    return (voiced * this.#voice + this.#noise() * this.#breath) * gain;
  }

  /** White noise through the lattice filter 1/A(z). */
  #noise(): number {
    this.#random = (Math.imul(this.#random, 1_664_525) + 1_013_904_223) | 0;
    const backward = this.#backward;
    let forward = (this.#random / 2 ** 31) * this.#excitation;
    for (let m = order - 1; m >= 0; m--) {
      const k = this.#reflections[m] ?? 0;
      const delayed = backward[m] ?? 0;
      forward -= k * delayed;
      backward[m + 1] = delayed + k * forward;
    }
    backward[0] = forward;
    return forward;
  }

  #analyse(): void {
    const likeness = this.#findPeriod();
    const voiced = Math.max(0, Math.min(1, (likeness - noiseLikeness) / (voiceLikeness - noiseLikeness)));
    // Powers add up, whatever the mixture.
    this.#voice = Math.sqrt(voiced);
    this.#breath = Math.sqrt(1 - voiced);
    this.#layCycle();
    this.#findColour();
  }

  /** By the best normalised correlation, coarsely at 4 kHz and then closely; returns that. */
  #findPeriod(): number {
    const history = this.#history;
    const end = history.length;
    const step = decimationOf(this.#perMs * 1000);
    const coarse = this.#coarse;
    const coarseEnd = decimate(history, 0, end, step, coarse);
    const window = windowMs * this.#perMs;
    const shortest = Math.ceil((shortestPeriodMs * this.#perMs) / step);
    const longest = Math.floor((longestPeriodMs * this.#perMs) / step);
    const coarseWindow = Math.floor(window / step);
    const about = bestLag(coarse, coarseEnd - coarseWindow, coarseWindow, -longest, -shortest, 1);
    const from = Math.max(-longestPeriodMs * this.#perMs, (about.lag - 1) * step);
    const to = Math.min(-shortestPeriodMs * this.#perMs, (about.lag + 1) * step);
    const best = bestLag(history, end - window, window, from, to, 1);
    this.#period = -best.lag;
    return best.likeness;
  }

  /** One smooth cycle: its end leans towards what stood before its beginning, so that it repeats without a step. */
  #layCycle(): void {
    const history = this.#history;
    const end = history.length;
    const period = this.#period;
    const overlap = period >> 2;
    for (let i = 0; i < period; i++) {
      const now = history[end - period + i] ?? 0;
      const into = i - (period - overlap);
      const weight = into < 0 ? 0 : (into + 1) / (overlap + 1);
      this.#cycle[i] = now * (1 - weight) + (history[end - 2 * period + i] ?? 0) * weight;
    }
    this.#phase = 0;
  }

  /** Noise with the colour of the last 20 ms, as loud as the cycle, and going on where the sound ends. */
  #findColour(): void {
    const history = this.#history;
    const end = history.length;
    const from = end - windowMs * this.#perMs;
    reflections(history, from, end, this.#correlation, this.#work, this.#reflections);
    let power = 0;
    for (let i = 0; i < this.#period; i++) power += (this.#cycle[i] ?? 0) ** 2;
    let gain = power / this.#period;
    for (let i = 0; i < order; i++) gain *= 1 - (this.#reflections[i] ?? 0) ** 2;
    this.#excitation = Math.sqrt(3 * gain);
    this.#backward.fill(0);
  }
}
