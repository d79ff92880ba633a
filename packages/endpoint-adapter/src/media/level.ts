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
  /** Of all squares; V8 makes an object of a number that is kept in a field. */
  readonly #sum = new Float64Array(1);
  #samples = 0;

  add(frame: Int16Array): void {
    let sum = this.#sum[0] ?? 0;
    for (let i = 0; i < frame.length; i++) {
      const sample = frame[i] ?? 0;
      sum += sample * sample;
    }
    this.#sum[0] = sum;
    this.#samples += frame.length;
  }

  read(): number {
    const level = this.#samples === 0 ? floorDbfs : dbfs((this.#sum[0] ?? 0) / this.#samples);
    this.#sum[0] = 0;
    this.#samples = 0;
    return level;
  }
}
