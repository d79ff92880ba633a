/** The phone's own tones, made by table: two frequencies at most, and a rhythm. */
import { sampleRate } from '../audio/driver.ts';
import { frequenciesOf } from './inband-dtmf.ts';
import type { Tone } from './stream-settings.ts';

interface Cadence {
  frequencies: readonly number[];
  /** Peak of each frequency; 1 is full scale. */
  level: number;
  /** ms of sound and of silence, by turns, over and over. */
  rhythm: readonly number[];
}

const cadences: Readonly<Record<'ringing' | 'ringback', Cadence>> = {
  ringing: { frequencies: [480, 620], level: 0.15, rhythm: [400, 200, 400, 2_000] },
  // ETSI TR 101 041-2, as in most of Europe.
  ringback: { frequencies: [425], level: 0.1, rhythm: [1_000, 4_000] },
};

const beep: Cadence = { frequencies: [1_000], level: 0.1, rhythm: [200] };

/** More than anyone types ahead. */
const mostDigits = 32;

const feedback = (digit: string): Cadence => ({ frequencies: frequenciesOf(digit), level: 0.05, rhythm: [100, 60] });

/** Each burst begins and ends over so many samples, against clicks: 5 ms. */
const ramp = sampleRate / 200;

/** One cadence on its way; `rounds` of its rhythm. */
class Playing {
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
    const edge = Math.min(this.#position, length - this.#position, ramp) / ramp;
    let sum = 0;
    for (const frequency of this.#cadence.frequencies) {
      sum += Math.sin((2 * Math.PI * frequency * this.#position) / sampleRate);
    }
    return sum * this.#cadence.level * edge * 32_767;
  }
}

export class ToneGenerator {
  #tone: Playing | null = null;
  #beep: Playing | null = null;
  #digits: Playing[] = [];

  /** Beeps and digits alone keep no device open: they are meant to be heard beside a call. */
  get active(): boolean {
    return this.#tone !== null;
  }

  play(tone: Tone): void {
    if (typeof tone === 'object') {
      const digits = [...tone.digits].map((digit) => new Playing(feedback(digit), 1));
      this.#digits = [...this.#digits, ...digits].slice(0, mostDigits);
    } else if (tone === 'beep') this.#beep = new Playing(beep, 1);
    else this.#tone = tone === 'none' ? null : new Playing(cadences[tone], Number.POSITIVE_INFINITY);
  }

  /** Adds the tone to what is in `mix`. */
  process(mix: Float32Array): void {
    this.#tone?.process(mix);
    if (this.#beep?.process(mix) === false) this.#beep = null;
    if (this.#digits[0]?.process(mix) === false) this.#digits.shift();
  }
}
