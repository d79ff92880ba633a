/** One line: its servers, its registration, its dialogs, its calls. */
import { EventEmitter } from 'node:events';
import type {
  Forwarding,
  LineConfiguration,
  Line as LineSnapshot,
  SetAgentState,
  SipSettings,
} from '@thinline/shared/contract/types.ts';
import { catalogue, FailureError } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { sameTarget, type Target, uriHost } from '../address.ts';
import { Client } from '../dialog/client.ts';
import { Dialog } from '../dialog/dialog.ts';
import { Dialogs } from '../dialog/dialogs.ts';
import { Credentials } from '../digest.ts';
import { anonymousAddress, anonymousFields } from '../headers/privacy.ts';
import type { InviteOptions, Line, LineEvents } from '../line.ts';
import type { DnsCache } from '../locate/dns-cache.ts';
import { instanceId, macAddress } from '../locate/own-address.ts';
import { fieldOf, type HeaderField, type SipMessage, tagOf } from '../message/message.ts';
import { writeNameAddr } from '../message/name-addr.ts';
import { field } from '../message/response.ts';
import { writeUri } from '../message/uri.ts';
import type { InviteSession, SessionPorts } from '../session/invite-session.ts';
import { OutgoingSession } from '../session/outgoing-session.ts';
import { IncomingRefer, readReferral } from '../session/referral.ts';
import type { Session, SessionMedia } from '../session/session.ts';
import type { TransactionLayer } from '../transaction/layer.ts';
import type { ServerRequest } from '../transaction/server-request.ts';
import type { Flow } from '../transport/transport.ts';
import { LineFeatures } from './features.ts';
import { Invites } from './invites.ts';
import { type LineIdentity, lineIdentityOf } from './line-identity.ts';
import { LineRouting } from './line-routing.ts';
import { QualityReports, reportRouting } from './quality-reports.ts';
import { Registrar } from './registrar.ts';
import { type RegisterAnswer, Registration, type RegistrationStatus } from './registration.ts';
import { readTarget } from './target.ts';

export interface LinePorts {
  layer: TransactionLayer;
  /** Of our sockets; tlsPort 0: TLS is not listened to. */
  port: number;
  tlsPort: number;
  settings: SipSettings;
  dns: DnsCache;
  userAgent: string;
  /** Keeps the way back from there open, or no longer. */
  keepAlive(target: Target, on: boolean): void;
  log: Log;
}

/** ms: how often a better server than the one in use is asked whether it is there again. */
const SWITCH_BACK = 30_000;

export class SipLine extends EventEmitter<LineEvents> implements Line {
  readonly configuration: LineConfiguration;
  readonly #ports: LinePorts;
  readonly #identity: LineIdentity;
  readonly #routing: LineRouting;
  readonly #client: Client;
  readonly #dialogs = new Dialogs();
  readonly #registrar: Registrar;
  readonly #registration: Registration;
  readonly #features: LineFeatures;
  readonly #reports: QualityReports;
  readonly #sessions = new Set<InviteSession>();
  readonly #invites: Invites;
  /** The server whose way back is kept open. */
  #kept: Target | null = null;
  /** The way to the server broke: dialogs are to be made good once the line is registered again. */
  #broken = false;
  #switchBack: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(configuration: LineConfiguration, ports: LinePorts) {
    super();
    this.configuration = configuration;
    this.#ports = ports;
    const { settings, layer, userAgent, log } = ports;
    const identity = lineIdentityOf(configuration);
    this.#identity = identity;
    const { aor, from, domain, unread } = identity;
    if (unread.length > 0) log.warning(`not understood as a server, and left out: ${unread.join(' ')}`);
    this.#routing = new LineRouting({ ...ports, identity, matchReceived: configuration.matchReceived });
    const patience = settings.transactionTimeoutMs;
    const credentials = new Credentials(configuration.authUser || configuration.user, configuration.password);
    const client = new Client({ layer, routing: this.#routing, credentials, userAgent, patience, log });
    this.#client = client;
    const contactParameters = (): string => this.#instance();
    this.#registrar = new Registrar({ client, from, registrar: domain, contactParameters, patience });
    this.#registration = new Registration(configuration, {
      send: (expiresS) => this.#sendRegister(expiresS),
      changed: (status) => this.#registrationChanged(status),
      random: Math.random,
      now: Date.now,
    });
    this.#features = new LineFeatures({
      configuration,
      client,
      clientWith: (routing, its) => new Client({ layer, routing, credentials: its, userAgent, patience, log }),
      routing: this.#routing,
      dialogs: this.#dialogs,
      aor,
      from,
      contact: () => this.#routing.contact,
      contactUri: () => this.#routing.whereabouts.contact,
      isServer: (flow) => this.isServer(flow),
      registrationLost: () => this.#registration.refresh(),
      changed: () => this.#changed(),
      random: Math.random,
      log,
    });
    const routing = reportRouting(this.#routing);
    this.#reports = new QualityReports({
      client: new Client({ layer, routing, credentials, userAgent, patience, log }),
      from,
      proxied: configuration.outboundProxy !== '',
      patience,
      log,
    });
    this.#invites = new Invites({
      sessionPorts: () => this.#sessionPorts(),
      sessions: this.#sessions,
      keep: (session) => this.#keepSession(session),
      offer: (incoming) => this.emit('incoming', incoming),
    });
  }

  get snapshot(): LineSnapshot {
    const { id, server, displayName, transport } = this.configuration;
    const { current } = this.#routing.pool;
    const { status } = this.#registration;
    return {
      id,
      server,
      displayName,
      transport: current?.transport ?? transport,
      address: writeUri(this.#identity.aor),
      registeredAt: status.state === 'REGISTERED' && current ? `${uriHost(current.address)}:${current.port}` : '',
      ...status,
      ...this.#features.status,
    };
  }

  get localAddress(): string {
    return this.#routing.whereabouts.mediaAddress;
  }

  get keepsFeatures(): boolean {
    return this.#features.status.featuresOnServer;
  }

  async start(): Promise<void> {
    // Without a way to the server the registration says so, and tries again.
    await this.#routing.find(false).catch(() => {});
    this.#registration.register();
  }

  register(): void {
    this.#registration.register();
  }

  async unregister(): Promise<void> {
    clearTimeout(this.#switchBack);
    await Promise.all([this.#features.leave(), this.#reports.leave()]);
    await this.#registration.unregister();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#switchBack);
    this.#registration.stop();
    this.#features.stop();
    this.#reports.stop();
    for (const session of this.#sessions) session.abandon('The line was removed');
    this.#invites.stop();
    this.#keepOpen(null);
    this.removeAllListeners();
  }

  invite(target: string, media: SessionMedia, options: InviteOptions = {}): Session {
    const uri = readTarget(target, this.#identity.domain);
    // RFC 3261 §8.1.2 for a call of our own: to the line's server, whatever it names. One that a REFER asks for goes to
    // its target, unless refer_to_proxy says otherwise.
    const own = options.referred !== true || this.#ports.settings.referToProxy;
    const { appearance = 0 } = options;
    const { shared } = this.configuration;
    if (appearance > 0 && !shared) throw new FailureError('featureUnavailable', { feature: 'appearances' });
    const seize = (): Promise<readonly HeaderField[]> => {
      const seizure = this.#features.seize(appearance);
      session.once('ended', () => seizure.release());
      return seizure.fields;
    };
    const session: OutgoingSession = new OutgoingSession({
      ports: this.#sessionPorts(),
      target: uri,
      media,
      from: options.anonymous ? writeNameAddr(anonymousAddress) : this.#identity.from,
      fields: this.#inviteFields(options),
      ...(shared ? { before: seize } : {}),
      routeTo: (it) => (it === uri && own ? [] : this.#routing.routeTo(it)),
    });
    this.#keepSession(session);
    session.start();
    return session;
  }

  setDoNotDisturb(on: boolean): Promise<void> {
    return this.#features.setDoNotDisturb(on);
  }

  setForwarding(forwarding: Forwarding): Promise<void> {
    return this.#features.setForwarding(forwarding);
  }

  setAgentState(wanted: SetAgentState): Promise<void> {
    return this.#features.setAgentState(wanted);
  }

  reportQuality(collector: string, body: string): void {
    this.#reports.send(collector, body);
  }

  isServer(flow: Flow): boolean {
    return this.#routing.isServer(flow);
  }

  isServerPort(flow: Flow): boolean {
    return this.#routing.isServerPort(flow);
  }

  /** Whether it may still send something over a connection; any session may, as its far end chooses the way. */
  needs(flow: Flow): boolean {
    return (flow.reliable && this.isServer(flow)) || this.#sessions.size > 0;
  }

  hasDialog(id: string): boolean {
    return this.#dialogs.has(id);
  }

  hasMerged(request: ServerRequest): boolean {
    return this.#invites.hasMerged(request);
  }

  /** A connection broke. */
  flowClosed({ transport, remote }: Flow): void {
    const { current, targets } = this.#routing.pool;
    // A line that doesn't register has no current server.
    const server = current ?? targets[0];
    if (!server || !sameTarget(server, { ...remote, transport })) return;
    this.#broken = true;
    if (this.#registration.status.state === 'STANDALONE') this.#madeGood();
    else this.#registration.transportLost();
  }

  /** A request of the server: it is there. */
  heardFrom(flow: Flow): void {
    if (!this.isServer(flow)) return;
    this.#routing.pool.heard(flow.remote.address);
    this.#registration.serverHeard();
  }

  /** A request other than ACK and CANCEL. */
  receive(request: ServerRequest): void {
    const { message, method } = request;
    if (tagOf(fieldOf(message, 'to')) !== '') this.#dialogs.receive(request);
    else if (method === 'INVITE') this.#invites.receive(request);
    else if (method === 'REFER') this.#receiveRefer(request);
    else if (method === 'NOTIFY') this.#features.notified(request);
    else if (method === 'SUBSCRIBE') this.#features.subscribed(request);
    else if (method === 'MESSAGE') request.respond(200);
    else request.respond(481);
  }

  acknowledged(ack: SipMessage): void {
    this.#dialogs.acknowledged(ack);
  }

  #changed(): void {
    if (!this.#stopped) this.emit('changed', this.snapshot);
  }

  #registrationChanged({ state, failure }: RegistrationStatus): void {
    // Whatever kept the server from answering may have taken its memory too.
    if (failure?.code === catalogue.serverUnreachable.code) this.#broken = true;
    // A line that doesn't register subscribes all the same.
    if (state === 'STANDALONE') this.#features.registered(false);
    if (state === 'REGISTERED') {
      this.#madeGood();
      this.#returnLater();
    }
    this.#changed();
  }

  /** There is a way to the server: what was lost with the one before begins anew. */
  #madeGood(): void {
    this.#features.registered(this.#broken);
    if (this.#broken) this.#restore();
    this.#broken = false;
  }

  /** A re-INVITE with the same description: the far end, and every proxy between, learn the new way. */
  #restore(): void {
    for (const session of this.#sessions) {
      if (session.state !== 'confirmed') continue;
      void session.restore().then(({ ok, status, reason }) => {
        if (!ok) this.#ports.log.warning(`a call could not be made good: ${status} ${reason}`);
      });
    }
  }

  /** A fallback serves only until the primary is there again. */
  #returnLater(): void {
    clearTimeout(this.#switchBack);
    if (!this.#routing.pool.isFallback || this.#stopped) return;
    this.#switchBack = setTimeout(() => this.#registration.refresh(), SWITCH_BACK);
  }

  #sessionPorts(): SessionPorts {
    return {
      client: this.#client,
      dialogs: this.#dialogs,
      contact: () => this.#routing.contact,
      from: this.#identity.from,
      isServer: (flow) => this.isServer(flow),
      readTarget: (target) => readTarget(target, this.#identity.domain),
      random: Math.random,
    };
  }

  #inviteFields({ anonymous, replaces, referredBy }: InviteOptions): HeaderField[] {
    return [
      ...(anonymous ? anonymousFields(this.#identity.aor) : []),
      ...(replaces ? [field('replaces', replaces)] : []),
      ...(referredBy ? [field('referred-by', referredBy)] : []),
    ];
  }

  /** Throws FailureError noLine once the line is removed: nothing that the far end says would reach such a call. */
  #keepSession(session: InviteSession): void {
    if (this.#stopped) throw new FailureError('noLine', { line: this.configuration.id });
    this.#sessions.add(session);
    session.once('ended', () => this.#sessions.delete(session));
  }

  /** RFC 5626 §4.1, from the MAC address. */
  #instance(): string {
    const mac = this.#ports.settings.includeMacAddress ? macAddress(this.localAddress) : '';
    return mac === '' ? '' : `;+sip.instance="<${instanceId(mac)}>";reg-id=1`;
  }

  async #sendRegister(expiresS: number): Promise<RegisterAnswer> {
    const { pool, whereabouts } = this.#routing;
    await this.#routing.find(this.#registration.status.expiresAtMs > 0);
    if (this.#stopped) throw new FailureError('noLine', { line: this.configuration.id });
    const { contact, outdated } = whereabouts;
    const { seen, target, ...answer } = await this.#registrar.register(contact, expiresS, outdated);
    if (answer.status < 200 || answer.status >= 300 || !target || this.#stopped) return answer;
    whereabouts.registered();
    if (pool.current && !sameTarget(pool.current, target)) this.#broken = true;
    pool.current = target;
    this.#keepOpen(expiresS > 0 ? target : null);
    return { ...answer, moved: expiresS > 0 && seen !== null && whereabouts.repair(seen) };
  }

  #keepOpen(target: Target | null): void {
    if (this.#kept && target && sameTarget(this.#kept, target)) return;
    if (this.#kept) this.#ports.keepAlive(this.#kept, false);
    if (target) this.#ports.keepAlive(target, true);
    this.#kept = target;
  }

  /** Make-call by REFER: only the line's own server may have us call somebody. */
  #receiveRefer(request: ServerRequest): void {
    if (!this.isServer(request.flow)) return void request.respond(403);
    const referral = readReferral(request.message);
    if (!referral) return void request.respond(400, { reason: 'Bad Refer-To' });
    const dialog = Dialog.asServer(request.message, request.toTag);
    if (dialog.fault) return void request.respond(400, { reason: dialog.fault });
    const owner = {
      // A refresh, or an end, of the subscription that came with it (RFC 3515 §2.4.4).
      receive: (it: ServerRequest): void => it.respond(it.method === 'SUBSCRIBE' ? 200 : 481),
    };
    const over = (): void => this.#dialogs.remove(dialog, owner);
    const contact = (): string => this.#routing.contact;
    const client = this.#client;
    this.#dialogs.add(dialog, owner);
    const refer = new IncomingRefer({ request, referral, client, dialog, first: true, contact, over });
    if (!this.emit('refer', refer)) refer.refuse(603);
  }
}
