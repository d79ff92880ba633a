/** The stream that every driver hands out: two rings, one filled by the device, one emptied by it. */
import { type AudioStream, type AudioStreamStats, frameSamples, sampleRate } from './driver.ts';
import { nowUs } from './monotonic.ts';
import { PlaybackPace } from './playback-pace.ts';
import { Ring, slot } from './ring.ts';
import { makeVariableRate, mostSamples } from './variable-rate.ts';

/** 170 ms: more than is ever left to wait. */
const ringSamples = 8192;
/** Of captured sound so much may wait, and so much is kept of more: the far end is to hear what is said now. */
const captureBound = 10 * frameSamples;
const captureKept = 2 * frameSamples;
/** A device that calls less often than that is not playing. */
const longestPeriodUs = 40_000;
const samplesPerUs = sampleRate / 1e6;
/** A device fills its own buffer with the first few calls; only then is it known what its period leaves in the queue. */
const firstCallbacks = 10;
/** Silence that fills up the playback queue at a time. */
const mostFilling = 2 * frameSamples;

export class RingStream implements AudioStream {
  readonly capture: Ring;
  readonly playback: Ring;
  readonly #onClose: () => void;
  readonly #nowUs: () => number;
  readonly #pace = new PlaybackPace();
  readonly #rate = makeVariableRate();
  readonly #paced = new Int16Array(mostSamples);
  readonly #silence = new Int16Array(mostFilling);
  #underruns = 0;
  #closed = false;

  /** `clock`: that of Ring.called(). */
  constructor(onClose: () => void, clock = nowUs) {
    this.capture = Ring.ofCapacity(ringSamples);
    this.playback = Ring.ofCapacity(ringSamples);
    this.#onClose = onClose;
    this.#nowUs = clock;
  }

  get captured(): number {
    return this.capture.length;
  }

  get queued(): number {
    return this.playback.length;
  }

  read(frame: Int16Array): boolean {
    if (this.capture.length > captureBound) {
      this.capture.keep(captureKept);
      this.capture.count(slot.overruns);
    }
    return this.capture.read(frame);
  }

  wants(): boolean {
    const level = this.#level();
    const underruns = this.playback.counted(slot.underruns);
    const isBroken = underruns !== this.#underruns || this.playback.counted(slot.callbacks) < firstCallbacks;
    this.#underruns = underruns;
    return this.#pace.note(isBroken ? this.#fillUp(level) : level);
  }

  write(frame: Int16Array): void {
    const count = this.#rate.process(frame, this.#pace.ppm, this.#paced);
    this.playback.write(this.#paced, count);
  }

  /**
   * What the queue holds, less what the device has played since it last took some: it takes much at a time, and when it
   * does moves against our beats, which the count alone would tell too late.
   */
  #level(): number {
    // In this order: a call in between makes it more for once, which harms nothing.
    const queued = this.playback.length;
    const calledAtUs = Atomics.load(this.playback.header, slot.calledAt);
    if (calledAtUs === 0) return queued;
    const sinceUs = (this.#nowUs() - calledAtUs) | 0;
    return queued - Math.round(Math.max(0, Math.min(longestPeriodUs, sinceUs)) * samplesPerUs);
  }

  /** Where there is a gap anyway, it is made as long as the queue needs, so that the next late beat makes none. */
  #fillUp(level: number): number {
    const missing = Math.round(this.#pace.aim - level - this.capture.length);
    const filling = Math.max(0, Math.min(mostFilling, missing));
    this.playback.write(this.#silence, filling);
    return level + filling;
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
