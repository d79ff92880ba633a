/** Questions to DNS, as far as locating a SIP server has any (RFC 3263). */
import type { NaptrRecord, SrvRecord } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';
import { codeOf } from '../thrown.ts';
import { type Family, familyOf } from './families.ts';

export interface NamedAddress {
  address: string;
  family: Family;
  /** s; null: not said. */
  ttl: number | null;
}

/** Answers are empty where the name has no such record; a promise rejects where there is no answer at all. */
export interface Dns {
  resolveNaptr(name: string): Promise<readonly NaptrRecord[]>;
  resolveSrv(name: string): Promise<readonly SrvRecord[]>;
  /** Those of the first family first. */
  resolveAddresses(name: string, families: readonly Family[]): Promise<readonly NamedAddress[]>;
}

/**
 * ms since the beginning of a round, by which an answer has to be there. Each step leaves time for the next, so that a
 * server that is silent for NAPTR or SRV only, as those of some routers are, does no harm.
 */
const limits = { naptr: 1_000, srv: 2_000, address: 2_500, system: 3_000 };

/** Of the system's look-ups: they wait in the thread pool, where without DNS each takes long. */
const MAX_LOOKUPS = 8;
let lookups = 0;

/** No such name, no such record, or no name at all: these are answers. */
const saysNothing = (error: unknown): boolean => ['ENOTFOUND', 'ENODATA', 'EBADNAME'].includes(codeOf(error));

const orNone = <T>(asking: Promise<readonly T[]>): Promise<readonly T[]> =>
  asking.catch((error: unknown) => {
    if (saysNothing(error)) return [];
    throw error;
  });

/** What the system itself knows: its hosts file, its search list. Empty where that is nothing. */
async function systemAddresses(name: string, families: readonly Family[]): Promise<readonly NamedAddress[]> {
  if (lookups >= MAX_LOOKUPS) return [];
  lookups++;
  try {
    const found = await lookup(name, { all: true });
    return families.flatMap((family) =>
      found.filter((it) => familyOf(it.address) === family).map(({ address }) => ({ address, family, ttl: null })),
    );
  } catch {
    return [];
  } finally {
    lookups--;
  }
}

/**
 * One round of questions, which takes 3 s at most. A round has a resolver of its own, as that reads the system's DNS
 * settings once only. servers: those to ask instead ("address:port").
 */
export function openDns(servers: readonly string[] = []): Dns {
  // Of a lost datagram, and of a server that is down where the system has another.
  const resolver = new Resolver({ timeout: 400, tries: 3 });
  if (servers.length > 0) resolver.setServers(servers);
  const begun = performance.now();

  const within = <T>(limit: number, what: string, asking: Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const left = Math.max(0, begun + limit - performance.now());
      const timer = setTimeout(() => reject(new Error(`no answer about ${what} in time`)), left);
      asking.then(resolve, reject).finally(() => clearTimeout(timer));
    });

  const ofFamily = async (name: string, family: Family): Promise<readonly NamedAddress[]> => {
    const asking = family === 'IPv4' ? resolver.resolve4(name, { ttl: true }) : resolver.resolve6(name, { ttl: true });
    const found = await within(limits.address, `the addresses of ${name}`, orNone(asking));
    return found.map(({ address, ttl }) => ({ address, family, ttl }));
  };

  return {
    resolveNaptr: (name) => within(limits.naptr, `NAPTR of ${name}`, orNone(resolver.resolveNaptr(name))),
    resolveSrv: (name) => within(limits.srv, `SRV of ${name}`, orNone(resolver.resolveSrv(name))),
    resolveAddresses: async (name, families) => {
      const asked = await Promise.allSettled(families.map((family) => ofFamily(name, family)));
      const failed = asked.find((it) => it.status === 'rejected');
      const found = asked.flatMap((it) => (it.status === 'fulfilled' ? it.value : []));
      // Half an answer must not be kept for as long as a whole one.
      if (found.length > 0) return failed ? found.map((it) => ({ ...it, ttl: null })) : found;
      const known = await within(limits.system, name, systemAddresses(name, families)).catch(() => []);
      if (known.length === 0 && failed) throw failed.reason;
      return known;
    },
  };
}
