/** One line: its user agent, its registration, its calls. */
import { EventEmitter } from 'node:events';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { LineConfiguration, Line as LineSnapshot } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { type InviteUserAgentServer, type OutgoingRequestMessage, type Transport, URI } from 'sip.js/lib/core/index.js';
import { defaultPort, type Hop, readHostPort, type TransportName, uriHost } from './address.ts';
import { foreignBody, sdpOf } from './dialog-messages.ts';
import type { DialogSession } from './dialog-session.ts';
import { Credentials } from './digest.ts';
import { IncomingSession, redirect, refuse } from './incoming-session.ts';
import type { IncomingInvite, Line, LineEvents } from './line.ts';
import { coreOutgoing, coreRequest, coreResponse, dialogFault } from './message/core-message.ts';
import { fieldOf, type SipMessage, tagOf } from './message/message.ts';
import { isServer, nextHop } from './next-hop.ts';
import { OutgoingSession } from './outgoing-session.ts';
import { Registrar, type Seen } from './registrar.ts';
import { type RegisterAnswer, Registration } from './registration.ts';
import { findRoute } from './route.ts';
import type { Session, SessionMedia } from './session.ts';
import { readTarget } from './target.ts';
import type { TransactionLayer, TransactionUser } from './transaction/layer.ts';
import type { Flow } from './transport/transport.ts';
import { UserAgent } from './user-agent.ts';

export interface LinePorts {
  layer: TransactionLayer;
  /** Of our sockets. */
  port: number;
  userAgent: string;
  log: Log;
}

/** Control characters would end a header field, quotes its string (RFC 3261 §25.1 quoted-string). */
const quotable = (text: string): string => text.replace(/\p{Cc}/gu, ' ').replace(/["\\]/g, '\\$&');

/** An INVITE that forks to more places is not followed to the rest. */
const MAX_EARLY_DIALOGS = 16;

/** A name may have several, and dialogs stay with the one that they began at. */
const MAX_SERVER_ADDRESSES = 8;

const isOurs = (address: string): boolean =>
  Object.values(networkInterfaces()).some((list) => list?.some((it) => it.address === address));

export class SipLine extends EventEmitter<LineEvents> implements Line, TransactionUser {
  readonly configuration: LineConfiguration;
  readonly #ports: LinePorts;
  readonly #place: { host: string; port: number };
  readonly #transport: TransportName;
  readonly #aor: URI;
  readonly #userAgent: UserAgent;
  readonly #registrar: Registrar;
  readonly #registration: Registration;
  #serverAddress = '';
  /** The addresses that its name has resolved to, the latest first. */
  #serverAddresses: readonly string[] = [];
  /** By the routing table; what the server saw holds as long as it stays. */
  #routeAddress = '';
  #localAddress = '127.0.0.1';
  #contact: URI;
  readonly #sessions = new Set<DialogSession>();
  /** Replaced by #contact, and to be removed at the server. */
  #outdated: URI | null = null;
  #stopped = false;

  constructor(configuration: LineConfiguration, ports: LinePorts) {
    super();
    this.configuration = configuration;
    this.#ports = ports;
    this.#place = readHostPort(configuration.server) ?? { host: configuration.server || 'invalid', port: 0 };
    this.#transport = configuration.transport.toLowerCase() === 'tcp' ? 'tcp' : 'udp';
    const host = uriHost(this.#place.host);
    this.#aor = new URI('sip', configuration.user, host);
    this.#contact = this.#makeContact(this.#localAddress, ports.port);
    const transport: Transport = {
      protocol: this.#transport.toUpperCase(),
      send: async (text) => {
        const head = coreOutgoing(text);
        if (head) ports.layer.send(head, this);
      },
    };
    this.#userAgent = new UserAgent({
      aor: this.#aor,
      contact: () => this.#contact,
      displayName: quotable(configuration.displayName),
      userAgent: ports.userAgent,
      credentials: new Credentials(configuration.user, configuration.password),
      reachesServer: (request) => this.#reachesServer(request),
      transport,
      log: ports.log,
      onInvite: (request) => this.#receiveInvite(request),
    });
    const registrar = new URI('sip', '', host, this.#place.port || undefined);
    this.#registrar = new Registrar(this.#userAgent, this.#aor, registrar);
    this.#registration = new Registration(configuration, {
      send: (expiresS) => this.#sendRegister(expiresS),
      changed: () => this.emit('changed', this.snapshot),
      random: Math.random,
      now: Date.now,
    });
  }

  get snapshot(): LineSnapshot {
    const { id, server, displayName } = this.configuration;
    const transport = this.#transport;
    return { id, server, displayName, transport, address: this.#aor.toString(), ...this.#registration.status };
  }

  get localAddress(): string {
    return this.#localAddress;
  }

  get server(): Hop {
    const { host, port } = this.#place;
    return { host: this.#serverAddress || host, port: port || defaultPort, transport: this.#transport };
  }

  get sentBy(): string {
    return `${this.#contact.host}:${this.#contact.port}`;
  }

  async start(): Promise<void> {
    // Without a way to the server the registration says so, and tries again.
    await this.#findRoute().catch(() => {});
    this.#registration.register();
  }

  register(): void {
    this.#registration.register();
  }

  unregister(): Promise<void> {
    return this.#registration.unregister();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#registration.stop();
    for (const session of this.#sessions) session.abandon('The line was removed');
    this.#userAgent.dispose();
    this.removeAllListeners();
  }

  invite(target: string, media: SessionMedia): Session {
    this.#needLine();
    const session = new OutgoingSession({
      userAgent: this.#userAgent,
      aor: this.#aor,
      target: readTarget(target, this.#place),
      contact: () => `<${this.#contact}>`,
      media,
    });
    this.#keep(session);
    session.start();
    return session;
  }

  /** A connection to the server broke. */
  connectionLost(address: string): void {
    if (address === this.#serverAddress) this.#registration.transportLost();
  }

  /** A request of the server: it is there again. */
  heardFrom(address: string): void {
    if (address === this.#serverAddress) this.#registration.serverHeard();
  }

  isServer(address: string): boolean {
    return address === this.#serverAddress;
  }

  /** Whether it may still send something over a connection; any dialog may, as its far end chooses the way. */
  needs(flow: Flow): boolean {
    const own = this.#transport === 'tcp' && this.isServer(flow.remote.address);
    return own || this.#userAgent.dialogs.size > 0;
  }

  hasDialog(id: string): boolean {
    return this.#userAgent.dialogs.has(id);
  }

  /** key: of an INVITE, see LayerPorts.receiveRequest. */
  hasInvite(key: string): boolean {
    return this.#userAgent.userAgentServers.has(key);
  }

  /** False where the request can't be understood. May throw what sip.js throws. */
  receiveRequest(request: SipMessage, key: string): boolean {
    const message = coreRequest(request, key, this.#userAgent.loggerFactory.getLogger('sip.parser'));
    if (message) this.#userAgent.receiveIncomingRequestFromTransport(message);
    return message !== null;
  }

  receiveResponse(response: SipMessage): string | null {
    const { status, method } = response;
    const place = fieldOf(response, 'call-id') + tagOf(fieldOf(response, 'from'));
    const dialog = this.#userAgent.dialogs.get(place + tagOf(fieldOf(response, 'to')));
    const early = !dialog || dialog.early;
    const beginning = early && method === 'INVITE' && status > 100 && status < 300;
    if (beginning && status < 200 && !dialog && this.#earlyDialogs(place) >= MAX_EARLY_DIALOGS) return null;
    let fault = beginning && status >= 200 ? dialogFault(response) : null;
    if (fault === null) {
      const message = coreResponse(response, this.#userAgent.loggerFactory.getLogger('sip.parser'), beginning);
      if (message) {
        this.#userAgent.receiveIncomingResponseFromTransport(message);
        return null;
      }
      fault = 'Malformed Response';
    }
    this.#ports.log.warning(() => `a response (${status} ${method}) was not understood: ${fault}`);
    return fault;
  }

  /** place: Call-ID and local tag. */
  #earlyDialogs(place: string): number {
    const all = [...this.#userAgent.dialogs.values()];
    return all.filter((dialog) => dialog.early && dialog.callId + dialog.localTag === place).length;
  }

  #reachesServer(request: OutgoingRequestMessage): boolean {
    const head = coreOutgoing(request.toString());
    const hop = head && nextHop(head, this.server);
    return hop !== null && isServer(hop, [this.#place.host, ...this.#serverAddresses], this.server.port);
  }

  /** Ports were being opened while the line was removed: nothing that the far end says would reach such a call. */
  #needLine(): void {
    if (this.#stopped) throw new FailureError('noLine', { line: this.configuration.id });
  }

  #keep(session: DialogSession): void {
    this.#sessions.add(session);
    session.once('ended', () => this.#sessions.delete(session));
  }

  #makeContact(address: string, port: number): URI {
    const parameters = this.#transport === 'udp' ? {} : { transport: this.#transport };
    return new URI('sip', this.configuration.user, uriHost(address), port, parameters);
  }

  async #findRoute(): Promise<void> {
    const { host } = this.#place;
    const route = await findRoute({ host, port: this.server.port, transport: this.#transport });
    this.#serverAddress = route.server;
    const others = this.#serverAddresses.filter((address) => address !== route.server);
    this.#serverAddresses = [route.server, ...others].slice(0, MAX_SERVER_ADDRESSES);
    if (route.local === this.#routeAddress) return;
    this.#routeAddress = route.local;
    this.#localAddress = route.local;
    this.#moveContact(this.#makeContact(route.local, this.#ports.port));
  }

  #moveContact(contact: URI): void {
    const registered = this.#registration?.status.expiresAtMs > 0;
    if (registered) this.#outdated = this.#contact;
    this.#contact = contact;
  }

  async #sendRegister(expiresS: number): Promise<RegisterAnswer> {
    await this.#findRoute();
    const { seen, ...answer } = await this.#registrar.register(this.#contact, expiresS, this.#outdated);
    if (answer.status < 200 || answer.status >= 300) return answer;
    this.#outdated = null;
    return { ...answer, moved: expiresS > 0 && seen !== null && this.#repair(seen) };
  }

  /** RFC 3581 §4: the server sees us elsewhere than the routing table says, so others will too. */
  #repair(seen: Seen): boolean {
    if (isIP(seen.address) === 0) return false;
    // The port of a TCP connection is no port to call back.
    const port = this.#transport === 'udp' && seen.port > 0 ? seen.port : this.#ports.port;
    const contact = this.#makeContact(seen.address, port);
    if (contact.toString() === this.#contact.toString()) return false;
    this.#outdated = this.#contact;
    this.#contact = contact;
    // RTP can be bound to addresses of this machine only.
    if (isOurs(seen.address)) this.#localAddress = seen.address;
    return true;
  }

  #receiveInvite(request: InviteUserAgentServer): void {
    const { message } = request;
    if (foreignBody(message)) return void request.reject({ statusCode: 415 });
    if (this.listenerCount('incoming') === 0) return void request.reject({ statusCode: 480 });
    request.delegate = { onCancel: () => refuse(request, 487) };
    const incoming: IncomingInvite = {
      offer: sdpOf(message),
      header: (name) => message.getHeader(name) ?? null,
      refuse: (status) => refuse(request, status),
      redirect: (target) => redirect(request, target),
      take: (media) => {
        this.#needLine();
        const session = new IncomingSession({ request, media, contact: () => `<${this.#contact}>` });
        this.#keep(session);
        session.start();
        return session;
      },
    };
    this.emit('incoming', incoming);
  }
}
