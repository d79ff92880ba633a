/** Loudness as people set it, and the gain that it stands for. */
import { frameSamples } from '../audio/driver.ts';

/** As it was made. */
export const fullVolume = 100;

/** What is set for the microphone and the loudspeaker of all calls, 0 to 100. */
export interface Volumes {
  readonly microphone: number;
  readonly speaker: number;
  readonly microphoneMuted: boolean;
  readonly speakerMuted: boolean;
}

/**
 * Loudness grows with the 0.6th power of sound pressure (S. S. Stevens, "The Measurement of Loudness", 1955), so that 50
 * sounds half as loud as 100: 10 dB less.
 */
const pressureExponent = 1 / 0.6;

/** 0 to 1. */
export const gainOf = (volume: number): number => Math.min(1, Math.max(0, volume / fullVolume)) ** pressureExponent;

/** Makes sound quieter; from one gain to another within a frame, so that nothing clicks. */
export class Fader {
  /** What there is, and what is wanted: V8 makes an object of a number that is kept in a field. */
  readonly #gains = Float64Array.of(1, 1);

  set(gain: number): void {
    this.#gains[1] = gain;
  }

  /** At once, as nobody hears it. */
  settle(): void {
    this.#gains[0] = this.#gains[1] ?? 1;
  }

  /** Nothing is changed. */
  get isOpen(): boolean {
    return this.#gains[0] === 1 && this.#gains[1] === 1;
  }

  /** One frame of 10 ms, in place. */
  process(frame: Int16Array | Float32Array): void {
    if (this.isOpen) return;
    const before = this.#gains[0] ?? 1;
    const now = this.#gains[1] ?? 1;
    if (before === now) {
      for (let i = 0; i < frame.length; i++) frame[i] = Math.round((frame[i] ?? 0) * now);
      return;
    }
    const step = (now - before) / frameSamples;
    for (let i = 0; i < frame.length; i++) frame[i] = Math.round((frame[i] ?? 0) * (before + step * (i + 1)));
    this.#gains[0] = now;
  }
}
