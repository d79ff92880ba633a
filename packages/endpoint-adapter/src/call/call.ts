/** One call: a SIP session and a media stream under one state, and what the app layer gets to see of it. */
import { EventEmitter } from 'node:events';
import type { Call as CallSnapshot, CallState, Failure, Party } from '@thinline/shared/contract/types.ts';
import { FailureError, failure } from '@thinline/shared/failures.ts';
import type { Media, MediaEvents } from '../media/media.ts';
import type { Peer, Session, SessionEnd } from '../sip/session.ts';
import type { Agreement, Negotiation } from './negotiation.ts';
import { outcome } from './outcome.ts';
import { allowed, type CallCommand, type CallEvent, next } from './states.ts';

const rememberedDigits = 32;
/** A server may send any number of 181s. */
const rememberedRedirections = 16;

export const partyOf = (peer: Peer): Party => ({ uri: peer.uri, number: peer.user, displayName: peer.displayName });

/** What people are told that they wanted. */
const wish: Record<CallCommand, string> = {
  answer: 'answering',
  reject: 'rejecting',
  hangUp: 'hanging up',
  hold: 'holding',
  resume: 'resuming',
  mute: 'muting',
  sendDtmf: 'sending digits',
};
const spoken = (state: CallState): string => state.toLowerCase().replace('_', ' ');

/** What calls ask of the media worker. */
export type CallMedia = Pick<Media, 'createStream' | 'updateStream' | 'closeStream' | 'sendDtmf' | 'play'> &
  Pick<EventEmitter<MediaEvents>, 'on'>;

export interface CallEvents {
  /** `snapshot` is already the new one; a call in state RELEASED changes no more. */
  changed: [];
}

export class Call extends EventEmitter<CallEvents> {
  readonly session: Session;
  readonly snapshot: CallSnapshot;
  #media: CallMedia;
  #negotiation: Negotiation;
  #agreement: Agreement | null = null;
  #holding = false;
  /** The last hold or resume; where one is asked for that is under way already, it is this. */
  #renegotiating: Promise<void> = Promise.resolve();
  #foreground = true;

  constructor(id: string, lineId: string, session: Session, negotiation: Negotiation, media: CallMedia) {
    super();
    this.session = session;
    this.#negotiation = negotiation;
    this.#media = media;
    this.snapshot = {
      id,
      lineId,
      state: session.direction === 'incoming' ? 'ALERTING' : 'DIALING',
      direction: session.direction === 'incoming' ? 'INCOMING' : 'OUTGOING',
      remote: partyOf(session.peer),
      muted: false,
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
    };
  }

  get id(): string {
    return this.snapshot.id;
  }

  /** Listens to the session. A session that ended meanwhile (CANCEL while the ports were opened) is released at once. */
  start(): void {
    const { session } = this;
    this.#negotiation.agreed = (agreement) => this.#agreed(agreement);
    session.on('progress', () => this.#step('progress'));
    session.on('earlyMedia', () => this.#set({ earlyMedia: true }));
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

  /** Whether this is the call whose sound the agent hears; the others' streams wait. */
  set foreground(foreground: boolean) {
    if (foreground === this.#foreground) return;
    this.#foreground = foreground;
    this.#applySound();
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

  answer(): void {
    this.need('answer');
    this.session.answer();
  }

  /** status: 400 to 699; 486 in place of any other. */
  reject(status: number): void {
    this.need('reject');
    this.session.reject(status >= 400 && status <= 699 ? status : 486);
  }

  hangUp(): void {
    this.need('hangUp');
    this.session.hangUp();
  }

  /** Rejects with FailureError renegotiationFailed when the far end refuses; the call goes on as it was. */
  async hold(): Promise<void> {
    this.need('hold');
    if (!this.#holding) this.#renegotiating = this.#renegotiate(true).then(() => void this.#step('held'));
    return this.#renegotiating;
  }

  async resume(): Promise<void> {
    this.need('resume');
    if (this.#holding)
      this.#renegotiating = this.#renegotiate(false).then(() => {
        this.#step('resumed');
        this.#remoteChanged();
      });
    return this.#renegotiating;
  }

  mute(on: boolean): void {
    this.need('mute');
    this.#set({ muted: on });
    this.#applySound();
  }

  /** Settles when the last digit is on its way. */
  async sendDtmf(digits: string): Promise<void> {
    this.need('sendDtmf');
    if (!/^[0-9*#A-D]{1,64}$/i.test(digits)) throw new FailureError('malformedDigits', { digits });
    this.#set({ dtmfSent: (this.snapshot.dtmfSent + digits.toUpperCase()).slice(-rememberedDigits) });
    await this.#media.sendDtmf(this.id, digits.toUpperCase());
  }

  receivedDtmf(digit: string): void {
    this.#set({ dtmfReceived: (this.snapshot.dtmfReceived + digit).slice(-rememberedDigits) });
  }

  /** The media worker is gone and with it the sound; the call can't go on. */
  mediaFailed(detail: string): void {
    this.#set({ failure: failure('mediaFailed', { detail }) });
    this.session.hangUp();
  }

  #agreed(agreement: Agreement): void {
    this.#agreement = agreement;
    this.#applySound();
    this.#set({ codec: agreement.codec.name });
  }

  async #renegotiate(held: boolean): Promise<void> {
    this.#negotiation.held = held;
    this.#holding = held;
    this.#applySound();
    const result = await this.session.renegotiate();
    if (result.ok) return;
    this.#negotiation.held = !held;
    this.#holding = !held;
    this.#applySound();
    const { status, reason } = result;
    throw new FailureError('renegotiationFailed', { target: this.snapshot.remote?.number ?? '', status, reason });
  }

  #confirmed(): void {
    this.snapshot.connectedAtMs = Date.now();
    this.#step('confirmed');
    this.#applySound();
    this.#remoteChanged();
  }

  #remoteChanged(): void {
    const { heldByRemote } = this.#negotiation;
    if (heldByRemote !== this.snapshot.heldByRemote) this.snapshot.heldByRemote = heldByRemote;
    if (!this.#step(heldByRemote ? 'heldByRemote' : 'resumedByRemote')) this.emit('changed');
  }

  #ended(end: SessionEnd): void {
    const answered = this.snapshot.connectedAtMs > 0;
    this.snapshot.releasedAtMs = Date.now();
    this.snapshot.failure ??= outcome(end, this.snapshot.remote?.number ?? '', answered) as Failure | null;
    this.#media.closeStream(this.id);
    this.#step('ended');
  }

  #step(event: CallEvent): boolean {
    const state = next(this.snapshot.state, event);
    if (state === null) return false;
    this.#set({ state });
    return true;
  }

  #set(change: Partial<CallSnapshot>): void {
    Object.assign(this.snapshot, change);
    this.emit('changed');
  }

  #applySound(): void {
    if (!this.#agreement || this.snapshot.state === 'RELEASED') return;
    this.#media.updateStream(this.id, {
      ...this.#agreement,
      muted: this.snapshot.muted,
      connected: this.#foreground && !this.#holding,
    });
  }
}
