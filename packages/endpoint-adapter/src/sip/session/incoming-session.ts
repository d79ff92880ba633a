/** A call that reaches us (RFC 3261 §13.3). */
import { randomInt } from 'node:crypto';
import { Dialog } from '../dialog/dialog.ts';
import { hasOption } from '../headers/option-tags.ts';
import { fieldOf, fieldsOf, type HeaderField, type SipMessage } from '../message/message.ts';
import { field, type ResponseParts } from '../message/response.ts';
import type { ServerRequest } from '../transaction/server-request.ts';
import { sdpBody, sdpOf } from './body.ts';
import { InviteSession, reasonIn, type SessionPorts } from './invite-session.ts';
import { peerIn } from './peer.ts';
import { ReliableResponse } from './reliable-response.ts';
import type { SessionMedia } from './session.ts';
import { answerTimer } from './session-timer.ts';

/** ms: RFC 3261 §13.3.1.1, so that no proxy takes a call that rings for long for dead. */
const RING_AGAIN = 60_000;

/** RFC 3262 §3: between 1 and 2^31 - 1, with room to count. */
const firstRSeq = (): number => randomInt(1, 1 << 30);

export interface IncomingOptions {
  ports: SessionPorts;
  request: ServerRequest;
  media: SessionMedia;
}

export class IncomingSession extends InviteSession {
  readonly direction = 'incoming';
  readonly #request: ServerRequest;
  #ringing: NodeJS.Timeout | undefined;
  #rseq = firstRSeq();
  /** Waits for its PRACK. */
  #reliable: ReliableResponse | null = null;
  /** It was answered while the description of a reliable response waited for its PRACK (RFC 3262 §3). */
  #answerAtPrack = false;
  /** What the 200 has besides. */
  #echo: HeaderField[] = [];
  /** Offer and answer have been exchanged before the 2xx. */
  #agreed = false;

  constructor(options: IncomingOptions) {
    const { message } = options.request;
    super({ ...options, callId: fieldOf(message, 'call-id'), state: 'incoming', ownsCallId: false });
    this.#request = options.request;
    this.setPeer(peerIn(fieldOf(message, 'from')));
    this.learn(message, options.ports.isServer(options.request.flow));
  }

  /** cancelled: before there was a session for it; the state says so then, as nobody listens yet. */
  start(cancelled: SipMessage | null): void {
    this.#request.cancelled = (cancel) => this.#cancelled(cancel);
    this.attach(Dialog.asServer(this.#request.message, this.#request.toTag));
    if (cancelled) this.#cancelled(cancelled);
  }

  ring(): void {
    if (this.state !== 'incoming' || this.#request.answered) return;
    this.early();
    const reliably = hasOption(this.#request.message, 'require', '100rel');
    const ring = (): void => {
      if (!reliably) this.#request.respond(180, { fields: this.#fields() });
      else if (!this.#reliable) this.#ringReliably();
    };
    ring();
    this.#ringing = setInterval(ring, RING_AGAIN);
  }

  answer(echo?: HeaderField): void {
    this.#echo = echo ? [echo] : [];
    if ((this.state !== 'incoming' && this.state !== 'early') || this.#request.answered) return;
    // RFC 3262 §3: no 2xx while a description in a reliable response is unacknowledged.
    if (this.#reliable?.offers) this.#answerAtPrack = true;
    else this.#answer();
  }

  reject(status: number): void {
    if (this.state === 'ended') return;
    if (this.#request.answered) {
      this.#leave();
      return;
    }
    this.#request.respond(status);
    this.end({ by: 'local', status, reason: '' });
  }

  redirect(target: string): void {
    if (this.state === 'ended' || this.#request.answered) return;
    this.#request.respond(302, { fields: [field('contact', `<${target}>`)] });
    this.end({ by: 'local', status: 302, reason: '' });
  }

  hangUp(): void {
    if (this.state === 'ended') return;
    if (this.#request.answered) this.#leave();
    else this.reject(603);
  }

  protected override get openOffer(): 'ours' | 'theirs' | null {
    if (this.#reliable?.offers) return 'ours';
    return this.#agreed || this.#request.answered || sdpOf(this.#request.message) === null ? null : 'theirs';
  }

  protected override release(): void {
    clearInterval(this.#ringing);
    this.#reliable?.stop();
    // A BYE of the far end before our answer (RFC 3261 §15.1.2), or a line that goes.
    this.#request.respond(487);
    super.release();
  }

  protected override receivePrack(request: ServerRequest): void {
    const reliable = this.#reliable;
    if (!reliable?.acknowledgedBy(request.message)) {
      request.respond(481);
      return;
    }
    reliable.stop();
    this.#reliable = null;
    const sdp = sdpOf(request.message);
    if (reliable.offers) {
      request.respond(200);
      if (sdp === null || !this.media.accept(sdp)) return void this.reject(488);
      this.#agreed = true;
      this.emit('earlyMedia', true);
    } else if (sdp !== null) {
      // RFC 3262 §5: a PRACK may bring an offer of its own.
      const answer = this.media.answer(sdp);
      if (answer === null) return void request.respond(488);
      request.respond(200, { body: sdpBody(answer) });
      this.#agreed = true;
    } else request.respond(200);
    if (this.#answerAtPrack) this.#answer();
  }

  #ringReliably(): void {
    const offers = sdpOf(this.#request.message) === null && !this.#agreed;
    const parts: ResponseParts = offers
      ? { fields: this.#fields(), body: sdpBody(this.media.offer()) }
      : { fields: this.#fields() };
    this.#rseq += 1;
    this.#reliable = new ReliableResponse(this.#request, this.#rseq, { status: 180, parts, offers }, () =>
      // RFC 3262 §3: whoever asked for it and does not acknowledge can't be talked to.
      this.reject(504),
    );
    this.#reliable.start();
  }

  #answer(): void {
    if (this.state === 'ended') return;
    const { message } = this.#request;
    const timer = answerTimer(message);
    if (timer.kind === 'refused') {
      this.#request.respond(422, { fields: timer.fields });
      this.end({ by: 'failure', status: 422, reason: 'Session Interval Too Small' });
      return;
    }
    const offer = sdpOf(message);
    const body = this.#agreed ? '' : offer === null ? this.media.offer() : this.media.answer(offer);
    if (body === null) {
      this.#request.respond(488);
      this.end({ by: 'failure', status: 488, reason: 'Not Acceptable Here' });
      return;
    }
    clearInterval(this.#ringing);
    this.#reliable?.stop();
    const fields = [...this.#fields(), ...timer.fields, ...this.#echo];
    this.#request.respond(200, { fields, ...(body === '' ? {} : { body: sdpBody(body) }) });
    this.startTimer(timer.interval);
    this.awaitAck(this.#request, offer === null && !this.#agreed);
  }

  /** Our 2xx has gone out: only a BYE ends the call now (RFC 3261 §15). */
  #leave(): void {
    this.bye();
    this.end({ by: 'local', status: 0, reason: '' });
  }

  /** RFC 3261 §9.2: the INVITE gets 487. */
  #cancelled(cancel: SipMessage): void {
    this.#request.respond(487);
    this.end({ by: 'remote', status: 487, reason: reasonIn(cancel) });
  }

  /** The appearance of a shared line is named again in what answers it. */
  #fields(): HeaderField[] {
    const shared = fieldsOf(this.#request.message, 'call-info').filter((value) =>
      /;\s*appearance-index\b/i.test(value),
    );
    return [...this.targetFields(), ...shared.map((value) => field('call-info', value))];
  }
}
