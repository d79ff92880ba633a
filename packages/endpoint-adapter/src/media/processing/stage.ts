/** A step of voice processing that can be put in and taken out while sound runs through it. */
import { frameSamples } from '../../audio/driver.ts';

export interface Stage {
  /** 10 ms at 48 kHz, in place. */
  process(frame: Int16Array): void;
  /** What the loudspeaker plays, for a stage that has to know it. */
  render?(frame: Int16Array): void;
  close?(): void;
  /** It couldn't go on, and lets sound by. */
  readonly failed?: boolean;
}

/** Frames that a new stage hears before it is heard: its delay lines are full by then. */
const warmUpFrames = 10;
const fade = Float32Array.from(
  { length: frameSamples },
  (_, i) => 0.5 - 0.5 * Math.cos((Math.PI * (i + 1)) / frameSamples),
);

/** Passes from one stage to another, or to none, by a fade of one frame. Without a stage it returns at once. */
export class StageSwitch<Kind extends string> {
  #kind: Kind | 'off' = 'off';
  #current: Stage | null = null;
  #next: Stage | null = null;
  #waiting = -1;
  readonly #other = new Int16Array(frameSamples);

  /** What was asked for last, heard or about to be; off when that has failed. */
  get kind(): Kind | 'off' {
    return (this.#next ?? this.#current)?.failed === true ? 'off' : this.#kind;
  }

  use(kind: Kind | 'off', stage: Stage | null): void {
    if (this.#waiting >= 0) this.#next?.close?.();
    this.#kind = kind;
    this.#next = stage;
    this.#waiting = stage === null ? 0 : warmUpFrames;
  }

  render(frame: Int16Array): void {
    this.#current?.render?.(frame);
    if (this.#waiting >= 0) this.#next?.render?.(frame);
  }

  process(frame: Int16Array): void {
    if (this.#waiting >= 0) this.#pass(frame);
    else if (this.#current !== null) this.#current.process(frame);
  }

  close(): void {
    this.#current?.close?.();
    if (this.#waiting >= 0) this.#next?.close?.();
    this.#kind = 'off';
    this.#current = null;
    this.#next = null;
    this.#waiting = -1;
  }

  #pass(frame: Int16Array): void {
    this.#other.set(frame);
    this.#current?.process(frame);
    this.#next?.process(this.#other);
    if (this.#waiting-- > 0) return;
    for (let i = 0; i < frameSamples; i++) {
      const before = frame[i] ?? 0;
      frame[i] = Math.round(before + ((this.#other[i] ?? 0) - before) * (fade[i] ?? 1));
    }
    this.#current?.close?.();
    this.#current = this.#next;
    this.#next = null;
  }
}
