/**
 * The transaction layer (RFC 3261 §17): finds or makes the transaction of each message that passes. Above it everything
 * looks like a reliable transport; below it are UDP and TCP.
 */
import type { Log } from '@thinline/shared/log/log.ts';
import type { Hop, Remote } from '../address.ts';
import { branchOf, magicCookie } from '../ids.ts';
import { fieldOf, type SipMessage, sequenceOf, splitList, tagOf, writeMessage } from '../message/message.ts';
import { makeResponse } from '../message/response.ts';
import { topVia, type Via, withBranch } from '../message/via.ts';
import { nextHop } from '../next-hop.ts';
import type { Flow } from '../transport/transport.ts';
import { InviteClient } from './invite-client.ts';
import { InviteServer } from './invite-server.ts';
import type { ClientMachine, ServerMachine } from './machine.ts';
import { NonInviteClient } from './non-invite-client.ts';
import { NonInviteServer } from './non-invite-server.ts';
import { leaveDialog } from './unusable-answer.ts';

/** Far more than one person's calls need; what comes beyond is dropped, and its sender tries again. */
const MAX_CLIENTS = 512;
const MAX_SERVERS = 1_024;

/** The transaction user of one line. */
export interface TransactionUser {
  /** Where its requests outside dialogs go. */
  readonly server: Hop;
  /** host:port for Via. */
  readonly sentBy: string;
  /** Null, or why it can't be used. */
  receiveResponse(response: SipMessage): string | null;
}

export interface LayerPorts {
  flowTo(hop: Hop, remote: Remote): Flow;
  /** At once where the host is an address, a promise where a name has to be looked up. */
  locate(host: string): string | Promise<string>;
  /** A new request, or an ACK for a transaction user; key tells INVITE transactions apart, CANCEL has its INVITE's. */
  receiveRequest(request: SipMessage, flow: Flow, key: string): void;
  log: Log;
}

interface Client {
  machine: ClientMachine;
  flow: Flow;
}

interface Server {
  machine: ServerMachine;
  /** It has had its final response; and that was a 2xx. */
  answered: boolean;
  accepted: boolean;
}

/** RFC 3261 §17.2.3; for peers of RFC 2543 what stays the same in repetitions, ACK, CANCEL and responses. */
function serverKey(message: SipMessage, via: Via): string {
  const sentBy = `${via.host}:${via.port}`.toLowerCase();
  if (via.branch.startsWith(magicCookie)) return `${via.branch} ${sentBy}`;
  const parts = [tagOf(fieldOf(message, 'from')), fieldOf(message, 'call-id'), sequenceOf(message)];
  return `${parts.join(' ')} ${via.branch} ${sentBy}`;
}

/** An ACK belongs to its INVITE's transaction. */
const methodKey = (method: string): string => (method === 'ACK' ? 'INVITE' : method);

/** RFC 3261 §18.2.2, RFC 3581 §4: where a response goes when its request's flow is UDP, or gone. */
function responseTarget(via: Via, source: Remote): Remote {
  const port = via.rport !== null && via.transport === 'UDP' ? source.port : via.port || 5060;
  return { address: source.address, port };
}

export class TransactionLayer {
  readonly #ports: LayerPorts;
  readonly #clients = new Map<string, Client>();
  readonly #servers = new Map<string, Server>();

  constructor(ports: LayerPorts) {
    this.#ports = ports;
  }

  get size(): number {
    return this.#clients.size + this.#servers.size;
  }

  close(): void {
    for (const { machine } of [...this.#clients.values(), ...this.#servers.values()]) machine.stop();
    this.#clients.clear();
    this.#servers.clear();
  }

  /** Whether a request of ours waits for its response there. */
  uses(flow: Flow): boolean {
    return [...this.#clients.values()].some((client) => client.flow === flow);
  }

  /** A connection ended: RFC 3261 §17.1.4, transport errors. */
  flowClosed(flow: Flow, error: Error): void {
    for (const client of [...this.#clients.values()]) if (client.flow === flow) client.machine.fail(error);
  }

  /** A message of a transaction user, on its way out. */
  send(message: SipMessage, user: TransactionUser): void {
    if (message.status > 0) this.#sendResponse(message);
    else this.#sendRequest(message, user);
  }

  /** A checked message from the network; requests have their top Via stamped. */
  receive(message: SipMessage, flow: Flow): void {
    if (message.status > 0) this.#receiveResponse(message);
    else this.#receiveRequest(message, flow);
  }

  #receiveResponse(response: SipMessage): void {
    const branch = topVia(response)?.branch ?? '';
    const client = this.#clients.get(`${branch} ${response.method}`);
    if (client) client.machine.receive(response);
    else this.#ports.log.debug(() => `response ${response.status} ${response.method} belongs to no transaction`);
  }

  #receiveRequest(request: SipMessage, flow: Flow): void {
    const via = topVia(request);
    if (!via) return;
    const base = serverKey(request, via);
    const key = `${base} ${methodKey(request.method)}`;
    const known = this.#servers.get(key);
    if (known) {
      known.machine.receive(request);
      return;
    }
    if (request.method === 'ACK') {
      this.#ports.receiveRequest(request, flow, `${base} ACK`);
      return;
    }
    if (this.#servers.size >= MAX_SERVERS) {
      this.#ports.log.warning('too many transactions; a request was dropped');
      return;
    }
    const send = (response: SipMessage): void => this.#sendBack(response, flow, via);
    const server: Server = {
      answered: false,
      accepted: false,
      machine: new (request.method === 'INVITE' ? InviteServer : NonInviteServer)(flow.reliable, {
        send,
        trying: () => send(makeResponse(request, 100)),
        // A first ACK of a refused INVITE ends sip.js's transaction too; one of a 2xx belongs to the dialog.
        deliver: (ack) => this.#ports.receiveRequest(ack, flow, `${base} ${server.accepted ? 'ACK' : 'INVITE'}`),
        terminated: () => this.#servers.delete(key),
      }),
    };
    this.#servers.set(key, server);
    server.machine.start();
    const upKey = request.method === 'CANCEL' ? `${base} INVITE` : key;
    this.#ports.receiveRequest(request, flow, upKey);
  }

  /** Answers a request that can't be taken any further, without a transaction (RFC 3261 §8.2.7). */
  refuse(request: SipMessage, flow: Flow, status: number): void {
    const via = topVia(request);
    if (via) this.#sendBack(makeResponse(request, status), flow, via);
  }

  /** Whether a request that came in has had its final response. */
  answered(request: SipMessage): boolean {
    const via = topVia(request);
    return !via || this.#servers.get(`${serverKey(request, via)} ${methodKey(request.method)}`)?.answered !== false;
  }

  #sendResponse(response: SipMessage): void {
    const via = topVia(response);
    if (!via) return;
    const server = this.#servers.get(`${serverKey(response, via)} ${response.method}`);
    if (!server) {
      this.#ports.log.debug(() => `response ${response.status} ${response.method} is too late`);
      return;
    }
    if (response.status >= 200) server.answered = true;
    if (response.status >= 200 && response.status < 300) server.accepted = true;
    server.machine.respond(response);
  }

  #sendBack(response: SipMessage, flow: Flow, via: Via): void {
    const text = writeMessage(response);
    this.#logSent(text, flow.remote);
    const bytes = Buffer.from(text);
    const target = responseTarget(via, flow.remote);
    const again = (): void => {
      const hop: Hop = { host: target.address, port: target.port, transport: flow.transport };
      this.#guard(() => this.#ports.flowTo(hop, target).send(bytes, () => {}));
    };
    // A connection is used again (RFC 3261 §18.2.2); only when it is gone a new one is made.
    if (flow.reliable) flow.send(bytes, again);
    else again();
  }

  #sendRequest(request: SipMessage, user: TransactionUser): void {
    const original = topVia(request)?.branch ?? '';
    const seed = [original, fieldOf(request, 'call-id'), tagOf(fieldOf(request, 'from')), sequenceOf(request)];
    const branch = branchOf(seed.join(' '));
    const invite = this.#clients.get(`${branch} INVITE`);
    // Our own machine acknowledges final responses other than 2xx (RFC 3261 §17.1.1.3).
    if (request.method === 'ACK' && invite) return;
    if (request.method === 'CANCEL') invite?.machine.cancelled();
    const hop = nextHop(request, user.server);
    const fail = (detail: string): void => this.#guard(() => user.receiveResponse(localFailure(request, 503, detail)));
    if (!hop) return void setImmediate(fail, 'the next hop can not be read');
    const go = (address: string): void => {
      try {
        this.#start(request, { original, branch, hop, address }, user);
      } catch (error) {
        setImmediate(fail, error instanceof Error ? error.message : String(error));
      }
    };
    const address = this.#ports.locate(hop.host);
    if (typeof address === 'string') go(address);
    else address.then(go, (error: unknown) => fail(error instanceof Error ? error.message : String(error)));
  }

  #start(
    request: SipMessage,
    where: { original: string; branch: string; hop: Hop; address: string },
    user: TransactionUser,
  ): void {
    const { original, branch, hop } = where;
    const flow = this.#ports.flowTo(hop, { address: where.address, port: hop.port });
    const via = `SIP/2.0/${flow.transport.toUpperCase()} ${user.sentBy};branch=${branch};rport`;
    const fields = request.fields.map((field) => (field.name === 'via' ? { name: 'via', value: via } : field));
    const outgoing: SipMessage = { ...request, fields };
    const text = writeMessage(outgoing);
    const bytes = Buffer.from(text);
    this.#logSent(text, flow.remote);
    if (request.method === 'ACK') {
      flow.send(bytes, () => {});
      return;
    }
    if (this.#clients.size >= MAX_CLIENTS) throw new Error('too many transactions');
    const key = `${branch} ${request.method}`;
    const failed = (error: Error): void => this.#clients.get(key)?.machine.fail(error);
    const startedAtMs = performance.now();
    const deliver = (response: SipMessage): void =>
      this.#guard(() => {
        const fault = user.receiveResponse(withBranch(response, original));
        if (fault === null || response.status < 200) return;
        if (request.method === 'INVITE' && response.status < 300) this.#leave(outgoing, response, flow);
        // Nothing else would end it above.
        user.receiveResponse({ ...localFailure(request, 500, fault), reason: fault });
      });
    const machine = new (request.method === 'INVITE' ? InviteClient : NonInviteClient)(flow.reliable, {
      send: () => flow.send(bytes, failed),
      acknowledge: (response) => flow.send(Buffer.from(writeMessage(makeAck(outgoing, response))), failed),
      deliver,
      timedOut: () => {
        flow.timedOut(startedAtMs);
        this.#guard(() => user.receiveResponse(localFailure(request, 408, 'no response')));
      },
      failed: (error) => this.#guard(() => user.receiveResponse(localFailure(request, 503, error.message))),
      terminated: () => this.#clients.delete(key),
    });
    this.#clients.set(key, { machine, flow });
    machine.start();
  }

  /** An answer to an INVITE that is of no use is acknowledged, and its dialog ended, over the INVITE's flow. */
  #leave(invite: SipMessage, response: SipMessage, flow: Flow): void {
    const { ack, bye } = leaveDialog(invite, response);
    const send = (message: SipMessage, failed: (error: Error) => void): void => {
      const text = writeMessage(message);
      this.#logSent(text, flow.remote);
      flow.send(Buffer.from(text), failed);
    };
    send(ack, () => {});
    const key = `${topVia(bye)?.branch} BYE`;
    if (this.#clients.has(key) || this.#clients.size >= MAX_CLIENTS) return;
    const machine = new NonInviteClient(flow.reliable, {
      send: () => send(bye, (error) => this.#clients.get(key)?.machine.fail(error)),
      acknowledge: () => {},
      deliver: () => {},
      timedOut: () => {},
      failed: () => {},
      terminated: () => this.#clients.delete(key),
    });
    this.#clients.set(key, { machine, flow });
    machine.start();
  }

  #logSent(text: string, remote: Remote): void {
    this.#ports.log.debug(() => `to ${remote.address}:${remote.port}\n${text}`);
  }

  /** Nothing that a transaction user throws may end the process or a timer of ours. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#ports.log.warning(() => `a message was not understood: ${error instanceof Error ? error.message : error}`);
    }
  }
}

/** RFC 3261 §17.1.1.3: Request-URI, Call-ID, From, top Via and Route of the INVITE, To of the response. */
function makeAck(invite: SipMessage, response: SipMessage): SipMessage {
  const copied = ['via', 'route', 'from', 'call-id', 'max-forwards'];
  const via = invite.fields.findIndex((field) => field.name === 'via');
  return {
    ...invite,
    method: 'ACK',
    fields: [
      ...invite.fields.filter((field, i) => copied.includes(field.name) && (field.name !== 'via' || i === via)),
      { name: 'to', value: fieldOf(response, 'to') },
      { name: 'cseq', value: `${sequenceOf(invite)} ACK` },
      { name: 'content-length', value: '0' },
    ],
    body: '',
  };
}

/** The agent in the Warning that marks a response as our own: no server made it (RFC 3261 §8.1.3.1). */
export const localAgent = 'thinline-local';

const localFailure = (request: SipMessage, status: number, detail: string): SipMessage =>
  makeResponse(request, status, [
    { name: 'warning', value: `399 ${localAgent} "${detail.replace(/["\\\r\n]/g, ' ')}"` },
  ]);

/** Why there was no response at all; null for a response from the network. Requests are answered in our own name only here. */
export function localFailureDetail(warning: string | undefined): string | null {
  const first = splitList(warning ?? '')[0] ?? '';
  return first.startsWith(`399 ${localAgent} `) ? first.slice(`399 ${localAgent} `.length).replace(/^"|"$/g, '') : null;
}
