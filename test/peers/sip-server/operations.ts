/** What agents do at their desktops, done to the phone by the server. Each settles when the wire has shown it done. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Call } from './call.ts';
import type { Message } from './message.ts';
import type { Destination } from './party.ts';
import type { SipServer } from './server.ts';
import type { ClientTransaction } from './transactions.ts';

export interface NotifyOptions {
  body?: string;
  contentType?: string;
  /** 2: as after a lost 200, the same message comes again. */
  copies?: number;
}

export interface MakeCallOptions {
  /** Of RFC 3725. */
  flow?: 1 | 2;
  /** The value of make-call-alert-info. */
  alertInfo?: string;
}

export interface IncomingOptions {
  number?: string;
  uuid?: string;
  fields?: Record<string, string>;
}

/** RFC 3261 §14.1: the owner of the Call-ID waits 2.1 to 4 s after a 491. */
const glarePause = 2_100;
const glareTries = 4;

export class Desktop {
  #server: SipServer;
  #customers = 0;

  constructor(server: SipServer) {
    this.#server = server;
  }

  /** A call from a customer; settles when the phone rings. */
  async incoming(agent: string, options: IncomingOptions = {}): Promise<Call> {
    const call = await this.#invite(agent, options);
    await this.#until(call, 'the phone rings', () => call.state === 'ringing');
    return call;
  }

  /** A call that the phone answers by itself. */
  async autoAnswered(agent: string, fields: Record<string, string>): Promise<Call> {
    const call = await this.#invite(agent, { fields });
    await this.#until(call, 'the phone answers by itself', () => call.state === 'talking');
    return call;
  }

  /** A call that the phone refuses: with which status. */
  async refused(agent: string, options: IncomingOptions): Promise<number> {
    const call = await this.#invite(agent, options);
    await this.#wait(call, 'the phone refuses the call', () => call.state === 'ended');
    return call.refusal;
  }

  /** NOTIFY talk while the phone rings. */
  async answer(call: Call, options: NotifyOptions = {}): Promise<void> {
    const talk = await this.notify(call, 'talk', options);
    await this.#until(call, 'the phone answers the call', () => call.state === 'talking');
    this.#inOrder(talk.final, call.invite?.final);
  }

  /** The agent calls; the phone is called first, without or with a black hole for an offer (RFC 3725 flows I and II). */
  async makeCall(agent: string, destination: Destination, options: MakeCallOptions = {}): Promise<Call> {
    const { flow = 1, alertInfo = '' } = options;
    const call = await this.#server.newCall(agent, destination.number);
    let talk: ClientTransaction | undefined;
    call.rang = () => {
      talk = this.#send(call, 'talk', {});
    };
    const alert: Record<string, string> = alertInfo ? { 'Alert-Info': alertInfo } : {};
    call.place(flow === 1 ? '' : call.media.blackHole(), { 'X-Genesys-CallUUID': call.uuid, ...alert });
    await this.#until(call, 'the phone rings', () => talk);
    await this.#until(call, 'the phone answers NOTIFY talk', () => talk?.final);
    await this.#until(call, 'the phone answers the call', () => call.state === 'answered' || call.state === 'talking');
    this.#inOrder(talk?.final, call.invite?.final);
    await this.#rings(call, destination.rings ?? 0);
    const { refusal } = destination;
    if (refusal) {
      if (flow === 1) call.acknowledge(call.media.dummyAnswer());
      await this.release(call, `SIP;cause=${refusal.status};text="${refusal.reason}"`);
    } else if (flow === 1) call.acknowledge(call.media.answer(call.party));
    else await this.#reinvite(call, () => call.media.offer(call.party));
    return call;
  }

  /** The same where the server may REFER (refer-enabled): the phone calls by itself. Settles when it has reported. */
  async makeCallByRefer(agent: string, destination: Destination): Promise<Call> {
    return this.#refer(agent, destination, null);
  }

  /** What the server does after an answer for music or recording: the phone offers, the ACK has the answer. */
  async bridge(call: Call): Promise<void> {
    await this.#reinvite(call, () => '');
  }

  async hold(call: Call, options: NotifyOptions = {}): Promise<void> {
    await this.#change(call, 'hold', true, options);
  }

  async retrieve(call: Call, options: NotifyOptions = {}): Promise<void> {
    await this.#change(call, 'talk', false, options);
  }

  /** The other side holds the call, or takes it off hold. */
  async remoteHold(call: Call, held: boolean): Promise<void> {
    call.media.held = held;
    await this.#reinvite(call, () => call.media.offer(call.party));
  }

  /** The first call held, a second one on the same number. */
  async consult(call: Call, destination: Destination, options: MakeCallOptions = {}): Promise<Call> {
    if (!call.heldByPhone) await this.hold(call);
    return this.makeCall(call.agent, destination, options);
  }

  /** The consultation gets the other side of the first call, which ends. */
  async completeTransfer(call: Call, consultation: Call): Promise<void> {
    await this.#reinvite(consultation, () => consultation.media.offer(call.party));
    [call.party, consultation.party] = [consultation.party, call.party];
    await this.release(call);
  }

  /** The phone is asked to call somebody in this call's place, which ends when it has. */
  async completeByRefer(call: Call, destination: Destination): Promise<Call> {
    const next = await this.#refer(call.agent, destination, call);
    if (!destination.refusal) await this.release(call);
    return next;
  }

  /** The sound goes to somebody else for a moment, then the call ends for this agent. */
  async singleStepTransfer(call: Call): Promise<void> {
    await this.#join(call, this.#customer());
    await this.release(call);
  }

  /** The sound goes to a conference bridge. */
  async conference(call: Call): Promise<void> {
    await this.#join(call, `conference-${this.#customer()}`);
  }

  /** An INVITE with Replaces (RFC 3891), which the phone takes by itself, ending the other call. */
  async replace(call: Call): Promise<Call> {
    const { callId, remoteTag, localTag } = call.dialog;
    const Replaces = `${callId};to-tag=${remoteTag};from-tag=${localTag}`;
    const next = await this.#invite(call.agent, { fields: { Replaces, Require: 'replaces' } });
    await this.#until(next, 'the phone takes the call that replaces', () => next.state === 'talking');
    await this.#wait(call, 'the phone ends the replaced call', () => call.state === 'ended');
    return next;
  }

  /** The phone sends the digits as RTP (RFC 4733), and the other side has heard them all. */
  async dtmf(call: Call, digits: string, options: NotifyOptions = {}): Promise<void> {
    const { party } = call;
    const wanted = party.digits + digits.toUpperCase();
    await this.notify(call, 'dtmf', {
      body: `Signal=${digits}\r\n`,
      contentType: 'application/dtmf-relay',
      ...options,
    });
    await this.#until(call, `${party.number} hears the digits ${digits}`, () => {
      if (!wanted.startsWith(party.digits))
        throw new Error(`Heard ${party.digits} instead of ${wanted}.\n${this.#server.ladder.text(call.dialog.callId)}`);
      return party.digits === wanted;
    });
  }

  async beep(call: Call): Promise<void> {
    await this.notify(call, 'beep');
  }

  async keepAlive(agent: string): Promise<void> {
    const options = this.#server.ping(agent);
    await this.#server.wait('OPTIONS is answered', () => options.final);
  }

  async release(call: Call, reason = ''): Promise<void> {
    if (call.state === 'ended') return;
    const fields = { 'X-Genesys-CallUUID': call.uuid, ...(reason ? { Reason: reason } : {}) };
    const bye = call.request(call.dialog.request('BYE', { fields }));
    const { status } = await this.#wait(call, 'BYE is answered', () => bye.final);
    // 481: it has hung up at the same moment.
    if (status !== 200 && !(status === 481 && call.endedByPhone))
      throw this.#failed(call, `BYE was answered ${status}`);
    call.end(call.endedByPhone);
  }

  /** The phone ends the call: hangUp makes it. */
  async releaseByPhone(call: Call, hangUp: () => Promise<unknown>): Promise<void> {
    await Promise.all([this.#wait(call, 'the phone ends the call', () => call.state === 'ended'), hangUp()]);
  }

  /** The caller gives up while the phone rings. */
  async cancel(call: Call): Promise<void> {
    const cancel = this.#server.cancel(call);
    await this.#wait(call, 'CANCEL is answered', () => cancel.final);
    const final = await this.#wait(call, 'the INVITE is answered', () => call.invite?.final);
    if (cancel.final?.status !== 200 || final.status !== 487)
      throw this.#failed(call, `CANCEL was answered ${cancel.final?.status}, its INVITE ${final.status}`);
  }

  /** Any event; rejects unless it gets 200. */
  async notify(call: Call, event: string, options: NotifyOptions = {}): Promise<ClientTransaction> {
    const notify = this.#send(call, event, options);
    const { copies = 1 } = options;
    const answered = () => notify.final && notify.repeats >= copies - 1;
    await this.#wait(call, `NOTIFY ${event} is answered`, answered);
    if (notify.final?.status !== 200) throw this.#failed(call, `NOTIFY ${event} was answered ${notify.final?.status}`);
    return notify;
  }

  /** The status that a NOTIFY of this event gets in the call. */
  async statusOf(call: Call, event: string): Promise<number> {
    const notify = this.#send(call, event, {});
    return (await this.#wait(call, `NOTIFY ${event} is answered`, () => notify.final)).status;
  }

  /** The same outside of any call. */
  async statusOutside(agent: string, event: string): Promise<number> {
    const notify = this.#server.request(agent, 'NOTIFY', { Event: event, 'Subscription-State': 'active' });
    return (await this.#server.wait(`NOTIFY ${event} is answered`, () => notify.final)).status;
  }

  async #invite(agent: string, { number, uuid, fields = {} }: IncomingOptions): Promise<Call> {
    const call = await this.#server.newCall(agent, number ?? this.#customer(), uuid);
    call.place(call.media.offer(call.party), {
      'Session-Expires': '1800;refresher=uac',
      'Min-SE': '90',
      'X-Genesys-CallUUID': call.uuid,
      ...fields,
    });
    return call;
  }

  #customer(): string {
    this.#customers += 1;
    return `customer-${this.#customers}`;
  }

  #send(call: Call, event: string, { body = '', contentType, copies = 1 }: NotifyOptions): ClientTransaction {
    const message = call.dialog.request('NOTIFY', {
      fields: { Event: event, 'Subscription-State': 'active', 'X-Genesys-CallUUID': call.uuid },
      body,
      ...(contentType === undefined ? {} : { contentType }),
    });
    const notify = call.request(message);
    for (let copy = 1; copy < copies; copy++) notify.send();
    this.#server.notifies.push(notify);
    return notify;
  }

  async #change(call: Call, event: string, held: boolean, options: NotifyOptions): Promise<void> {
    const before = call.phoneInvites;
    call.retrieving = !held;
    const notify = await this.notify(call, event, options);
    await this.#until(call, `the phone ${held ? 'holds' : 'retrieves'} the call`, () => {
      if (call.negotiating) return false;
      if (call.heldByPhone === held) return true;
      if (call.phoneInvites > before) throw this.#failed(call, `after ${event} it is ${call.media.phone?.direction}`);
      return false;
    });
    call.retrieving = false;
    if (call.phoneInvites > before) this.#inOrder(notify.final, call.phoneInvite?.request);
  }

  async #join(call: Call, number: string): Promise<void> {
    const next = await this.#server.party(number);
    await this.#reinvite(call, () => call.media.offer(next));
    call.party.close();
    call.party = next;
  }

  /** describe: '' for the phone to offer. */
  async #reinvite(call: Call, describe: () => string): Promise<void> {
    for (let tries = 1; tries <= glareTries; tries++) {
      await this.#until(call, 'no other INVITE is under way', () => !call.negotiating);
      const offer = describe();
      const invite = call.reinvite(offer);
      const { status } = await this.#until(call, 'the re-INVITE is answered', () => invite.final);
      if (status < 300) return call.acknowledge(offer ? '' : call.media.answer(call.party));
      if (status !== 491) throw this.#failed(call, `the re-INVITE was answered ${status}`);
      await pause(glarePause);
    }
    throw this.#failed(call, `491 to each of ${glareTries} re-INVITEs`);
  }

  async #refer(agent: string, destination: Destination, within: Call | null): Promise<Call> {
    const server = this.#server;
    const { referral, refer } = server.refer(agent, destination, within);
    const { callId } = within?.dialog ?? { callId: '' };
    const { status } = await server.wait('REFER is answered', () => refer.final, callId);
    if (status !== 202) throw new Error(`REFER was answered ${status}.\n${server.ladder.text(callId)}`);
    const call = await server.wait(
      `the phone calls ${destination.number}`,
      () => server.callTo(destination.number),
      callId,
    );
    await server.wait('the phone reports how its call went', () => referral.over, callId);
    const { statuses } = referral;
    const wanted = destination.refusal?.status ?? 200;
    if (statuses[0] !== 100 || statuses.at(-1) !== wanted)
      throw this.#failed(call, `it reported ${statuses.join(', ')} instead of 100, ..., ${wanted}`);
    return call;
  }

  async #rings(call: Call, ms: number): Promise<void> {
    await new Promise<void>((resolve) => this.#server.after(ms, resolve));
    await this.#until(call, 'the destination has rung', () => true);
  }

  /** First the 200 to the NOTIFY, then what it is about. */
  #inOrder(first: Message | null | undefined, then: Message | null | undefined): void {
    if (first && then && !this.#server.ladder.isInOrder(first, then))
      this.#server.complain('came before the 200 to its NOTIFY', then);
  }

  #wait<T>(call: Call, what: string, probe: () => T | null | undefined | false): Promise<T> {
    return this.#server.wait(what, probe, call.dialog.callId);
  }

  /** Of a call that goes on. */
  #until<T>(call: Call, what: string, probe: () => T | null | undefined | false): Promise<T> {
    return this.#wait(call, what, () => {
      if (call.state !== 'ended') return probe();
      const { refusal } = call;
      throw this.#failed(call, `${what}: no, the call has ended${refusal ? ` with ${refusal}` : ''}`);
    });
  }

  #failed(call: Call, sentence: string): Error {
    return new Error(`${sentence}.\n${this.#server.ladder.text(call.dialog.callId)}`);
  }
}
