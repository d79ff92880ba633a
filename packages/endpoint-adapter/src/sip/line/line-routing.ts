/** The way between a line and its servers: where requests go, and where we can be reached. */
import type { SipSettings } from '@thinline/shared/contract/types.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { type Hop, type RankedTarget, sameTarget, type Target, type TransportName } from '../address.ts';
import { hopOf, nextHop } from '../dialog/next-hop.ts';
import type { Routing } from '../dialog/routing.ts';
import type { DnsCache } from '../locate/dns-cache.ts';
import { readFamilies } from '../locate/families.ts';
import { TargetHealth } from '../locate/health.ts';
import { locate } from '../locate/locate.ts';
import { ownAddress, readPublicAddress } from '../locate/own-address.ts';
import { sourceAddress } from '../locate/route.ts';
import type { SipMessage } from '../message/message.ts';
import { type Uri, writeUri } from '../message/uri.ts';
import type { Flow } from '../transport/transport.ts';
import type { LineIdentity } from './line-identity.ts';
import { ServerPool } from './server-pool.ts';
import { Whereabouts } from './whereabouts.ts';

export interface LineRoutingOptions {
  identity: LineIdentity;
  /** Of our sockets; tlsPort 0: TLS is not listened to. */
  port: number;
  tlsPort: number;
  matchReceived: boolean;
  settings: SipSettings;
  dns: DnsCache;
  log: Log;
}

export class LineRouting implements Routing {
  readonly pool: ServerPool;
  readonly whereabouts: Whereabouts;
  readonly #options: LineRoutingOptions;
  readonly #transport: TransportName | null;
  readonly #health = new TargetHealth(Date.now);

  constructor(options: LineRoutingOptions) {
    const { identity, port, tlsPort, matchReceived, settings } = options;
    this.#options = options;
    this.#transport = identity.transport;
    this.pool = new ServerPool({ hops: identity.hops, find: (hop) => this.#find(hop), health: this.#health });
    const said = ['address', 'name'].includes(readPublicAddress(settings.publicAddress)?.kind ?? 'route');
    const { user } = identity.aor;
    this.whereabouts = new Whereabouts({ user, secure: identity.secure, port, tlsPort, fixed: said && !matchReceived });
  }

  /** The Contact field's value. */
  get contact(): string {
    return `<${writeUri(this.whereabouts.contact)}>`;
  }

  /** Looks up the servers, and our address on the way to the best of them. Rejects with FailureError serverUnknown or serverUnreachable. */
  async find(registered: boolean): Promise<void> {
    await this.pool.refresh();
    const [target] = this.pool.targets;
    if (!target) return;
    const { settings, dns, log } = this.#options;
    const routed = await sourceAddress(target);
    const families = readFamilies(settings.ipVersions);
    const address = await ownAddress({ setting: settings.publicAddress, families, routed, dns: dns.round(), log });
    this.whereabouts.place(address, target.transport, registered);
  }

  isServer(flow: Flow): boolean {
    return this.pool.isFrom(flow.remote.address, flow.transport);
  }

  /** The same, and from the port that requests of ours go to. */
  isServerPort(flow: Flow): boolean {
    return this.pool.has({ ...flow.remote, transport: flow.transport });
  }

  /** RFC 3261 §8.1.2: a call that was sent on to another host goes there by a Route, not to our server again. */
  routeTo(target: Uri): string[] {
    const hop = hopOf(target, this.#transport);
    if (!hop || target.host === this.#options.identity.domain.host || this.pool.hasHop(hop)) return [];
    const transport = target.parameters.get('transport');
    const parameters = new Map([...(transport ? [['transport', transport] as const] : []), ['lr', ''] as const]);
    return [`<${writeUri({ ...target, user: '', parameters, headers: '' })}>`];
  }

  targets(request: SipMessage): readonly Target[] | Promise<readonly Target[]> {
    const hop = nextHop(request, this.pool.current?.transport ?? this.#transport);
    if (hop === null || this.pool.hasHop(hop)) {
      const { targets } = this.pool;
      return targets.length > 0 ? targets : this.pool.refresh().then(() => this.pool.targets);
    }
    return this.#find(hop).then((found) => {
      const ours = found.some((it) => this.pool.has(it));
      // Another server of the pool may know the dialog too.
      const others = ours ? this.pool.targets.filter((it) => !found.some((known) => sameTarget(known, it))) : [];
      return this.#health.order([...found, ...others]);
    });
  }

  trusts(target: Target): boolean {
    return this.pool.has(target);
  }

  failed(target: Target, forMs: number | null): void {
    if (forMs === null) this.#health.bad(target);
    else this.#health.bad(target, forMs);
  }

  isBad(target: Target): boolean {
    return this.#health.isBad(target);
  }

  worked(target: Target): void {
    this.#health.good(target);
  }

  sentBy(flow: Flow): string {
    return this.whereabouts.sentBy(flow);
  }

  #find(hop: Hop): Promise<readonly RankedTarget[]> {
    const { settings, dns } = this.#options;
    return locate(hop, dns.round(), { families: readFamilies(settings.ipVersions), random: Math.random });
  }
}
