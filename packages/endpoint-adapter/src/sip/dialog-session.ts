/** What outgoing and incoming sessions have in common: everything that happens inside the dialog. */
import { EventEmitter } from 'node:events';
import {
  SessionState as DialogPhase,
  type IncomingByeRequest,
  type IncomingInviteRequest,
  type IncomingMessage,
  type IncomingNotifyRequest,
  SessionDialog,
  type Session as SipSession,
} from 'sip.js/lib/core/index.js';
import { callUuidOf, foreignBody, sdpBody, sdpOf } from './dialog-messages.ts';
import { assertedPeer, samePeer } from './peer.ts';
import { type Outcome, Renegotiation } from './renegotiation.ts';
import type { Peer, Session, SessionEnd, SessionEvents, SessionMedia, SessionState } from './session.ts';
import { TIMEOUT } from './timers.ts';

/** Event packages that a server sends without subscription; anything else gets 489. */
const events = ['talk', 'hold', 'dtmf', 'beep'];

const none: Peer = { uri: '', user: '', displayName: '' };

export abstract class DialogSession extends EventEmitter<SessionEvents> implements Session {
  abstract readonly direction: 'outgoing' | 'incoming';
  readonly callId: string;
  protected readonly media: SessionMedia;
  protected readonly contact: () => string;
  #state: SessionState;
  #peer = none;
  #callUuid = '';
  #dialog: SessionDialog | null = null;
  /** Our 200 to an INVITE, first or repeated, waits for its ACK: whether that has to bring an answer. */
  #ackBringsAnswer = false;
  #byeAtAck = false;
  #reinviteAck: NodeJS.Timeout | undefined;
  readonly #renegotiation: Renegotiation;

  protected constructor(options: {
    callId: string;
    state: SessionState;
    media: SessionMedia;
    contact: () => string;
    ownsCallId: boolean;
  }) {
    super();
    this.callId = options.callId;
    this.media = options.media;
    this.contact = options.contact;
    this.#state = options.state;
    this.#renegotiation = new Renegotiation({
      ...options,
      random: Math.random,
      dialog: () => (this.#state === 'confirmed' ? this.#dialog : null),
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  get peer(): Peer {
    return this.#peer;
  }

  get callUuid(): string {
    return this.#callUuid;
  }

  abstract ring(): void;
  abstract answer(): void;
  abstract reject(status: number): void;
  abstract hangUp(): void;

  async renegotiate(): Promise<Outcome> {
    const outcome = await this.#renegotiation.run();
    // RFC 3261 §12.2.1.2: the far end has lost the dialog, or is gone.
    if (this.#state === 'confirmed' && (outcome.status === 481 || outcome.status === 408)) {
      this.bye();
      this.end({ by: 'failure', status: outcome.status, reason: outcome.reason });
    }
    return outcome;
  }

  /** Ends it here, without a word to the far end. */
  abandon(reason: string): void {
    this.#byeAtAck = false;
    this.end({ by: 'failure', status: 0, reason });
  }

  protected setPeer(peer: Peer): void {
    if (samePeer(peer, this.#peer)) return;
    const first = this.#peer === none;
    this.#peer = peer;
    if (!first) this.emit('peer', peer);
  }

  /** Takes the far end's identity and call number from any message of the dialog. */
  protected learn(message: IncomingMessage): void {
    this.#callUuid ||= callUuidOf(message);
    const peer = assertedPeer(message);
    if (peer) this.setPeer(peer);
  }

  protected early(): void {
    if (this.#state !== 'ended' && this.#state !== 'confirmed') this.#state = 'early';
  }

  protected confirm(): void {
    if (this.#state === 'ended' || this.#state === 'confirmed') return;
    this.#state = 'confirmed';
    this.emit('confirmed');
  }

  protected end(end: SessionEnd): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    clearTimeout(this.#reinviteAck);
    this.#renegotiation.stop();
    this.emit('ended', end);
  }

  /** A dialog that a provisional response to our INVITE has made. */
  protected attachEarly(session: SipSession): void {
    session.delegate = { onNotify: (request) => this.#receiveNotify(request) };
  }

  /** delayed: our 200 has an offer, the ACK will have the answer. */
  protected attach(session: SipSession, delayed = false): void {
    if (!(session instanceof SessionDialog)) throw new Error('this is no INVITE dialog');
    this.#dialog = session;
    this.#ackBringsAnswer = delayed;
    session.delegate = {
      onAck: ({ message }) => this.#acknowledged(message),
      onAckTimeout: () => this.#unacknowledged(),
      onBye: (request) => this.#receiveBye(request),
      onInvite: (request) => this.#receiveInvite(request),
      onNotify: (request) => this.#receiveNotify(request),
      onRefer: (request) => void request.reject({ statusCode: 405 }),
    };
  }

  /** BYE now, or as soon as RFC 3261 §15 allows it: after the ACK, or when that is overdue. */
  protected bye(): void {
    const dialog = this.#dialog;
    if (!dialog || dialog.sessionState === DialogPhase.Terminated) return;
    if (dialog.sessionState === DialogPhase.AckWait) this.#byeAtAck = true;
    else dialog.bye();
  }

  #acknowledged(message: IncomingMessage): void {
    if (this.#byeAtAck) {
      this.#byeSoon();
      return;
    }
    if (this.#state === 'ended') return;
    this.learn(message);
    clearTimeout(this.#reinviteAck);
    const changed = this.#state === 'confirmed';
    if (this.#ackBringsAnswer) {
      this.#ackBringsAnswer = false;
      const answer = sdpOf(message);
      if (answer === null || !this.media.accept(answer)) {
        this.#byeSoon();
        this.end({ by: 'failure', status: 488, reason: 'No usable answer in the ACK' });
        return;
      }
      if (changed) this.emit('changed');
    }
    this.confirm();
    this.#renegotiation.idle();
  }

  /** sip.js is still inside the dialog's handling of the ACK. */
  #byeSoon(): void {
    this.#byeAtAck = false;
    queueMicrotask(() => this.bye());
  }

  /** RFC 3261 §13.3.1.4: no ACK for 64*T1. */
  #unacknowledged(): void {
    this.#dialog?.bye();
    this.end({ by: 'failure', status: 408, reason: 'No ACK' });
  }

  #receiveBye(request: IncomingByeRequest): void {
    request.accept();
    this.learn(request.message);
    this.end({ by: 'remote', status: 0, reason: request.message.getHeader('reason') ?? '' });
  }

  #receiveNotify(request: IncomingNotifyRequest): void {
    const event = (request.message.getHeader('event') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    // A 200 would have the server believe that somebody acts on it.
    if (this.listenerCount('notify') === 0) return void request.reject({ statusCode: 489 });
    if (!events.includes(event))
      return void request.reject({ statusCode: 489, extraHeaders: [`Allow-Events: ${events.join(', ')}`] });
    request.accept();
    this.learn(request.message);
    if (this.#state !== 'ended') this.emit('notify', event, request.message.body ?? '');
  }

  /** RFC 3261 §14.2. */
  #receiveInvite(request: IncomingInviteRequest): void {
    const { message } = request;
    this.learn(message);
    if (foreignBody(message)) return void request.reject({ statusCode: 415 });
    const offer = sdpOf(message);
    const body = offer === null ? this.media.offer() : this.media.answer(offer);
    if (body === null) return void request.reject({ statusCode: 488 });
    this.#ackBringsAnswer = offer === null;
    this.#reinviteAck = setTimeout(() => this.#unacknowledged(), TIMEOUT);
    request.accept({ statusCode: 200, extraHeaders: [`Contact: ${this.contact()}`], body: sdpBody(body) });
    if (offer !== null) this.emit('changed');
  }
}
