/**
 * Keeps sudden loud sound (a fax, a whistle, feedback) from the ear. Two bounds, both without delay: on every sample, and
 * on the level of some tens of milliseconds. How loud full scale is depends on headset and volume, which software can't
 * know: this narrows what a headset's own protection (ITU-T P.360) is left with, and doesn't replace it.
 */
import type { Stage } from './stage.ts';

/** −6 dBFS: where the peaks of loud speech (−18 dBFS) end. */
export const ceiling = 16_422;
/** −15 dBFS RMS: above what loud speech reaches over 50 ms, and 12 dB below the loudest tone. */
export const sustained = 5_827;
/** Of the level's mean square for each frame of 10 ms: it follows a rise within 20 ms and falls in 300 ms. */
const rise = 0.5;
const fall = 0.033;
/** By which the peaks' gain comes back, for each sample: 50 ms. */
const release = 1 - Math.exp(-1 / (0.05 * 48_000));

export class Limiter implements Stage {
  #square = 0;
  #levelGain = 1;
  #peakGain = 1;
  #frames = 0;

  /** Sound that was made quieter so far, ms. */
  get limitedMs(): number {
    return this.#frames * 10;
  }

  process(frame: Int16Array): void {
    let sum = 0;
    let peak = 0;
    for (let i = 0; i < frame.length; i++) {
      const sample = frame[i] ?? 0;
      sum += sample * sample;
      if (sample > peak) peak = sample;
      else if (-sample > peak) peak = -sample;
    }
    const square = sum / frame.length;
    this.#square += (square - this.#square) * (square > this.#square ? rise : fall);
    const target = Math.min(1, sustained / Math.sqrt(Math.max(1, this.#square)));
    if (target === 1 && this.#levelGain === 1 && this.#peakGain > 0.999 && peak <= ceiling) {
      this.#peakGain = 1;
      return;
    }
    this.#frames++;
    this.#limit(frame, target);
  }

  #limit(frame: Int16Array, target: number): void {
    const step = (target - this.#levelGain) / frame.length;
    let level = this.#levelGain;
    let peakGain = this.#peakGain;
    for (let i = 0; i < frame.length; i++) {
      level += step;
      const sample = (frame[i] ?? 0) * level;
      const size = Math.abs(sample);
      peakGain += (1 - peakGain) * release;
      if (size * peakGain > ceiling) peakGain = ceiling / size;
      frame[i] = Math.trunc(sample * peakGain);
    }
    this.#levelGain = target;
    this.#peakGain = peakGain;
  }
}
