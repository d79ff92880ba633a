/** All calls of the phone: makes them, finds them for commands, keeps one in the foreground. */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Call as CallSnapshot, CallState, PortRange } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { Tone } from '../media/stream-settings.ts';
import type { IncomingInvite, Line } from '../sip/line.ts';
import type { Session } from '../sip/session.ts';
import { toneFor } from './alerting.ts';
import { Call, type CallMedia } from './call.ts';
import { Negotiation } from './negotiation.ts';
import type { OfferedCodec } from './sdp.ts';
import { allowed, type CallCommand } from './states.ts';

const mostCalls = 12;

export interface CallsEvents {
  /** A call began, changed, or ended (state RELEASED, for the last time). */
  changed: [call: CallSnapshot];
}

export interface CallsOptions {
  media: CallMedia;
  log: Log;
  codecs: () => readonly OfferedCodec[];
  rtpPorts: () => PortRange;
}

const holdsTheEar = (state: CallState): boolean => state === 'TALKING' || state === 'REMOTE_HELD';

export class Calls extends EventEmitter<CallsEvents> {
  #calls = new Map<string, Call>();
  /** Incoming calls whose ports are being opened; they count as calls. */
  #opening = 0;
  /** The call that was dialled, answered or resumed last. */
  #chosen = '';
  #tone: Tone = 'none';
  #options: CallsOptions;

  constructor(options: CallsOptions) {
    super();
    this.#options = options;
  }

  start(): void {
    const { media } = this.#options;
    media.on('dtmf', (id, digit) => this.#calls.get(id)?.receivedDtmf(digit));
    media.on('failed', (detail) => {
      for (const call of this.#calls.values()) call.mediaFailed(detail);
    });
  }

  has(id: string): boolean {
    return this.#calls.has(id);
  }

  get snapshots(): CallSnapshot[] {
    return [...this.#calls.values()].map((call) => call.snapshot);
  }

  /** Places a call; any call that is talked on is held. Answers with the new call's id. */
  async dial(line: Line, target: string): Promise<string> {
    const id = newId();
    const negotiation = await this.#negotiation(id, line);
    let session: Session;
    try {
      session = line.invite(target, negotiation);
    } catch (error) {
      this.#options.media.closeStream(id);
      throw error;
    }
    this.#adopt(new Call(id, line.configuration.id, session, negotiation, this.#options.media));
    this.#holdOthers(id);
    return id;
  }

  /** A call comes in on a line. */
  async incoming(line: Line, invite: IncomingInvite): Promise<void> {
    if (this.#calls.size + this.#opening >= mostCalls) return invite.refuse(486);
    const id = newId();
    let session: Session | undefined;
    this.#opening += 1;
    try {
      const negotiation = await this.#negotiation(id, line);
      session = invite.take(negotiation);
      this.#adopt(new Call(id, line.configuration.id, session, negotiation, this.#options.media));
      if (session.state === 'incoming') session.ring();
    } catch (error) {
      this.#options.log.error(`an incoming call could not be taken: ${(error as Error).message}`);
      this.#options.media.closeStream(id);
      if (session) session.reject(500);
      else invite.refuse(500);
    } finally {
      this.#opening -= 1;
    }
  }

  answer(id: string): void {
    const call = this.#find(id, 'answer');
    call.need('answer');
    this.#holdOthers(call.id);
    call.answer();
  }

  reject(id: string, status: number): void {
    this.#find(id, 'reject').reject(status);
  }

  hangUp(id: string): void {
    this.#find(id, 'hangUp').hangUp();
  }

  async hold(id: string): Promise<void> {
    return this.#find(id, 'hold').hold();
  }

  async resume(id: string): Promise<void> {
    const call = this.#find(id, 'resume');
    call.need('resume');
    this.#holdOthers(call.id);
    return call.resume();
  }

  mute(id: string, on: boolean): void {
    this.#find(id, 'mute').mute(on);
  }

  async sendDtmf(id: string, digits: string): Promise<void> {
    return this.#find(id, 'sendDtmf').sendDtmf(digits);
  }

  /** Ends every call, or those of one line; settles when each has ended, or at the latest after `boundMs`. */
  async endAll(boundMs: number, lineId?: string): Promise<void> {
    const calls = [...this.#calls.values()].filter((call) => lineId === undefined || call.snapshot.lineId === lineId);
    const ended = calls.map((call) => new Promise<void>((resolve) => call.session.once('ended', () => resolve())));
    for (const call of calls) call.hangUp();
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, boundMs);
    });
    await Promise.race([Promise.all(ended), bound]);
    clearTimeout(timer);
  }

  async #negotiation(id: string, line: Line): Promise<Negotiation> {
    const { media, codecs, rtpPorts } = this.#options;
    const { min, max } = rtpPorts();
    const local = await media.createStream(id, { address: line.localAddress, portMin: min, portMax: max });
    return new Negotiation(local, codecs());
  }

  #adopt(call: Call): void {
    this.#calls.set(call.id, call);
    call.on('changed', () => this.#changed(call));
    this.#changed(call);
    call.start();
  }

  #changed(call: Call): void {
    if (call.snapshot.state === 'RELEASED') this.#calls.delete(call.id);
    const calls = [...this.#calls.values()];
    this.#play(toneFor(calls.map((it) => it.snapshot)));
    // Two calls are talked on where a hold was refused: the agent is in the one chosen last, the other must not hear.
    const talking = calls.filter((it) => holdsTheEar(it.snapshot.state));
    const heard = talking.find((it) => it.id === this.#chosen) ?? talking[0];
    // Early media is heard only while nobody is talked to.
    for (const it of calls) it.foreground = heard === undefined || it === heard;
    this.emit('changed', call.snapshot);
  }

  #play(tone: Tone): void {
    if (tone === this.#tone) return;
    this.#tone = tone;
    this.#options.media.play(tone);
  }

  #holdOthers(id: string): void {
    this.#chosen = id;
    for (const call of this.#calls.values()) {
      if (call.id === id || !holdsTheEar(call.snapshot.state)) continue;
      call.hold().catch((error: Error) => this.#options.log.warning(`hold: ${error.message}`));
    }
  }

  /** The call of that id; without one, the only call that the command makes sense for. */
  #find(id: string, command: CallCommand): Call {
    if (id) {
      const call = this.#calls.get(id);
      if (!call) throw new FailureError('noSuchCall', { call: id });
      return call;
    }
    const calls = [...this.#calls.values()];
    const fitting = calls.filter((call) => allowed[command].includes(call.snapshot.state));
    const talking = fitting.filter((call) => holdsTheEar(call.snapshot.state));
    const [only, ...others] = talking.length === 1 ? talking : fitting.length > 0 ? fitting : calls;
    if (!only) throw new FailureError('noSuchCall', { call: 'meant' });
    if (others.length > 0) throw new FailureError('ambiguousCall', { count: others.length + 1 });
    return only;
  }
}

const newId = (): string => randomBytes(4).toString('hex');
