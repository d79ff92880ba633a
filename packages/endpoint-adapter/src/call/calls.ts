/** All calls of the phone: makes them, finds them for commands, keeps one in the foreground. */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import type { AlertingSettings, CallPolicy, Call as CallSnapshot, PortRange } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { IceServers } from '../media/stream-settings.ts';
import { readDtmfBody } from '../sip/events/dtmf-body.ts';
import type { IncomingInvite, InviteOptions, Line } from '../sip/line.ts';
import type { Referral, Session } from '../sip/session/session.ts';
import { wordsOf } from '../sip/thrown.ts';
import { type Alert, alertsFor, beepsAtEnd } from './alerting.ts';
import { type AnswerPolicy, answerPolicy, type DevicesAtHand, type HeadsetRule } from './answer-policy.ts';
import { Call, type CallMedia, noDetails } from './call.ts';
import { Conference } from './conference.ts';
import { type Disposition, disposition, type EarlierCall, forwardingOf, mostCalls } from './disposition.ts';
import { forwardingUri } from './forwarding-target.ts';
import { type InvitationFacts, readInvitation, referrerOf } from './invitation.ts';
import type { Features } from './local-features.ts';
import { meantCall } from './meant.ts';
import { type MediaPolicy, placeNeeds } from './media-policy.ts';
import { Negotiation } from './negotiation.ts';
import { remoteCommand } from './remote-control.ts';
import { ringback } from './ringback.ts';
import { ringingMode } from './ringing.ts';
import { type CallCommand, holdsTheEar } from './states.ts';
import { transferCall } from './transferring.ts';
import { type UnansweredPlan, unansweredPlan } from './unanswered.ts';

export interface CallsEvents {
  /** A call began, changed, or ended (state RELEASED, for the last time). */
  changed: [call: CallSnapshot];
  /** There is a call less, be it one that was still in the making. */
  over: [];
}

export interface CallsOptions {
  media: CallMedia;
  log: Log;
  mediaPolicy: (line: Line) => MediaPolicy;
  iceServers: (line: Line) => IceServers;
  rtpPorts: () => PortRange;
  policy: () => CallPolicy;
  alerting: () => AlertingSettings;
  /** Whether a headset is wanted, and not any microphone and loudspeaker. */
  useHeadset: () => boolean;
  /** Tell of changes by devicesChanged(). */
  devices: () => DevicesAtHand;
  /** Whether an app layer sees what happens here. */
  watched: () => boolean;
  /** Plays all that is to be heard now. */
  alert: (alerts: readonly Alert[]) => void;
  /** Do not disturb and forwarding, where the phone itself keeps them. */
  features: (line: Line) => Features;
}

export type DialOptions = Pick<InviteOptions, 'anonymous' | 'appearance'>;

/** Nothing in an offer is for us, so nobody is to be rung for it. */
class Unanswerable extends Error {}

export class Calls extends EventEmitter<CallsEvents> {
  #calls = new Map<string, Call>();
  #lines = new Map<string, Line>();
  /** Each call as it was told of last. */
  #shown = new Map<string, CallSnapshot>();
  /** Calls whose ports are being opened; they count as calls. */
  #opening = new Set<EarlierCall>();
  /** Calls whose place another is about to take. */
  #leaving = new Set<Call>();
  /** Calls that were asked to call somebody else, and may not be asked twice. */
  #referred = new Set<Call>();
  #conference = new Conference();
  /** The call that was dialled, answered or resumed last. */
  #chosen = '';
  #alerts: readonly Alert[] = [];
  #options: CallsOptions;

  constructor(options: CallsOptions) {
    super();
    this.#options = options;
  }

  start(): void {
    const { media } = this.#options;
    media.on('dtmf', (id, digit) => this.#calls.get(id)?.receivedDtmf(digit));
    media.on('trouble', (id, trouble) => this.#calls.get(id)?.mediaTrouble(trouble));
    media.on('failed', (detail) => {
      for (const call of this.#calls.values()) call.mediaFailed(detail);
    });
  }

  /** Whether there are calls, or calls in the making, on a line or at all. */
  areOn(lineId?: string): boolean {
    const isMeant = (it: { lineId: string }) => lineId === undefined || it.lineId === lineId;
    return this.snapshots.some(isMeant) || [...this.#opening].some(isMeant);
  }

  has(id: string): boolean {
    return this.#calls.has(id);
  }

  get snapshots(): CallSnapshot[] {
    return [...this.#calls.values()].map((call) => call.snapshot);
  }

  /**
   * Places a call; any call that is talked on is held. Answers with the new call's id. Rejects with FailureError, noHeadset
   * where a headset is wanted that isn't there.
   */
  async dial(line: Line, target: string, options: DialOptions = {}): Promise<string> {
    if (this.#answering(false).outgoing === 'blocked') throw new FailureError('noHeadset');
    const call = await this.#place(line, target, options);
    this.#holdOthers(call.id);
    return call.id;
  }

  /** A call comes in on a line. */
  async incoming(line: Line, invite: IncomingInvite): Promise<void> {
    try {
      await this.#receive(line, invite);
    } catch (error) {
      if (error instanceof Unanswerable) return invite.refuse(488);
      this.#options.log.error(`an incoming call could not be taken: ${wordsOf(error)}`);
      invite.refuse(500);
    }
  }

  /** The line's server, or the far end of a call, asks us to call somebody (RFC 3515). */
  async refer(line: Line, referral: Referral, from?: Call): Promise<void> {
    if (this.#calls.size + this.#opening.size >= mostCalls) return referral.refuse(603);
    if (from && this.#referred.has(from)) return referral.refuse(603);
    // A call that is up goes on wherever it is sent.
    const { outgoing, status } = this.#answering(false);
    if (!from && outgoing === 'blocked') return referral.refuse(status);
    if (from) this.#referred.add(from);
    const { target, replaces, referredBy } = referral;
    try {
      const call = await this.#place(line, target, {
        ...(replaces ? { replaces } : {}),
        ...(referredBy ? { referredBy } : {}),
        referred: true,
      });
      referral.accept(call.session);
      call.session.once('ended', () => from && this.#referred.delete(from));
      // The transferor ends the call that it has with us, and has held it already.
      this.#holdOthers(call.id, from);
    } catch (error) {
      this.#options.log.warning(`a REFER could not be followed: ${wordsOf(error)}`);
      if (from) this.#referred.delete(from);
      referral.refuse(603);
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

  /**
   * Transfers a call to a target, or joins it with the far end of another call of ours. Settles once the far end has set
   * about it; what becomes of it is in the snapshot. Rejects with FailureError.
   */
  async transfer(id: string, target: string, otherId: string): Promise<void> {
    const other = otherId ? this.#calls.get(otherId) : null;
    if (other === undefined) throw new FailureError('noSuchCall', { call: otherId });
    const call = this.#find(id, 'transfer', other);
    call.need('transfer');
    await transferCall(call, target, other, {
      isUp: (it) => this.has(it.id),
      bringBack: (it) => this.#bringBack(it),
    });
  }

  /**
   * Joins all answered calls, and those that are answered while it lasts; off: the agent keeps the one chosen last, and
   * holds the others. Rejects with FailureError.
   */
  async conference(on: boolean): Promise<void> {
    const calls = [...this.#calls.values()];
    try {
      if (on) return await this.#conference.begin(calls);
      this.#conference.end();
      const talking = calls.filter((call) => call.engaged);
      const kept = talking.find((call) => call.id === this.#chosen) ?? talking[0];
      if (kept) this.#holdOthers(kept.id);
    } finally {
      for (const call of calls) if (this.has(call.id)) this.#changed(call);
    }
  }

  /** It answers by itself no more, on that line: somebody is not to be disturbed. */
  leaveToPeople(lineId: string): void {
    for (const call of this.#calls.values()) if (call.snapshot.lineId === lineId) call.leaveToPeople();
  }

  /** Devices came or went: without those that it takes, nothing answers by itself. */
  devicesChanged(): void {
    if (this.#answering(true).incoming === 'automatic') return;
    for (const call of this.#calls.values()) call.leaveToPeople();
  }

  /** Ends every call; settles when each has ended, or at the latest after `boundMs`. */
  async endAll(boundMs: number): Promise<void> {
    const calls = [...this.#calls.values()];
    const ended = calls.map((call) => new Promise<void>((resolve) => call.session.once('ended', () => resolve())));
    for (const call of calls) call.hangUp();
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, boundMs);
    });
    await Promise.race([Promise.all(ended), bound]);
    clearTimeout(timer);
  }

  /** remoteOffer: null where we are to offer. Rejects with Unanswerable. */
  async #negotiation(id: string, line: Line, remoteOffer: string | null): Promise<Negotiation> {
    const { media, mediaPolicy, iceServers, rtpPorts } = this.#options;
    const { min, max } = rtpPorts();
    const needs = placeNeeds(mediaPolicy(line), iceServers(line), remoteOffer);
    const place = { address: line.localAddress, portMin: min, portMax: max, ...needs };
    const local = await media.createStream(id, place);
    // Only a media worker that has answered has told which codecs it has.
    const make = () => new Negotiation(local, mediaPolicy(line));
    // Another one tries, as an answer settles things.
    if (remoteOffer !== null && make().answer(remoteOffer) === null) throw new Unanswerable();
    return make();
  }

  async #place(line: Line, target: string, options: InviteOptions): Promise<Call> {
    const { media, policy } = this.#options;
    const id = newId();
    const opening: EarlierCall = { ...this.#earlier(line, '', ''), incoming: false, engaged: true };
    this.#opening.add(opening);
    try {
      const negotiation = await this.#negotiation(id, line, null);
      const session = line.invite(target, negotiation, options);
      const call = new Call({
        id,
        lineId: line.configuration.id,
        session,
        negotiation,
        media,
        dtmfMethod: () => policy().dtmfMethod,
        hearsEarlyMedia: (early) => ringback(this.#alerting.ringbackMode, early).media,
        dialled: target,
        details: {
          ...noDetails,
          appearance: options.appearance ?? 0,
          referredBy: referrerOf(options.referredBy ?? ''),
        },
      });
      this.#adopt(call, line);
      return call;
    } catch (error) {
      media.closeStream(id);
      throw error;
    } finally {
      this.#opening.delete(opening);
      if (!this.has(id)) this.emit('over');
    }
  }

  get #alerting(): AlertingSettings {
    return this.#options.alerting();
  }

  get #headset(): HeadsetRule {
    const { useHeadset, policy } = this.#options;
    return { ...policy(), useHeadset: useHeadset() };
  }

  #answering(autoAnswer: boolean): AnswerPolicy {
    return answerPolicy(autoAnswer, this.#headset, this.#options.devices());
  }

  #earlier(line: Line, callId: string, callUuid: string): EarlierCall {
    const { id: lineId, user } = line.configuration;
    return { callId, callUuid, lineId, user, incoming: true, engaged: false };
  }

  #decide(line: Line, invite: IncomingInvite, facts: InvitationFacts): Disposition {
    const { policy, features, watched } = this.#options;
    const { doNotDisturb, forwardings } = features(line);
    const { id: lineId, user } = line.configuration;
    const calls = [...this.#calls.values()].map((call) => ({
      callId: call.session.callId,
      callUuid: call.snapshot.callUuid,
      incoming: call.snapshot.direction === 'INCOMING',
      lineId: call.snapshot.lineId,
      user: this.#lines.get(call.id)?.configuration.user ?? '',
      engaged: call.engaged,
    }));
    return disposition({
      callId: invite.callId,
      callUuid: facts.callUuid,
      lineId,
      user,
      fromServer: invite.fromServer,
      replaces: invite.replaces !== null,
      ownCall: facts.alert.suppressed,
      autoAnswer: facts.autoAnswer,
      calls: [...calls, ...this.#opening],
      policy: policy(),
      headset: this.#headset,
      devices: this.#options.devices(),
      watched: watched(),
      doNotDisturb,
      forwardings,
    });
  }

  async #receive(line: Line, invite: IncomingInvite): Promise<void> {
    const replaced = this.#callOf(invite.replaces);
    // RFC 3891 §3: what is not there, or is being replaced already, can't be.
    if (invite.replaces && !replaced) return invite.refuse(481);
    if (replaced && this.#leaving.has(replaced)) return invite.refuse(603);
    const facts = readInvitation(invite.message, invite.fromServer);
    const decided = this.#decide(line, invite, facts);
    if (decided.kind === 'refuse') return invite.refuse(decided.status, decided.reason);
    if (decided.kind === 'redirect') {
      const target = forwardingUri(decided.target, line.snapshot.address);
      return target ? invite.redirect(target) : invite.refuse(480);
    }
    const opening = this.#earlier(line, invite.callId, facts.callUuid);
    const id = newId();
    this.#opening.add(opening);
    if (replaced) this.#leaving.add(replaced);
    try {
      const negotiation = await this.#negotiation(id, line, invite.offer);
      const plan = this.#plan(line, invite, facts, decided);
      this.#begin(this.#take(line, invite, facts, { id, negotiation, plan, replaced }), replaced);
    } catch (error) {
      this.#options.media.closeStream(id);
      if (replaced) this.#leaving.delete(replaced);
      throw error;
    } finally {
      this.#opening.delete(opening);
      if (!this.has(id)) this.emit('over');
    }
  }

  #take(
    line: Line,
    invite: IncomingInvite,
    facts: InvitationFacts,
    made: { id: string; negotiation: Negotiation; plan: UnansweredPlan; replaced: Call | null },
  ): Call {
    const { media, policy } = this.#options;
    const { id, negotiation, plan, replaced } = made;
    const { autoAnswer, alert, ...named } = facts;
    const call = new Call({
      id,
      lineId: line.configuration.id,
      session: invite.take(negotiation),
      negotiation,
      media,
      dtmfMethod: () => policy().dtmfMethod,
      details: { ...named, ring: alert.ring, silent: alert.suppressed },
      plan,
      echo: autoAnswer.answer === 'auto' ? autoAnswer.echo : null,
      // As it is now: it may have been held while the ports were opened.
      place: { held: replaced?.standing.held ?? false, muted: replaced?.snapshot.muted ?? false },
    });
    this.#adopt(call, line);
    return call;
  }

  #begin(call: Call, replaced: Call | null): void {
    const { session } = call;
    try {
      if (replaced) this.#takePlace(call, replaced);
      else if (session.state === 'incoming') call.ring();
    } catch (error) {
      this.#options.log.error(`an incoming call can't go on: ${wordsOf(error)}`);
      session.reject(500);
    }
    if (this.has(call.id)) this.#changed(call);
  }

  #plan(line: Line, invite: IncomingInvite, facts: InvitationFacts, decided: Disposition): UnansweredPlan {
    const { features, policy } = this.#options;
    // What the server has made for our own agent is not to be forwarded.
    const forwarding = facts.alert.suppressed ? undefined : forwardingOf(features(line).forwardings, 'NO_ANSWER');
    const target = forwarding && forwardingUri(forwarding.target, line.snapshot.address);
    return unansweredPlan({
      hasOffer: invite.offer !== null,
      answerMs: decided.kind === 'answer' ? decided.afterMs : null,
      forwarding: forwarding && target ? { target, seconds: forwarding.seconds } : null,
      ringingTimeoutS: policy().ringingTimeoutS,
      ringsOnce: ringingMode(this.#alerting.ringingMode).once,
    });
  }

  /** RFC 3891 §3: the new call is answered at once, and the one that it replaces ends as soon as it has been. */
  #takePlace(call: Call, replaced: Call): void {
    const { session } = call;
    if (session.state !== 'incoming') {
      this.#leaving.delete(replaced);
      return;
    }
    session.once('ended', () => this.#leaving.delete(replaced));
    session.once('confirmed', () => {
      if (this.has(replaced.id)) replaced.hangUp();
    });
    if (!call.standing.held) this.#holdOthers(call.id, replaced);
    call.answerByItself();
  }

  #adopt(call: Call, line: Line): void {
    const { session } = call;
    this.#calls.set(call.id, call);
    this.#lines.set(call.id, line);
    call.on('changed', () => this.#changed(call));
    call.on('answerDue', () => this.#answerByItself(call));
    session.on('notify', (event, contentType, body) => this.#obey(call, event, contentType, body));
    session.on('info', (contentType, body) => {
      const read = readDtmfBody(contentType, body);
      if (read) call.receivedDtmf(read.digits);
    });
    session.on('refer', (referral) => void this.refer(line, referral, call));
    // Who calls waits for the 180; that an incoming call is there is told after it.
    if (session.state !== 'incoming') this.#changed(call);
    call.start();
  }

  #changed(call: Call): void {
    if (call.snapshot.state === 'RELEASED') this.#forget(call);
    const calls = [...this.#calls.values()];
    this.#alert(
      alertsFor(
        calls.map(({ alerting }) => alerting),
        this.#alerting,
      ),
    );
    // Two calls are talked on where a hold was refused: the agent is in the one chosen last, the other must not hear.
    const talking = calls.filter((it) => holdsTheEar(it.snapshot.state) && !this.#referred.has(it));
    const heard = talking.find((it) => it.id === this.#chosen) ?? talking[0];
    // Early media is heard only while nobody is talked to, or it is somebody who has sent us there.
    this.#conference.settle(calls);
    for (const it of calls) it.foreground = heard === undefined || it === heard || it.snapshot.conference;
    this.#show(call);
    // What answers by itself must not hold somebody that the agent talks to.
    for (const it of calls) if (calls.some((other) => other !== it && other.engaged)) it.leaveToPeople();
  }

  /** What has changed may be heard and not seen. */
  #show(call: Call): void {
    if (isDeepStrictEqual(call.snapshot, this.#shown.get(call.id))) return;
    if (this.has(call.id)) this.#shown.set(call.id, { ...call.snapshot });
    else this.#shown.delete(call.id);
    this.emit('changed', call.snapshot);
  }

  #forget(call: Call): void {
    this.#calls.delete(call.id);
    this.#lines.delete(call.id);
    this.emit('over');
    const replaced = this.#leaving.delete(call);
    // One whose place is taken goes on, as far as the agent can tell.
    if (beepsAtEnd(call.snapshot) && !replaced) this.#beep();
  }

  #alert(alerts: readonly Alert[]): void {
    for (const { callId } of alerts) {
      const call = this.#calls.get(callId);
      if (call) call.rang = true;
    }
    if (isDeepStrictEqual(alerts, this.#alerts)) return;
    this.#alerts = alerts;
    this.#options.alert(alerts);
  }

  /** The devices may have gone in this very moment. */
  #answerByItself(call: Call): void {
    if (this.#answering(true).incoming === 'automatic') {
      this.#holdOthers(call.id);
      call.answerByItself();
      this.#beep();
    } else call.leaveToPeople();
  }

  #beep(): void {
    if (this.#alerting.beeps) this.#options.media.play('beep');
  }

  /** Does what the line's server asks for inside a call. */
  #obey(call: Call, event: string, contentType: string, body: string): void {
    const { media, log } = this.#options;
    const failed = (error: unknown) => log.warning(`${event}: ${wordsOf(error)}`);
    switch (remoteCommand(event, call.standing)) {
      case 'answer':
        this.#holdOthers(call.id);
        call.answer();
        break;
      case 'resume':
        this.#holdOthers(call.id);
        call.setHeld(false).catch(failed);
        break;
      case 'hold':
        call.setHeld(true).catch(failed);
        break;
      case 'sendDtmf': {
        const read = readDtmfBody(contentType, body);
        if (read) call.sendDtmf(read.digits, read.durationMs ?? undefined).catch(failed);
        else failed('there are no digits in it');
        break;
      }
      case 'beep':
        media.play('beep');
    }
  }

  /** The call is back, unless the agent talks to somebody else: the target of an attended transfer. */
  #bringBack(call: Call): void {
    if ([...this.#calls.values()].some((it) => it !== call && it.engaged)) return;
    this.#chosen = call.id;
    call.setHeld(false).catch((error: unknown) => this.#options.log.warning(`resume: ${wordsOf(error)}`));
  }

  /** Makes that call the one in the foreground, and holds whoever else is talked to, but for one. A conference goes on. */
  #holdOthers(id: string, except?: Call): void {
    this.#chosen = id;
    if (this.#conference.on) return;
    for (const call of this.#calls.values()) {
      const { established, held } = call.standing;
      if (call.id === id || call === except || !established || held) continue;
      call.setHeld(true).catch((error: unknown) => this.#options.log.warning(`hold: ${wordsOf(error)}`));
    }
  }

  #callOf(session: Session | null): Call | null {
    return [...this.#calls.values()].find((call) => call.session === session) ?? null;
  }

  #find(id: string, command: CallCommand, except: Call | null = null): Call {
    return meantCall(this.#calls, id, command, except);
  }
}

const newId = (): string => randomBytes(4).toString('hex');
