/**
 * A queue of samples between two threads, one of which may be a sound device's own: one writes, one reads, neither waits.
 * The layout of the memory is shared with native/ring.h.
 */

/** Places in the header, 32 bits each. Positions count samples for ever and wrap round; the rest are counters. */
export const slot = {
  /** Moved by the writer alone. */
  written: 0,
  /** Moved by the reader alone. */
  taken: 1,
  /** Calls by the device. */
  callbacks: 2,
  /** Times that the reader wanted more than there was. */
  underruns: 3,
  /** Times that the writer had to drop something. */
  overruns: 4,
  /** Not 0 when the device stopped by itself. */
  stopped: 5,
  /** When the device called last, µs (monotonic.ts). */
  calledAt: 6,
} as const;

const headerBytes = 64;

export class Ring {
  readonly memory: SharedArrayBuffer;
  readonly header: Int32Array;
  readonly samples: Int16Array;
  readonly #mask: number;

  /** Over memory that `Ring.ofCapacity` made, here or in another thread. */
  constructor(memory: SharedArrayBuffer) {
    this.memory = memory;
    this.header = new Int32Array(memory, 0, headerBytes / 4);
    this.samples = new Int16Array(memory, headerBytes);
    this.#mask = this.samples.length - 1;
  }

  /** `capacity` in samples, a power of two: positions wrap at 2³² and must go on in the right place. */
  static ofCapacity(capacity: number): Ring {
    if (capacity < 2 || (capacity & (capacity - 1)) !== 0) throw new RangeError(`${capacity} is not a power of two`);
    return new Ring(new SharedArrayBuffer(headerBytes + capacity * 2));
  }

  get capacity(): number {
    return this.samples.length;
  }

  /** Samples waiting to be read. */
  get length(): number {
    return (Atomics.load(this.header, slot.written) - Atomics.load(this.header, slot.taken)) | 0;
  }

  /** Takes all of `frame`; false, and nothing taken, when there is less. */
  read(frame: Int16Array): boolean {
    if (this.length < frame.length) return false;
    this.#copyOut(frame, frame.length);
    return true;
  }

  /** Fills `frame` with what there is, the rest with silence, and counts an underrun when there was too little. */
  readOrSilence(frame: Int16Array): void {
    const there = Math.min(this.length, frame.length);
    this.#copyOut(frame, there);
    if (there === frame.length) return;
    frame.fill(0, there);
    // Before the first frame was written, nothing is missing.
    if (Atomics.load(this.header, slot.written) !== 0) this.count(slot.underruns);
  }

  /** The reader throws away all but the newest. */
  keep(samples: number): void {
    const surplus = this.length - samples;
    if (surplus > 0) Atomics.add(this.header, slot.taken, surplus);
  }

  /** Adds the first `count` of `frame`; false, and nothing added, when they have no room (an overrun). */
  write(frame: Int16Array, count = frame.length): boolean {
    if (this.capacity - this.length < count) {
      this.count(slot.overruns);
      return false;
    }
    const from = Atomics.load(this.header, slot.written);
    for (let i = 0; i < count; i++) this.samples[(from + i) & this.#mask] = frame[i] ?? 0;
    Atomics.store(this.header, slot.written, (from + count) | 0);
    return true;
  }

  /** The device calls; before it reads or writes. */
  called(atUs: number): void {
    Atomics.store(this.header, slot.calledAt, atUs);
    this.count(slot.callbacks);
  }

  count(counter: number): void {
    Atomics.add(this.header, counter, 1);
  }

  counted(counter: number): number {
    return Atomics.load(this.header, counter) >>> 0;
  }

  #copyOut(frame: Int16Array, count: number): void {
    const from = Atomics.load(this.header, slot.taken);
    for (let i = 0; i < count; i++) frame[i] = this.samples[(from + i) & this.#mask] ?? 0;
    Atomics.store(this.header, slot.taken, (from + count) | 0);
  }
}
