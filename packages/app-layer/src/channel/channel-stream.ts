/**
 * A channel of a vendor's library as a byte pipe. Reads and writes take turns: Microsoft's calls aren't safe for two threads at
 * once, and a read that waits holds a thread. So reads wait for a short time only, which is also why closing never hangs.
 */
import { Duplex } from 'node:stream';
import type { ChannelCalls, Handle, Outcome } from './channel-calls.ts';
import { PduHeaders } from './pdu-header.ts';

/** How long a read waits, ms: as long as a write may have to wait. Shorter while bytes come and go. */
const patientWait = 50;
const quickWait = 2;
/** So many reads without a byte, and nothing is going on. */
const quickReads = 4;
/** Before a pipe that was full is tried again, ms. */
const fullPause = 5;
/** More than the longest packet of any vendor, 5,000: what doesn't fit is thrown away by some. */
const room = 16_384;
const highWaterMark = 65_536;

/** ERROR_SEM_TIMEOUT, WAIT_TIMEOUT, ERROR_IO_INCOMPLETE, ERROR_TIMEOUT: nothing came in time. */
const timeouts: readonly number[] = [121, 258, 996, 1460];

/** Not all vendors say by which code they tell that nothing came; then it is told by the time that it took. */
export const timedOut = (error: number, tookMs: number, waitMs: number): boolean =>
  timeouts.includes(error) || tookMs >= waitMs / 2;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Writing {
  bytes: Buffer;
  done(error?: Error): void;
}

export class ChannelStream extends Duplex {
  readonly #calls: ChannelCalls;
  readonly #handle: Handle;
  readonly #headers: PduHeaders | null;
  readonly #room = Buffer.allocUnsafeSlow(room);
  readonly #released = Promise.withResolvers<void>();
  #wanted = false;
  #writing: Writing | null = null;
  #isBusy = false;
  #emptyReads = 0;

  constructor(calls: ChannelCalls, handle: Handle, hasHeaders: boolean) {
    super({ readableHighWaterMark: highWaterMark, writableHighWaterMark: highWaterMark });
    this.#calls = calls;
    this.#handle = handle;
    this.#headers = hasHeaders ? new PduHeaders() : null;
  }

  /** Settles once the library has taken its handle back, which is after the last call has returned. */
  get released(): Promise<void> {
    return this.#released.promise;
  }

  override _read(): void {
    this.#wanted = true;
    void this.#work();
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (bytes.length === 0) {
      done();
      return;
    }
    this.#writing = { bytes, done };
    void this.#work();
  }

  /** A channel can't be closed by halves. */
  override _final(done: (error?: Error | null) => void): void {
    done();
    this.destroy();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#writing?.done(error ?? new Error(`${this.#calls.library}: the channel was closed`));
    this.#writing = null;
    if (!this.#isBusy) void this.#release();
    done(error);
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      while (!this.destroyed && (this.#wanted || this.#writing)) {
        if (this.#writing) await this.#writeSome(this.#writing);
        if (this.#wanted && !this.destroyed) await this.#readSome();
      }
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    }
    this.#isBusy = false;
    if (this.destroyed) await this.#release();
  }

  async #writeSome(writing: Writing): Promise<void> {
    const part = writing.bytes.subarray(0, this.#calls.longestWrite);
    const outcome = await this.#calls.write(this.#handle, part);
    if (this.destroyed) return;
    if (!outcome.done || outcome.bytes > part.length) throw this.#fault('takes no bytes', outcome);
    if (outcome.bytes === 0) return pause(fullPause);
    this.#emptyReads = 0;
    writing.bytes = writing.bytes.subarray(outcome.bytes);
    if (writing.bytes.length > 0) return;
    this.#writing = null;
    writing.done();
  }

  async #readSome(): Promise<void> {
    const waitMs = this.#writing ? 0 : this.#emptyReads < quickReads ? quickWait : patientWait;
    const since = performance.now();
    const outcome = await this.#calls.read(this.#handle, waitMs, this.#room);
    if (this.destroyed) return;
    const tookMs = performance.now() - since;
    if (outcome.bytes > this.#room.length) throw this.#fault('says that it read more than there was room for', outcome);
    if (outcome.done && outcome.bytes > 0) return this.#take(outcome.bytes);
    if (!outcome.done && !timedOut(outcome.error, tookMs, waitMs)) throw this.#fault('has closed', outcome);
    this.#emptyReads += 1;
    // A library that doesn't wait must not make us spin.
    if (!this.#writing && tookMs < waitMs / 2) await pause(waitMs - tookMs);
  }

  #take(bytes: number): void {
    this.#emptyReads = 0;
    const read = this.#room.subarray(0, bytes);
    const payload = this.#headers ? this.#headers.payloadOf(read) : read;
    // Pushing nothing would be taken for an end of the reading.
    if (payload.length > 0) this.#wanted = this.push(Buffer.from(payload));
  }

  #fault(what: string, { error }: Outcome): Error {
    return new Error(`${this.#calls.library}: the channel ${what}${error === 0 ? '' : ` (error ${error})`}`);
  }

  async #release(): Promise<void> {
    try {
      await this.#calls.close(this.#handle);
    } catch {
      // There is nothing left that could be done with it.
    }
    this.#released.resolve();
  }
}
