/** The stream that every driver hands out: two rings, one filled by the device, one emptied by it. */
import { type AudioStream, type AudioStreamStats, frameSamples } from './driver.ts';
import { Ring, slot } from './ring.ts';

/** 170 ms: what a worker that was held up finds waiting, at most. */
const ringSamples = 8192;

/** Samples that may lie in the playback ring just before a frame is added: what it returns to, and what it never exceeds. */
export const playbackTarget = frameSamples;
export const playbackBound = 4 * frameSamples;
/** Frames over which the emptiest moment is looked for: half a second. */
const window = 50;

export class RingStream implements AudioStream {
  readonly capture: Ring;
  readonly playback: Ring;
  readonly #onClose: () => void;
  #closed = false;
  #draining = false;
  #emptiest = Number.POSITIVE_INFINITY;
  #seen = 0;

  constructor(onClose: () => void) {
    this.capture = Ring.ofCapacity(ringSamples);
    this.playback = Ring.ofCapacity(ringSamples);
    this.#onClose = onClose;
  }

  get captured(): number {
    return this.capture.length;
  }

  get queued(): number {
    return this.playback.length;
  }

  read(frame: Int16Array): boolean {
    return this.capture.read(frame);
  }

  write(frame: Int16Array): void {
    if (this.#mustDrop(this.playback.length)) this.playback.count(slot.overruns);
    else this.playback.write(frame);
  }

  /**
   * Latency that a stall has put into the queue must leave it again. Above the bound, everything is dropped until the
   * target is reached. Below it, one frame is dropped when the queue was never as low as the target for half a second:
   * then that frame only ever waits.
   */
  #mustDrop(queued: number): boolean {
    if (queued > playbackBound) this.#draining = true;
    if (this.#draining) {
      this.#draining = queued > playbackTarget;
      this.#restartWindow();
      return this.#draining;
    }
    this.#emptiest = Math.min(this.#emptiest, queued);
    this.#seen += 1;
    if (this.#seen < window) return false;
    const drop = this.#emptiest > playbackTarget;
    this.#restartWindow();
    return drop;
  }

  #restartWindow(): void {
    this.#emptiest = Number.POSITIVE_INFINITY;
    this.#seen = 0;
  }

  stats(): AudioStreamStats {
    return {
      captureCallbacks: this.capture.counted(slot.callbacks),
      playbackCallbacks: this.playback.counted(slot.callbacks),
      underruns: this.playback.counted(slot.underruns),
      overruns: this.playback.counted(slot.overruns) + this.capture.counted(slot.overruns),
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose();
  }
}
