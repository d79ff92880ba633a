/** The phone's own tones, made by table: two frequencies at most, and a rhythm. */
import { sampleRate } from '../audio/driver.ts';
import type { AlertTone } from './alert.ts';
import { frequenciesOf } from './inband-dtmf.ts';

interface Cadence {
  frequencies: readonly number[];
  /** Peak of each frequency; 1 is full scale. */
  level: number;
  /** ms of sound and of silence, by turns, over and over. */
  rhythm: readonly number[];
}

const ringing = (...rhythm: number[]): Cadence => ({ frequencies: [480, 620], level: 0.15, rhythm });

const cadences: Readonly<Record<AlertTone, Cadence>> = {
  ringing: ringing(400, 200, 400, 2_000),
  // The rhythms of Bellcore GR-506 §14.2, with shorter pauses.
  ringing2: ringing(800, 400, 800, 2_000),
  ringing3: ringing(400, 200, 400, 200, 800, 2_000),
  ringing4: ringing(300, 200, 1_000, 200, 300, 2_000),
  ringing5: ringing(500, 2_500),
  // ETSI TR 101 041-2, as in most of Europe.
  ringback: { frequencies: [425], level: 0.1, rhythm: [1_000, 4_000] },
  callWaiting: { frequencies: [425], level: 0.1, rhythm: [200, 200, 200, 5_000] },
  beep: { frequencies: [1_000], level: 0.1, rhythm: [200] },
  // A pure fifth.
  test: { frequencies: [400, 600], level: 0.1, rhythm: [2_000] },
};

/** More than anyone types ahead. */
const mostDigits = 32;

const feedback = (digit: string): Cadence => ({ frequencies: frequenciesOf(digit), level: 0.05, rhythm: [100, 60] });

/** Each burst begins and ends over so many samples, against clicks: 5 ms. */
export const rampSamples = sampleRate / 200;

/** One cadence on its way; `rounds` of its rhythm. */
export class Playing {
  readonly #cadence: Cadence;
  #rounds: number;
  #step = 0;
  #position = 0;

  constructor(cadence: Cadence, rounds: number) {
    this.#cadence = cadence;
    this.#rounds = rounds;
  }

  /** False once it is over. */
  process(mix: Float32Array): boolean {
    const { rhythm } = this.#cadence;
    for (let i = 0; i < mix.length && this.#rounds > 0; i++) {
      const length = ((rhythm[this.#step] ?? 0) * sampleRate) / 1000;
      if (this.#step % 2 === 0) mix[i] = (mix[i] ?? 0) + this.#sample(length);
      if (++this.#position >= length) {
        this.#position = 0;
        this.#step = (this.#step + 1) % rhythm.length;
        if (this.#step === 0) this.#rounds -= 1;
      }
    }
    return this.#rounds > 0;
  }

  #sample(length: number): number {
    const edge = Math.min(this.#position, length - this.#position, rampSamples) / rampSamples;
    let sum = 0;
    for (const frequency of this.#cadence.frequencies) {
      sum += Math.sin((2 * Math.PI * frequency * this.#position) / sampleRate);
    }
    return sum * this.#cadence.level * edge * 32_767;
  }
}

export const playingTone = (tone: AlertTone, loop: boolean): Playing =>
  new Playing(cadences[tone], loop ? Number.POSITIVE_INFINITY : 1);

/** Digits that were sent, for whoever sends them: one after the other, beside whatever else is heard. */
export class DigitFeedback {
  #digits: Playing[] = [];

  add(digits: string): void {
    const added = [...digits].map((digit) => new Playing(feedback(digit), 1));
    this.#digits = [...this.#digits, ...added].slice(0, mostDigits);
  }

  clear(): void {
    this.#digits = [];
  }

  get active(): boolean {
    return this.#digits.length > 0;
  }

  /** Adds them to what is in `mix`. */
  process(mix: Float32Array): void {
    if (this.#digits[0]?.process(mix) === false) this.#digits.shift();
  }
}
