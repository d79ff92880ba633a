/** A provisional response sent reliably: repeated until its PRACK comes (RFC 3262 §3). */
import { readRAck } from '../headers/rack.ts';
import { fieldOf, type SipMessage, sequenceOf } from '../message/message.ts';
import { field, type ResponseParts } from '../message/response.ts';
import { T1, TIMEOUT } from '../timers.ts';
import type { ServerRequest } from '../transaction/server-request.ts';

export class ReliableResponse {
  /** It has our offer: the PRACK has to bring an answer. */
  readonly offers: boolean;
  readonly #request: ServerRequest;
  readonly #send: () => void;
  readonly #overdue: () => void;
  readonly #rseq: number;
  #again: NodeJS.Timeout | undefined;
  #end: NodeJS.Timeout | undefined;
  #interval = T1;

  /** overdue: no PRACK came for 64*T1. */
  constructor(
    request: ServerRequest,
    rseq: number,
    response: { status: number; parts: ResponseParts; offers: boolean },
    overdue: () => void,
  ) {
    this.#request = request;
    this.#rseq = rseq;
    this.offers = response.offers;
    this.#overdue = overdue;
    const { status, parts } = response;
    const fields = [...(parts.fields ?? []), field('require', '100rel'), field('rseq', String(rseq))];
    this.#send = () => request.respond(status, { ...parts, fields });
  }

  start(): void {
    this.#send();
    this.#end = setTimeout(() => {
      this.stop();
      this.#overdue();
    }, TIMEOUT);
    this.#repeatLater();
  }

  /** Whether the PRACK is for this one (RFC 3262 §7.2). */
  acknowledgedBy(prack: SipMessage): boolean {
    const rack = readRAck(fieldOf(prack, 'rack'));
    const sequence = sequenceOf(this.#request.message);
    return rack?.rseq === this.#rseq && rack.sequence === sequence && rack.method === 'INVITE';
  }

  stop(): void {
    clearTimeout(this.#again);
    clearTimeout(this.#end);
  }

  #repeatLater(): void {
    this.#again = setTimeout(() => {
      this.#send();
      this.#interval *= 2;
      this.#repeatLater();
    }, this.#interval);
  }
}
