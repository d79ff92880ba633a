/** What outgoing and incoming sessions have in common: everything that happens inside the dialog. */
import { EventEmitter } from 'node:events';
import type { Client } from '../dialog/client.ts';
import type { Dialog } from '../dialog/dialog.ts';
import type { DialogOwner, Dialogs } from '../dialog/dialogs.ts';
import { readEvent } from '../headers/event-header.ts';
import { type Identity, nobody } from '../headers/identity.ts';
import { readReasons, writeReason } from '../headers/reason.ts';
import { fieldOf, fieldsOf, type HeaderField, type SipMessage } from '../message/message.ts';
import { allowField, type Body, field, supportedField } from '../message/response.ts';
import type { Uri } from '../message/uri.ts';
import { TIMEOUT } from '../timers.ts';
import type { ServerRequest } from '../transaction/server-request.ts';
import type { Flow } from '../transport/transport.ts';
import { AcceptedInvite } from './accepted-invite.ts';
import { isForeignBody, sdpBody, sdpOf } from './body.ts';
import { assertedPeer, samePeer } from './peer.ts';
import { IncomingRefer, readReferral } from './referral.ts';
import { Renegotiation } from './renegotiation.ts';
import type {
  Outcome,
  Session,
  SessionEnd,
  SessionEvents,
  SessionMedia,
  SessionState,
  TransferProgress,
} from './session.ts';
import { agreedByResponse, answerTimer, type Interval, requestFields, SessionTimer } from './session-timer.ts';
import { Transfer } from './transfer.ts';

/** What a session has of its line. */
export interface SessionPorts {
  client: Client;
  dialogs: Dialogs;
  /** The Contact field's value, as it is now. */
  contact(): string;
  /** The address of record, as a name-addr without tag. */
  from: string;
  /** Whether a request came from the line's own server. */
  isServer(flow: Flow): boolean;
  /** What a person would dial. Throws FailureError malformedTarget. */
  readTarget(target: string): Uri;
  /** 0 to 1. */
  random(): number;
}

/** What a server may say in a NOTIFY without subscription; anything else gets 489. */
const events = ['talk', 'hold', 'dtmf', 'beep'];

/** ms: who is called by a third party may ring for long before the ACK can bring an answer (RFC 3725 §4.1). */
const THIRD_PARTY_PATIENCE = 240_000;

const infoTypes = /^application\/dtmf(-relay)?\b/i;

const callUuidOf = (message: SipMessage): string => fieldOf(message, 'x-genesys-calluuid').slice(0, 128);

/** The text of a Reason header field, for people. */
export function reasonIn(message: SipMessage): string {
  const [reason] = readReasons(fieldsOf(message, 'reason'));
  return reason ? reason.text || `${reason.protocol} ${reason.cause}` : '';
}

export abstract class InviteSession extends EventEmitter<SessionEvents> implements Session, DialogOwner {
  abstract readonly direction: 'outgoing' | 'incoming';
  readonly callId: string;
  protected readonly media: SessionMedia;
  protected readonly ports: SessionPorts;
  #state: SessionState;
  #peer = nobody;
  #callUuid = '';
  #dialog: Dialog | null = null;
  /** Our 2xx that waits for its ACK. */
  #accepted: AcceptedInvite | null = null;
  #byeAtAck = false;
  readonly #renegotiation: Renegotiation;
  readonly #timer: SessionTimer;
  /** Methods that the far end has announced. */
  #allowed: ReadonlySet<string> = new Set();
  #transfers = new Set<Transfer>();
  #referrals = 0;

  protected constructor(options: {
    callId: string;
    state: SessionState;
    media: SessionMedia;
    ports: SessionPorts;
    ownsCallId: boolean;
  }) {
    super();
    this.callId = options.callId;
    this.media = options.media;
    this.ports = options.ports;
    this.#state = options.state;
    this.#renegotiation = new Renegotiation({
      client: options.ports.client,
      random: options.ports.random,
      ownsCallId: options.ownsCallId,
      media: options.media,
      dialog: () => (this.#state === 'confirmed' ? this.#dialog : null),
      fields: () => [...this.targetFields(), ...this.#timerFields()],
      busy: () => this.#accepted !== null,
      refreshed: (response) => this.startTimer(agreedByResponse(response)),
    });
    this.#timer = new SessionTimer({
      refresh: () => void this.#refresh(),
      expired: () => this.#lost(408, 'The session was not refreshed'),
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  get peer(): Identity {
    return this.#peer;
  }

  get callUuid(): string {
    return this.#callUuid;
  }

  /** Null before there is one. */
  get dialog(): Dialog | null {
    return this.#dialog;
  }

  abstract ring(): void;
  abstract answer(echo?: HeaderField): void;
  abstract reject(status: number): void;
  abstract redirect(target: string): void;
  abstract hangUp(): void;

  async renegotiate(): Promise<Outcome> {
    return this.#judge(await this.#renegotiation.run(() => this.media.offer()));
  }

  /** After the way to the server broke: the far end learns our address anew, the sound goes on as it was. */
  async restore(): Promise<Outcome> {
    return this.#judge(await this.#renegotiation.run(() => this.media.current()));
  }

  async sendInfo(contentType: string, content: string): Promise<Outcome> {
    return this.#ask('INFO', [field('content-disposition', 'signal')], { type: contentType, content });
  }

  transfer(to: string | Session, progress: (it: TransferProgress) => void): Promise<Outcome> {
    const dialog = this.#dialog;
    if (this.#state !== 'confirmed' || !dialog)
      return Promise.resolve({ ok: false, status: 481, reason: 'The call is not up' });
    const other = to instanceof InviteSession ? to.#dialog : null;
    if (typeof to !== 'string' && !other)
      return Promise.resolve({ ok: false, status: 481, reason: 'The other call is not up' });
    const target = typeof to === 'string' ? this.ports.readTarget(to) : null;
    const transfer = new Transfer({ client: this.ports.client, dialog, from: this.ports.from, progress });
    this.#transfers.add(transfer);
    const fields = this.targetFields();
    return transfer.run(other ?? target, fields).finally(() => this.#transfers.delete(transfer));
  }

  /** Ends it here, without a word to the far end. */
  abandon(reason: string): void {
    this.#byeAtAck = false;
    this.end({ by: 'failure', status: 0, reason });
  }

  receive(request: ServerRequest, dialog: Dialog): void {
    const { method } = request;
    if (this.#state === 'ended' && method !== 'BYE') {
      request.respond(481);
      return;
    }
    this.learn(request.message, this.ports.isServer(request.flow));
    if (method === 'BYE') this.#receiveBye(request);
    else if (method === 'INVITE') this.#receiveInvite(request, dialog);
    else if (method === 'UPDATE') this.#receiveUpdate(request, dialog);
    else if (method === 'PRACK') this.receivePrack(request);
    else if (method === 'NOTIFY') this.#receiveNotify(request);
    else if (method === 'INFO') this.#receiveInfo(request);
    else if (method === 'REFER') this.#receiveRefer(request, dialog);
    else if (method === 'OPTIONS' || method === 'MESSAGE')
      request.respond(200, { fields: [allowField, supportedField] });
    else request.respond(405, { fields: [allowField] });
  }

  acknowledged(ack: SipMessage): void {
    const accepted = this.#accepted;
    if (!accepted?.acknowledgedBy(ack)) return;
    accepted.stop();
    this.#accepted = null;
    this.learn(ack, false);
    if (this.#byeAtAck) {
      this.#byeAtAck = false;
      this.#sendBye();
      return;
    }
    if (this.#state === 'ended') return;
    const changed = this.#state === 'confirmed';
    if (accepted.delayed) {
      const answer = sdpOf(ack);
      if (answer === null || !this.media.accept(answer)) {
        this.#fail(488, 'No usable answer in the ACK');
        return;
      }
      if (changed) this.emit('changed');
    }
    this.confirm();
    this.#renegotiation.idle();
  }

  /** What target refresh requests and their responses carry. */
  protected targetFields(): HeaderField[] {
    return [field('contact', this.ports.contact()), allowField, supportedField];
  }

  protected setPeer(peer: Identity): void {
    if (samePeer(peer, this.#peer)) return;
    const first = this.#peer === nobody;
    this.#peer = peer;
    if (!first) this.emit('peer', peer);
  }

  /**
   * Takes the far end's identity, call number and abilities from any message of the dialog. vouched: it came from the
   * line's own server, or answers what went there (RFC 3325 §5).
   */
  protected learn(message: SipMessage, vouched: boolean): void {
    this.#callUuid ||= callUuidOf(message);
    const peer = vouched ? assertedPeer(message) : null;
    if (peer) this.setPeer(peer);
    const allow = fieldsOf(message, 'allow');
    if (allow.length > 0) this.#allowed = new Set(allow.flatMap((it) => it.toUpperCase().split(/[\s,]+/)));
  }

  protected early(): void {
    if (this.#state === 'calling' || this.#state === 'incoming') this.#state = 'early';
  }

  protected confirm(): void {
    if (this.#state === 'ended' || this.#state === 'confirmed') return;
    this.#state = 'confirmed';
    this.emit('confirmed');
  }

  protected end(end: SessionEnd): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#timer.stop();
    this.#renegotiation.stop();
    for (const transfer of this.#transfers) transfer.stop(end);
    // A dialog in which a BYE is still owed goes with it.
    if (!this.#byeAtAck) this.release();
    this.emit('ended', end);
  }

  /** The dialog that the session goes on in. */
  protected attach(dialog: Dialog): void {
    if (this.#dialog && this.#dialog !== dialog) this.ports.dialogs.remove(this.#dialog, this);
    this.#dialog = dialog;
    this.ports.dialogs.add(dialog, this);
  }

  /** Nothing more is sent or awaited in its dialogs. */
  protected release(): void {
    this.#accepted?.stop();
    this.#accepted = null;
    if (this.#dialog) this.ports.dialogs.remove(this.#dialog, this);
  }

  protected startTimer(interval: Interval | null): void {
    if (this.#state !== 'ended') this.#timer.start(interval);
  }

  /** A 2xx of ours has gone out. delayed: with our offer. */
  protected awaitAck(request: ServerRequest, delayed: boolean): void {
    this.#accepted?.stop();
    this.#accepted = new AcceptedInvite(request, delayed, () => this.#unacknowledged());
    this.#accepted.start(delayed ? THIRD_PARTY_PATIENCE : TIMEOUT);
  }

  /** BYE now, or as soon as RFC 3261 §15 allows it: after the ACK, or when that is overdue. */
  protected bye(): void {
    if (this.#accepted) this.#byeAtAck = true;
    else this.#sendBye();
  }

  /** A PRACK, where there is a reliable response of ours. */
  protected receivePrack(request: ServerRequest): void {
    request.respond(481);
  }

  #sendBye(fields: HeaderField[] = []): void {
    const dialog = this.#dialog;
    if (dialog) void this.ports.client.ask(() => dialog.request('BYE', { fields }));
    this.release();
  }

  /** We can't go on. */
  #fail(status: number, reason: string): void {
    this.#sendBye([field('reason', writeReason({ protocol: 'SIP', cause: status, text: reason }))]);
    this.end({ by: 'failure', status, reason });
  }

  /** The far end has lost the dialog, or is gone. */
  #lost(status: number, reason: string): void {
    if (this.#state !== 'confirmed') return;
    this.#fail(status, reason);
  }

  /** RFC 3261 §12.2.1.2: 481 and 408 end the dialog, any other refusal leaves it as it was. */
  #judge(outcome: Outcome): Outcome {
    if (outcome.status === 481 || outcome.status === 408) this.#lost(outcome.status, outcome.reason);
    return outcome;
  }

  /** RFC 3261 §13.3.1.4. */
  #unacknowledged(): void {
    this.#accepted = null;
    this.#byeAtAck = false;
    this.#sendBye();
    this.end({ by: 'failure', status: 408, reason: 'No ACK' });
  }

  async #ask(method: string, fields: readonly HeaderField[], body?: Body): Promise<Outcome> {
    const dialog = this.#dialog;
    if (!dialog || this.#state === 'ended') return { ok: false, status: 481, reason: 'The call is not up' };
    const { status, reason } = await this.ports.client.ask(() => dialog.request(method, { fields, body }));
    return this.#judge({ ok: status < 300, status, reason });
  }

  #timerFields(): HeaderField[] {
    const { interval } = this.#timer;
    return interval ? requestFields(interval.seconds, interval.weRefresh) : [];
  }

  /** RFC 4028 §10: UPDATE where the far end knows it, as that needs no description. */
  async #refresh(): Promise<void> {
    const dialog = this.#dialog;
    if (!dialog || this.#state !== 'confirmed') return;
    if (!this.#allowed.has('UPDATE')) {
      const { ok } = await this.restore();
      if (!ok) this.#refreshAgain();
      return;
    }
    const fields = [...this.targetFields(), ...this.#timerFields()];
    const { status, reason, message } = await this.ports.client.ask(() => dialog.request('UPDATE', { fields }));
    if (message && status < 300) {
      dialog.refresh(message);
      this.startTimer(agreedByResponse(message));
      return;
    }
    this.#judge({ ok: false, status, reason });
    this.#refreshAgain();
  }

  #refreshAgain(): void {
    if (this.#state === 'confirmed') this.#timer.again();
  }

  #receiveBye(request: ServerRequest): void {
    request.respond(200);
    this.#byeAtAck = false;
    this.end({ by: 'remote', status: 0, reason: reasonIn(request.message) });
    this.release();
  }

  #receiveNotify(request: ServerRequest): void {
    const { message } = request;
    const event = readEvent(fieldOf(message, 'event'));
    if (event?.name === 'refer') {
      const transfer = [...this.#transfers].find((it) => it.owns(event.id));
      if (transfer) transfer.notified(request);
      else request.respond(481);
      return;
    }
    // A 200 would have the server believe that somebody acts on it.
    if (!event || !events.includes(event.name) || this.listenerCount('notify') === 0) {
      request.respond(489, { fields: [field('allow-events', events.join(', '))] });
      return;
    }
    if (!this.ports.isServer(request.flow)) {
      request.respond(403);
      return;
    }
    // Before acting: what is done may take its time, and the server repeats what is not answered.
    request.respond(200);
    this.emit('notify', event.name, fieldOf(message, 'content-type'), message.body);
  }

  #receiveInfo(request: ServerRequest): void {
    const { message } = request;
    if (fieldOf(message, 'info-package') !== '') {
      // RFC 6086 §4.2.2: we announce none.
      request.respond(469, { reason: 'Bad Info Package', fields: [field('recv-info', '')] });
      return;
    }
    const type = fieldOf(message, 'content-type');
    if (message.body !== '' && !infoTypes.test(type)) {
      request.respond(415, { fields: [field('accept', 'application/dtmf-relay, application/dtmf')] });
      return;
    }
    request.respond(200);
    if (message.body !== '') this.emit('info', type, message.body);
  }

  #receiveRefer(request: ServerRequest, dialog: Dialog): void {
    const referral = readReferral(request.message);
    if (!referral) {
      request.respond(400, { reason: 'Bad Refer-To' });
      return;
    }
    // Nobody is to have us call others in our name: neither past our server, nor before somebody has answered.
    if (!this.ports.isServer(request.flow)) {
      request.respond(403);
      return;
    }
    const begun = this.#state === 'confirmed' || this.#accepted !== null;
    if (!begun || this.listenerCount('refer') === 0) {
      request.respond(603);
      return;
    }
    this.#referrals += 1;
    const { client } = this.ports;
    const first = this.#referrals === 1;
    this.emit('refer', new IncomingRefer({ request, referral, client, dialog, first, contact: this.ports.contact }));
  }

  /** RFC 3261 §14.2. */
  #receiveInvite(request: ServerRequest, dialog: Dialog): void {
    const { message } = request;
    const begun = this.#state === 'confirmed' || this.#accepted !== null;
    // Nobody is to answer our calls for us by asking again.
    if (!begun && this.direction === 'incoming') {
      request.respond(500, { fields: [field('retry-after', '1')] });
      return;
    }
    if (!begun || this.#renegotiation.underway || this.#accepted?.delayed) {
      request.respond(491);
      return;
    }
    if (isForeignBody(message)) {
      request.respond(415, { fields: [field('accept', 'application/sdp')] });
      return;
    }
    const timer = answerTimer(message);
    if (timer.kind === 'refused') {
      request.respond(422, { fields: timer.fields });
      return;
    }
    const offer = sdpOf(message);
    const body = offer === null ? this.media.offer() : this.media.answer(offer);
    if (body === null) {
      request.respond(488);
      return;
    }
    dialog.refresh(message);
    request.respond(200, { fields: [...this.targetFields(), ...timer.fields], body: sdpBody(body) });
    this.awaitAck(request, offer === null);
    this.startTimer(timer.interval);
    if (offer !== null) this.emit('changed');
  }

  /** RFC 3311 §5.2. */
  #receiveUpdate(request: ServerRequest, dialog: Dialog): void {
    const { message } = request;
    const offer = sdpOf(message);
    const open = this.#renegotiation.underway || this.#accepted?.delayed ? 'ours' : this.openOffer;
    if (offer !== null && open === 'ours') {
      request.respond(491);
      return;
    }
    if (offer !== null && open === 'theirs') {
      request.respond(500, { fields: [field('retry-after', '1')] });
      return;
    }
    const timer = answerTimer(message);
    if (timer.kind === 'refused') {
      request.respond(422, { fields: timer.fields });
      return;
    }
    const answer = offer === null ? '' : this.media.answer(offer);
    if (answer === null) {
      request.respond(488);
      return;
    }
    dialog.refresh(message);
    const body = offer === null ? undefined : { body: sdpBody(answer) };
    request.respond(200, { fields: [...this.targetFields(), ...timer.fields], ...body });
    if (this.#state === 'confirmed' && timer.interval) this.startTimer(timer.interval);
    if (offer === null) return;
    if (this.#state === 'confirmed') this.emit('changed');
    else this.emit('earlyMedia', true);
  }

  /** Whose offer in the INVITE that began the session waits for its answer (RFC 3264 §4). */
  protected abstract get openOffer(): 'ours' | 'theirs' | null;
}
