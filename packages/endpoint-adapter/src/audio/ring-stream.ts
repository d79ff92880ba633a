/** The stream that every driver hands out: two rings, one filled by the device, one emptied by it. */
import { type AudioStream, type AudioStreamStats, frameSamples } from './driver.ts';
import { Ring, slot } from './ring.ts';

/** 170 ms: what a worker that was held up finds waiting, at most. */
const ringSamples = 8192;

/** Samples in the playback ring just before a frame is added: never more than the bound; drained to the target. */
export const playbackTarget = frameSamples;
export const playbackBound = 4 * frameSamples;
/** Frames in a window: half a second. */
const window = 50;
/** After an underrun one frame of reserve is left alone for so many windows: 10 s. */
const cautiousWindows = 20;

export class RingStream implements AudioStream {
  readonly capture: Ring;
  readonly playback: Ring;
  readonly #onClose: () => void;
  #closed = false;
  #draining = false;
  #emptiest = Number.POSITIVE_INFINITY;
  #seen = 0;
  #surplus = 0;
  #underruns = 0;
  #cautious = 0;

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
   * target is reached. Below it, frames that only ever wait are dropped: those that lay there even in the emptiest moment
   * of the last half second.
   */
  #mustDrop(queued: number): boolean {
    if (queued > playbackBound) this.#draining = true;
    if (this.#draining) {
      this.#restartWindow();
      this.#draining = queued > playbackTarget;
      return this.#draining;
    }
    if (this.#surplus > 0) {
      this.#surplus -= 1;
      return true;
    }
    this.#emptiest = Math.min(this.#emptiest, queued);
    this.#seen += 1;
    if (this.#seen === window) this.#endWindow();
    return false;
  }

  #endWindow(): void {
    const underruns = this.playback.counted(slot.underruns);
    this.#cautious = underruns === this.#underruns ? this.#cautious - 1 : cautiousWindows;
    this.#underruns = underruns;
    const reserve = this.#cautious > 0 ? frameSamples : 0;
    const surplus = Math.floor((this.#emptiest - reserve) / frameSamples);
    this.#restartWindow();
    this.#surplus = Math.max(0, surplus);
  }

  #restartWindow(): void {
    this.#emptiest = Number.POSITIVE_INFINITY;
    this.#seen = 0;
    this.#surplus = 0;
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
