/** A subscription of ours (RFC 6665): asked for, kept, made anew where it ends, and what its NOTIFYs say. */
import type { Log } from '@thinline/shared/log/log.ts';
import { refreshDelay, retryDelay } from '../delays.ts';
import type { Client } from '../dialog/client.ts';
import { Dialog } from '../dialog/dialog.ts';
import type { DialogOwner, Dialogs } from '../dialog/dialogs.ts';
import type { Answer } from '../dialog/exchange.ts';
import { makeRequest } from '../dialog/request.ts';
import type { EventPackage } from '../events/event-package.ts';
import { readEvent } from '../headers/event-header.ts';
import { readSubscriptionState, resubscription, type SubscriptionState } from '../headers/subscription-state.ts';
import { newCallId, newTag } from '../ids.ts';
import { fieldOf, type HeaderField, type SipMessage, tagOf } from '../message/message.ts';
import { allowField, type Body, field, supportedField } from '../message/response.ts';
import { type Uri, writeUri } from '../message/uri.ts';
import type { Outcome } from '../session/session.ts';
import { TIMEOUT, TimerSet } from '../timers.ts';
import type { ServerRequest } from '../transaction/server-request.ts';
import { boundedExpires, grantedExpires, minExpires, retryAfterOf, type Verdict, verdictOf } from './verdict.ts';

/** What a subscription has of its line. */
export interface SubscriptionPorts {
  client: Client;
  dialogs: Dialogs;
  /** Who subscribes, a name-addr without tag. */
  from: string;
  /** The Contact field's value, as it is now. */
  contact(): string;
  /** 0 to 1. */
  random(): number;
  log: Log;
}

/** Why there is no subscription: a status of the server's or of our own making (408, 503), 0 where a NOTIFY has ended it. */
export interface SubscriptionEnd {
  status: number;
  reason: string;
  /** It will be asked for again soon. */
  again: boolean;
}

export interface SubscriptionOptions<Facts> {
  ports: SubscriptionPorts;
  package: EventPackage<Facts>;
  target: Uri;
  /** Route values; none for what goes to the line's own server. */
  routes?: readonly string[];
  /** s; the package's own unless given. */
  expires?: number;
  /** Of each SUBSCRIBE. */
  fields?: readonly HeaderField[];
  /** It is neither refreshed nor asked for again. */
  once?: boolean;
  told(facts: Facts): void;
  /** Its first NOTIFY has been told. */
  up?(): void;
  down?(end: SubscriptionEnd): void;
}

export type SubscriptionPhase =
  | 'idle'
  | 'asking'
  /** There is a dialog: the SUBSCRIBE was accepted, or a NOTIFY came. */
  | 'up'
  /** It failed, and is asked for again by itself. */
  | 'waiting'
  /** The server doesn't want it; asked for again much later. */
  | 'refused'
  /** The password was refused; not asked for again by itself. */
  | 'locked'
  | 'leaving';

type Event =
  | Verdict
  | 'start'
  /** The way to the server has broken, or is another one. */
  | 'again'
  | 'due'
  /** Nothing has refreshed it in time. */
  | 'expired'
  | 'notified'
  /** A NOTIFY has ended it (RFC 6665 §4.1.3), and it may be asked for again: */
  | 'endedNow'
  | 'endedLater'
  | 'endedNever'
  | 'leave'
  /** The server has taken our leave. */
  | 'left'
  | 'over';

type Step = 'ask' | 'refresh' | 'schedule' | 'retry' | 'retryMuchLater' | 'unsubscribe' | 'settle';

interface Row {
  to: SubscriptionPhase;
  do?: Step;
}

const anew: Row = { to: 'asking', do: 'ask' };
const later: Row = { to: 'waiting', do: 'retry' };
const muchLater: Row = { to: 'refused', do: 'retryMuchLater' };
const locked: Row = { to: 'locked' };
const idle: Row = { to: 'idle' };
const kept: Row = { to: 'up', do: 'schedule' };
const refreshed: Row = { to: 'up', do: 'refresh' };

/** What isn't here changes nothing. */
const table: Readonly<Record<SubscriptionPhase, Partial<Record<Event, Row>>>> = {
  idle: { start: anew, again: anew },
  asking: {
    accepted: kept,
    notified: kept,
    brief: anew,
    gone: later,
    unanswered: later,
    denied: muchLater,
    refused: muchLater,
    locked,
    endedNow: later,
    endedLater: later,
    endedNever: muchLater,
    leave: { to: 'leaving' },
  },
  up: {
    accepted: kept,
    notified: kept,
    due: refreshed,
    again: refreshed,
    brief: refreshed,
    expired: anew,
    gone: anew,
    unanswered: { to: 'up', do: 'retry' },
    denied: { to: 'up', do: 'retry' },
    refused: muchLater,
    locked,
    endedNow: anew,
    endedLater: later,
    endedNever: muchLater,
    leave: { to: 'leaving', do: 'unsubscribe' },
  },
  waiting: { due: anew, again: anew, leave: idle },
  refused: { due: anew, again: anew, leave: idle },
  locked: { leave: idle },
  leaving: {
    start: anew,
    again: anew,
    // The SUBSCRIBE that was under way when we left.
    accepted: { to: 'leaving', do: 'unsubscribe' },
    left: { to: 'leaving', do: 'settle' },
    gone: idle,
    unanswered: idle,
    denied: idle,
    refused: idle,
    locked: idle,
    endedNow: idle,
    endedLater: idle,
    endedNever: idle,
    over: idle,
  },
};

/** s */
const RETRY_INTERVAL = 30;
/** ms: a server that didn't want it may have been taught meanwhile. */
const MUCH_LATER = 3_600_000;
/** ms: one that ends so soon is not made anew at once. */
const BRIEF = 10_000;
/** ms: a NOTIFY may change the end by so much before the refresh is planned anew. */
const CLOSE = 2_000;
/** Bodies that wait for the SUBSCRIBE before them. */
const MAX_QUEUE = 8;

interface Pending {
  body: Body | undefined;
  settle(outcome: Outcome): void;
}

const notSubscribed: Outcome = { ok: false, status: 481, reason: 'Subscription Does Not Exist' };

/** One that is wanted once only doesn't come back. */
const endsIt = (event: Event): boolean => event.startsWith('ended') || event === 'expired';

const endings = { now: 'endedNow', later: 'endedLater', never: 'endedNever' } as const;

export class Subscription<Facts> implements DialogOwner {
  readonly #options: SubscriptionOptions<Facts>;
  readonly #timers: TimerSet<'due' | 'silence' | 'over'>;
  #phase: SubscriptionPhase = 'idle';
  #expires: number;
  /** Of the dialog that is asked for, or there. */
  #callId = '';
  #localTag = '';
  #sequence = 0;
  /** The last SUBSCRIBE outside a dialog, as it was made. */
  #request: SipMessage | null = null;
  #dialog: Dialog | null = null;
  /** A NOTIFY has come in it; before, another fork may still take its place. */
  #told = false;
  #sinceMs = 0;
  #expiresAtMs = 0;
  /** ms: how long the server wants to be left alone. */
  #retryAfter = 0;
  #failures = 0;
  #queue: Pending[] = [];
  #sending = false;
  #left: Array<() => void> = [];
  #unreadable = false;

  constructor(options: SubscriptionOptions<Facts>) {
    this.#options = options;
    this.#expires = options.expires ?? options.package.expires;
    this.#timers = new TimerSet((name) => this.#late(name));
  }

  get phase(): SubscriptionPhase {
    return this.#phase;
  }

  start(): void {
    this.#handle('start');
  }

  again(): void {
    this.#handle('again');
  }

  /** Settles when the server has taken our leave, or there is nothing to leave. */
  leave(): Promise<void> {
    this.#handle('leave');
    if (this.#phase !== 'leaving') return Promise.resolve();
    this.#timers.set('over', TIMEOUT);
    return new Promise((resolve) => this.#left.push(resolve));
  }

  /** Without a word. */
  stop(): void {
    this.#phase = 'idle';
    this.#forget();
    this.#settleLeave();
  }

  /** A body in a re-SUBSCRIBE. Settles with its final response. */
  send(content: string): Promise<Outcome> {
    if (this.#phase !== 'up' || this.#queue.length >= MAX_QUEUE) return Promise.resolve(notSubscribed);
    const type = this.#options.package.accept[0] ?? '';
    return new Promise((settle) => {
      this.#queue.push({ body: { type, content }, settle });
      this.#next();
    });
  }

  receive(request: ServerRequest, dialog: Dialog): void {
    const { message } = request;
    // RFC 5057 §3.1: nothing else lives in this dialog.
    if (request.method !== 'NOTIFY') return void request.respond(481);
    if (!this.#fits(message)) return void this.#refuseEvent(request);
    request.respond(200, { fields: [field('contact', this.#options.ports.contact())] });
    dialog.refresh(message);
    // What is still owed at the end of a subscription that we have left is of no use.
    const tell = (): void => {
      if (this.#phase !== 'leaving') this.#tell(message);
    };
    const state = readSubscriptionState(fieldOf(message, 'subscription-state'));
    const first = !this.#told;
    this.#told = true;
    this.#expectNoMore();
    if (state?.state === 'terminated') {
      tell();
      this.#ended(state);
      return;
    }
    const planned = this.#plan(state?.expires ?? null);
    if (first || planned) this.#handle('notified');
    tell();
    if (first && this.#phase === 'up') this.#options.up?.();
  }

  #handle(event: Event, end: Omit<SubscriptionEnd, 'again'> = { status: 0, reason: '' }): void {
    const before = this.#phase;
    const row = this.#options.once && endsIt(event) ? idle : table[before][event];
    if (!row) return;
    const { to } = row;
    this.#phase = to;
    const lost = before === 'up' && to !== 'up';
    const failed = before === 'asking' && !['asking', 'up', 'leaving'].includes(to);
    if (to !== 'up' && to !== 'leaving') this.#forget();
    if (to !== 'leaving') this.#settleLeave();
    if (lost || failed) this.#options.down?.({ ...end, again: to === 'asking' || to === 'waiting' });
    // What was told may have changed it.
    if (row.do && this.#phase === to) this.#step(row.do);
  }

  #step(step: Step): void {
    const { once = false, ports } = this.#options;
    if (step === 'settle') this.#settleLeave();
    else if (step === 'unsubscribe') this.#unsubscribe();
    else if (step === 'ask') this.#ask();
    else if (once && step === 'schedule') this.#timers.set('due', this.#expiresAtMs - Date.now());
    else if (once) return;
    else if (step === 'refresh') this.#refresh();
    else if (step === 'schedule') this.#schedule();
    else if (step === 'retryMuchLater') this.#timers.set('due', Math.max(MUCH_LATER, this.#retryAfter));
    else {
      const delay = retryDelay(RETRY_INTERVAL, this.#failures, ports.random());
      this.#failures += 1;
      this.#timers.set('due', Math.max(delay, this.#retryAfter));
    }
  }

  #late(name: 'due' | 'silence' | 'over'): void {
    const expired = this.#phase === 'up' && Date.now() >= this.#expiresAtMs;
    if (name === 'over') this.#handle('over');
    else if (name === 'due') this.#handle(expired ? 'expired' : 'due');
    else if (!this.#told) this.#options.ports.log.warning(`${this.#event}: accepted, but the server says nothing`);
  }

  get #event(): string {
    return this.#options.package.event;
  }

  #ask(): void {
    const { ports, target, routes = [] } = this.#options;
    this.#callId = newCallId();
    this.#localTag = newTag();
    const [callId, localTag] = [this.#callId, this.#localTag];
    const make = (): SipMessage => {
      this.#sequence += 1;
      const request = makeRequest({
        method: 'SUBSCRIBE',
        uri: target,
        from: `${ports.from};tag=${localTag}`,
        to: `<${writeUri(target)}>`,
        callId,
        sequence: this.#sequence,
        routes,
        fields: this.#fields(this.#expires),
      });
      if (callId === this.#callId) this.#request = request;
      return request;
    };
    ports.dialogs.expect(callId, localTag, (request) => this.#first(request));
    ports.client.send(make, {
      final: (answer) => {
        if (callId === this.#callId) this.#answered(answer);
      },
    });
  }

  /** The answer to a SUBSCRIBE outside a dialog. */
  #answered(answer: Answer): void {
    const { status, reason, message, request } = answer;
    const verdict = verdictOf(answer, false, this.#expires);
    if (verdict === 'accepted') {
      this.#expiresAtMs = Date.now() + grantedExpires(answer, this.#expires) * 1_000;
      const tag = message ? tagOf(fieldOf(message, 'to')) : '';
      if (!this.#dialog && message && tag !== '') this.#attach(Dialog.asClient(request, message));
      // RFC 6665 §4.1.2.4, timer N.
      if (!this.#told) this.#timers.set('silence', TIMEOUT);
    }
    this.#learn(verdict, answer);
    this.#handle(verdict, { status, reason });
  }

  /** A NOTIFY in a dialog that isn't known yet: it may overtake the 200 (RFC 6665 §4.1.2.4). */
  #first(request: ServerRequest): void {
    const { message } = request;
    if (request.method !== 'NOTIFY' || !this.#request) return void request.respond(481);
    if (!this.#fits(message)) return void this.#refuseEvent(request);
    const dialog = Dialog.asSubscriber(this.#request, message);
    if (this.#dialog) this.#options.ports.dialogs.remove(this.#dialog, this);
    this.#attach(dialog);
    if (this.#phase === 'asking') this.#expiresAtMs = Date.now() + this.#expires * 1_000;
    this.receive(request, dialog);
  }

  #attach(dialog: Dialog): void {
    this.#dialog = dialog;
    this.#sinceMs = Date.now();
    this.#options.ports.dialogs.add(dialog, this);
  }

  #fits(notify: SipMessage): boolean {
    return readEvent(fieldOf(notify, 'event'))?.name === this.#event;
  }

  #refuseEvent(request: ServerRequest): void {
    request.respond(489, { fields: [field('allow-events', this.#event)] });
  }

  #tell(notify: SipMessage): void {
    const facts = this.#options.package.read(fieldOf(notify, 'content-type'), notify.body, notify);
    if (facts !== null) {
      this.#options.told(facts);
      return;
    }
    const { log } = this.#options.ports;
    const text = `${this.#event}: a NOTIFY can't be read`;
    if (this.#unreadable) log.debug(text);
    else log.warning(`${text} (further ones are logged at level debug)`);
    this.#unreadable = true;
  }

  #ended(state: SubscriptionState): void {
    this.#retryAfter = boundedExpires(state.retryAfter ?? 0) * (state.retryAfter ? 1_000 : 0);
    const when = resubscription(state);
    const brief = Date.now() - this.#sinceMs < BRIEF;
    const reason = state.reason === '' ? 'ended by the server' : state.reason;
    this.#handle(when === 'now' && brief ? 'endedLater' : endings[when], { status: 0, reason });
  }

  /** Whether the time of the end has changed: the NOTIFY's word is the latest (RFC 6665 §4.1.2.4). */
  #plan(expires: number | null): boolean {
    if (expires === null) return false;
    const expiresAtMs = Date.now() + boundedExpires(expires) * 1_000;
    if (Math.abs(expiresAtMs - this.#expiresAtMs) < CLOSE) return false;
    this.#expiresAtMs = expiresAtMs;
    return true;
  }

  #schedule(): void {
    const left = Math.max(0, this.#expiresAtMs - Date.now()) / 1_000;
    this.#timers.set('due', refreshDelay(left, this.#options.ports.random()));
  }

  #refresh(): void {
    if (this.#queue.some(({ body }) => !body)) return;
    this.#queue.push({ body: undefined, settle: () => {} });
    this.#next();
  }

  /** One SUBSCRIBE after the other, so that none overtakes. */
  #next(): void {
    const [next] = this.#queue;
    const dialog = this.#dialog;
    if (!next || !dialog || this.#sending) return;
    this.#queue.shift();
    this.#sending = true;
    const asked = this.#expires;
    const make = (): SipMessage =>
      dialog.request('SUBSCRIBE', { fields: this.#fields(asked), ...(next.body ? { body: next.body } : {}) });
    this.#options.ports.client.send(make, {
      final: (answer) => {
        const { status, reason } = answer;
        const current = dialog === this.#dialog && this.#phase === 'up';
        if (current) this.#sending = false;
        next.settle({ ok: status < 300, status, reason });
        if (current && this.#phase === 'up') this.#kept(answer, dialog, asked, next.body !== undefined);
      },
    });
  }

  /** The answer to a SUBSCRIBE inside the dialog. */
  #kept(answer: Answer, dialog: Dialog, asked: number, withBody: boolean): void {
    const { status, reason, message } = answer;
    const verdict = verdictOf(answer, true, asked);
    if (verdict === 'accepted' && message) {
      dialog.refresh(message);
      this.#failures = 0;
      this.#expiresAtMs = Date.now() + grantedExpires(answer, asked) * 1_000;
    }
    this.#learn(verdict, answer);
    // RFC 6665 §4.1.2.3: the server doesn't take the body; what there is stays, and so does the time of its refresh.
    const denied = withBody && (verdict === 'denied' || status === 415);
    if (!denied) this.#handle(verdict, { status, reason });
    this.#next();
  }

  #learn(verdict: Verdict, answer: Answer): void {
    this.#retryAfter = retryAfterOf(answer);
    if (verdict === 'brief') this.#expires = minExpires(answer);
  }

  #unsubscribe(): void {
    const dialog = this.#dialog;
    if (!dialog) return void this.#handle('over');
    this.#dropQueue();
    const make = (): SipMessage => dialog.request('SUBSCRIBE', { fields: this.#fields(0) });
    this.#options.ports.client.send(make, {
      final: ({ status }) => {
        if (dialog === this.#dialog) this.#handle(status < 300 ? 'left' : 'over');
      },
    });
  }

  #fields(expires: number): HeaderField[] {
    const { event, accept } = this.#options.package;
    const { ports, fields = [] } = this.#options;
    return [
      field('contact', ports.contact()),
      field('event', event),
      ...(accept.length > 0 ? [field('accept', accept.join(', '))] : []),
      ...fields,
      field('expires', String(expires)),
      allowField,
      supportedField,
    ];
  }

  #expectNoMore(): void {
    this.#options.ports.dialogs.expectNoMore(this.#callId, this.#localTag);
  }

  /** What was there, and what was under way. */
  #forget(): void {
    this.#timers.clearAll();
    this.#expectNoMore();
    if (this.#dialog) this.#options.ports.dialogs.remove(this.#dialog, this);
    this.#dialog = null;
    this.#request = null;
    this.#callId = '';
    this.#told = false;
    this.#sending = false;
    this.#dropQueue();
  }

  #dropQueue(): void {
    for (const { settle } of this.#queue.splice(0)) settle(notSubscribed);
  }

  #settleLeave(): void {
    for (const resolve of this.#left.splice(0)) resolve();
  }
}
