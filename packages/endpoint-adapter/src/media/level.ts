/** Loudness of a frame. */

/** What stands for silence. */
export const floorDbfs = -127;

export function meanSquare(frame: Int16Array, samples = frame.length): number {
  let sum = 0;
  for (let i = 0; i < samples; i++) {
    const sample = frame[i] ?? 0;
    sum += sample * sample;
  }
  return samples === 0 ? 0 : sum / samples;
}

/** RMS against that of a full-scale sine, so that the loudest tone is 0 dBFS. */
export function dbfs(square: number): number {
  return square === 0 ? floorDbfs : Math.max(floorDbfs, 10 * Math.log10(square / (32_767 ** 2 / 2)));
}

/** The mean since it was last read. */
export class LevelMeter {
  #sum = 0;
  #frames = 0;

  add(frame: Int16Array): void {
    this.#sum += meanSquare(frame);
    this.#frames++;
  }

  read(): number {
    const level = this.#frames === 0 ? floorDbfs : dbfs(this.#sum / this.#frames);
    this.#sum = 0;
    this.#frames = 0;
    return level;
  }
}
