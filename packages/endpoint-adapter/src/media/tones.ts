/** The phone's own tones, made by table: two frequencies at most, and a rhythm. */
import { sampleRate } from '../audio/driver.ts';
import type { Tone } from './stream-settings.ts';

interface Cadence {
  frequencies: readonly number[];
  /** Peak of each frequency; 1 is full scale. */
  level: number;
  /** ms of sound and of silence, by turns, over and over. */
  rhythm: readonly number[];
}

const cadences: Readonly<Record<Exclude<Tone, 'none'>, Cadence>> = {
  ringing: { frequencies: [480, 620], level: 0.15, rhythm: [400, 200, 400, 2_000] },
  // ETSI TR 101 041-2, as in most of Europe.
  ringback: { frequencies: [425], level: 0.1, rhythm: [1_000, 4_000] },
};

/** Each burst begins and ends over so many samples, against clicks: 5 ms. */
const ramp = sampleRate / 200;

export class ToneGenerator {
  #cadence: Cadence | null = null;
  #step = 0;
  #position = 0;

  get active(): boolean {
    return this.#cadence !== null;
  }

  play(tone: Tone): void {
    this.#cadence = tone === 'none' ? null : cadences[tone];
    this.#step = 0;
    this.#position = 0;
  }

  /** Adds the tone to what is in `mix`. */
  process(mix: Float32Array): void {
    const cadence = this.#cadence;
    if (cadence === null) return;
    for (let i = 0; i < mix.length; i++) {
      const length = ((cadence.rhythm[this.#step] ?? 0) * sampleRate) / 1000;
      if (this.#step % 2 === 0) mix[i] = (mix[i] ?? 0) + this.#sample(cadence, length);
      if (++this.#position >= length) {
        this.#position = 0;
        this.#step = (this.#step + 1) % cadence.rhythm.length;
      }
    }
  }

  #sample(cadence: Cadence, length: number): number {
    const edge = Math.min(this.#position, length - this.#position, ramp) / ramp;
    let sum = 0;
    for (const frequency of cadence.frequencies) {
      sum += Math.sin((2 * Math.PI * frequency * this.#position) / sampleRate);
    }
    return sum * cadence.level * edge * 32_767;
  }
}
