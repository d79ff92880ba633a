/** Connectivity checks of one pair of credentials (RFC 8445 §6–8) and consent to go on sending (RFC 7675). */
import { randomBytes } from 'node:crypto';
import type { IceCredentials } from '../stream-settings.ts';
import type { PathFailure } from '../transport.ts';
import {
  type Candidate,
  comparePairs,
  maxRemoteCandidates,
  type PairPriority,
  pairPriority,
  priorityOf,
  readCandidates,
} from './candidate.ts';
import {
  errorCode,
  isAuthentic,
  newTransaction,
  readErrorCode,
  type StunMessage,
  stunAttribute,
  stunType,
  uint32,
  uint64,
  writeStun,
  xorAddress,
} from './stun.ts';

/** Where we can send from: our own socket, or an address at a TURN server. */
export interface Base {
  readonly candidate: Candidate;
  send(packet: Uint8Array, length: number, address: string, port: number): void;
}

/** From where to where packets go. */
export interface Path {
  readonly base: Base;
  readonly address: string;
  readonly port: number;
}

/** What one offer or answer of the far end says. */
export interface RemoteChecks extends IceCredentials {
  candidates: readonly string[];
  controlling: boolean;
}

export interface ChecksOptions {
  local: IceCredentials;
  bases: readonly Base[];
  ipVersion: number;
  onPath: (path: Path) => void;
  onFailed: (reason: PathFailure) => void;
}

/** RFC 8445 §14.2, §14.3. */
const paceMs = 50;
const firstTimeoutMs = 500;
const maxTries = 6;
const maxPairs = 100;
/** As many checks as may come before the answer does. */
const maxEarly = 16;
/** So long a better pair has to answer, once one has. */
const betterPairMs = 300;
/** So long without a path, and the stream is told; a check of the far end can still make one (RFC 8863 §4). */
const patienceMs = 20_000;
/** RFC 7675 §5.1: every 5 s, a fifth more or less; without an answer for 30 s it has ended. */
const consentMs = 5_000;
const consentLostMs = 30_000;

type PairState = 'waiting' | 'checking' | 'valid' | 'failed';

interface Pair extends Path {
  readonly remotePriority: number;
  priority: PairPriority;
  state: PairState;
  /** The far end has chosen it (USE-CANDIDATE). */
  nominated: boolean;
}

interface Transaction {
  pair: Pair;
  packet: Buffer;
  purpose: 'check' | 'nomination' | 'consent';
  /** The role that it was sent in. */
  controlling: boolean;
  tries: number;
  nextMs: number;
}

interface IncomingCheck {
  base: Base;
  address: string;
  port: number;
  priority: number;
  nominates: boolean;
}

export class ConnectivityChecks {
  readonly local: IceCredentials;
  readonly #options: ChecksOptions;
  readonly #tieBreaker = randomBytes(8).readBigUInt64BE(0);
  readonly #pending = new Map<string, Transaction>();
  #remote: IceCredentials | null = null;
  #controlling = false;
  #candidates: Candidate[] = [];
  #pairs: Pair[] = [];
  #triggered: Pair[] = [];
  #early: IncomingCheck[] = [];
  #nominating: Pair | null = null;
  #selected: Pair | null = null;
  #startedMs = 0;
  #firstValidMs: number | null = null;
  #freshMs = 0;
  #nextConsentMs = 0;
  #failureTold = false;
  #timer: NodeJS.Timeout | null = null;
  /** The timer keeps the pace of the checks. */
  #ticking = false;
  #closed = false;

  constructor(options: ChecksOptions) {
    this.#options = options;
    this.local = options.local;
  }

  get path(): Path | null {
    return this.#selected;
  }

  get remote(): IceCredentials | null {
    return this.#remote;
  }

  /** There is no path, and none is looked for. */
  get failed(): boolean {
    return this.#failureTold;
  }

  /** The first begins the checks; further ones, with the same credentials, only add candidates. */
  setRemote({ ufrag, password, candidates, controlling }: RemoteChecks): void {
    if (this.#closed) return;
    const first = this.#remote === null;
    if (first) {
      this.#remote = { ufrag, password };
      this.#controlling = controlling;
      this.#startedMs = performance.now();
    }
    const { bases, ipVersion } = this.#options;
    for (const candidate of readCandidates(candidates, ipVersion)) this.#addCandidate(candidate, bases);
    if (!first) return;
    for (const check of this.#early.splice(0)) this.#take(check);
    this.#run(0);
  }

  /** Whether packets from there can be the far end's. */
  knows(address: string, port: number): boolean {
    return this.#candidates.some((it) => it.port === port && it.address === address);
  }

  /** A Binding request whose USERNAME begins with our ufrag. */
  receiveRequest(message: StunMessage, packet: Uint8Array, base: Base, address: string, port: number): void {
    const { attributes } = message;
    const username = attributes.get(stunAttribute.username)?.toString('utf8') ?? '';
    const sender = username.slice(this.local.ufrag.length + 1);
    if (this.#closed || username !== `${this.local.ufrag}:${sender}`) return;
    if (this.#remote !== null && sender !== this.#remote.ufrag) return;
    // RFC 8445 §7.3. No answer to strangers, not even an error.
    if (!isAuthentic(packet, message, this.local.password)) return;
    if (!this.#settleRoles(message)) {
      this.#answer(message, base, address, port, [stunAttribute.errorCode, errorCode(487, 'Role Conflict')]);
      return;
    }
    const mapped = xorAddress({ address, port }, message.transaction);
    this.#answer(message, base, address, port, [stunAttribute.xorMappedAddress, mapped]);
    const priority = attributes.get(stunAttribute.priority);
    const check: IncomingCheck = {
      base,
      address,
      port,
      priority: priority?.length === 4 ? priority.readUInt32BE(0) : priorityOf('prflx'),
      nominates: attributes.has(stunAttribute.useCandidate),
    };
    if (this.#remote !== null) {
      this.#take(check);
      this.#run(0);
    } else this.#remember(check);
  }

  /** Whether it answers one of our requests. */
  receiveResponse(message: StunMessage, packet: Uint8Array, base: Base, address: string, port: number): boolean {
    const transaction = this.#pending.get(message.transaction);
    if (transaction === undefined || this.#remote === null) return false;
    const { pair } = transaction;
    // An answer from elsewhere makes no path (RFC 8445 §7.2.5.2.1).
    if (base !== pair.base || address !== pair.address || port !== pair.port) return true;
    if (!isAuthentic(packet, message, this.#remote.password)) return true;
    this.#pending.delete(message.transaction);
    if (message.type === stunType.success) this.#succeed(transaction);
    else if (readErrorCode(message) === 487) this.#switchRole(transaction);
    else this.#fail(transaction);
    this.#run(0);
    return true;
  }

  close(): void {
    this.#closed = true;
    this.#selected = null;
    this.#pending.clear();
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /** RFC 8445 §7.3.1.1; false: the far end is to change its role. */
  #settleRoles({ attributes }: StunMessage): boolean {
    const theirs = attributes.get(this.#controlling ? stunAttribute.iceControlling : stunAttribute.iceControlled);
    // Before the answer there is no role to be defended.
    if (this.#remote === null || theirs?.length !== 8) return true;
    const weControl = this.#tieBreaker >= theirs.readBigUInt64BE(0);
    if (weControl === this.#controlling) return false;
    this.#setRole(weControl);
    return true;
  }

  #switchRole({ pair, controlling }: Transaction): void {
    this.#setRole(!controlling);
    if (pair === this.#nominating) this.#nominating = null;
    this.#trigger(pair);
  }

  #setRole(controlling: boolean): void {
    this.#controlling = controlling;
    for (const pair of this.#pairs) {
      pair.priority = pairPriority(pair.base.candidate.priority, pair.remotePriority, controlling);
    }
    this.#pairs.sort((a, b) => comparePairs(a.priority, b.priority));
  }

  #answer(
    { transaction }: StunMessage,
    base: Base,
    address: string,
    port: number,
    attribute: readonly [number, Buffer],
  ): void {
    const type = attribute[0] === stunAttribute.errorCode ? stunType.error : stunType.success;
    const packet = writeStun({ type, transaction, attributes: [attribute], password: this.local.password });
    base.send(packet, packet.length, address, port);
  }

  #remember(check: IncomingCheck): void {
    const known = this.#early.find(
      (it) => it.base === check.base && it.address === check.address && it.port === check.port,
    );
    if (known !== undefined) known.nominates ||= check.nominates;
    else if (this.#early.length < maxEarly) this.#early.push(check);
  }

  /** RFC 8445 §7.3.1.3 to §7.3.1.5. */
  #take({ base, address, port, priority, nominates }: IncomingCheck): void {
    this.#addCandidate({ type: 'prflx', address, port, priority }, [base]);
    const pair = this.#pairOf(base, address, port);
    if (pair === undefined) return;
    if (nominates && !this.#controlling) pair.nominated = true;
    if (pair.state === 'valid') this.#considerNominated(pair);
    else if (pair.state !== 'checking') this.#trigger(pair);
  }

  /** One that only its checks show is paired with where they came in alone. */
  #addCandidate(candidate: Candidate, bases: readonly Base[]): void {
    const { address, port } = candidate;
    if (!this.knows(address, port)) {
      if (this.#candidates.length >= maxRemoteCandidates) return;
      this.#candidates.push(candidate);
    }
    for (const base of bases) {
      if (this.#pairOf(base, address, port) !== undefined || this.#pairs.length >= maxPairs) continue;
      const priority = pairPriority(base.candidate.priority, candidate.priority, this.#controlling);
      const remotePriority = candidate.priority;
      this.#pairs.push({ base, address, port, remotePriority, priority, state: 'waiting', nominated: false });
    }
    this.#pairs.sort((a, b) => comparePairs(a.priority, b.priority));
    this.#run(0);
  }

  #pairOf(base: Base, address: string, port: number): Pair | undefined {
    return this.#pairs.find((it) => it.base === base && it.address === address && it.port === port);
  }

  #trigger(pair: Pair): void {
    pair.state = 'waiting';
    if (!this.#triggered.includes(pair)) this.#triggered.push(pair);
  }

  #succeed({ pair, purpose }: Transaction): void {
    const nowMs = performance.now();
    if (pair === this.#selected) this.#freshMs = nowMs;
    if (purpose === 'consent') return;
    pair.state = 'valid';
    this.#firstValidMs ??= nowMs;
    if (purpose === 'nomination') this.#select(pair);
    else this.#considerNominated(pair);
  }

  #fail({ pair, purpose }: Transaction): void {
    if (purpose === 'consent') return;
    pair.state = 'failed';
    if (pair === this.#nominating) this.#nominating = null;
  }

  /** Some nominate several pairs; the best one counts, unless it has gone silent. */
  #considerNominated(pair: Pair): void {
    if (!pair.nominated || this.#controlling) return;
    const present = this.#selected;
    const silent = performance.now() - this.#freshMs > 2 * consentMs;
    if (present === null || silent || comparePairs(pair.priority, present.priority) < 0) this.#select(pair);
  }

  #select(pair: Pair): void {
    if (pair === this.#selected) return;
    this.#selected = pair;
    this.#nominating = null;
    this.#failureTold = false;
    this.#freshMs = performance.now();
    this.#nextConsentMs = this.#freshMs + consentInterval();
    // RFC 8445 §8.1.2: no further checks of our own.
    for (const other of this.#pairs) if (other.state === 'waiting') other.state = 'failed';
    this.#triggered = [];
    this.#options.onPath(pair);
  }

  #run(delayMs: number): void {
    if (this.#closed || this.#remote === null) return;
    if (this.#timer !== null) {
      // A tick that is due soon keeps the pace.
      if (delayMs === 0 && this.#ticking) return;
      clearTimeout(this.#timer);
    }
    this.#ticking = delayMs <= paceMs;
    this.#timer = setTimeout(this.#tick, delayMs);
  }

  readonly #tick = (): void => {
    this.#timer = null;
    const nowMs = performance.now();
    this.#repeat(nowMs);
    this.#startNext(nowMs);
    if (this.#controlling) this.#nominate(nowMs);
    this.#keepConsent(nowMs);
    this.#tellFailure(nowMs);
    const busy = this.#triggered.length > 0 || this.#unanswered || this.#pairs.some((it) => it.state === 'waiting');
    if (busy || (this.#selected === null && !this.#failureTold)) this.#run(paceMs);
    else if (this.#selected !== null) this.#run(Math.max(paceMs + 1, this.#nextConsentMs - nowMs));
  };

  get #unanswered(): boolean {
    for (const { purpose } of this.#pending.values()) if (purpose !== 'consent') return true;
    return false;
  }

  #repeat(nowMs: number): void {
    for (const [id, transaction] of this.#pending) {
      if (nowMs < transaction.nextMs) continue;
      if (transaction.purpose === 'consent' || transaction.tries === maxTries) {
        this.#pending.delete(id);
        this.#fail(transaction);
      } else {
        transaction.nextMs = nowMs + firstTimeoutMs * 2 ** transaction.tries;
        transaction.tries++;
        this.#transmit(transaction);
      }
    }
  }

  #startNext(nowMs: number): void {
    const pair = this.#triggered.shift() ?? this.#pairs.find((it) => it.state === 'waiting');
    if (pair === undefined) return;
    pair.state = 'checking';
    this.#request(pair, 'check', nowMs);
  }

  /** Regular nomination (RFC 8445 §8.1.1): one pair, the best that has answered in time. */
  #nominate(nowMs: number): void {
    if (this.#nominating !== null || this.#selected !== null || this.#firstValidMs === null) return;
    const best = this.#pairs.find((it) => it.state === 'valid');
    if (best === undefined) return;
    const hope = this.#pairs.slice(0, this.#pairs.indexOf(best)).some((it) => it.state !== 'failed');
    if (hope && nowMs - this.#firstValidMs < betterPairMs) return;
    this.#nominating = best;
    this.#request(best, 'nomination', nowMs);
  }

  #keepConsent(nowMs: number): void {
    const pair = this.#selected;
    if (pair === null) return;
    if (nowMs - this.#freshMs >= consentLostMs) {
      this.#selected = null;
      pair.state = 'failed';
      pair.nominated = false;
      this.#firstValidMs = null;
      this.#failureTold = true;
      this.#options.onFailed('consent');
    } else if (nowMs >= this.#nextConsentMs) {
      this.#nextConsentMs = nowMs + consentInterval();
      this.#request(pair, 'consent', nowMs);
    }
  }

  #tellFailure(nowMs: number): void {
    if (this.#selected !== null || this.#failureTold || nowMs - this.#startedMs < patienceMs) return;
    this.#failureTold = true;
    this.#options.onFailed('checks');
  }

  #request(pair: Pair, purpose: Transaction['purpose'], nowMs: number): void {
    const remote = this.#remote;
    if (remote === null) return;
    const id = newTransaction();
    const role = this.#controlling ? stunAttribute.iceControlling : stunAttribute.iceControlled;
    const attributes: [number, Buffer][] = [
      [stunAttribute.username, Buffer.from(`${remote.ufrag}:${this.local.ufrag}`)],
      [stunAttribute.priority, uint32(priorityOf('prflx'))],
      [role, uint64(this.#tieBreaker)],
    ];
    if (purpose === 'nomination') attributes.push([stunAttribute.useCandidate, Buffer.alloc(0)]);
    const { password } = remote;
    const packet = writeStun({ type: stunType.request, transaction: id, attributes, password });
    const controlling = this.#controlling;
    const waitMs = purpose === 'consent' ? consentLostMs : firstTimeoutMs;
    const transaction: Transaction = { pair, packet, purpose, controlling, tries: 1, nextMs: nowMs + waitMs };
    this.#pending.set(id, transaction);
    this.#transmit(transaction);
  }

  #transmit({ pair, packet }: Transaction): void {
    pair.base.send(packet, packet.length, pair.address, pair.port);
  }
}

const consentInterval = (): number => consentMs * (0.8 + 0.4 * Math.random());
