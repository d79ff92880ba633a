/** Transactions over UDP (RFC 3261 §17): what is sent again, what is an answer to what, and what is still open. */
import { branchOf, fieldOf, type Message, makeRequest, makeResponse, sequenceOf, tagOf } from './message.ts';
import { mismatches } from './rules.ts';
import { sendAgain } from './timers.ts';

/** What a transaction needs of its surroundings. */
export interface Link {
  send(message: Message): void;
  complain(sentence: string, about: Message): void;
}

export class ClientTransaction {
  readonly request: Message;
  readonly sentAt = performance.now();
  /** Of the first final response; NaN until then. */
  finalAt = Number.NaN;
  final: Message | null = null;
  /** Of the request, sent so far. */
  copies = 0;
  /** Final responses after the first. */
  repeats = 0;
  #link: Link;
  #heard: (response: Message) => void;
  #stop = () => {};

  constructor(link: Link, request: Message, heard: (response: Message) => void) {
    this.#link = link;
    this.request = request;
    this.#heard = heard;
  }

  start(): void {
    this.send();
    this.#stop = sendAgain(() => this.send());
  }

  /** Once more, as a network does that makes two of one. */
  send(): void {
    this.copies += 1;
    this.#link.send(this.request);
  }

  stop(): void {
    this.#stop();
  }

  take(response: Message): void {
    for (const fault of mismatches(this.request, response)) this.#link.complain(fault, response);
    const isInvite = this.request.method === 'INVITE';
    if (response.status < 200) {
      if (isInvite) this.#stop();
      if (this.final) this.#link.complain('a provisional response after the final one', response);
      else this.#heard(response);
      return;
    }
    this.#stop();
    if (isInvite && response.status >= 300) this.#link.send(acknowledgement(this.request, response));
    if (this.final) {
      this.#takeAgain(response);
      return;
    }
    this.final = response;
    this.finalAt = performance.now();
    this.#heard(response);
  }

  #takeAgain(response: Message): void {
    this.repeats += 1;
    if (response.text !== this.final?.text) this.#link.complain('repeated, but not the same', response);
    if (this.request.method !== 'INVITE' && this.repeats >= this.copies)
      this.#link.complain('more responses than requests', response);
    if (this.request.method === 'INVITE' && response.status < 300) this.#heard(response);
  }
}

/** RFC 3261 §17.1.1.3: of anything but a 2xx. */
function acknowledgement(invite: Message, response: Message): Message {
  return makeRequest({
    method: 'ACK',
    uri: invite.uri,
    fields: {
      Via: fieldOf(invite, 'Via'),
      'Max-Forwards': '70',
      From: fieldOf(invite, 'From'),
      To: fieldOf(response, 'To'),
      'Call-ID': fieldOf(invite, 'Call-ID'),
      CSeq: `${sequenceOf(invite).number} ACK`,
    },
  });
}

export interface ReplyParts {
  toTag?: string;
  fields?: Record<string, string>;
  body?: string;
}

export class ServerTransaction {
  readonly request: Message;
  last: Message | null = null;
  acknowledged = false;
  #link: Link;
  #stop = () => {};

  constructor(link: Link, request: Message) {
    this.#link = link;
    this.request = request;
  }

  get final(): Message | null {
    return this.last && this.last.status >= 200 ? this.last : null;
  }

  reply(status: number, reason: string, parts: ReplyParts = {}): void {
    if (this.final) return;
    this.last = makeResponse(this.request, status, reason, parts);
    this.repeat();
    if (this.final && this.request.method === 'INVITE') this.#stop = sendAgain(() => this.repeat());
  }

  /** The request has come again, or no ACK has. */
  repeat(): void {
    if (this.last) this.#link.send(this.last);
  }

  takeAck(): void {
    this.acknowledged = true;
    this.#stop();
  }

  stop(): void {
    this.#stop();
  }
}

/** RFC 3261 §17.1.3. */
export const clientKey = (message: Message): string => `${branchOf(message)} ${sequenceOf(message).method}`;

/** RFC 3261 §17.2.3. */
export const serverKey = (request: Message): string => `${fieldOf(request, 'Via')} ${request.method}`;

/** What an ACK has in common with its INVITE, whatever was answered. */
export const ackKey = (message: Message): string =>
  [fieldOf(message, 'Call-ID'), sequenceOf(message).number, tagOf(fieldOf(message, 'From'))].join(' ');
