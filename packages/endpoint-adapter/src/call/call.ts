/** One call: a SIP session and a media stream under one state, and what the app layer gets to see of it. */
import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import type { Call as CallSnapshot, CallState, Failure } from '@thinline/shared/contract/types.ts';
import { FailureError, failure } from '@thinline/shared/failures.ts';
import type { Media, MediaEvents } from '../media/media.ts';
import type { StreamTrouble } from '../media/stream.ts';
import type { StreamSettings } from '../media/stream-settings.ts';
import type { HeaderField } from '../sip/message/message.ts';
import type { Outcome, Session, SessionEnd } from '../sip/session/session.ts';
import type { AlertingCall } from './alerting.ts';
import { Digits } from './digits.ts';
import { Hold, HoldRefused } from './hold.ts';
import { partyOf } from './invitation.ts';
import type { Agreement, Negotiation } from './negotiation.ts';
import { outcome } from './outcome.ts';
import type { Standing } from './remote-control.ts';
import type { EarlyMedia } from './ringback.ts';
import { allowed, type CallCommand, type CallEvent, established, next } from './states.ts';
import { Unanswered, type UnansweredPlan } from './unanswered.ts';

const rememberedDigits = 32;
/** A server may send any number of 181s. */
const rememberedRedirections = 16;

/** What people are told that they wanted. */
const wish: Record<CallCommand, string> = {
  answer: 'answering',
  reject: 'rejecting',
  hangUp: 'hanging up',
  hold: 'holding',
  resume: 'resuming',
  mute: 'muting',
  sendDtmf: 'sending digits',
  transfer: 'transferring',
};
const spoken = (state: CallState): string => state.toLowerCase().replace('_', ' ');

/** What calls ask of the media worker. */
export type CallMedia = Pick<Media, 'createStream' | 'updateStream' | 'closeStream' | 'sendDtmf' | 'play'> &
  Pick<EventEmitter<MediaEvents>, 'on'>;

/** What an INVITE or a command has said about the call, beside what the session knows. */
export type CallDetails = Pick<
  CallSnapshot,
  'callUuid' | 'diversions' | 'referredBy' | 'ring' | 'silent' | 'appearance'
>;

export const noDetails: CallDetails = {
  callUuid: '',
  diversions: [],
  referredBy: null,
  ring: '',
  silent: false,
  appearance: 0,
};

export interface CallOptions {
  id: string;
  lineId: string;
  session: Session;
  negotiation: Negotiation;
  media: CallMedia;
  /** The method of DTMF, as configured. */
  dtmfMethod: () => string;
  details?: CallDetails;
  /** Outgoing: whether such early media is to be heard; default: any. */
  hearsEarlyMedia?: (early: EarlyMedia) => boolean;
  /** Outgoing: whom it was meant for, as somebody has typed it. */
  dialled?: string;
  /** Incoming: what happens while nobody answers. */
  plan?: UnansweredPlan;
  /** Incoming: for the 200 of a call that answers by itself. */
  echo?: HeaderField | null;
  /** It takes the place of a call that was so. */
  place?: { held: boolean; muted: boolean };
}

export interface CallEvents {
  /** `snapshot` is already the new one; a call in state RELEASED changes no more. */
  changed: [];
  /** Its time to answer by itself has come. */
  answerDue: [];
}

export class Call extends EventEmitter<CallEvents> {
  readonly session: Session;
  readonly snapshot: CallSnapshot;
  readonly dialled: string;
  /** Its one ring has begun, where it rings once. */
  rang = false;
  #options: CallOptions;
  #agreement: Agreement | null = null;
  #unanswered: Unanswered | null = null;
  /** Not heard to ring yet. */
  #guarded: boolean;
  /** Heard to ring no more. */
  #timedOut = false;
  #early: EarlyMedia = 'none';
  #answered = false;
  /** Nobody has lifted a finger for it. */
  #byItself = false;
  #hold: Hold;
  #digits: Digits;
  #foreground = true;
  /** Why it can't go on. */
  #fatal: Failure | null = null;
  /** What the media worker was told last. */
  #sound: StreamSettings | null = null;

  constructor(options: CallOptions) {
    super();
    const { session, place = { held: false, muted: false } } = options;
    this.#options = options;
    this.session = session;
    this.dialled = options.dialled ?? '';
    this.#guarded = (options.plan?.ringMs ?? 0) > 0;
    this.#hold = new Hold(place.held, {
      isUp: () => established.includes(this.snapshot.state),
      renegotiate: (held) => this.#renegotiate(held),
      wishChanged: () => this.#applySound(),
    });
    this.#digits = new Digits({
      method: options.dtmfMethod,
      session,
      sendWithSound: (digits, inBand) => options.media.sendDtmf(options.id, digits, inBand),
    });
    this.snapshot = {
      id: options.id,
      lineId: options.lineId,
      state: session.direction === 'incoming' ? 'ALERTING' : 'DIALING',
      direction: session.direction === 'incoming' ? 'INCOMING' : 'OUTGOING',
      remote: partyOf(session.peer),
      muted: place.muted,
      heldByRemote: false,
      createdAtMs: Date.now(),
      connectedAtMs: 0,
      releasedAtMs: 0,
      failure: null,
      redirections: [],
      codec: '',
      dtmfSent: '',
      dtmfReceived: '',
      sipCallId: session.callId,
      earlyMedia: false,
      transfer: null,
      autoAnswerAtMs: 0,
      endReason: '',
      conference: false,
      rejected: false,
      ...(options.details ?? noDetails),
    };
  }

  get id(): string {
    return this.snapshot.id;
  }

  /** Listens to the session. A session that ended meanwhile (CANCEL while the ports were opened) is released at once. */
  start(): void {
    const { session } = this;
    const { negotiation } = this.#options;
    negotiation.held = this.#hold.wanted;
    negotiation.agreed = (agreement) => this.#agreed(agreement);
    session.on('progress', () => this.#step('progress'));
    session.on('earlyMedia', (reliable) => this.#earlyMedia(reliable));
    session.on('redirected', (target, status) =>
      this.#set({
        redirections: [...this.snapshot.redirections, { target, status }].slice(-rememberedRedirections),
      }),
    );
    session.on('confirmed', () => this.#confirmed());
    session.on('changed', () => this.#remoteChanged());
    session.on('peer', (peer) => this.#set({ remote: partyOf(peer) }));
    session.on('ended', (end) => this.#ended(end));
    if (session.state === 'ended') this.#ended({ by: 'remote', status: 487, reason: 'Request Terminated' });
  }

  /** Incoming: 180, and the clocks of an unanswered call. */
  ring(): void {
    this.session.ring();
    const { plan } = this.#options;
    if (!plan || this.snapshot.state !== 'ALERTING') return;
    this.#unanswered = new Unanswered(plan, {
      ring: () => {
        this.#guarded = false;
        this.emit('changed');
      },
      answer: () => this.emit('answerDue'),
      redirect: (target) => this.session.redirect(target),
      fallSilent: () => {
        this.#timedOut = true;
        this.emit('changed');
      },
      giveUp: () => this.session.reject(480),
    });
    this.#unanswered.start();
    if (plan.answerMs !== null) this.#set({ autoAnswerAtMs: Date.now() + plan.answerMs });
  }

  /** Whether this is the call whose sound the agent hears; the others' streams wait. */
  set foreground(foreground: boolean) {
    if (foreground === this.#foreground) return;
    this.#foreground = foreground;
    this.#applySound();
  }

  /** Whether it is in the conference. */
  set conference(conference: boolean) {
    if (conference === this.snapshot.conference) return;
    this.#set({ conference });
    this.#applySound();
  }

  /** What decides about how it is announced. */
  get alerting(): AlertingCall {
    const { id, state, ring, silent } = this.snapshot;
    const { rang } = this;
    const quiet = silent || this.#guarded;
    return { id, state, ring, early: this.#early, quiet, answered: this.#answered, timedOut: this.#timedOut, rang };
  }

  /** The agent is busy with it, or will be in a moment. */
  get engaged(): boolean {
    const { state } = this.snapshot;
    if (state === 'ALERTING') return this.#answered;
    return state !== 'RELEASED' && !this.#hold.wanted;
  }

  /** Where it stands once all that was asked for has been done. */
  get standing(): Standing {
    const { state } = this.snapshot;
    return {
      ringing: state === 'ALERTING' && !this.#answered,
      established: established.includes(state),
      held: this.#hold.wanted,
    };
  }

  /** Throws FailureError wrongCallState where the command makes no sense in this state. */
  need(command: CallCommand): void {
    if (allowed[command].includes(this.snapshot.state)) return;
    throw new FailureError('wrongCallState', {
      state: spoken(this.snapshot.state),
      command: wish[command],
      needed: allowed[command].map(spoken).join(' or '),
    });
  }

  /** echo: a header field for the 200. */
  answer(echo?: HeaderField): void {
    this.need('answer');
    if (this.#answered) return;
    this.#answered = true;
    this.#unanswered?.stop();
    this.session.answer(echo);
    this.#applySound();
    this.#set({ autoAnswerAtMs: 0 });
  }

  /** As its INVITE has asked for. */
  answerByItself(): void {
    if (!this.#answered) this.#byItself = true;
    this.answer(this.#options.echo ?? undefined);
  }

  /** It answers by itself no more. */
  leaveToPeople(): void {
    if (this.snapshot.autoAnswerAtMs === 0) return;
    this.#unanswered?.leaveToPeople();
    this.#set({ autoAnswerAtMs: 0 });
  }

  /** status: 400 to 699; 486 in place of any other. */
  reject(status: number): void {
    this.need('reject');
    this.#set({ rejected: true });
    this.session.reject(status >= 400 && status <= 699 ? status : 486);
  }

  hangUp(): void {
    this.need('hangUp');
    this.session.hangUp();
  }

  /** Rejects with FailureError renegotiationFailed when the far end refuses; the call goes on as it was. */
  async hold(): Promise<void> {
    this.need('hold');
    return this.setHeld(true);
  }

  async resume(): Promise<void> {
    this.need('resume');
    return this.setHeld(false);
  }

  /** hold() and resume() where one of them may still be under way: the last wish is what stays. */
  async setHeld(held: boolean): Promise<void> {
    try {
      await this.#hold.set(held);
    } catch (error) {
      if (!(error instanceof HoldRefused)) throw error;
      const { status, reason } = error.outcome;
      throw new FailureError('renegotiationFailed', { target: this.snapshot.remote?.number ?? '', status, reason });
    }
  }

  mute(on: boolean): void {
    this.need('mute');
    this.#set({ muted: on });
    this.#applySound();
  }

  /** Settles when the last digit is on its way. durationMs: of each digit, as far as the method lets us choose. */
  async sendDtmf(digits: string, durationMs?: number): Promise<void> {
    this.need('sendDtmf');
    if (!/^[0-9*#A-D]{1,64}$/i.test(digits)) throw new FailureError('malformedDigits', { digits });
    const wanted = digits.toUpperCase();
    this.#set({ dtmfSent: (this.snapshot.dtmfSent + wanted).slice(-rememberedDigits) });
    this.#options.media.play({ digits: wanted });
    await this.#digits.send(wanted, durationMs);
  }

  receivedDtmf(digits: string): void {
    this.#set({ dtmfReceived: (this.snapshot.dtmfReceived + digits).slice(-rememberedDigits) });
  }

  /** Throws FailureError wrongCallState where it is being transferred already. */
  beginTransfer(target: string): void {
    const { transfer } = this.snapshot;
    if (transfer && !transfer.failure) {
      throw new FailureError('wrongCallState', {
        state: 'being transferred',
        command: wish.transfer,
        needed: 'with the agent',
      });
    }
    this.#set({ transfer: { target, status: 0, done: false, failure: null } });
  }

  transferProgress(status: number): void {
    this.#setTransfer({ status });
  }

  transferDone(): void {
    this.#setTransfer({ done: true });
  }

  transferFailed(why: Failure): void {
    this.#setTransfer({ done: true, failure: why });
  }

  /** The media worker is gone and with it the sound; the call can't go on. */
  mediaFailed(detail: string): void {
    this.#fatal = failure('mediaFailed', { detail });
    this.#set({ failure: this.#fatal });
    this.session.hangUp();
  }

  /** Something is wrong with its sound: it can't go on, or the agent should know for as long as that lasts. */
  mediaTrouble(trouble: StreamTrouble): void {
    switch (trouble.kind) {
      case 'security':
      case 'path': {
        const { detail } = trouble;
        this.#fatal ??= failure(trouble.kind === 'path' ? 'noPath' : 'callNotProtected', { detail });
        this.#set({ failure: this.#fatal });
        this.session.hangUp();
        break;
      }
      case 'lost':
        this.#set({ failure: failure('soundLost', { seconds: trouble.seconds }) });
        break;
      case 'undecipherable':
        this.#set({ failure: failure('soundUndecipherable') });
        break;
      case 'back':
        this.#set({ failure: this.#fatal });
        break;
      case 'keyExpiring':
        this.#options.negotiation.renewKeys();
        void this.session.renegotiate();
    }
  }

  #setTransfer(change: Partial<NonNullable<CallSnapshot['transfer']>>): void {
    const { transfer } = this.snapshot;
    if (transfer) this.#set({ transfer: { ...transfer, ...change } });
  }

  #agreed(agreement: Agreement): void {
    this.#agreement = agreement;
    this.#applySound();
    this.#set({ codec: agreement.codec.name });
  }

  /** An answer that has come reliably stays so (RFC 3262 §5). */
  #earlyMedia(reliable: boolean): void {
    if (this.#early !== 'reliable') this.#early = reliable ? 'reliable' : 'unreliable';
    this.#applySound();
    this.#set({ earlyMedia: true });
  }

  async #renegotiate(held: boolean): Promise<Outcome> {
    const { negotiation } = this.#options;
    negotiation.held = held;
    const outcome = await this.session.renegotiate();
    if (!outcome.ok) {
      negotiation.held = !held;
      return outcome;
    }
    this.#step(held ? 'held' : 'resumed');
    if (!held) this.#remoteChanged();
    return outcome;
  }

  #confirmed(): void {
    this.#unanswered?.stop();
    this.snapshot.connectedAtMs = Date.now();
    this.snapshot.autoAnswerAtMs = 0;
    const talking = next(this.snapshot.state, 'confirmed');
    const state = talking && this.#hold.agreed ? next(talking, 'held') : talking;
    if (state) this.#set({ state });
    this.#applySound();
    this.#remoteChanged();
  }

  #remoteChanged(): void {
    const { heldByRemote } = this.#options.negotiation;
    if (heldByRemote !== this.snapshot.heldByRemote) this.snapshot.heldByRemote = heldByRemote;
    if (!this.#step(heldByRemote ? 'heldByRemote' : 'resumedByRemote')) this.#set({});
  }

  #ended(end: SessionEnd): void {
    const answered = this.snapshot.connectedAtMs > 0;
    this.#unanswered?.stop();
    this.snapshot.releasedAtMs = Date.now();
    this.snapshot.autoAnswerAtMs = 0;
    this.snapshot.endReason = end.reason;
    const { transfer } = this.snapshot;
    // A far end that hangs up in the midst of it has got where it was sent.
    if (transfer) this.snapshot.transfer = { ...transfer, done: true };
    this.snapshot.failure = this.#fatal ?? outcome(end, this.snapshot.remote?.number ?? '', answered);
    this.#options.media.closeStream(this.id);
    this.#step('ended');
  }

  #step(event: CallEvent): boolean {
    const state = next(this.snapshot.state, event);
    if (state === null) return false;
    this.#set({ state });
    return true;
  }

  #set(change: Partial<CallSnapshot>): void {
    if (this.snapshot.state === 'RELEASED') return;
    // Whatever has changed, a message of the far end may have named it.
    Object.assign(this.snapshot, change, { callUuid: this.session.callUuid || this.snapshot.callUuid });
    this.emit('changed');
  }

  #applySound(): void {
    const { state } = this.snapshot;
    if (!this.#agreement || state === 'RELEASED') return;
    // Offer and answer may have passed before anybody has answered the call (RFC 3262 §5): nobody is heard until then.
    // Where nobody has answered it in person, not before the ACK either: who forges our server's address can't send that.
    const open = state === 'ALERTING' ? this.#answered && !this.#byItself : this.#hearsFarEnd(state);
    const { muted, conference } = this.snapshot;
    const connected = open && this.#foreground && !this.#hold.wanted;
    const sound = { ...this.#agreement, muted, connected, conference: conference && connected };
    if (isDeepStrictEqual(sound, this.#sound)) return;
    this.#sound = sound;
    this.#options.media.updateStream(this.id, sound);
  }

  /** Before the answer that is a matter of how the phone rings back. */
  #hearsFarEnd(state: CallState): boolean {
    if (state !== 'DIALING' && state !== 'RINGING') return true;
    return this.#options.hearsEarlyMedia?.(this.#early) ?? true;
  }
}
