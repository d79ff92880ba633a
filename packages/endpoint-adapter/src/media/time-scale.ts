/** Makes a stretch of sound shorter or longer by one period of its own, so that the ear hardly notices (WSOLA). */
import { bestLag, decimate, decimationOf } from './similarity.ts';

const shortestMs = 2.5;
const longestMs = 15;
/** How alike the two periods must be: ordinarily, and when there is much to be made up for. */
const alike = 0.9;
const fairlyAlike = 0.5;
/** Two sounds are joined over this length. */
export const seamMs = 5;

/** Below this mean square (about -55 dBFS) anything may be cut or repeated. */
const quiet = 1_000;

export const isQuiet = (meanSquare: number): boolean => meanSquare < quiet;

export class TimeScale {
  readonly #perMs: number;
  readonly #step: number;
  readonly #coarse: Float32Array;

  /** `longest`: samples of a stretch, at most. */
  constructor(sampleRate: number, longest: number) {
    this.#perMs = sampleRate / 1000;
    this.#step = decimationOf(sampleRate);
    this.#coarse = new Float32Array(Math.ceil(longest / this.#step));
  }

  /** Takes one period of at most `maxMs` out, in place; returns how many samples are left: all, where none is like the next. */
  shorten(sound: Int16Array, samples: number, maxMs: number, anything: boolean, hurry: boolean): number {
    const lag = this.#period(sound, samples, maxMs, anything, hurry);
    if (lag === 0) return samples;
    for (let i = 0; i < lag; i++) {
      const weight = (i + 1) / (lag + 1);
      sound[i] = Math.round((sound[i] ?? 0) * (1 - weight) + (sound[i + lag] ?? 0) * weight);
    }
    sound.copyWithin(lag, 2 * lag, samples);
    return samples - lag;
  }

  /** Plays one period twice, in place; returns how many samples there are now. */
  lengthen(sound: Int16Array, samples: number, anything: boolean): number {
    const lag = this.#period(sound, samples, longestMs, anything, false);
    if (lag === 0 || samples + lag > sound.length) return samples;
    sound.copyWithin(2 * lag, lag, samples);
    for (let i = 0; i < lag; i++) {
      const weight = (i + 1) / (lag + 1);
      sound[lag + i] = Math.round((sound[2 * lag + i] ?? 0) * (1 - weight) + (sound[i] ?? 0) * weight);
    }
    return samples + lag;
  }

  /** The lag at which the beginning of the sound is most like what follows it; 0 where that isn't like enough. */
  #period(sound: Int16Array, samples: number, maxMs: number, anything: boolean, hurry: boolean): number {
    const perMs = this.#perMs;
    const step = this.#step;
    const longest = Math.min(samples >> 1, Math.floor(Math.min(maxMs, longestMs) * perMs));
    const shortest = Math.ceil(shortestMs * perMs);
    if (longest < shortest) return 0;
    const count = decimate(sound, samples % step, samples, step, this.#coarse);
    const window = Math.min(count - Math.floor(longest / step), Math.floor(longest / step));
    const about =
      bestLag(this.#coarse, 0, window, Math.ceil(shortest / step), Math.floor(longest / step), 1).lag * step;
    const best = bestLag(
      sound,
      0,
      Math.min(longest, samples - longest),
      Math.max(shortest, about - step),
      Math.min(longest, about + step),
      Math.max(1, step >> 2),
    );
    const enough = anything ? -1 : hurry ? fairlyAlike : alike;
    return best.likeness >= enough ? best.lag : 0;
  }
}

/** Blends the beginning of sound, in place, with what would have gone on in its stead. */
export function join(before: Int16Array, sound: Int16Array, samples: number): void {
  const seam = Math.min(samples, before.length);
  for (let i = 0; i < seam; i++) {
    const weight = (i + 1) / (seam + 1);
    sound[i] = Math.round((sound[i] ?? 0) * weight + (before[i] ?? 0) * (1 - weight));
  }
}
