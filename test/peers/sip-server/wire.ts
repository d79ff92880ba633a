/** One UDP socket with its transactions: hands on requests and ACKs, once each, and keeps account of what is open. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { Ladder } from './ladder.ts';
import { type Address, branchOf, fieldOf, type Message, random, readMessage, sequenceOf } from './message.ts';
import { faultsOf } from './rules.ts';
import { ackKey, ClientTransaction, clientKey, type Link, ServerTransaction, serverKey } from './transactions.ts';

/** Far more than a test has; a phone that sends without end is noticed by its complaints. */
const mostComplaints = 200;

export interface WireHandlers {
  /** A new request, any but ACK. */
  request(request: Message, transaction: ServerTransaction, from: Address): void;
  /** An ACK and the INVITE that it belongs to. */
  ack(ack: Message, transaction: ServerTransaction): void;
  /** After each message, and all that has followed from it. */
  changed(): void;
}

export class Wire {
  readonly ladder = new Ladder();
  /** What the other end has done wrong, in sentences. */
  readonly complaints: string[] = [];
  #socket: Socket;
  #handlers: WireHandlers;
  #clients = new Map<string, ClientTransaction>();
  #servers = new Map<string, ServerTransaction>();
  #invites = new Map<string, ServerTransaction>();

  constructor(socket: Socket, handlers: WireHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
  }

  static async open(host: string, port: number, handlers: WireHandlers): Promise<Wire> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 }).bind(port, host);
    await once(socket, 'listening');
    const wire = new Wire(socket, handlers);
    socket.on('message', (bytes, { address, port: from }) => wire.#receive(bytes, { host: address, port: from }));
    // An answer to a port that is gone; whoever waits for more will say so.
    socket.on('error', () => {});
    return wire;
  }

  get address(): Address {
    const { address: host, port } = this.#socket.address();
    return { host, port };
  }

  /** For a new request. */
  via(): string {
    const { host, port } = this.address;
    return `SIP/2.0/UDP ${host}:${port};branch=z9hG4bK${random()};rport`;
  }

  /** heard: each provisional response, the final one, and a 2xx to an INVITE each time that it comes. */
  request(request: Message, to: Address, heard: (response: Message) => void = () => {}): ClientTransaction {
    const transaction = new ClientTransaction(this.#link(to), request, heard);
    this.#clients.set(clientKey(request), transaction);
    transaction.start();
    return transaction;
  }

  /** An ACK of a 2xx. */
  sendOnce(message: Message, to: Address): void {
    this.#link(to).send(message);
  }

  /** The INVITE that a CANCEL is about (RFC 3261 §9.2). */
  inviteOf(cancel: Message): ServerTransaction | null {
    return (
      [...this.#servers.values()].find(
        ({ request }) => request.method === 'INVITE' && branchOf(request) === branchOf(cancel),
      ) ?? null
    );
  }

  complain(sentence: string, about: Message): void {
    const { method, status, reason } = about;
    const what = method || `${status} ${reason}`;
    if (this.complaints.length < mostComplaints)
      this.complaints.push(
        `${what} (${fieldOf(about, 'CSeq')}, call ${fieldOf(about, 'Call-ID').slice(0, 8)}): ${sentence}`,
      );
  }

  /** Transactions without an end, in sentences. */
  leftovers(): string[] {
    const unanswered = [...this.#clients.values()].filter(({ final }) => !final).map(({ request }) => request);
    const owed = [...this.#servers.values()].filter(({ final }) => !final).map(({ request }) => request);
    const unacknowledged = [...this.#invites.values()].filter((it) => it.final && !it.acknowledged);
    const say = (what: string) => (it: Message) => `${fieldOf(it, 'CSeq')} of call ${fieldOf(it, 'Call-ID')} ${what}`;
    return [
      ...unanswered.map(say('has no final response from the phone')),
      ...owed.map(say('has no final response from the server')),
      ...unacknowledged.map(({ request }) => request).map(say('has no ACK from the phone')),
    ];
  }

  async close(): Promise<void> {
    for (const it of [...this.#clients.values(), ...this.#servers.values()]) it.stop();
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  #link(to: Address): Link {
    return {
      send: (message) => {
        this.ladder.add(message, true);
        this.#socket.send(message.text, to.port, to.host);
      },
      complain: (sentence, about) => this.complain(sentence, about),
    };
  }

  #receive(bytes: Buffer, from: Address): void {
    // RFC 5626 §3.5.1, RFC 3261 §7.5: a ping.
    if (bytes.every((it) => it === 0x0d || it === 0x0a || it === 0)) return;
    let message: Message;
    try {
      message = readMessage(bytes);
    } catch (error) {
      this.complaints.push(`malformed: ${String(error)}\n${bytes.toString('utf8').slice(0, 400)}`);
      this.#handlers.changed();
      return;
    }
    this.ladder.add(message, false);
    for (const fault of faultsOf(message)) this.complain(fault, message);
    if (message.status > 0) this.#takeResponse(message);
    else if (message.method === 'ACK') this.#takeAck(message);
    else this.#takeRequest(message, from);
    this.#handlers.changed();
  }

  #takeResponse(response: Message): void {
    const client = this.#clients.get(clientKey(response));
    if (client) client.take(response);
    else this.complain('a response to no request', response);
  }

  #takeAck(ack: Message): void {
    const invite = this.#invites.get(ackKey(ack));
    if (!invite?.final) {
      this.complain('an ACK of nothing', ack);
      return;
    }
    if (invite.acknowledged) return;
    // RFC 3261 §17.1.1.3 and §13.2.2.4: the branch of the INVITE for a refusal, a new one for a 2xx.
    if ((branchOf(ack) === branchOf(invite.request)) !== invite.final.status >= 300)
      this.complain('the branch is not that of such an ACK', ack);
    if (sequenceOf(ack).method !== 'ACK') this.complain('CSeq names another method', ack);
    invite.takeAck();
    this.#handlers.ack(ack, invite);
  }

  #takeRequest(request: Message, from: Address): void {
    const known = this.#servers.get(serverKey(request));
    if (known) {
      known.repeat();
      return;
    }
    const transaction = new ServerTransaction(this.#link(from), request);
    this.#servers.set(serverKey(request), transaction);
    if (request.method === 'INVITE') this.#invites.set(ackKey(request), transaction);
    this.#handlers.request(request, transaction, from);
  }
}
