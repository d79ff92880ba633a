/** The endpoint's side of the link: hands out each epoch that is asked for, one at a time, and keeps the pipe for the next. */
import type { Duplex } from 'node:stream';
import { Epoch, tickMs } from './epoch.ts';
import { controlFrame, type Frame, padding } from './frame.ts';
import { FramePipe } from './frame-pipe.ts';

/** An app layer gives its epoch up when we say nothing for so long, ms. */
export const longestStandstill = 1500;
/** Epochs cost more than HELLOs: one that comes sooner after another is left to its repetition, ms. */
const leastBetweenEpochs = 250;

/** Calls back with a Duplex for each new epoch on this pipe; the one before it has ended then. */
export const acceptLinks = (pipe: Duplex, onLink: (link: Duplex) => void): void => new Responder(pipe, onLink).start();

export class Responder {
  #pipe: FramePipe;
  #onLink: (link: Duplex) => void;
  #epoch: Epoch | null = null;
  #timer: NodeJS.Timeout | undefined;
  #lastTick = 0;
  /** The last epoch that ended: its HELLO may come once more, with what was sent after it. */
  #over: number | null = null;
  #lastBegin = Number.NEGATIVE_INFINITY;

  constructor(pipe: Duplex, onLink: (link: Duplex) => void) {
    this.#pipe = new FramePipe(pipe);
    this.#onLink = onLink;
  }

  start(): void {
    this.#pipe.open({
      onFrame: (frame) => this.#take(frame),
      onBytes: () => this.#noticeStandstill(),
      onRoom: () => this.#epoch?.room(),
      onClosed: (error) => {
        this.#giveUp(error);
        this.#pipe.close();
      },
    });
  }

  /**
   * After a standstill of ours the app layer has given the epoch up and said so to its user: the commands that waited
   * meanwhile must not be done now. The wall clock also counts while the machine sleeps.
   */
  #noticeStandstill(): void {
    if (this.#epoch && Date.now() - this.#lastTick > longestStandstill)
      this.#giveUp(new Error('this end of the link stood still'));
  }

  #take(frame: Frame): void {
    const epoch = this.#epoch;
    if (epoch?.id === frame.epoch) {
      epoch.receive(frame);
      if (epoch.destroyed) this.#giveUp();
      else if (frame.type === 'ping') this.#pipe.sendIfRoom(epoch.frame('pong'));
      else if (frame.type === 'hello') this.#pipe.sendIfRoom(epoch.frame('ack'));
    } else if (frame.type === 'hello' && frame.epoch !== this.#over) {
      this.#begin(frame.epoch);
    } else if (frame.type === 'data' || frame.type === 'ping' || frame.type === 'hello') {
      this.#pipe.sendIfRoom(controlFrame('reset', frame.epoch, 0));
    }
  }

  #begin(id: number): void {
    const now = performance.now();
    if (now - this.#lastBegin < leastBetweenEpochs) return;
    this.#lastBegin = now;
    this.#giveUp(new Error('another app layer came'));
    const epoch = new Epoch(id, this.#pipe);
    this.#epoch = epoch;
    this.#lastTick = Date.now();
    this.#timer = setInterval(() => this.#tick(), tickMs);
    epoch.once('close', () => {
      if (this.#epoch === epoch) this.#giveUp();
    });
    this.#pipe.sendIfRoom(Buffer.concat([padding, epoch.frame('ack')]));
    this.#onLink(epoch);
  }

  #tick(): void {
    this.#noticeStandstill();
    this.#lastTick = Date.now();
    this.#epoch?.tick();
    if (this.#epoch?.destroyed) this.#giveUp();
  }

  /** Nothing of the epoch that is on is delivered any more. */
  #giveUp(why?: Error): void {
    const epoch = this.#epoch;
    if (!epoch) return;
    clearInterval(this.#timer);
    this.#epoch = null;
    this.#over = epoch.id;
    epoch.destroy(why);
  }
}
