/**
 * The beat of the engine. As a rule the microphone beats: one tick for each captured frame, so that there is one clock
 * less to drift. Where nothing is captured (no microphone, or a stuck one) the monotonic clock takes over.
 */

const frameMs = 10;
/** A microphone that is silent for so long is stuck; a little more than the longest period of a device. */
const stuckMs = 100;
const watchMs = 50;
/** After a hold-up, so much is made up for; the rest of the time is lost. */
const catchUpFrames = 5;

export class Clock {
  readonly #tick: () => void;
  #timer: NodeJS.Timeout | undefined;
  #capturedMs = Number.NEGATIVE_INFINITY;
  #dueMs = 0;

  /** `tick`: called for each 10 ms without a captured frame. */
  constructor(tick: () => void) {
    this.#tick = tick;
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#capturedMs = Number.NEGATIVE_INFINITY;
    this.#dueMs = performance.now() + frameMs;
    this.#arm(frameMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The microphone has beaten. */
  captured(): void {
    this.#capturedMs = performance.now();
  }

  #arm(ms: number): void {
    this.#timer = setTimeout(this.#check, ms);
  }

  readonly #check = (): void => {
    const now = performance.now();
    if (now - this.#capturedMs <= stuckMs) {
      this.#dueMs = now + frameMs;
      this.#arm(watchMs);
      return;
    }
    this.#dueMs = Math.max(this.#dueMs, now - catchUpFrames * frameMs);
    for (; this.#dueMs <= now; this.#dueMs += frameMs) this.#tick();
    // A tick may have stopped the clock.
    if (this.#timer !== undefined) this.#arm(Math.max(1, Math.round(this.#dueMs - now)));
  };
}
