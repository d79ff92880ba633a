/** One stream's ICE (RFC 8445): gathers candidates within 2 s, has them checked, and restarts. One component: rtcp-mux. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { IceCredentials, IceServers, LocalIce, RemoteIce } from '../stream-settings.ts';
import type { PathFailure } from '../transport.ts';
import { type Candidate, priorityOf, writeCandidate } from './candidate.ts';
import { type Base, ConnectivityChecks, type Path } from './checks.ts';
import { newCredentials, sameCredentials } from './credentials.ts';
import { ReflexiveAddress } from './reflexive.ts';
import { openRelay, type Relay, RelayError, type RelayProblem, type RelayReceiver } from './relay.ts';
import { type Place, readStun, stunAttribute, stunType } from './stun.ts';

/** So long a server has for its answer; a call doesn't wait longer for a candidate. */
const gatherMs = 2_000;

/** Why there is one candidate less; `detail` is for a log. */
export interface IceProblem {
  server: 'stun' | 'turn';
  problem: RelayProblem;
  detail: string;
}

export interface IceAgentOptions {
  /** Of the RTP socket. */
  host: Place;
  servers: IceServers;
  /** PEM of the authorities that a TURN server's certificate is trusted by; undefined: those that `servers` names. */
  authorities?: string | undefined;
  /** By the RTP socket. */
  send: (packet: Uint8Array, length: number, address: string, port: number) => void;
  /** A relayed packet that is not STUN. */
  onPacket: (packet: Uint8Array, address: string, port: number) => void;
  onPath: () => void;
  onFailed: (reason: PathFailure) => void;
}

export class IceAgent {
  readonly problems: IceProblem[] = [];
  readonly #options: IceAgentOptions;
  readonly #ipVersion: number;
  readonly #host: Base;
  #bases: readonly Base[];
  #relay: Relay | null = null;
  /** While it is being asked for, its answers must find it. */
  #openingRelay: RelayReceiver | null = null;
  #reflexive: ReflexiveAddress | null = null;
  #mapped: Place | null = null;
  #checks: ConnectivityChecks;
  /** Of before a restart, used until there is a new path (RFC 8445 §9); for a while, the far end may send by it still. */
  #former: ConnectivityChecks | null = null;
  #closed = false;

  constructor(options: IceAgentOptions) {
    this.#options = options;
    this.#ipVersion = isIP(options.host.address);
    const candidate: Candidate = { type: 'host', ...options.host, priority: priorityOf('host') };
    this.#host = { candidate, send: options.send };
    this.#bases = [this.#host];
    this.#checks = this.#newChecks(newCredentials());
  }

  get local(): LocalIce {
    return { ...this.#checks.local, candidates: this.#candidates() };
  }

  get path(): Path | null {
    return this.#checks.path ?? this.#former?.path ?? null;
  }

  /** Once. Takes at most 2 s; what is there by then is used. */
  async gather(): Promise<void> {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), gatherMs);
    await Promise.all([this.#gatherReflexive(deadline.signal), this.#gatherRelay(deadline.signal)]);
    clearTimeout(timer);
    if (this.#closed) return;
    if (this.#relay !== null) {
      const { address, send } = this.#relay;
      this.#bases = [this.#host, { candidate: { type: 'relay', ...address, priority: priorityOf('relay') }, send }];
      this.#checks = this.#newChecks(this.#checks.local);
    }
    this.#reflexive?.keepAlive();
  }

  /** The same credentials again keep the path. With others it is looked for anew, among the candidates that there are. */
  setRemote(remote: RemoteIce): void {
    const known = this.#checks.remote;
    const { local = this.#checks.local } = remote;
    const others = known !== null && !sameCredentials(known, remote);
    if (others || !sameCredentials(local, this.#checks.local)) this.#retire(local);
    this.#checks.setRemote(remote);
  }

  /** Whether packets from there can be the far end's. */
  knows(address: string, port: number): boolean {
    return this.#checks.knows(address, port) || (this.#former?.knows(address, port) ?? false);
  }

  /** STUN at the RTP socket, or anything from the TURN server. */
  receive(packet: Uint8Array, address: string, port: number): void {
    const ofRelay = this.#relay?.receive(packet, address, port) ?? this.#openingRelay?.(packet, address, port) ?? false;
    if (!ofRelay) this.#receiveStun(packet, this.#host, address, port);
  }

  /** Settles when the relayed address has been given back; until then the RTP socket is needed. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#checks.close();
    this.#former?.close();
    this.#reflexive?.close();
    await this.#relay?.close();
  }

  #receiveStun(packet: Uint8Array, base: Base, address: string, port: number): void {
    const message = this.#closed ? null : readStun(packet);
    if (message === null) return;
    if (message.type === stunType.request) {
      const username = message.attributes.get(stunAttribute.username)?.toString('utf8') ?? '';
      const [ufrag] = username.split(':', 1);
      const former = this.#former?.local.ufrag === ufrag && this.#checks.local.ufrag !== ufrag ? this.#former : null;
      (former ?? this.#checks).receiveRequest(message, packet, base, address, port);
    } else if (message.type === stunType.success || message.type === stunType.error) {
      if (base === this.#host && this.#reflexive?.receive(message, address, port)) return;
      if (this.#checks.receiveResponse(message, packet, base, address, port)) return;
      this.#former?.receiveResponse(message, packet, base, address, port);
    }
  }

  #newChecks(local: IceCredentials): ConnectivityChecks {
    const checks: ConnectivityChecks = new ConnectivityChecks({
      local,
      bases: this.#bases,
      ipVersion: this.#ipVersion,
      onPath: () => this.#found(checks),
      onFailed: (reason) => {
        // The former path may outlive the search for a new one, and the other way round.
        if (this.path === null && this.#checks.failed) this.#options.onFailed(reason);
      },
    });
    return checks;
  }

  #found(checks: ConnectivityChecks): void {
    if (checks !== this.#checks) return;
    this.#former?.close();
    // Consent keeps the mapping alive from now on.
    this.#reflexive?.close();
    this.#options.onPath();
  }

  #retire(local: IceCredentials): void {
    if (this.#checks.path !== null || this.#former === null) {
      this.#former?.close();
      this.#former = this.#checks;
    } else this.#checks.close();
    this.#checks = this.#newChecks(local);
  }

  #candidates(): string[] {
    const host = this.#host.candidate;
    const lines = [writeCandidate(host, null)];
    const mapped = this.#mapped;
    if (mapped !== null) lines.push(writeCandidate({ type: 'srflx', ...mapped, priority: priorityOf('srflx') }, host));
    const relay = this.#bases[1]?.candidate;
    if (relay !== undefined) lines.push(writeCandidate(relay, { ...relay, ...(this.#relay?.mapped ?? {}) }));
    return lines;
  }

  async #gatherReflexive(deadline: AbortSignal): Promise<void> {
    const { stun } = this.#options.servers;
    if (stun === null) return;
    const server = await this.#find(stun, 'stun', deadline);
    if (server === null || this.#closed) return;
    const send = (packet: Buffer, address: string, port: number) =>
      this.#options.send(packet, packet.length, address, port);
    const reflexive = new ReflexiveAddress(server, send);
    this.#reflexive = reflexive;
    const mapped = await before(deadline, reflexive.ask(), null);
    if (mapped === null) {
      reflexive.close();
      this.#reflexive = null;
      if (!this.#closed) this.problems.push({ server: 'stun', problem: 'unreachable', detail: 'it does not answer' });
    } else this.#learn(mapped);
  }

  /** Without NAT it is the host candidate again (RFC 8445 §5.1.3). */
  #learn(mapped: Place): void {
    const { address, port } = this.#options.host;
    this.#mapped = mapped.address === address && mapped.port === port ? null : mapped;
  }

  async #gatherRelay(deadline: AbortSignal): Promise<void> {
    const { turn } = this.#options.servers;
    if (turn === null) return;
    const server = await this.#find(turn.server, 'turn', deadline);
    if (server === null || this.#closed) return;
    const opening = this.#openRelay(server, turn);
    try {
      const relay = await before(deadline, opening, null);
      if (relay === null) {
        // Too late for this call; nobody else would give it back.
        opening.then((late) => late.close()).catch(() => undefined);
        throw new RelayError('unreachable', 'it does not answer');
      }
      this.#relay = relay;
      if (this.#closed) await relay.close();
      else if (turn.transport === 'udp' && this.#options.servers.stun === null) this.#learn(relay.mapped);
    } catch (error) {
      const known = error instanceof RelayError ? error : new RelayError('unreachable', String(error).slice(0, 200));
      this.problems.push({ server: 'turn', problem: known.problem, detail: known.message });
    } finally {
      this.#openingRelay = null;
    }
  }

  #openRelay(server: Place, turn: NonNullable<IceServers['turn']>): Promise<Relay> {
    return openRelay({
      ...turn,
      server,
      host: splitServer(turn.server)?.host ?? '',
      authorities: this.#options.authorities,
      send: (packet, address, port) => this.#options.send(packet, packet.length, address, port),
      onPacket: (packet, address, port) => this.#receiveRelayed(packet, address, port),
      onReceiver: (receive) => {
        this.#openingRelay = receive;
      },
    });
  }

  #receiveRelayed(packet: Uint8Array, address: string, port: number): void {
    const base = this.#bases[1];
    if (base === undefined || this.#closed) return;
    if ((packet[0] ?? 0xff) < 4) this.#receiveStun(packet, base, address, port);
    else this.#options.onPacket(packet, address, port);
  }

  /** host:port as an address of our IP version. */
  async #find(text: string, server: IceProblem['server'], deadline: AbortSignal): Promise<Place | null> {
    const parts = splitServer(text);
    if (parts === null) {
      this.problems.push({ server, problem: 'unreachable', detail: 'it is not written as host:port' });
      return null;
    }
    const { host, port } = parts;
    const family = this.#ipVersion;
    if (isIP(host) === family) return { address: host, port };
    const found = isIP(host) === 0 ? lookup(host, { family }).catch(() => null) : Promise.resolve(null);
    const address = (await before(deadline, found, null))?.address;
    if (address !== undefined) return { address, port };
    this.problems.push({ server, problem: 'unreachable', detail: `it has no IPv${family} address` });
    return null;
  }
}

/** "stun.example.org:3478", "192.0.2.1:3478", "[2001:db8::1]:3478". */
export function splitServer(text: string): { host: string; port: number } | null {
  const { host, name, digits } =
    text.match(/^(?:\[(?<host>[^\]]+)\]|(?<name>[^:]+)):(?<digits>\d{1,5})$/)?.groups ?? {};
  const [found, port] = [host ?? name, Number(digits)];
  return found === undefined || port === 0 || port > 65_535 ? null : { host: found, port };
}

function before<T, Late>(deadline: AbortSignal, wanted: Promise<T>, late: Late): Promise<T | Late> {
  return new Promise((resolve, reject) => {
    if (deadline.aborted) resolve(late);
    deadline.addEventListener('abort', () => resolve(late), { once: true });
    wanted.then(resolve, reject);
  });
}
