/** From a mix to samples: made quieter while it is too loud for 16 bits, bit for bit the same while it isn't. */

const fullScale = 32_767;
/** So long it takes to become quieter, in samples (1 ms), and so much louder it becomes again with each frame. */
const attack = 48;
const release = 0.01;

export class MixLimiter {
  #gain = 1;

  process(mix: Float32Array, out: Int16Array): void {
    let peak = 0;
    for (let i = 0; i < mix.length; i++) {
      const size = Math.abs(mix[i] ?? 0);
      if (size > peak) peak = size;
    }
    if (this.#gain === 1 && peak <= fullScale) {
      for (let i = 0; i < mix.length; i++) out[i] = Math.round(mix[i] ?? 0);
      return;
    }
    const end = Math.min(1, this.#gain + release, peak > fullScale ? fullScale / peak : 1);
    const over = end < this.#gain ? attack : mix.length;
    const step = (end - this.#gain) / over;
    let gain = this.#gain;
    for (let i = 0; i < mix.length; i++) {
      gain = i < over ? gain + step : end;
      const sample = Math.round((mix[i] ?? 0) * gain);
      out[i] = sample > fullScale ? fullScale : sample < -fullScale ? -fullScale : sample;
    }
    this.#gain = end;
  }
}
