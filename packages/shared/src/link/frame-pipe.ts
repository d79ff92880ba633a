/** A byte pipe that carries frames, whatever it is made of. */
import type { Duplex } from 'node:stream';
import { Deframer } from './deframer.ts';
import type { Frame } from './frame.ts';

/** How long a last frame may take to leave, ms. */
const longestFarewell = 1000;

export interface FramePipeListener {
  onFrame(frame: Frame): void;
  /** Before each look at what came in. */
  onBytes?(): void;
  /** It takes bytes again. */
  onRoom(): void;
  /** Once: nothing comes or goes any more. */
  onClosed(error: Error): void;
}

export class FramePipe {
  #pipe: Duplex;

  constructor(pipe: Duplex) {
    this.#pipe = pipe;
  }

  open(listener: FramePipeListener): void {
    const pipe = this.#pipe;
    const deframer = new Deframer((frame) => listener.onFrame(frame));
    let why: Error | null = null;
    let isClosed = false;
    const closed = () => {
      if (isClosed) return;
      isClosed = true;
      listener.onClosed(why ?? new Error('the channel closed'));
    };
    pipe.on('error', (error) => {
      why = error;
      pipe.destroy();
    });
    pipe.once('close', closed).once('end', closed);
    pipe.on('drain', () => listener.onRoom());
    pipe.on('data', (bytes: Buffer) => {
      listener.onBytes?.();
      deframer.take(bytes);
    });
    if (pipe.destroyed || pipe.readableEnded) closed();
  }

  /** Whether it takes bytes without queueing them up. */
  get hasRoom(): boolean {
    return this.#pipe.writable && !this.#pipe.writableNeedDrain;
  }

  /** False: no more until there is room. */
  send(bytes: Buffer): boolean {
    return this.#pipe.writable && this.#pipe.write(bytes);
  }

  /** For what is said again later, or can go unsaid. */
  sendIfRoom(bytes: Buffer): void {
    if (this.hasRoom) this.send(bytes);
  }

  pause(): void {
    this.#pipe.pause();
  }

  resume(): void {
    this.#pipe.resume();
  }

  /** Once what was sent has left; at once where it doesn't leave. */
  close(): void {
    const pipe = this.#pipe;
    if (pipe.destroyed) return;
    if (!this.hasRoom) {
      pipe.destroy();
      return;
    }
    const timer = setTimeout(() => pipe.destroy(), longestFarewell);
    pipe.once('close', () => clearTimeout(timer));
    pipe.end(() => pipe.destroy());
  }
}
