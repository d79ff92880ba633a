/** 10 ms from the microphone to every stream, and 10 ms from every stream to the loudspeaker. */
import type { Levels } from '@thinline/shared/contract/types.ts';
import { frameSamples } from '../audio/driver.ts';
import { LevelMeter } from './level.ts';
import type { Tone } from './stream-settings.ts';
import { ToneGenerator } from './tones.ts';

/** What the engine sees of a stream. */
export interface EngineStream {
  readonly connected: boolean;
  send(microphone: Int16Array, silence: Int16Array): void;
  /** False when there is nothing to be mixed. */
  receive(nowMs: number, out: Int16Array): boolean;
}

export class Engine {
  readonly #streams: EngineStream[] = [];
  readonly #tones = new ToneGenerator();
  readonly #microphone = new LevelMeter();
  readonly #speaker = new LevelMeter();
  readonly #silence = new Int16Array(frameSamples);
  readonly #heard = new Int16Array(frameSamples);
  readonly #mix = new Float32Array(frameSamples);
  readonly #out = new Int16Array(frameSamples);

  add(stream: EngineStream): void {
    this.#streams.push(stream);
  }

  remove(stream: EngineStream): void {
    const place = this.#streams.indexOf(stream);
    if (place >= 0) this.#streams.splice(place, 1);
  }

  play(tone: Tone): void {
    this.#tones.play(tone);
  }

  /** Whether there is anything to do at all. */
  get busy(): boolean {
    return this.#streams.length > 0 || this.#tones.active;
  }

  get connected(): boolean {
    return this.#streams.some((stream) => stream.connected);
  }

  /** Takes what the microphone heard. */
  capture(microphone: Int16Array): void {
    this.#microphone.add(microphone);
    for (const stream of this.#streams) stream.send(microphone, this.#silence);
  }

  /** Returns what the loudspeaker is to play, valid until the next call. */
  playback(nowMs: number): Int16Array {
    this.#mix.fill(0);
    for (const stream of this.#streams) {
      if (stream.receive(nowMs, this.#heard)) this.#addHeard();
    }
    this.#tones.process(this.#mix);
    for (let i = 0; i < frameSamples; i++) {
      this.#out[i] = Math.max(-32_768, Math.min(32_767, Math.round(this.#mix[i] ?? 0)));
    }
    this.#speaker.add(this.#out);
    return this.#out;
  }

  /** Means since the last call. */
  levels(): Levels {
    return { microphoneDbfs: this.#microphone.read(), speakerDbfs: this.#speaker.read() };
  }

  #addHeard(): void {
    for (let i = 0; i < frameSamples; i++) this.#mix[i] = (this.#mix[i] ?? 0) + (this.#heard[i] ?? 0);
  }
}
