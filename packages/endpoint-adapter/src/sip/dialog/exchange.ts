/**
 * One request with all its tries: at the next server where one fails (RFC 3263 §4.3), and again with credentials where they
 * are asked for (RFC 3261 §22).
 */
import type { Log } from '@thinline/shared/log/log.ts';
import type { Target } from '../address.ts';
import { Challenges, type Credentials } from '../digest.ts';
import { readRetryAfter } from '../headers/retry-after.ts';
import { fieldOf, type HeaderField, type SipMessage, writeMessage } from '../message/message.ts';
import { readNameAddr } from '../message/name-addr.ts';
import { field } from '../message/response.ts';
import { writeUri } from '../message/uri.ts';
import { wordsOf } from '../thrown.ts';
import type { ClientTransaction, LocalFailure, TransactionLayer } from '../transaction/layer.ts';
import type { Flow } from '../transport/transport.ts';
import type { Routing } from './routing.ts';

/** The final word on a request. */
export interface Answer {
  /** Of our own making where nobody answered: 408 after a timeout, 503 where the way was broken. */
  status: number;
  reason: string;
  /** Null where nobody answered. */
  message: SipMessage | null;
  /** Why nobody answered. */
  detail: string;
  /** As it went out last. */
  request: SipMessage;
  target: Target | null;
  flow: Flow | null;
  /** It carried an answer to a challenge. */
  authorized: boolean;
}

export interface Handler {
  provisional?(response: SipMessage, request: SipMessage): void;
  /** Several times for an INVITE whose forks answer with 2xx. */
  final(answer: Answer): void;
}

export interface SendOptions {
  /** A server that says nothing for so long is given up even where there is no other, ms. */
  patience?: number;
}

export interface Sent {
  /** RFC 3261 §9.1: as soon as it is allowed. */
  cancel(fields?: readonly HeaderField[]): void;
  /** Without a word: nothing of it is wanted any more. */
  abandon(): void;
}

export interface ExchangePorts {
  layer: TransactionLayer;
  routing: Routing;
  credentials: Credentials;
  userAgent: string;
  /** How long a server may take for its first word where there is another, ms. */
  patience: number;
  log: Log;
}

/** RFC 3261 §18.1.1: a request that may not fit into one datagram goes over a reliable transport, bytes. */
const MAX_DATAGRAM = 1_300;
/** The Via, which the transaction layer writes, bytes. */
const VIA = 120;
/** ms for making a TCP connection: a UDP server need not have TCP at all, and a firewall that drops it must not hold up every call. */
const STREAM_PATIENCE = 1_000;
/** ms without another such try. */
const WITHOUT_STREAM = 600_000;

export class Exchange implements Sent {
  readonly #ports: ExchangePorts;
  readonly #make: () => SipMessage;
  readonly #handler: Handler;
  readonly #options: SendOptions;
  readonly #challenges: Challenges;
  #request: SipMessage;
  #authorized = false;
  #targets: readonly Target[] = [];
  #transaction: ClientTransaction | null = null;
  #impatience: NodeJS.Timeout | undefined;
  #cancelled: readonly HeaderField[] | null = null;
  #abandoned = false;

  constructor(ports: ExchangePorts, make: () => SipMessage, handler: Handler, options: SendOptions) {
    this.#ports = ports;
    this.#make = make;
    this.#handler = handler;
    this.#options = options;
    this.#challenges = new Challenges(ports.credentials);
    this.#request = make();
  }

  start(): void {
    const failed = (detail: string): void => this.#over({ kind: 'transport', detail }, null);
    const go = (targets: readonly Target[]): void => {
      this.#targets = targets;
      if (this.#targets.length === 0) failed('there is no way to the next hop');
      else this.#try(0);
    };
    try {
      const targets = this.#ports.routing.targets(this.#request);
      if (!(targets instanceof Promise)) go(targets);
      else
        targets
          .then(go, (error: unknown) => failed(wordsOf(error)))
          // Nothing that a handler throws may end the process.
          .catch((error: unknown) => this.#ports.log.error(`a request went wrong: ${wordsOf(error)}`));
    } catch (error) {
      setImmediate(failed, wordsOf(error));
    }
  }

  abandon(): void {
    clearTimeout(this.#impatience);
    this.#abandoned = true;
    this.#transaction?.abandon();
  }

  cancel(fields: readonly HeaderField[] = []): void {
    if (this.#cancelled) return;
    this.#cancelled = fields;
    this.#transaction?.cancel(fields);
  }

  #try(index: number): void {
    const listed = this.#targets[index];
    if (!listed || this.#abandoned) return;
    if (this.#cancelled) {
      this.#final(487, 'Request Terminated', 'it was cancelled before it was sent', null);
      return;
    }
    const { layer, routing } = this.#ports;
    const request = fitting(this.#signed(listed), listed);
    const stream: Target = { ...listed, transport: 'tcp' };
    const promoted = listed.transport === 'udp' && isLong(request) && !routing.isBad(stream);
    const target = promoted ? stream : listed;
    const next = promoted || index + 1 < this.#targets.length;
    let flow: Flow | null = null;
    const failed = (failure: LocalFailure): void => {
      clearTimeout(this.#impatience);
      routing.failed(target, promoted ? WITHOUT_STREAM : null);
      if (next) this.#try(promoted ? index : index + 1);
      else this.#over(failure, target);
    };
    const usual = next ? this.#ports.patience : this.#options.patience;
    const patience = promoted ? Math.min(STREAM_PATIENCE, this.#ports.patience) : usual;
    if (patience !== undefined)
      this.#impatience = setTimeout(() => {
        // Once it is under way over TCP it must not arrive twice: it would be refused as merged (RFC 3261 §8.2.2.2).
        if (promoted && flow && flow.local.port > 0) return;
        // What waits in a connection that isn't made yet must not come later.
        if (promoted) flow?.timedOut(Number.POSITIVE_INFINITY);
        this.#transaction?.abandon();
        failed({ kind: 'timeout', detail: 'no response' });
      }, patience);
    this.#transaction = layer.request(request, target, {
      sentBy: (it) => {
        flow = it;
        return routing.sentBy(it);
      },
      receive: (response) => {
        clearTimeout(this.#impatience);
        if (response.status !== 503) routing.worked(target);
        // A REGISTER's is the server's own; any other may be that of somebody behind it.
        else if (request.method === 'REGISTER') routing.failed(target, retryAfterMs(response));
        if (response.status === 503 && index + 1 < this.#targets.length) return void this.#try(index + 1);
        this.#received(response, target, flow);
      },
      failed: (failure) => {
        // The want of room is our own fault, at whatever target.
        if (failure.kind !== 'full') return void failed(failure);
        clearTimeout(this.#impatience);
        this.#over(failure, target);
      },
    });
  }

  #signed(target: Target): SipMessage {
    const { routing, credentials, userAgent } = this.#ports;
    const fields = [...this.#request.fields, field('user-agent', userAgent)];
    this.#authorized = false;
    if (routing.trusts(target)) {
      const { method, uri, body } = this.#request;
      for (const [name, value] of credentials.preemptive({ to: toOf(this.#request), method, uri, body })) {
        fields.push(field(name, value));
        this.#authorized = true;
      }
    }
    return { ...this.#request, fields };
  }

  #received(response: SipMessage, target: Target, flow: Flow | null): void {
    if (response.status < 200) {
      this.#handler.provisional?.(response, this.#transaction?.request ?? this.#request);
      return;
    }
    const asked = response.status === 401 || response.status === 407;
    if (
      asked &&
      !this.#cancelled &&
      this.#ports.routing.trusts(target) &&
      this.#challenges.take(response, toOf(this.#request), this.#transaction?.request ?? this.#request)
    ) {
      this.#request = this.#make();
      this.start();
      return;
    }
    this.#handler.final({
      status: response.status,
      reason: response.reason,
      message: response,
      detail: '',
      request: this.#transaction?.request ?? this.#request,
      target,
      flow,
      authorized: this.#authorized,
    });
  }

  #over(failure: LocalFailure, target: Target | null): void {
    const [status, reason] = failure.kind === 'timeout' ? [408, 'Request Timeout'] : [503, 'Service Unavailable'];
    this.#final(status, reason, failure.detail, target);
  }

  #final(status: number, reason: string, detail: string, target: Target | null): void {
    if (this.#abandoned) return;
    const request = this.#transaction?.request ?? this.#request;
    try {
      this.#handler.final({ status, reason, message: null, detail, request, target, flow: null, authorized: false });
    } catch (error) {
      // In a timer it would end the process.
      this.#ports.log.error(`a request went wrong: ${wordsOf(error)}`);
    }
  }
}

/** Short names are for what would be too long otherwise (RFC 3261 §7.3.3). */
const fitting = (request: SipMessage, { transport }: Target): SipMessage =>
  transport === 'udp' && isLong(request) ? { ...request, compact: true } : request;

const isLong = (request: SipMessage): boolean => Buffer.byteLength(writeMessage(request)) + VIA > MAX_DATAGRAM;

const retryAfterMs = (response: SipMessage): number | null => {
  const seconds = readRetryAfter(fieldOf(response, 'retry-after'));
  return seconds === null ? null : seconds * 1_000;
};

/** The URI of its To, by which credentials are kept. */
function toOf(request: SipMessage): string {
  const uri = readNameAddr(fieldOf(request, 'to'))?.uri;
  return uri ? writeUri(uri) : '';
}
