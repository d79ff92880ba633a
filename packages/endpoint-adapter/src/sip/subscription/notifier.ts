/** What we tell those who subscribe to a state of ours (RFC 6665 §4.2). */
import type { Client } from '../dialog/client.ts';
import { Dialog } from '../dialog/dialog.ts';
import type { DialogOwner, Dialogs } from '../dialog/dialogs.ts';
import { readEvent, writeEvent } from '../headers/event-header.ts';
import { writeSubscriptionState } from '../headers/subscription-state.ts';
import { readNumber } from '../headers/values.ts';
import { fieldOf, fieldsOf, type SipMessage, splitList } from '../message/message.ts';
import { type Body, field } from '../message/response.ts';
import { TimerSet } from '../timers.ts';
import type { ServerRequest } from '../transaction/server-request.ts';

export interface NotifierOptions {
  client: Client;
  dialogs: Dialogs;
  event: string;
  /** What is to be told now. */
  state(): Body;
  /** The Contact field's value, as it is now. */
  contact(): string;
}

/** s; nobody is told for longer without asking again. */
const MAX_EXPIRES = 3_600;
/** A server has one; what comes beyond is refused. */
const MAX_SUBSCRIBERS = 8;

/** s; the most where the request doesn't say (RFC 6665 §4.2.1.1). */
const expiresOf = (subscribe: SipMessage): number =>
  Math.min(readNumber(fieldOf(subscribe, 'expires')) ?? MAX_EXPIRES, MAX_EXPIRES);

/** Without Accept, everything (RFC 3261 §20.1). */
function accepts(subscribe: SipMessage, type: string): boolean {
  const ranges = fieldsOf(subscribe, 'accept')
    .flatMap(splitList)
    .map((range) => range.split(';', 1)[0]?.trim().toLowerCase());
  const [family = ''] = type.split('/', 1);
  return ranges.length === 0 || ranges.some((it) => it === type || it === '*/*' || it === `${family}/*`);
}

export class Notifier {
  readonly #options: NotifierOptions;
  readonly #subscribers = new Set<Subscriber>();

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#subscribers.size;
  }

  /** A SUBSCRIBE outside a dialog, for this event, of somebody who may. */
  receive(request: ServerRequest): void {
    const { message } = request;
    const { state } = this.#options;
    if (!accepts(message, state().type)) return void request.respond(406);
    const dialog = Dialog.asServer(message, request.toTag);
    if (dialog.fault) return void request.respond(400, { reason: dialog.fault });
    if (this.#subscribers.size >= MAX_SUBSCRIBERS) return void request.respond(480);
    const subscriber: Subscriber = new Subscriber(this.#options, dialog, message, () =>
      this.#subscribers.delete(subscriber),
    );
    this.#subscribers.add(subscriber);
    subscriber.begin(request);
  }

  /** The state has changed. Settles with whether anybody has heard of it. */
  async changed(): Promise<boolean> {
    const heard = await Promise.all([...this.#subscribers].map((it) => it.tell()));
    return heard.includes(true);
  }

  async leave(): Promise<void> {
    await Promise.all([...this.#subscribers].map((it) => it.end('noresource')));
  }

  stop(): void {
    for (const it of this.#subscribers) it.forget();
  }
}

class Subscriber implements DialogOwner {
  readonly #options: NotifierOptions;
  readonly #dialog: Dialog;
  /** With its id (RFC 6665 §8.2.1). */
  readonly #event: string;
  readonly #gone: () => void;
  readonly #timers = new TimerSet<'expires'>(() => void this.end('timeout'));
  #expiresAtMs = 0;
  #over = false;
  /** One NOTIFY after the other, so that none overtakes; those that wait say the same. */
  #turn: Promise<boolean> = Promise.resolve(false);
  #waiting: Promise<boolean> | null = null;

  constructor(options: NotifierOptions, dialog: Dialog, subscribe: SipMessage, gone: () => void) {
    this.#options = options;
    this.#dialog = dialog;
    this.#event = writeEvent(readEvent(fieldOf(subscribe, 'event')) ?? { name: options.event, id: '' });
    this.#gone = gone;
  }

  begin(request: ServerRequest): void {
    this.#options.dialogs.add(this.#dialog, this);
    this.receive(request);
  }

  /** RFC 6665 §4.2.1: the first SUBSCRIBE, or one that refreshes or ends it. */
  receive(request: ServerRequest): void {
    const { message, method } = request;
    if (method !== 'SUBSCRIBE') return void request.respond(481);
    if (readEvent(fieldOf(message, 'event'))?.name !== this.#options.event) return void request.respond(481);
    const expires = expiresOf(message);
    this.#dialog.refresh(message);
    request.respond(200, {
      fields: [field('contact', this.#options.contact()), field('expires', String(expires))],
    });
    this.#expiresAtMs = Date.now() + expires * 1_000;
    if (expires === 0) return void this.end('timeout');
    this.#timers.set('expires', expires * 1_000);
    void this.tell();
  }

  /** Settles with whether it was heard. */
  tell(): Promise<boolean> {
    if (this.#waiting) return this.#waiting;
    const turn = this.#turn.then(() => {
      this.#waiting = null;
      return this.#notify(null);
    });
    this.#waiting = turn;
    this.#turn = turn;
    return turn;
  }

  async end(reason: 'timeout' | 'noresource'): Promise<void> {
    if (this.#over) return;
    this.#timers.clearAll();
    this.#turn = this.#turn.then(() => this.#notify(reason));
    await this.#turn;
    this.forget();
  }

  forget(): void {
    this.#over = true;
    this.#timers.clearAll();
    this.#options.dialogs.remove(this.#dialog, this);
    this.#gone();
  }

  /** ended: why it is over. */
  async #notify(ended: 'timeout' | 'noresource' | null): Promise<boolean> {
    if (this.#over) return false;
    const { client, contact, state } = this.#options;
    const expires = Math.max(0, Math.round((this.#expiresAtMs - Date.now()) / 1_000));
    const said = writeSubscriptionState(
      ended
        ? { state: 'terminated', expires: null, reason: ended, retryAfter: null }
        : { state: 'active', expires, reason: '', retryAfter: null },
    );
    const fields = [field('event', this.#event), field('subscription-state', said), field('contact', contact())];
    const body = state();
    const { status } = await client.ask(() => this.#dialog.request('NOTIFY', { fields, body }));
    // RFC 6665 §4.2.2: whoever can't be told, or doesn't want to be, is no subscriber.
    if (status >= 300) this.forget();
    return status < 300;
  }
}
