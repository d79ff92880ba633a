/** The app layer's side of the link: asks for an epoch, and closes the pipe with it. */
import { randomInt } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { Epoch, tickMs } from './epoch.ts';
import { type Frame, padding } from './frame.ts';
import { FramePipe } from './frame-pipe.ts';

/** HELLO is said again until it is answered, ms. */
const helloMs = 300;
const ticksPerPing = 2;

export interface ConnectOptions {
  /** Gives up waiting for the endpoint, and closes the pipe. */
  signal?: AbortSignal | undefined;
}

/**
 * Settles once the endpoint has acknowledged the new epoch, however long that takes: one that is frozen answers when it
 * thaws. Rejects when the pipe closes before that, or with the signal's reason. The pipe is closed with the Duplex.
 */
export const connectLink = (pipe: Duplex, options: ConnectOptions = {}): Promise<Duplex> =>
  new Initiator(pipe).connect(options.signal);

export class Initiator {
  #pipe: FramePipe;
  #epoch: Epoch;
  #timer: NodeJS.Timeout | undefined;
  #ticks = 0;
  /** Until the epoch is acknowledged. */
  #acknowledged: ((epoch: Duplex) => void) | null = null;

  constructor(pipe: Duplex) {
    this.#pipe = new FramePipe(pipe);
    this.#epoch = new Epoch(randomInt(2 ** 32), this.#pipe);
  }

  connect(signal?: AbortSignal): Promise<Duplex> {
    const epoch = this.#epoch;
    return new Promise((resolve, reject) => {
      this.#acknowledged = resolve;
      const abort = () => {
        if (this.#acknowledged) epoch.destroy();
      };
      signal?.addEventListener('abort', abort);
      epoch.once('close', () => {
        signal?.removeEventListener('abort', abort);
        this.#close();
        // Nothing happens where it has been resolved.
        reject(epoch.errored ?? signal?.reason);
      });
      this.#pipe.open({
        onFrame: (frame) => this.#take(frame),
        onRoom: () => epoch.room(),
        onClosed: (error) => epoch.destroy(error),
      });
      if (signal?.aborted) abort();
      if (epoch.destroyed) return;
      this.#pipe.send(Buffer.concat([padding, epoch.frame('hello')]));
      this.#timer = setInterval(() => this.#hello(), helloMs);
    });
  }

  #hello(): void {
    this.#pipe.sendIfRoom(this.#epoch.frame('hello'));
  }

  #take(frame: Frame): void {
    if (frame.epoch !== this.#epoch.id || this.#epoch.destroyed) return;
    // An ACK may be lost; whatever follows it says the same.
    if (frame.type !== 'reset') this.#open();
    this.#epoch.receive(frame);
  }

  #open(): void {
    const acknowledged = this.#acknowledged;
    if (!acknowledged) return;
    this.#acknowledged = null;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), tickMs);
    acknowledged(this.#epoch);
  }

  #tick(): void {
    this.#epoch.tick();
    this.#ticks += 1;
    if (!this.#epoch.destroyed && this.#ticks % ticksPerPing === 0) this.#pipe.sendIfRoom(this.#epoch.frame('ping'));
  }

  #close(): void {
    clearInterval(this.#timer);
    this.#pipe.close();
  }
}
