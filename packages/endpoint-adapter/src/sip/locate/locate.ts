/** From the name of a server to the addresses to send to, in the order in which to try them (RFC 3263 §4). */
import type { NaptrRecord, SrvRecord } from 'node:dns';
import { isIP } from 'node:net';
import { FailureError } from '@thinline/shared/failures.ts';
import type { Hop, RankedTarget, Target, TransportName } from '../address.ts';
import { wordsOf } from '../thrown.ts';
import type { Dns } from './dns.ts';
import type { Family } from './families.ts';

export interface LocateOptions {
  /** The preferred one first. */
  families: readonly Family[];
  /** 0 to 1, without 1. */
  random(): number;
}

/** Servers of one service, and addresses of one server. */
const MAX_TARGETS = 20;
/** Of all services together. */
const MAX_TOTAL = 60;
const MAX_NAPTR = 20;

/** RFC 3263 §4.1, RFC 3261 §19.1.2. WebSocket has no SRV (RFC 7118 §8.1 leaves it to the URI). */
const services = {
  udp: { naptr: 'SIP+D2U', srv: '_sip._udp', port: 5060 },
  tcp: { naptr: 'SIP+D2T', srv: '_sip._tcp', port: 5060 },
  tls: { naptr: 'SIPS+D2T', srv: '_sips._tcp', port: 5061 },
  wss: { naptr: '', srv: '', port: 443 },
} as const satisfies Record<TransportName, { naptr: string; srv: string; port: number }>;

/** In our order of preference. */
const offered = ['udp', 'tcp', 'tls'] as const;

/** A place where SRV records may be. */
export interface Service {
  transport: TransportName;
  name: string;
}

/** RFC 3261 §26.2.2: a sips: URI goes over TLS alone, whatever its transport parameter says. */
const transportOf = (hop: Hop): TransportName | null =>
  hop.secure && hop.transport !== null && hop.transport !== 'wss' ? 'tls' : hop.transport;

/** Those that we can use, by order and preference (RFC 3263 §4.1). */
export function servicesOf(records: readonly NaptrRecord[], secure: boolean): Service[] {
  return records
    .toSorted((a, b) => a.order - b.order || a.preference - b.preference)
    .flatMap(({ flags, service, replacement }) => {
      const transport = offered.find((it) => services[it].naptr === service.toUpperCase());
      const usable = transport && flags.toLowerCase() === 's' && replacement !== '' && (!secure || transport === 'tls');
      return usable ? [{ transport, name: replacement }] : [];
    })
    .slice(0, MAX_NAPTR);
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** By priority, in random order where that is equal; weights don't count. Those that say "not here" are left out. */
export function orderSrv(records: readonly SrvRecord[], random: () => number): SrvRecord[] {
  const usable = records.filter(({ name, port }) => name !== '' && name !== '.' && port > 0 && port <= 65_535);
  return shuffled(usable, random)
    .sort((a, b) => a.priority - b.priority)
    .slice(0, MAX_TARGETS);
}

/** The services stand in the order of what is preferred, and in each of them its priorities. */
const rankOf = ({ service, priority }: { service: string; priority: number }): string => `${service} ${priority}`;

class Search {
  readonly #hop: Hop;
  readonly #dns: Dns;
  readonly #options: LocateOptions;
  /** Why there may be nothing, for people. */
  #detail = '';

  constructor(hop: Hop, dns: Dns, options: LocateOptions) {
    this.#hop = hop;
    this.#dns = dns;
    this.#options = options;
  }

  async run(): Promise<RankedTarget[]> {
    const { host, port, secure } = this.#hop;
    const transport = transportOf(this.#hop);
    const usual = transport ?? (secure ? 'tls' : 'udp');
    if (isIP(host) || port !== 0 || usual === 'wss') return this.#targetsAt(host, port || services[usual].port, usual);

    const named = transport ? [] : servicesOf(await this.#orNothing(this.#dns.resolveNaptr(host)), secure);
    const first = await this.#targetsOf(named);
    if (first) return first;
    const chosen = transport ? [transport] : secure ? (['tls'] as const) : offered;
    const second = await this.#targetsOf(chosen.map((it) => ({ transport: it, name: `${services[it].srv}.${host}` })));
    if (second) return second;
    const only = named[0]?.transport ?? usual;
    return this.#targetsAt(host, services[only].port, only);
  }

  /** For a failure. */
  get detail(): string {
    return this.#detail || 'it has no address';
  }

  async #orNothing<T>(asking: Promise<readonly T[]>): Promise<readonly T[]> {
    try {
      return await asking;
    } catch (error) {
      this.#detail = wordsOf(error);
      return [];
    }
  }

  /** Null where none of them has an SRV record. */
  async #targetsOf(wanted: readonly Service[]): Promise<RankedTarget[] | null> {
    const answers = await Promise.all(
      wanted.map(async ({ transport, name }) => ({
        transport,
        service: name,
        records: await this.#orNothing(this.#dns.resolveSrv(name)),
      })),
    );
    if (answers.every(({ records }) => records.length === 0)) return null;
    const servers = answers.flatMap(({ transport, service, records }) =>
      orderSrv(records, this.#options.random).map((record) => ({ ...record, transport, service })),
    );
    // RFC 2782: a sole target "." means that the service is decidedly not available.
    if (servers.length === 0) this.#detail = 'it does not offer SIP';
    const ranks = [...new Set(servers.map(rankOf))];
    const found = await Promise.all(
      servers.map((it) => this.#targetsAt(it.name, it.port, it.transport, ranks.indexOf(rankOf(it)))),
    );
    return found.flat();
  }

  async #targetsAt(host: string, port: number, transport: TransportName, rank = 0): Promise<RankedTarget[]> {
    const target = (address: string): RankedTarget => ({ transport, address, port, name: this.#hop.host, rank });
    if (isIP(host)) return [target(host)];
    const { families, random } = this.#options;
    const found = await this.#orNothing(this.#dns.resolveAddresses(host, families));
    // A pool may be one name with several addresses.
    const ordered = families.flatMap((family) =>
      shuffled(
        found.filter((it) => it.family === family),
        random,
      ),
    );
    return ordered.slice(0, MAX_TARGETS).map(({ address }) => target(address));
  }
}

/** The same for the same place, whatever name it was found by. */
export const targetKey = ({ transport, address, port }: Target): string => `${transport} ${address} ${port}`;

/** Rejects with FailureError serverUnknown where there is nothing to send to. */
export async function locate(hop: Hop, dns: Dns, options: LocateOptions): Promise<RankedTarget[]> {
  const search = new Search(hop, dns, options);
  const places = new Map<string, RankedTarget>();
  for (const it of await search.run()) if (!places.has(targetKey(it))) places.set(targetKey(it), it);
  if (places.size > 0) return [...places.values()].slice(0, MAX_TOTAL);
  const server = hop.port === 0 ? hop.host : `${hop.host}:${hop.port}`;
  throw new FailureError('serverUnknown', { server, detail: search.detail });
}
