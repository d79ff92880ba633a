/**
 * How fast the playback queue is to be filled. The engine beats by the microphone's clock, the loudspeaker plays by its own:
 * the level that the queue has just before each frame drifts away, and is brought back by a changed rate (proportional and
 * integral control), so slowly that nobody hears it. Only what a stall has left is taken away at once.
 */
import { frameSamples, sampleRate } from './driver.ts';
import { mostPpm } from './variable-rate.ts';

const windowBeats = 50;
const windowSeconds = (windowBeats * frameSamples) / sampleRate;
/** Samples that the queue is to have in its emptiest moments. */
export const margin = 96;
/** Held back for beats that are often late, samples; of the last 10 s the second-worst window counts, as one may be chance. */
const mostReserve = 720;
const rememberedWindows = 20;
/** The reserve is given back by so many samples a window (250 ppm), and built up by so many (750 ppm). */
const giveBack = 6;
const buildUp = 18;
/** So much less must be needed before any is given back: the need is never quite the same twice. Samples. */
const giveBackFrom = 48;
/** Off the aim by so much, there was a stall: not what the next beats are like. Samples. */
const stallSamples = 2 * frameSamples;
/** Less off the aim than this is left alone as long as no drift is known, samples. */
const tolerance = 48;
/** A drift below this is none, ppm, when it has been so for so long. */
const noDriftPpm = 5;
const calmWindows = 20;
/** ppm for each sample off the aim: back in some 5 s. The integral part is that of critical damping. */
const samplesPerPpmSecond = sampleRate / 1e6;
const proportional = 1 / (5 * samplesPerPpmSecond);
const integral = (proportional ** 2 * samplesPerPpmSecond * windowSeconds) / 4;

const clamp = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

export class PlaybackPace {
  /** What the level before each frame should be, on the average. */
  aim = margin;
  /** So much more is to be written than the engine makes; 0: the sound as it is. */
  ppm = 0;
  /** Where the level should be on its way to the aim. */
  #goal = margin;
  #givesBack = false;
  #drift = 0;
  #steering = false;
  #calm = 0;
  #sum = 0;
  #least = Number.POSITIVE_INFINITY;
  #seen = 0;
  #surplus = 0;
  readonly #spreads = new Float64Array(rememberedWindows);
  #window = 0;

  /** Takes the level just before a frame, in samples. Returns whether that frame is wanted at all. */
  note(level: number): boolean {
    if (level > this.aim + stallSamples) {
      this.#restartWindow();
      return false;
    }
    if (this.#surplus > 0) {
      this.#surplus--;
      return false;
    }
    if (level < this.aim - stallSamples) {
      this.#restartWindow();
      return true;
    }
    this.#sum += level;
    this.#least = Math.min(this.#least, level);
    this.#seen++;
    if (this.#seen === windowBeats) this.#endWindow();
    return true;
  }

  #endWindow(): void {
    const mean = this.#sum / windowBeats;
    this.#spreads[this.#window] = mean - this.#least;
    this.#window = (this.#window + 1) % rememberedWindows;
    this.#restartWindow();
    this.#setAim(margin + Math.min(mostReserve, this.#secondSpread()));
    const approach = this.#approach(mean);
    this.#surplus = Math.max(0, Math.floor((mean - this.aim) / frameSamples));
    if (this.#surplus === 0) this.#steer(mean - this.#goal, approach);
  }

  #setAim(needed: number): void {
    this.#givesBack = needed < this.aim - (this.#givesBack ? 0 : giveBackFrom);
    if (needed > this.aim) this.aim = needed;
    else if (this.#givesBack) this.aim = Math.max(needed, this.aim - giveBack);
  }

  /**
   * Moves the goal, and returns what that takes, ppm: were it left to the control alone, that would take it for a drift, and
   * steer against it long afterwards.
   */
  #approach(mean: number): number {
    const from = this.aim > this.#goal ? Math.max(this.#goal, Math.min(mean, this.aim)) : this.#goal;
    this.#goal = Math.min(this.aim, from + buildUp);
    return (this.#goal - from) / (windowSeconds * samplesPerPpmSecond);
  }

  #steer(error: number, approach: number): void {
    if (!this.#steering && Math.abs(error) < tolerance) return;
    this.#steering = true;
    const wanted = this.#drift + approach - proportional * error;
    this.ppm = clamp(wanted, mostPpm);
    // An error that takes all there is to be mended says nothing about the drift.
    if (this.ppm === wanted) this.#drift -= integral * error;
    const isCalm = approach === 0 && Math.abs(this.#drift) < noDriftPpm && Math.abs(error) < tolerance / 2;
    this.#calm = isCalm ? this.#calm + 1 : 0;
    if (this.#calm < calmWindows) return;
    this.#calm = 0;
    this.#steering = false;
    this.#drift = 0;
    this.ppm = 0;
  }

  #secondSpread(): number {
    let largest = 0;
    let second = 0;
    for (let i = 0; i < rememberedWindows; i++) {
      const spread = this.#spreads[i] ?? 0;
      second = Math.max(second, Math.min(largest, spread));
      largest = Math.max(largest, spread);
    }
    return second;
  }

  #restartWindow(): void {
    this.#sum = 0;
    this.#least = Number.POSITIVE_INFINITY;
    this.#seen = 0;
  }
}
