/** Background noise: what a far end says it is (RFC 3389), or as it was heard between words. */

/** Coefficients of an all-pole filter that are used; a payload may have more (RFC 3389 §3 lets us leave them out). */
const order = 12;
/** Of these, found in sound that was heard. */
const learned = 8;
/** 0 dBov for µ-law: a square wave of the largest value, in 16 bits (RFC 3389 §3.1). */
const overload = 4 * 8_031;
/** Louder than about -45 dBFS is no background. */
const loudest = 2 ** 30 * 10 ** -4.5;
/** What is heard is background if it is no louder than the least so far; that is forgotten by about 1 dB a second. */
const forgettingMs = 4_343;
/** The share of the way to a new level and colour that is gone each 10 ms. */
const approach = 0.2;

export class ComfortNoise {
  readonly #frame: number;
  readonly #wanted = new Float64Array(order);
  readonly #reflections = new Float64Array(order);
  readonly #backward = new Float64Array(order + 1);
  readonly #correlation = new Float64Array(learned + 1);
  readonly #work = new Float64Array(learned + 1);
  #wantedLevel = 0;
  #level = 0;
  #known = false;
  #random = 1;

  constructor(sampleRate: number) {
    this.#frame = sampleRate / 100;
  }

  /** Mean square of the noise that is wanted. */
  get level(): number {
    return this.#wantedLevel;
  }

  /** Takes the payload of comfort noise (RFC 3389 §3): the level, and as many reflection coefficients as there are. */
  describe(payload: Uint8Array, length: number): void {
    if (length === 0) return;
    const rms = overload * 10 ** (-((payload[0] ?? 127) & 0x7f) / 20);
    this.#wantedLevel = rms * rms;
    for (let i = 0; i < order; i++) {
      const code = i + 1 < length ? Math.min(254, payload[i + 1] ?? 127) : 127;
      // RFC 3389 §3.2.
      this.#wanted[i] = (258 * (code - 127)) / 32_768;
    }
    this.#known = true;
  }

  /** Takes note of sound that was heard, if it is as quiet as the background. `square`: its mean square. */
  learn(sound: Int16Array, samples: number, square: number): void {
    const level = Math.min(square, loudest);
    if (this.#known && level > this.#wantedLevel) {
      this.#wantedLevel = Math.min(
        level,
        this.#wantedLevel * Math.exp(samples / this.#frame / (forgettingMs / 10)) + 1,
      );
      return;
    }
    this.#known = true;
    this.#wantedLevel = level;
    if (square <= loudest) this.#learnColour(sound, samples);
  }

  /** Writes noise. */
  fill(out: Int16Array, samples: number): void {
    let excitation = this.#prepare();
    for (let i = 0; i < samples; i++) {
      if (i > 0 && i % this.#frame === 0) excitation = this.#prepare();
      out[i] = Math.round(this.#next(excitation));
    }
  }

  /** Adds noise so that `sound`, which fades, doesn't fall below the background. */
  support(sound: Int16Array, samples: number): void {
    const wanted = this.#wantedLevel;
    if (wanted === 0) return;
    let sum = 0;
    for (let i = 0; i < samples; i++) sum += (sound[i] ?? 0) ** 2;
    const missing = 1 - sum / samples / wanted;
    if (missing <= 0) return;
    const excitation = this.#prepare() * Math.sqrt(missing);
    for (let i = 0; i < samples; i++) sound[i] = (sound[i] ?? 0) + Math.round(this.#next(excitation));
  }

  /** One step nearer to what is wanted; returns the excitation that gives the level there. */
  #prepare(): number {
    this.#level += (this.#wantedLevel - this.#level) * (this.#level === 0 ? 1 : approach);
    let gain = this.#level;
    for (let i = 0; i < order; i++) {
      const k = (this.#reflections[i] ?? 0) + ((this.#wanted[i] ?? 0) - (this.#reflections[i] ?? 0)) * approach;
      this.#reflections[i] = k;
      gain *= 1 - k * k;
    }
    // Evenly distributed numbers from -1 to 1 have a mean square of a third.
    return Math.sqrt(3 * gain);
  }

  /** One sample of the lattice filter 1/A(z), whose input is white. */
  #next(excitation: number): number {
    this.#random = (Math.imul(this.#random, 1_664_525) + 1_013_904_223) | 0;
    const backward = this.#backward;
    let forward = (this.#random / 2 ** 31) * excitation;
    for (let m = order - 1; m >= 0; m--) {
      const k = this.#reflections[m] ?? 0;
      const delayed = backward[m] ?? 0;
      forward -= k * delayed;
      backward[m + 1] = delayed + k * forward;
    }
    backward[0] = forward;
    return forward;
  }

  /** Reflection coefficients by Levinson and Durbin's recursion. */
  #learnColour(sound: Int16Array, samples: number): void {
    reflections(sound, 0, samples, this.#correlation, this.#work, this.#wanted);
    this.#wanted.fill(0, learned);
  }
}

/**
 * The reflection coefficients of sound, `correlation.length - 1` of them, into `out`; zeros for silence. The other arrays
 * are for work and as long as `correlation`.
 */
export function reflections(
  sound: ArrayLike<number>,
  from: number,
  to: number,
  correlation: Float64Array,
  work: Float64Array,
  out: Float64Array,
): void {
  const count = correlation.length - 1;
  for (let lag = 0; lag <= count; lag++) {
    let sum = 0;
    for (let i = from + lag; i < to; i++) sum += (sound[i] ?? 0) * (sound[i - lag] ?? 0);
    correlation[lag] = sum;
  }
  // A little white noise keeps the filter well inside of what is stable.
  let error = (correlation[0] ?? 0) * 1.001 + 1;
  work.fill(0);
  work[0] = 1;
  for (let m = 1; m <= count; m++) {
    let sum = 0;
    for (let i = 0; i < m; i++) sum += (work[i] ?? 0) * (correlation[m - i] ?? 0);
    const k = -sum / error;
    out[m - 1] = k;
    for (let i = 1; 2 * i <= m; i++) {
      const low = work[i] ?? 0;
      const high = work[m - i] ?? 0;
      work[i] = low + k * high;
      work[m - i] = high + k * low;
    }
    work[m] = k;
    error *= 1 - k * k;
  }
}
