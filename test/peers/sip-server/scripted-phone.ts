/** A tiny phone for the simulation's own test: does what a real one would, and on demand one thing wrong. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { Dialog } from './dialog.ts';
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
import { type Agent, digestResponse, readDigest } from './registrar.ts';
import { chosenFrom, type Direction, type Format, isEvent, readDescription, writeDescription } from './sdp.ts';
import type { Shown } from './stories.ts';
import type { ClientTransaction, ServerTransaction } from './transactions.ts';
import { Waiters } from './waiters.ts';
import { Wire } from './wire.ts';

export type Fault =
  | 'ignores talk'
  | 'never answers a NOTIFY'
  | 'acts before it answers the NOTIFY'
  | 'acts on each copy of a NOTIFY'
  | 'takes any event'
  | 'takes events outside of calls'
  | 'holds without saying so'
  | 'keeps its version'
  | 'moves its port'
  | 'answers with all codecs'
  | 'offers one codec only'
  | 'forgets a hold at the next re-INVITE'
  | 'says a digit twice'
  | 'forgets who referred'
  | 'reports no end'
  | 'skips numbers'
  | 'never acknowledges'
  | 'answers everybody by itself'
  | 'never answers by itself'
  | 'takes the same call twice'
  | 'keeps the replaced call'
  | 'talks to two at once'
  | 'knows no OPTIONS';

/** ms */
const patience = 2_000;

const digits = '0123456789*#ABCD';
const full: readonly Format[] = [
  { payloadType: 0, name: 'pcmu/8000' },
  { payloadType: 8, name: 'pcma/8000' },
  { payloadType: 9, name: 'g722/8000' },
  { payloadType: 101, name: 'telephone-event/8000' },
];
const allow = { Allow: 'INVITE, ACK, BYE, CANCEL, OPTIONS, NOTIFY, REFER, UPDATE' };

interface PhoneCall {
  dialog: Dialog;
  uuid: string;
  state: 'ringing' | 'answered' | 'calling' | 'talking' | 'ended';
  /** The server's INVITE that waits for an answer. */
  invite: ServerTransaction | null;
  /** Offer and answer are under way. */
  negotiating: boolean;
  held: boolean;
  wantsHold: boolean;
  /** By the server. */
  remoteHeld: boolean;
  /** One more re-INVITE, for nothing. */
  again: boolean;
  remote: { host: string; port: number } | null;
  version: number;
  last: string;
  ports: Address;
}

function shown({ state, held, remoteHeld }: PhoneCall): Shown | null {
  if (state === 'ringing') return 'ALERTING';
  if (state !== 'talking') return null;
  return held ? 'HELD' : remoteHeld ? 'REMOTE_HELD' : 'TALKING';
}

export class ScriptedPhone {
  readonly calls: PhoneCall[] = [];
  #wire: Wire;
  #rtp: Socket;
  #agent: Agent;
  #server: Address;
  #faults: ReadonlySet<Fault>;
  #waiters: Waiters;
  #timers: NodeJS.Timeout[] = [];
  #timestamp = 1;
  #sequence = 0;

  constructor(wire: Wire, rtp: Socket, agent: Agent, server: Address, faults: readonly Fault[], waiters: Waiters) {
    this.#wire = wire;
    this.#rtp = rtp;
    this.#agent = agent;
    this.#server = server;
    this.#faults = new Set(faults);
    this.#waiters = waiters;
  }

  /** server: host:port. */
  static async start(agent: Agent, server: string, faults: readonly Fault[] = []): Promise<ScriptedPhone> {
    const [host = '', port] = server.split(':');
    const waiters = new Waiters();
    const wire = await Wire.open('127.0.0.1', 0, {
      request: (request, transaction, from) => phone.#take(request, transaction, from),
      ack: (ack) => phone.#takeAck(ack),
      changed: () => waiters.look(),
    });
    const rtp = createSocket('udp4').bind(0, '127.0.0.1');
    await once(rtp, 'listening');
    const phone = new ScriptedPhone(wire, rtp, agent, { host, port: Number(port) }, faults, waiters);
    return phone;
  }

  /** What the server has done wrong. */
  get complaints(): readonly string[] {
    return this.#wire.complaints;
  }

  get contact(): string {
    const { host, port } = this.#wire.address;
    return `sip:${this.#agent.user}@${host}:${port}`;
  }

  get address(): Address {
    return this.#wire.address;
  }

  /** The status of the last answer. */
  async register(): Promise<number> {
    const callId = random();
    const challenge = await this.#register(callId, 1, {});
    if (challenge.status !== 401) return challenge.status;
    const nonce = readDigest(fieldOf(challenge, 'WWW-Authenticate')).get('nonce') ?? '';
    const parts = { nonce, count: '00000001', cnonce: random() };
    const response = digestResponse({ ...this.#agent, method: 'REGISTER', uri: this.#serverUri(), ...parts });
    const value = [
      `username="${this.#agent.user}", realm="contact centre", nonce="${nonce}", uri="${this.#serverUri()}"`,
      `response="${response}", algorithm=MD5, qop=auth, nc=${parts.count}, cnonce="${parts.cnonce}"`,
    ].join(', ');
    return (await this.#register(callId, 2, { Authorization: `Digest ${value}` })).status;
  }

  /** Settles when the call is talked on or has ended. */
  async dial(number: string): Promise<void> {
    const call = this.#dial(number, {}, () => {});
    await this.#wait('the call is answered', () => call.state !== 'calling');
  }

  /** Settles when its display says so. */
  async shows(callId: string, state: Shown): Promise<void> {
    const isShown = () => this.calls.some((it) => it.dialog.callId === callId && shown(it) === state);
    await this.#wait(`the phone shows ${state}`, isShown);
  }

  async hangUp(callId: string): Promise<void> {
    const call = this.calls.find(({ dialog }) => dialog.callId === callId);
    if (!call) throw new Error('no such call');
    const bye = this.#hangUp(call);
    await this.#wait('BYE is answered', () => bye.final);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#wire.close();
    this.#rtp.close();
  }

  #via = (): string => this.#wire.via();
  #has = (fault: Fault): boolean => this.#faults.has(fault);
  #serverHost = (): string => `${this.#server.host}:${this.#server.port}`;
  #serverUri = (): string => `sip:${this.#serverHost()}`;

  async #register(callId: string, number: number, fields: Record<string, string>): Promise<Message> {
    const own = `sip:${this.#agent.user}@${this.#serverHost()}`;
    const message = makeRequest({
      method: 'REGISTER',
      uri: this.#serverUri(),
      fields: {
        ...{
          Via: this.#via(),
          'Max-Forwards': '70',
          From: `<${own}>;tag=${random()}`,
          To: `<${own}>`,
          'Call-ID': callId,
        },
        ...{ CSeq: `${number} REGISTER`, Contact: `<${this.contact}>`, Expires: '1800', ...fields },
      },
    });
    const transaction = this.#wire.request(message, this.#server);
    return this.#wait('REGISTER is answered', () => transaction.final);
  }

  #adopt(dialog: Dialog, uuid: string, state: PhoneCall['state']): PhoneCall {
    const { address: host, port } = this.#rtp.address();
    const call: PhoneCall = {
      ...{
        dialog,
        uuid,
        state,
        invite: null,
        negotiating: state === 'calling',
        held: false,
        wantsHold: false,
        remoteHeld: false,
        again: false,
      },
      ...{ remote: null, version: 0, last: '', ports: { host, port } },
    };
    this.calls.push(call);
    return call;
  }

  #describe(call: PhoneCall, formats: readonly Format[], direction: Direction): string {
    if (this.#has('moves its port') && call.last) call.ports = { ...call.ports, port: call.ports.port + 2 };
    const at = (version: number) => {
      const { host: address, port } = call.ports;
      return writeDescription({ user: 'phone', sessionId: 7, version, address, port, direction, formats });
    };
    const same = at(call.version) === call.last || (call.last && this.#has('keeps its version'));
    if (!same) call.version += 1;
    call.last = at(call.version);
    return call.last;
  }

  #offer(call: PhoneCall): string {
    const formats = this.#has('offers one codec only')
      ? full.filter((it) => it.payloadType === 0 || isEvent(it))
      : full;
    const held = call.wantsHold && !this.#has('holds without saying so');
    return this.#describe(call, formats, held ? 'sendonly' : 'sendrecv');
  }

  #answerTo(call: PhoneCall, body: string): string {
    const offered = readDescription(body);
    call.remote = { host: offered.address, port: offered.port };
    call.remoteHeld = offered.direction === 'sendonly' || offered.direction === 'inactive';
    if (this.#has('forgets a hold at the next re-INVITE')) call.held = call.wantsHold = false;
    const formats = this.#has('answers with all codecs') ? offered.formats : chosenFrom(offered.formats);
    const directions = call.remoteHeld ? (['recvonly', 'inactive'] as const) : (['sendrecv', 'sendonly'] as const);
    return this.#describe(call, formats, directions[call.held ? 1 : 0]);
  }

  #confirm(call: PhoneCall, invite: Message, response: Message): void {
    call.dialog.refresh(response);
    this.#listen(call, response.body);
    call.negotiating = false;
    if (call.state === 'calling') call.state = 'talking';
    if (this.#has('never acknowledges')) return;
    this.#wire.sendOnce(call.dialog.request('ACK', { sequence: sequenceOf(invite).number }), this.#server);
  }

  #listen(call: PhoneCall, body: string): void {
    if (!body) return;
    const { address: host, port } = readDescription(body);
    call.remote = { host, port };
  }

  #wait<T>(what: string, probe: () => T | null | undefined | false): Promise<T> {
    return this.#waiters.wait(what, probe, () => this.#wire.ladder.text(), patience);
  }

  #dial(number: string, fields: Record<string, string>, heard: (response: Message) => void): PhoneCall {
    const target = `sip:${number}@${this.#server.host}:${this.#server.port}`;
    const dialog = Dialog.calling(
      `sip:${this.#agent.user}@${this.#serverHost()}`,
      target,
      target,
      this.contact,
      this.#via,
    );
    const call = this.#adopt(dialog, '', 'calling');
    const offer = this.#describe(call, full, 'sendrecv');
    const message = dialog.request('INVITE', { fields: { ...allow, ...fields }, body: offer });
    this.#wire.request(message, this.#server, (response) => {
      if (response.status >= 300) call.state = 'ended';
      else if (response.status > 100) dialog.learn(response);
      if (response.status >= 200 && response.status < 300) this.#confirm(call, message, response);
      heard(response);
    });
    return call;
  }

  #hangUp(call: PhoneCall): ClientTransaction {
    call.state = 'ended';
    return this.#wire.request(call.dialog.request('BYE'), this.#server);
  }

  #later(ms: number, act: () => void): void {
    this.#timers.push(setTimeout(act, ms));
  }

  #find(message: Message): PhoneCall | undefined {
    return this.calls.find(({ dialog, state }) => state !== 'ended' && dialog.owns(message));
  }

  #take(request: Message, transaction: ServerTransaction, from: Address): void {
    const call = this.#find(request);
    const { method } = request;
    const toTag = call?.dialog.localTag ?? random();
    if (call && method !== 'CANCEL')
      for (const fault of call.dialog.faultsOf(request)) this.#wire.complain(fault, request);
    if (method === 'OPTIONS') {
      if (this.#has('knows no OPTIONS')) transaction.reply(405, 'Method Not Allowed', { toTag, fields: allow });
      else transaction.reply(200, 'OK', { toTag, fields: allow });
    } else if (method === 'CANCEL') this.#takeCancel(request, transaction);
    else if (method === 'INVITE' && !tagOf(fieldOf(request, 'To'))) this.#takeCall(request, transaction, from);
    else if (method === 'REFER') this.#takeRefer(request, transaction, call);
    else if (!call && method === 'NOTIFY' && this.#has('takes events outside of calls'))
      transaction.reply(200, 'OK', { toTag });
    else if (!call) transaction.reply(481, 'Call Does Not Exist', { toTag });
    else if (method === 'INVITE') this.#takeReinvite(request, transaction, call);
    else if (method === 'NOTIFY') this.#takeNotify(request, transaction, call);
    else if (method === 'BYE') {
      transaction.reply(200, 'OK');
      call.state = 'ended';
    } else transaction.reply(405, 'Method Not Allowed', { fields: allow });
  }

  #takeCall(request: Message, transaction: ServerTransaction, from: Address): void {
    const uuid = fieldOf(request, 'X-Genesys-CallUUID');
    const known = this.calls.some((it) => it.state !== 'ended' && it.uuid === uuid);
    if (known && !this.#has('takes the same call twice')) {
      transaction.reply(486, 'Busy Here', { toTag: random() });
      return;
    }
    const call = this.#adopt(Dialog.called(request, this.contact, this.#via), uuid, 'ringing');
    call.invite = transaction;
    transaction.reply(180, 'Ringing', { toTag: call.dialog.localTag, fields: { Contact: `<${this.contact}>` } });
    const replaces = fieldOf(request, 'Replaces');
    const trusted = from.host === this.#server.host || this.#has('answers everybody by itself');
    if (replaces || (trusted && asksForAnswer(request) && !this.#has('never answers by itself'))) this.#answer(call);
    const replaced = this.calls.find(({ dialog }) => replaces.startsWith(`${dialog.callId};`));
    if (replaced && !this.#has('keeps the replaced call')) this.#hangUp(replaced);
  }

  #takeCancel(request: Message, transaction: ServerTransaction): void {
    const invite = this.#wire.inviteOf(request);
    const call = this.calls.find((it) => it.invite === invite);
    const toTag = call?.dialog.localTag ?? random();
    transaction.reply(invite ? 200 : 481, 'CANCEL', { toTag });
    invite?.reply(487, 'Request Terminated', { toTag });
    if (call) call.state = 'ended';
  }

  #takeReinvite(request: Message, transaction: ServerTransaction, call: PhoneCall): void {
    if (call.negotiating) {
      transaction.reply(491, 'Request Pending');
      return;
    }
    call.negotiating = true;
    call.dialog.refresh(request);
    this.#accept(call, transaction);
  }

  #accept(call: PhoneCall, invite: ServerTransaction): void {
    const { body } = invite.request;
    invite.reply(200, 'OK', {
      toTag: call.dialog.localTag,
      fields: { Contact: `<${this.contact}>`, ...allow, 'Content-Type': 'application/sdp' },
      body: body ? this.#answerTo(call, body) : this.#offer(call),
    });
  }

  #answer(call: PhoneCall): void {
    if (call.state !== 'ringing' || !call.invite) return;
    call.state = 'answered';
    call.negotiating = true;
    for (const other of this.calls.filter((it) => it.state === 'talking' && !this.#has('talks to two at once'))) {
      other.wantsHold = true;
      this.#agree(other);
    }
    this.#accept(call, call.invite);
  }

  #takeAck(ack: Message): void {
    const call = this.#find(ack);
    if (!call) return;
    this.#listen(call, ack.body);
    call.negotiating = false;
    if (call.state === 'answered') call.state = 'talking';
    this.#agree(call);
  }

  #takeNotify(request: Message, transaction: ServerTransaction, call: PhoneCall): void {
    if (this.#has('never answers a NOTIFY')) return;
    const event = fieldOf(request, 'Event');
    if (!['talk', 'hold', 'dtmf', 'beep'].includes(event) && !this.#has('takes any event')) {
      transaction.reply(489, 'Bad Event', { fields: { 'Allow-Events': 'talk, hold' } });
      return;
    }
    const early = this.#has('acts before it answers the NOTIFY');
    if (early) this.#act(call, event, request.body);
    transaction.reply(200, 'OK', { fields: { Contact: `<${this.contact}>` } });
    if (!early) this.#act(call, event, request.body);
    if (this.#has('acts on each copy of a NOTIFY')) this.#actAgain(call);
  }

  #act(call: PhoneCall, event: string, body: string): void {
    if (event === 'talk' && call.state === 'ringing') {
      if (!this.#has('ignores talk')) this.#answer(call);
    } else if (event === 'talk' || event === 'hold') {
      call.wantsHold = event === 'hold';
      this.#agree(call);
    } else if (event === 'dtmf') this.#say(call, /Signal\s*=\s*([0-9*#A-D]+)/i.exec(body)?.[1] ?? '');
  }

  /** As one does that takes no notice of transactions. */
  #actAgain(call: PhoneCall): void {
    call.again = call.state === 'talking';
  }

  /** A re-INVITE where what was agreed is not what is wanted. */
  #agree(call: PhoneCall): void {
    if (call.state !== 'talking' || call.negotiating) return;
    if (call.wantsHold === call.held && !call.again) return;
    call.again = call.again && call.wantsHold !== call.held;
    call.negotiating = true;
    call.held = call.wantsHold;
    if (this.#has('skips numbers')) call.dialog.request('INFO');
    const message = call.dialog.request('INVITE', { fields: allow, body: this.#offer(call) });
    this.#wire.request(message, this.#server, (response) => {
      if (response.status < 200) return;
      if (response.status < 300) this.#confirm(call, message, response);
      else {
        call.negotiating = false;
        call.held = !call.held;
        // RFC 3261 §14.1: who has not made the Call-ID waits up to 2 s.
        this.#later(100, () => this.#agree(call));
        return;
      }
      this.#agree(call);
    });
  }

  #say(call: PhoneCall, text: string): void {
    const said = this.#has('says a digit twice') ? text.slice(0, 1) + text : text;
    for (const digit of said.toUpperCase()) {
      this.#timestamp += 800;
      for (let copy = 0; copy < 3; copy++) {
        const packet = Buffer.alloc(16);
        packet.set([0x80, 101]);
        packet.writeUInt16BE(this.#sequence++, 2);
        packet.writeUInt32BE(this.#timestamp, 4);
        packet.writeUInt32BE(7, 8);
        packet.set([digits.indexOf(digit), 0x8a], 12);
        packet.writeUInt16BE(800, 14);
        if (call.remote) this.#rtp.send(packet, call.remote.port, call.remote.host);
      }
    }
  }

  #takeRefer(request: Message, transaction: ServerTransaction, call: PhoneCall | undefined): void {
    const dialog = call?.dialog ?? Dialog.called(request, this.contact, this.#via);
    transaction.reply(202, 'Accepted', { toTag: dialog.localTag, fields: { Contact: `<${this.contact}>` } });
    const report = (line: string, over: boolean): void => {
      if (over && this.#has('reports no end')) return;
      const state = over ? 'terminated;reason=noresource' : 'active;expires=60';
      const fields = { Event: 'refer', 'Subscription-State': state };
      const message = dialog.request('NOTIFY', { fields, body: line, contentType: 'message/sipfrag;version=2.0' });
      this.#wire.request(message, this.#server);
    };
    report('SIP/2.0 100 Trying', false);
    const by = fieldOf(request, 'Referred-By');
    const number = readUri(uriOf(fieldOf(request, 'Refer-To')))?.user ?? '';
    this.#dial(number, this.#has('forgets who referred') ? {} : { 'Referred-By': by }, ({ status, reason }) => {
      if (status > 100) report(`SIP/2.0 ${status} ${reason}`, status >= 200);
    });
  }
}

function asksForAnswer(invite: Message): boolean {
  const says = (name: string, pattern: RegExp): boolean => pattern.test(fieldOf(invite, name));
  return (
    says('Alert-Info', /alert-autoanswer|answer-after|(auto|ring) answer|intercom/i) ||
    says('Call-Info', /answer-after/i) ||
    says('Answer-Mode', /^auto/i) ||
    says('Priv-Answer-Mode', /^auto/i) ||
    says('P-Auto-Answer', /^normal/i)
  );
}
