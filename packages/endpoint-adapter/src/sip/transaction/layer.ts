/** The transaction layer (RFC 3261 §17): finds or makes the transaction of each message that passes. */
import type { Log } from '@thinline/shared/log/log.ts';
import type { Target } from '../address.ts';
import { magicCookie, newBranch } from '../ids.ts';
import { fieldOf, type HeaderField, type SipMessage, sequenceOf, tagOf, writeMessage } from '../message/message.ts';
import { field, makeResponse } from '../message/response.ts';
import { topVia, type Via } from '../message/via.ts';
import { wordsOf } from '../thrown.ts';
import type { Flow } from '../transport/transport.ts';
import { InviteClient } from './invite-client.ts';
import { InviteServer } from './invite-server.ts';
import type { ClientMachine, ServerMachine } from './machine.ts';
import { NonInviteClient } from './non-invite-client.ts';
import { NonInviteServer } from './non-invite-server.ts';
import { ServerRequest } from './server-request.ts';

/** Far more than one person's calls need; what comes beyond is dropped, and its sender tries again. */
const MAX_CLIENTS = 512;
const MAX_SERVERS = 1_024;

/** Why there was no response. */
export interface LocalFailure {
  /** full: we have too many requests under way ourselves, which is nobody else's fault. */
  kind: 'timeout' | 'transport' | 'full';
  detail: string;
}

/** Who sends a request, and gets its responses. */
export interface ClientUser {
  /** host:port for Via. */
  sentBy(flow: Flow): string;
  /** Each 2xx of an INVITE; any other final response once. */
  receive(response: SipMessage): void;
  /** In place of a final response. */
  failed(failure: LocalFailure): void;
}

export interface ClientTransaction {
  /** As it was sent. */
  readonly request: SipMessage;
  /** Of an INVITE; goes out once that is allowed, or never (RFC 3261 §9.1). */
  cancel(fields: readonly HeaderField[]): void;
  /** Nothing of it is wanted any more. */
  abandon(): void;
}

export interface LayerPorts {
  /** Whether we can be called back over TLS where a connection of ours comes from (RFC 5923 §6). */
  listensForTls(): boolean;
  /** Throws where there is no such way. */
  flowTo(target: Target): Flow;
  /** A new request other than ACK and CANCEL. */
  receiveRequest(request: ServerRequest): void;
  /** Of a 2xx. */
  receiveAck(ack: SipMessage, flow: Flow): void;
  log: Log;
}

interface Client {
  machine: ClientMachine;
  flow: Flow;
}

interface Server {
  machine: ServerMachine;
  request: ServerRequest;
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
function responseTarget(via: Via, flow: Flow): Target {
  const { address, port } = flow.remote;
  const back = via.rport !== null && via.transport === 'UDP' ? port : via.port || 5060;
  return { transport: flow.transport, address, port: back, name: address };
}

export class TransactionLayer {
  readonly #ports: LayerPorts;
  readonly #clients = new Map<string, Client>();
  readonly #servers = new Map<string, Server>();
  #dropping = false;

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

  /** Sends a request other than ACK; the Via is written here. */
  request(request: SipMessage, target: Target, user: ClientUser): ClientTransaction {
    const branch = newBranch();
    const full = this.#clients.size >= MAX_CLIENTS;
    const failed = (detail: string): void =>
      this.#guard(() => user.failed({ kind: full ? 'full' : 'transport', detail }));
    try {
      if (full) throw new Error('too many requests are under way');
      const flow = this.#ports.flowTo(target);
      return this.#start(this.#withVia(request, flow, user.sentBy(flow), branch), branch, flow, user);
    } catch (error) {
      setImmediate(failed, wordsOf(error));
      return { request, cancel: () => {}, abandon: () => {} };
    }
  }

  /** An ACK of a 2xx, which has no transaction (RFC 3261 §13.2.2.4). */
  acknowledge(ack: SipMessage, target: Target, branch: string, sentBy: (flow: Flow) => string): void {
    try {
      const flow = this.#ports.flowTo(target);
      this.#write(this.#withVia(ack, flow, sentBy(flow), branch), flow, () => {});
    } catch (error) {
      this.#ports.log.debug(() => `an ACK could not be sent: ${wordsOf(error)}`);
    }
  }

  /** A checked message from the network; requests have their top Via stamped. */
  receive(message: SipMessage, flow: Flow): void {
    if (message.status > 0) this.#receiveResponse(message);
    else this.#receiveRequest(message, flow);
  }

  /** Answers a request that can't be taken any further, without a transaction (RFC 3261 §8.2.7). */
  refuse(request: SipMessage, flow: Flow, status: number, reason?: string): void {
    const via = topVia(request);
    if (via) this.#sendBack(makeResponse(request, status, reason ? { reason } : {}), flow, via);
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
      this.#ports.receiveAck(request, flow);
      return;
    }
    if (!this.#hasRoom()) {
      this.#drop();
      return;
    }
    this.#dropping = false;
    const server = this.#serve(request, flow, via, key);
    if (request.method === 'CANCEL') this.#cancel(server.request, this.#servers.get(`${base} INVITE`)?.request);
    else this.#ports.receiveRequest(server.request);
  }

  /** Said once for each time that it begins: a flood must not fill the log. */
  #drop(): void {
    if (!this.#dropping) this.#ports.log.warning('too many transactions; requests are dropped');
    this.#dropping = true;
  }

  /**
   * Of those that were answered, which only wait for repetitions, the oldest gives way; but for an accepted INVITE, whose
   * repetition would make a second call.
   */
  #hasRoom(): boolean {
    if (this.#servers.size < MAX_SERVERS) return true;
    for (const [key, { machine, request }] of this.#servers) {
      if (!request.answered || (request.method === 'INVITE' && request.accepted)) continue;
      machine.stop();
      this.#servers.delete(key);
      return true;
    }
    return false;
  }

  #serve(request: SipMessage, flow: Flow, via: Via, key: string): Server {
    const sendBack = (response: SipMessage): void => this.#sendBack(response, flow, via);
    /** RFC 3261 §17.2.1: the ACK of a refusal is nobody else's business. */
    let accepted = false;
    const machine = new (request.method === 'INVITE' ? InviteServer : NonInviteServer)(flow.reliable, {
      send: sendBack,
      trying: () => sendBack(makeResponse(request, 100)),
      deliver: (ack) => {
        if (accepted) this.#ports.receiveAck(ack, flow);
      },
      terminated: () => this.#servers.delete(key),
    });
    const respond = (response: SipMessage): void => {
      accepted = response.status >= 200 && response.status < 300;
      machine.respond(response);
    };
    const server = { machine, request: new ServerRequest(request, flow, { respond, sendBack }) };
    this.#servers.set(key, server);
    machine.start();
    return server;
  }

  /** RFC 3261 §9.2: the response to a CANCEL has the To tag of its INVITE's responses. */
  #cancel(cancel: ServerRequest, invite: ServerRequest | undefined): void {
    if (!invite) return void cancel.respond(481);
    cancel.respond(200, { tag: invite.toTag });
    if (!invite.answered) invite.cancelled(cancel.message);
  }

  #sendBack(response: SipMessage, flow: Flow, via: Via): void {
    const again = (): void => {
      const target = responseTarget(via, flow);
      this.#guard(() => this.#write(response, this.#ports.flowTo(target), () => {}));
    };
    // A connection is used again (RFC 3261 §18.2.2); only when it is gone a new one is made.
    if (flow.reliable) this.#write(response, flow, again);
    else again();
  }

  #start(request: SipMessage, branch: string, flow: Flow, user: ClientUser): ClientTransaction {
    const key = `${branch} ${request.method}`;
    const failed = (error: Error): void => this.#clients.get(key)?.machine.fail(error);
    const startedAtMs = performance.now();
    let proceeding = false;
    let cancel: SipMessage | null = null;
    const machine = new (request.method === 'INVITE' ? InviteClient : NonInviteClient)(flow.reliable, {
      send: () => this.#write(request, flow, failed),
      acknowledge: (response) => this.#write(makeAck(request, response), flow, failed),
      deliver: (response) => {
        proceeding = response.status < 200;
        if (proceeding && cancel) sendCancel();
        this.#guard(() => user.receive(response));
      },
      timedOut: () => {
        flow.timedOut(startedAtMs);
        this.#guard(() => user.failed({ kind: 'timeout', detail: 'no response' }));
      },
      failed: (error) => this.#guard(() => user.failed({ kind: 'transport', detail: error.message })),
      terminated: () => this.#clients.delete(key),
    });
    const sendCancel = (): void => {
      if (!cancel) return;
      machine.cancelled();
      this.#start(cancel, branch, flow, { sentBy: user.sentBy, receive: () => {}, failed: () => {} });
      cancel = null;
    };
    this.#clients.set(key, { machine, flow });
    machine.start();
    return {
      request,
      cancel: (fields) => {
        if (!this.#clients.has(key)) return;
        cancel = makeCancel(request, fields);
        if (proceeding) sendCancel();
      },
      abandon: () => {
        machine.stop();
        this.#clients.delete(key);
      },
    };
  }

  #withVia(request: SipMessage, { transport }: Flow, sentBy: string, branch: string): SipMessage {
    const alias = transport === 'tls' && this.#ports.listensForTls() ? ';alias' : '';
    const via = field('via', `SIP/2.0/${transport.toUpperCase()} ${sentBy};branch=${branch};rport${alias}`);
    return { ...request, fields: [via, ...request.fields] };
  }

  #write(message: SipMessage, flow: Flow, failed: (error: Error) => void): void {
    const text = writeMessage(message);
    this.#ports.log.debug(() => `to ${flow.transport} ${flow.remote.address}:${flow.remote.port}\n${text}`);
    flow.send(Buffer.from(text), failed);
  }

  /** Nothing that a transaction user throws may end the process or a timer of ours. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#ports.log.warning(() => `a message was not understood: ${wordsOf(error)}`);
    }
  }
}

/** What of a request its ACK or CANCEL repeats: the top Via, Call-ID, From, Route, the Request-URI (RFC 3261 §9.1, §17.1.1.3). */
function likeInvite(invite: SipMessage, method: string, to: string, more: readonly HeaderField[] = []): SipMessage {
  const copied = ['via', 'route', 'from', 'call-id', 'max-forwards'];
  return {
    ...invite,
    method,
    fields: [
      ...invite.fields.filter(({ name }) => copied.includes(name)),
      field('to', to),
      field('cseq', `${sequenceOf(invite)} ${method}`),
      ...more,
      field('content-length', '0'),
    ],
    body: '',
  };
}

/** To is the response's, with its tag. */
const makeAck = (invite: SipMessage, response: SipMessage): SipMessage =>
  likeInvite(invite, 'ACK', fieldOf(response, 'to'));

const makeCancel = (invite: SipMessage, fields: readonly HeaderField[]): SipMessage =>
  likeInvite(invite, 'CANCEL', fieldOf(invite, 'to'), fields);
