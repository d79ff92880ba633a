/** A 2xx to an INVITE, repeated until its ACK comes (RFC 3261 §13.3.1.4). */
import { type SipMessage, sequenceOf } from '../message/message.ts';
import { T1, T2 } from '../timers.ts';
import type { ServerRequest } from '../transaction/server-request.ts';

export class AcceptedInvite {
  readonly request: ServerRequest;
  /** The 2xx has our offer: the ACK has to bring an answer. */
  readonly delayed: boolean;
  readonly #overdue: () => void;
  #again: NodeJS.Timeout | undefined;
  #end: NodeJS.Timeout | undefined;
  #interval = T1;

  /** overdue: no ACK came. */
  constructor(request: ServerRequest, delayed: boolean, overdue: () => void) {
    this.request = request;
    this.delayed = delayed;
    this.#overdue = overdue;
  }

  /** patience: how long an ACK is waited for, ms. */
  start(patience: number): void {
    this.#end = setTimeout(() => {
      this.stop();
      this.#overdue();
    }, patience);
    this.#repeatLater();
  }

  /** Of an earlier 2xx repetitions may still come. */
  acknowledgedBy(ack: SipMessage): boolean {
    return sequenceOf(ack) === sequenceOf(this.request.message);
  }

  stop(): void {
    clearTimeout(this.#again);
    clearTimeout(this.#end);
  }

  #repeatLater(): void {
    this.#again = setTimeout(() => {
      this.request.repeat();
      this.#interval = Math.min(this.#interval * 2, T2);
      this.#repeatLater();
    }, this.#interval);
  }
}
