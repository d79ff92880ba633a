/** Takes away rumble, hum's fundamental and a microphone's constant offset: Butterworth, second order, 80 Hz. */
import type { Stage } from './stage.ts';

const sampleRate = 48_000;
const cutoffHz = 80;

/** By the bilinear transform: all but the numerator's common factor. */
const warped = Math.tan((Math.PI * cutoffHz) / sampleRate);
const scale = 1 / (1 + Math.SQRT2 * warped + warped * warped);
const feedback1 = 2 * (warped * warped - 1) * scale;
const feedback2 = (1 - Math.SQRT2 * warped + warped * warped) * scale;

export class HighPass implements Stage {
  #state1 = 0;
  #state2 = 0;

  process(frame: Int16Array): void {
    let state1 = this.#state1;
    let state2 = this.#state2;
    for (let i = 0; i < frame.length; i++) {
      const input = (frame[i] ?? 0) * scale;
      const out = input + state1;
      state1 = state2 - 2 * input - feedback1 * out;
      state2 = input - feedback2 * out;
      frame[i] = Math.max(-32_768, Math.min(32_767, Math.round(out)));
    }
    this.#state1 = state1;
    this.#state2 = state2;
  }
}
