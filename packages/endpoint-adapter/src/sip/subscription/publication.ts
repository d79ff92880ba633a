/** A state of ours at the server (RFC 3903): published, kept, and removed. */
import { refreshDelay, retryDelay } from '../delays.ts';
import type { Client } from '../dialog/client.ts';
import type { Answer } from '../dialog/exchange.ts';
import { makeRequest } from '../dialog/request.ts';
import { newCallId, newTag } from '../ids.ts';
import { fieldOf, type SipMessage } from '../message/message.ts';
import { type Body, field } from '../message/response.ts';
import { type Uri, writeUri } from '../message/uri.ts';
import type { Outcome } from '../session/session.ts';
import { TimerSet } from '../timers.ts';
import { grantedExpires, minExpires, retryAfterOf, verdictOf } from './verdict.ts';

export interface PublicationOptions {
  client: Client;
  event: string;
  target: Uri;
  /** Who publishes, a name-addr without tag. */
  from: string;
  /** 0 to 1. */
  random(): number;
  /** The server has it, for the first time or again. */
  taken?(): void;
}

/** s */
const EXPIRES = 3_600;
const RETRY_INTERVAL = 30;
/** ms: a server that didn't want it may have been taught meanwhile. */
const MUCH_LATER = 3_600_000;
/** A server's tag is kept as it came, if it is one. */
const MAX_TAG = 256;

/** RFC 3903 §4: what a PUBLISH is for. */
type Kind = 'state' | 'refresh' | 'remove';

export class Publication {
  readonly #options: PublicationOptions;
  readonly #timers = new TimerSet<'due'>(() => this.#due());
  readonly #callId = newCallId();
  readonly #fromTag = newTag();
  #sequence = 0;
  #expires = EXPIRES;
  /** SIP-ETag of what the server has; '': nothing. */
  #tag = '';
  #body: Body | null = null;
  /** What the server has is not what it should have. */
  #dirty = false;
  #sending = false;
  #left = false;
  /** Until somebody publishes again: the password was refused. */
  #locked = false;
  #failures = 0;
  #waiting: Array<(outcome: Outcome) => void> = [];
  /** Those whose state is on its way. */
  #sent: Array<(outcome: Outcome) => void> = [];

  constructor(options: PublicationOptions) {
    this.#options = options;
  }

  /** Settles when the server has taken this state, or a newer one, or has not. */
  publish(body: Body): Promise<Outcome> {
    this.#left = false;
    this.#locked = false;
    this.#body = body;
    this.#dirty = true;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#send();
    });
  }

  /** The way to the server has broken, or is another one. */
  again(): void {
    if (this.#left || this.#locked || !this.#body) return;
    if (this.#tag === '') this.#dirty = true;
    this.#send();
  }

  /** Settles when it is removed, or was not there. */
  async leave(): Promise<void> {
    this.#left = true;
    this.#timers.clearAll();
    if (this.#tag === '') return;
    const tag = this.#tag;
    this.#tag = '';
    this.#dirty = true;
    await this.#options.client.ask(() => this.#request('remove', tag));
  }

  stop(): void {
    this.#left = true;
    this.#timers.clearAll();
    this.#settle([...this.#sent.splice(0), ...this.#waiting.splice(0)], { ok: false, status: 487, reason: '' });
  }

  #due(): void {
    if (this.#tag === '') this.#dirty = true;
    this.#send();
  }

  /** One after the other (RFC 3903 §4.1). */
  #send(): void {
    if (this.#sending || this.#left) return;
    this.#timers.clearAll();
    this.#sending = true;
    const kind = this.#dirty ? 'state' : 'refresh';
    this.#dirty = false;
    this.#sent = this.#waiting.splice(0);
    const [asked, tag] = [this.#expires, this.#tag];
    void this.#options.client.ask(() => this.#request(kind, tag)).then((answer) => this.#answered(answer, tag, asked));
  }

  #answered(answer: Answer, tag: string, asked: number): void {
    const { status, reason, message } = answer;
    this.#sending = false;
    const sent = this.#sent.splice(0);
    const settle = (): void => this.#settle(sent, { ok: status < 300, status, reason });
    const verdict = verdictOf(answer, tag !== '', asked);
    const newTag = message ? fieldOf(message, 'sip-etag') : '';
    if (this.#left) {
      // It has crossed our removal.
      settle();
      this.#tag = '';
      if (verdict === 'accepted' && newTag !== '') void this.#options.client.ask(() => this.#request('remove', newTag));
      return;
    }
    if (verdict === 'accepted') {
      this.#tag = newTag.length <= MAX_TAG ? newTag : '';
      this.#failures = 0;
      settle();
      this.#options.taken?.();
      if (this.#dirty) this.#send();
      else this.#timers.set('due', refreshDelay(grantedExpires(answer, asked), this.#options.random()));
      return;
    }
    // RFC 3903 §4.4: the server knows nothing of what it had.
    const lost = verdict === 'gone' && tag !== '';
    if (lost) this.#tag = '';
    if (verdict === 'brief') this.#expires = minExpires(answer);
    this.#dirty ||= tag === '' || lost || sent.length > 0;
    if (lost || verdict === 'brief') {
      this.#waiting.unshift(...sent);
      this.#send();
      return;
    }
    settle();
    this.#locked = verdict === 'locked';
    if (this.#waiting.length > 0) this.#send();
    else if (verdict === 'refused') this.#timers.set('due', MUCH_LATER);
    else if (!this.#locked) {
      const delay = retryDelay(RETRY_INTERVAL, this.#failures, this.#options.random());
      this.#failures += 1;
      this.#timers.set('due', Math.max(delay, retryAfterOf(answer)));
    }
  }

  #settle(waiting: ReadonlyArray<(outcome: Outcome) => void>, outcome: Outcome): void {
    for (const resolve of waiting) resolve(outcome);
  }

  #request(kind: Kind, tag: string): SipMessage {
    const { event, target, from } = this.#options;
    this.#sequence += 1;
    return makeRequest({
      method: 'PUBLISH',
      uri: target,
      from: `${from};tag=${this.#fromTag}`,
      to: `<${writeUri(target)}>`,
      callId: this.#callId,
      sequence: this.#sequence,
      fields: [
        field('event', event),
        ...(tag === '' ? [] : [field('sip-if-match', tag)]),
        field('expires', String(kind === 'remove' ? 0 : this.#expires)),
      ],
      ...(kind === 'state' && this.#body ? { body: this.#body } : {}),
    });
  }
}
