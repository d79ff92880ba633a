/** Several proxies under one name in DNS, each of which can do another's work, before one registrar that has all contacts. */
import type { DnsServer } from './dns.ts';
import { type Kamailio, type KamailioOptions, startKamailio } from './kamailio.ts';
import { type PlainProxy, startProxy } from './kamailio-proxy.ts';
import { freePort } from './ports.ts';
import { until } from './until.ts';
import { own } from './worker.ts';

export interface PoolOptions extends Pick<KamailioOptions, 'users' | 'contacts'> {
  /** It has to know `name` already when this starts, as the address `address`:`port` of each member. */
  dns: DnsServer;
  name: string;
  members: readonly { host: string; port: number }[];
  /** Over which phones find it; requests inside dialogs too. */
  transport: 'udp' | 'tcp';
  /** The name is written with the port: it has addresses in DNS, and no SRV. */
  withPort?: boolean;
}

export interface Pool {
  readonly registrar: Kamailio;
  readonly members: readonly PlainProxy[];
  /** Through which member that user is registered; -1: through none. */
  registeredThrough(user: string): Promise<number>;
  /** Until it is one that is not `not`: which. */
  waitForRegistration(user: string, not?: number, deadline?: number): Promise<number>;
  /** kill -9 */
  kill(member: number): Promise<void>;
  /** Starts it again, at the same place. */
  revive(member: number): Promise<void>;
  stop(): Promise<void>;
}

/** Places for the members: addresses of their own, and the same port everywhere. */
export async function poolPlaces(count: number): Promise<{ host: string; port: number }[]> {
  const hosts = Array.from({ length: count }, (_, n) => `127.60.${own}.${n + 1}`);
  const port = await freePort(hosts[0]);
  return hosts.map((host) => ({ host, port }));
}

/** "<sip:p@192.0.2.1:5060;lr>": the first URI is the proxy's, as there is one only. */
function pathOf(lookup: unknown): string {
  if (!(lookup instanceof Object && 'Contacts' in lookup && Array.isArray(lookup.Contacts))) return '';
  const [first] = lookup.Contacts as unknown[];
  return JSON.stringify(first ?? '').match(/"Path":"<sip:p@([^;>]*)/)?.[1] ?? '';
}

export async function startPool(options: PoolOptions): Promise<Pool> {
  const { dns, name, members: places, transport, withPort = false, ...ofRegistrar } = options;
  const registrar = await startKamailio({ ...ofRegistrar, start: dns.start, noAnswerAfter: 2_000 });
  const host = withPort ? `${name}:${places[0]?.port}` : name;
  const start = (place: { host: string; port: number }): Promise<PlainProxy> =>
    startProxy({
      ...place,
      next: { host: registrar.host, port: registrar.udpPort, transport: 'udp' },
      name: `${host};transport=${transport}`,
    });
  const members = await Promise.all(places.map(start));

  const registeredThrough = async (user: string): Promise<number> => {
    const path = pathOf(await registrar.rpc('ul.lookup', ['location', user]).catch(() => null));
    return places.findIndex(({ host, port }) => path === `${host}:${port}`);
  };
  return {
    registrar,
    members,
    registeredThrough,
    waitForRegistration: async (user, not = -1, deadline = 10_000) => {
      let member = -1;
      const isThere = async (): Promise<boolean> => {
        member = await registeredThrough(user);
        return member >= 0 && member !== not;
      };
      await until(
        `${user} is registered through ${not < 0 ? 'a member' : 'another member'} of ${name}`,
        isThere,
        deadline,
      );
      return member;
    },
    kill: async (member) => void (await members[member]?.kill()),
    revive: async (member) => {
      const place = places[member];
      if (place) members[member] = await start(place);
    },
    stop: async () => void (await Promise.all([...members, registrar].map((it) => it.stop()))),
  };
}
