/** One epoch of the link: a Duplex whose bytes go as numbered DATA frames, and which ends when one of them is lost. */
import { Duplex } from 'node:stream';
import { controlFrame, dataFrames, type Frame, type FrameType, framesFor, next } from './frame.ts';
import type { FramePipe } from './frame-pipe.ts';

/** Both sides count silence in ticks, so that one that stood still itself doesn't blame the other for it, ms. */
export const tickMs = 250;
/** So many ticks without a frame end an epoch: 1.25 to 1.5 s. */
const mostSilentTicks = 6;

export class Epoch extends Duplex {
  readonly id: number;
  #pipe: FramePipe;
  #sent = 0;
  #received = 0;
  #silentTicks = 0;
  #isEnded = false;
  #farEnded = false;
  #farReset = false;
  /** What goes on once the pipe has room again. */
  #whenRoom: ((error?: Error | null) => void) | null = null;

  constructor(id: number, pipe: FramePipe) {
    super();
    this.id = id;
    this.#pipe = pipe;
    // Whoever has it learns by 'close' that it is over; an unheard error would end the process.
    this.on('error', () => {});
  }

  frame(type: Exclude<FrameType, 'data'>): Buffer {
    return controlFrame(type, this.id, this.#sent);
  }

  /** A frame of this epoch has come. */
  receive(frame: Frame): void {
    if (this.destroyed) return;
    this.#silentTicks = 0;
    if (frame.type === 'reset') {
      this.#farReset = true;
      this.destroy(new Error('the far end reset the link'));
    } else if (frame.number !== this.#received || (this.#farEnded && frame.type === 'data')) {
      this.destroy(new Error('a frame of the link was lost'));
    } else if (frame.type === 'data') {
      this.#received = next(this.#received);
      if (!this.push(frame.payload)) this.#pipe.pause();
    } else if (frame.type === 'end' && !this.#farEnded) {
      this.#farEnded = true;
      this.push(null);
    }
  }

  /** Every tickMs. */
  tick(): void {
    this.#silentTicks += 1;
    if (this.#silentTicks >= mostSilentTicks) this.destroy(new Error('the far end of the link fell silent'));
  }

  /** The pipe takes bytes again. */
  room(): void {
    const goOn = this.#whenRoom;
    this.#whenRoom = null;
    goOn?.();
  }

  override _read(): void {
    this.#pipe.resume();
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    const hasRoom = this.#pipe.send(dataFrames(this.id, this.#sent, bytes));
    this.#sent = (this.#sent + framesFor(bytes.length)) >>> 0;
    if (hasRoom) callback();
    else this.#whenRoom = callback;
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#isEnded = true;
    this.#pipe.send(this.frame('end'));
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    const inOrder = this.#isEnded && this.#farEnded;
    if (!inOrder && !this.#farReset) this.#pipe.sendIfRoom(this.frame('reset'));
    const unwritten = this.#whenRoom;
    this.#whenRoom = null;
    unwritten?.(error);
    // The next epoch on this pipe is to be heard, whatever of this one was left unread.
    this.#pipe.resume();
    callback(error);
  }
}
