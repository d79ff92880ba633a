/**
 * A simulation of a contact centre's SIP Server: registrar and back-to-back user agent on one UDP port. Customers and
 * destinations are inside it. It shares no code with the phone, as it is there to judge it.
 */
import { Call, serverFields } from './call.ts';
import { Dialog } from './dialog.ts';
import type { PhoneCodecs } from './media.ts';
import {
  type Address,
  fieldOf,
  type Message,
  makeRequest,
  random,
  readUri,
  sequenceOf,
  tagOf,
  uriOf,
} from './message.ts';
import { type Destination, Party } from './party.ts';
import { Referral } from './referral.ts';
import { type Agent, type Binding, Registrar } from './registrar.ts';
import type { ClientTransaction, ServerTransaction } from './transactions.ts';
import { Waiters } from './waiters.ts';
import { Wire } from './wire.ts';

export interface SipServerOptions {
  agents: readonly Agent[];
  host?: string;
  /** 0 or none: any free one. */
  port?: number;
  /** ms between two OPTIONS to each phone; 0: none by itself. */
  keepAlive?: number;
  /** ms that it waits for anything that a phone has to do. */
  patience?: number;
  /** s that a registration is good for. */
  granted?: number;
}

/** A REFER outside of any call makes a dialog of its own (RFC 3515 §2.4.4). */
interface ReferDialog {
  dialog: Dialog;
  referral: Referral;
}

/** What becomes of the phone's calls to a number. */
interface Expectation {
  destination: Destination;
  /** Why it calls; null: by itself. */
  referral: Referral | null;
  /** Calls to that number that were there before. */
  earlier: ReadonlySet<Call>;
}

export class SipServer {
  readonly calls: Call[] = [];
  /** Every NOTIFY sent. */
  readonly notifies: ClientTransaction[] = [];
  #wire: Wire;
  #registrar: Registrar;
  #waiters = new Waiters();
  #expected = new Map<string, Expectation>();
  #referrals: Referral[] = [];
  #referDialogs: ReferDialog[] = [];
  #codecs = new Map<string, PhoneCodecs>();
  #timers = new Set<NodeJS.Timeout>();

  #patience: number;

  constructor(wire: Wire, registrar: Registrar, patience: number) {
    this.#wire = wire;
    this.#registrar = registrar;
    this.#patience = patience;
  }

  static async start(options: SipServerOptions): Promise<SipServer> {
    const { agents, host = '127.0.0.1', port = 0, keepAlive = 0, patience = 8_000, granted = 1_800 } = options;
    const wire = await Wire.open(host, port, {
      request: (request, transaction, from) => server.#take(request, transaction, from),
      ack: (ack, transaction) => server.#takeAck(ack, transaction),
      changed: () => server.#waiters.look(),
    });
    const registrar = new Registrar(agents, granted, (sentence, about) => wire.complain(sentence, about));
    const server = new SipServer(wire, registrar, patience);
    if (keepAlive > 0) {
      const timer = setInterval(() => {
        for (const user of registrar.bindings.keys()) server.ping(user);
      }, keepAlive);
      server.#timers.add(timer);
    }
    return server;
  }

  /** host:port */
  get address(): string {
    const { host, port } = this.#wire.address;
    return `${host}:${port}`;
  }

  /** What phones have done wrong so far, in sentences. */
  get complaints(): readonly string[] {
    return this.#wire.complaints;
  }

  complain(sentence: string, about: Message): void {
    this.#wire.complain(sentence, about);
  }

  get ladder(): Wire['ladder'] {
    return this.#wire.ladder;
  }

  /** So far, refused ones too. */
  get registerRequests(): number {
    return this.#registrar.requests;
  }

  bindingOf(user: string): Binding {
    const binding = this.#registrar.bindings.get(user);
    if (!binding) throw new Error(`${user} is not registered at ${this.address}`);
    return binding;
  }

  /** Knows a phone that has not registered here. */
  introduce(user: string, binding: Binding): void {
    this.#registrar.bindings.set(user, binding);
  }

  /** As after a restart: who was registered, and which nonces were given. */
  forgetRegistrations(): void {
    this.#registrar.forget();
  }

  async registered(user: string, bound?: number): Promise<void> {
    await this.wait(`${user} is registered`, () => this.#registrar.bindings.has(user), '', bound);
  }

  /** The first value that the probe gives after some message; a rejection tells the whole trace. */
  wait<T>(what: string, probe: () => T | null | undefined | false, callId = '', bound = this.#patience): Promise<T> {
    return this.#waiters.wait(what, probe, () => this.ladder.text(callId), bound);
  }

  /** Real time, as destinations ring. */
  after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
      this.#waiters.look();
    }, ms);
    this.#timers.add(timer);
  }

  party(number: string): Promise<Party> {
    return Party.open(number, this.#wire.address.host, () => this.#waiters.look());
  }

  /** A call from a number to the agent's phone; its INVITE is not sent yet. */
  async newCall(agent: string, number: string, uuid = random() + random()): Promise<Call> {
    const { contact } = this.bindingOf(agent);
    const dialog = Dialog.calling(this.#uri(number), this.#uri(agent), contact, this.#uri(number), this.#via);
    return this.#open(agent, dialog, await this.party(number), uuid);
  }

  /** What becomes of the phone's calls to this number; to any other they get 404. */
  expect(destination: Destination): void {
    this.#expect(destination, null);
  }

  /** The call that the phone has made to this number since it was expected. */
  callTo(number: string): Call | undefined {
    const earlier = this.#expected.get(number)?.earlier;
    return this.calls.find((it) => it.party.number === number && !it.invite && !earlier?.has(it));
  }

  /** A request outside of any dialog of ours. */
  request(agent: string, method: string, fields: Record<string, string>): ClientTransaction {
    const dialog = this.#outside(agent);
    return this.#wire.request(dialog.request(method, { fields }), this.bindingOf(agent).at);
  }

  /** OPTIONS; anything but a 200 is complained of. */
  ping(agent: string): ClientTransaction {
    const dialog = this.#outside(agent);
    const message = dialog.request('OPTIONS', { fields: { Accept: 'application/sdp' } });
    return this.#wire.request(message, this.bindingOf(agent).at, (response) => {
      if (response.status !== 200) this.#wire.complain('not the 200 that keeps a phone in service', response);
    });
  }

  /** Asks the phone to call a number, in a call or outside of any. */
  refer(agent: string, destination: Destination, call: Call | null): { referral: Referral; refer: ClientTransaction } {
    const referredBy = `<${this.#uri(call?.party.number ?? agent)}>`;
    const referral = new Referral(destination.number, referredBy, (sentence, about) =>
      this.#wire.complain(sentence, about),
    );
    this.#expect(destination, referral);
    this.#referrals.push(referral);
    const fields = { 'Refer-To': `<${this.#uri(destination.number)}>`, 'Referred-By': referredBy };
    if (call) {
      call.referral = referral;
      return { referral, refer: call.request(call.dialog.request('REFER', { fields })) };
    }
    const dialog = this.#outside(agent);
    this.#referDialogs.push({ dialog, referral });
    const refer = this.#wire.request(dialog.request('REFER', { fields }), this.bindingOf(agent).at, (response) => {
      if (response.status < 300) dialog.learn(response);
    });
    return { referral, refer };
  }

  /** The CANCEL of a call's INVITE: the same branch and number (RFC 3261 §9.1). */
  cancel(call: Call): ClientTransaction {
    const invite = call.invite?.request;
    if (!invite) throw new Error('the server has sent no INVITE in this call');
    const kept = ['Via', 'Max-Forwards', 'From', 'To', 'Call-ID'].map((name) => [name, fieldOf(invite, name)]);
    const CSeq = `${sequenceOf(invite).number} CANCEL`;
    return call.request(
      makeRequest({ method: 'CANCEL', uri: invite.uri, fields: { ...Object.fromEntries(kept), CSeq } }),
    );
  }

  /** Dialogs and transactions that are still open, in sentences. */
  leftovers(): string[] {
    const open = this.calls.filter(({ state }) => state !== 'ended');
    const promised = this.#referrals.filter(({ over }) => !over);
    return [
      ...this.#wire.leftovers(),
      ...open.map(({ dialog, state }) => `call ${dialog.callId} is ${state}`),
      ...promised.map(({ number }) => `the REFER to ${number} has no final report`),
    ];
  }

  /** Rejects where anything is left over, where a phone has done something wrong, or left a NOTIFY unanswered. */
  async passed(): Promise<void> {
    await this.wait('nothing is left over', () => this.leftovers().length === 0).catch((error: unknown) => {
      throw new Error([...this.leftovers(), ...this.complaints, String(error)].join('\n'));
    });
    if (this.complaints.length > 0) throw new Error([...this.complaints, this.ladder.text()].join('\n'));
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { party } of this.calls) party.close();
    await this.#wire.close();
  }

  #expect(destination: Destination, referral: Referral | null): void {
    const { number } = destination;
    const earlier = new Set(this.calls.filter(({ party }) => party.number === number));
    this.#expected.set(number, { destination, referral, earlier });
  }

  #via = (): string => this.#wire.via();

  #uri(user: string): string {
    return `sip:${user}@${this.address}`;
  }

  #outside(agent: string): Dialog {
    return Dialog.calling(
      this.#uri('server'),
      this.#uri(agent),
      this.bindingOf(agent).contact,
      this.#uri('server'),
      this.#via,
    );
  }

  #open(agent: string, dialog: Dialog, party: Party, uuid: string): Call {
    const codecs = this.#codecs.get(agent) ?? { full: '' };
    this.#codecs.set(agent, codecs);
    const call = new Call({ agent, at: this.bindingOf(agent).at, wire: this.#wire, dialog, party, codecs, uuid });
    this.calls.push(call);
    return call;
  }

  #take(request: Message, transaction: ServerTransaction, from: Address): void {
    const toTag = random();
    const { method } = request;
    if (method === 'CANCEL') this.#takeCancel(request, transaction);
    else if (tagOf(fieldOf(request, 'To'))) this.#takeInDialog(request, transaction);
    else if (method === 'REGISTER') this.#registrar.take(request, transaction);
    else if (method === 'INVITE') void this.#takeInvite(request, transaction, from);
    else if (method === 'OPTIONS') transaction.reply(200, 'OK', { toTag, fields: serverFields });
    else if (method === 'SUBSCRIBE' || method === 'PUBLISH')
      transaction.reply(489, 'Bad Event', { toTag, fields: { 'Allow-Events': 'refer' } });
    else {
      this.#wire.complain('not expected outside of a dialog', request);
      transaction.reply(method === 'NOTIFY' || method === 'BYE' ? 481 : 405, 'Not Here', {
        toTag,
        fields: serverFields,
      });
    }
  }

  #takeInDialog(request: Message, transaction: ServerTransaction): void {
    const call = this.calls.find(({ dialog }) => dialog.owns(request));
    if (call) {
      call.take(request, transaction);
      return;
    }
    const referred = this.#referDialogs.find(({ dialog }) => {
      // The NOTIFY may come before the 202 (RFC 6665 §4.1.2.4).
      if (dialog.callId === fieldOf(request, 'Call-ID')) dialog.remoteTag ||= tagOf(fieldOf(request, 'From'));
      return dialog.owns(request);
    });
    if (referred && request.method === 'NOTIFY') {
      for (const fault of referred.dialog.faultsOf(request)) this.#wire.complain(fault, request);
      referred.referral.take(request, transaction);
      return;
    }
    this.#wire.complain('belongs to no dialog', request);
    transaction.reply(481, 'Call Does Not Exist');
  }

  #takeCancel(cancel: Message, transaction: ServerTransaction): void {
    const invite = this.#wire.inviteOf(cancel);
    if (!invite) {
      this.#wire.complain('cancels nothing', cancel);
      transaction.reply(481, 'Call Does Not Exist', { toTag: random() });
      return;
    }
    const toTag = tagOf(fieldOf(invite.last ?? cancel, 'To')) || random();
    transaction.reply(200, 'OK', { toTag });
    invite.reply(487, 'Request Terminated', { toTag });
    this.calls.find(({ dialog }) => dialog.callId === fieldOf(cancel, 'Call-ID'))?.end(true);
  }

  async #takeInvite(request: Message, transaction: ServerTransaction, from: Address): Promise<void> {
    const number = readUri(request.uri)?.user ?? '';
    const agent = readUri(uriOf(fieldOf(request, 'From')))?.user ?? '';
    const { destination, referral } = this.#expected.get(number) ?? {};
    const { at } = this.bindingOf(agent);
    if (at.port !== from.port) this.#wire.complain('does not come from where it has registered', request);
    if (!destination) return transaction.reply(404, 'Not Found', { toTag: random() });
    const fault = referral?.faultOf(request);
    if (fault) this.#wire.complain(fault, request);
    transaction.reply(100, 'Trying');
    const dialog = Dialog.called(request, this.#uri(number), this.#via);
    const call = this.#open(agent, dialog, await this.party(number), fieldOf(request, 'X-Genesys-CallUUID'));
    if (transaction.final) call.end(true);
    else this.#ring(call, transaction, destination);
  }

  #ring(call: Call, transaction: ServerTransaction, { rings = 0, refusal, never }: Destination): void {
    const parts = { toTag: call.dialog.localTag, fields: { Contact: `<${call.dialog.contact}>`, ...serverFields } };
    call.state = 'ringing';
    transaction.reply(180, 'Ringing', parts);
    if (never) return;
    this.after(rings, () => {
      if (transaction.final) return;
      if (!refusal) return call.answerTo(transaction);
      call.refusal = refusal.status;
      transaction.reply(refusal.status, refusal.reason, parts);
      call.end(false);
    });
  }

  #takeAck(ack: Message, transaction: ServerTransaction): void {
    const call = this.calls.find(({ dialog }) => dialog.owns(ack));
    if (call && transaction.final && transaction.final.status < 300) call.takeAck();
  }
}
