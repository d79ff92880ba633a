/** Sound for packets that never came, for codecs that have none of their own: the last pitch period goes on, and fades. */

/** Pitch of speech: 66 to 200 Hz and above, as a period in ms. */
const shortestPeriodMs = 5;
const longestPeriodMs = 15;
/** The stretch that is compared with its past to find the period. */
const windowMs = 20;
/** Full level so long; then evenly down to nothing. */
const steadyMs = 10;
const silentAfterMs = 60;
/** The seam where real sound comes back. */
const seamMs = 5;

export class Concealment {
  #perMs: number;
  #history: Float32Array;
  #cycle: Float32Array;
  #period = 0;
  #phase = 0;
  /** Samples made up since the last real one. */
  #made = 0;

  constructor(sampleRate: number) {
    this.#perMs = sampleRate / 1000;
    this.#history = new Float32Array((windowMs + 2 * longestPeriodMs) * this.#perMs);
    this.#cycle = new Float32Array(longestPeriodMs * this.#perMs);
  }

  /** Takes note of real sound; where some was made up before it, its beginning is blended in place. */
  heard(sound: Int16Array, samples: number): void {
    if (this.#made > 0) this.#blend(sound, samples);
    this.#made = 0;
    const history = this.#history;
    const kept = Math.min(samples, history.length);
    history.copyWithin(0, kept);
    const start = history.length - kept;
    for (let i = 0; i < kept; i++) history[start + i] = sound[samples - kept + i] ?? 0;
  }

  fill(out: Int16Array, samples: number): void {
    if (this.#made === 0) this.#analyse();
    for (let i = 0; i < samples; i++) out[i] = Math.round(this.#next());
  }

  #next(): number {
    const fadeFrom = steadyMs * this.#perMs;
    const fadeTo = silentAfterMs * this.#perMs;
    const gain = this.#made < fadeFrom ? 1 : Math.max(0, (fadeTo - this.#made) / (fadeTo - fadeFrom));
    this.#made++;
    if (gain === 0) return 0;
    const sample = this.#cycle[this.#phase] ?? 0;
    this.#phase = this.#phase + 1 === this.#period ? 0 : this.#phase + 1;
    return sample * gain;
  }

  #blend(sound: Int16Array, samples: number): void {
    const seam = Math.min(samples, seamMs * this.#perMs);
    for (let i = 0; i < seam; i++) {
      const weight = (i + 1) / (seam + 1);
      sound[i] = Math.round((sound[i] ?? 0) * weight + this.#next() * (1 - weight));
    }
  }

  /** Finds the period by the best normalised autocorrelation and lays one smooth cycle of it ready. */
  #analyse(): void {
    const history = this.#history;
    const end = history.length;
    const window = windowMs * this.#perMs;
    const longest = longestPeriodMs * this.#perMs;
    let best = -1;
    this.#period = longest;
    for (let lag = shortestPeriodMs * this.#perMs; lag <= longest; lag++) {
      let product = 0;
      let energy = 1;
      for (let i = end - window; i < end; i++) {
        const past = history[i - lag] ?? 0;
        product += (history[i] ?? 0) * past;
        energy += past * past;
      }
      const likeness = product / Math.sqrt(energy);
      if (likeness > best) {
        best = likeness;
        this.#period = lag;
      }
    }
    this.#phase = 0;
    const period = this.#period;
    const overlap = period >> 2;
    for (let i = 0; i < period; i++) {
      const now = history[end - period + i] ?? 0;
      const into = i - (period - overlap);
      // The cycle's end leans towards what stood before its beginning, so that it repeats without a step.
      const weight = into < 0 ? 0 : (into + 1) / (overlap + 1);
      this.#cycle[i] = now * (1 - weight) + (history[end - 2 * period + i] ?? 0) * weight;
    }
  }
}
