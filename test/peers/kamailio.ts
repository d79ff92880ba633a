/** A Kamailio of our own, as registrar and proxy: the server that phones under test register at. */
import { type KamailioSettings, type KamailioUser, kamailioConfig } from './kamailio-config.ts';
import type { TlsListener } from './kamailio-core.ts';
import { type KamailioProcess, runKamailio } from './kamailio-process.ts';
import type { Host } from './namespaces.ts';
import { freePort } from './ports.ts';
import type { startPeer } from './process.ts';
import { until } from './until.ts';

export interface KamailioOptions
  extends Pick<KamailioSettings, 'relayed' | 'contacts' | 'forks' | 'inviteFields' | 'noAnswerAfter'> {
  users: readonly KamailioUser[];
  /** Of the digest challenges; MD5 when not said. */
  algorithm?: 'MD5' | 'SHA-256';
  /** 127.0.0.1 when not said; '::1' for IPv6. */
  host?: string;
  /** A host that is not this machine's own network; takes the place of `host`. */
  on?: Host;
  /** How it is started on this machine, as with a DNS server of its own. */
  start?: typeof startPeer;
  /** A free one when not said; say it to start the same server again. */
  port?: number;
  /** TLS too; at a free port when not said. */
  tls?: Omit<TlsListener, 'port'> & { port?: number };
}

export interface Kamailio extends KamailioProcess {
  readonly host: string;
  readonly udpPort: number;
  readonly tcpPort: number;
  /** 0: none. */
  readonly tlsPort: number;
  /** How many contacts the user has registered. */
  registered(user: string): Promise<number>;
  /** Until the user has that many contacts; rejects at the deadline (ms). */
  waitForContacts(user: string, contacts: number, deadline?: number): Promise<void>;
}

/** On another host every port is free; fetch refuses to talk to 5060. */
const portThere = 5070;

const contactsIn = (result: unknown): number =>
  result instanceof Object && 'Contacts' in result && Array.isArray(result.Contacts) ? result.Contacts.length : 0;

export async function startKamailio(options: KamailioOptions): Promise<Kamailio> {
  const { algorithm = 'MD5', on, start, host: here = '127.0.0.1', port: wanted, tls: wantedTls, ...settings } = options;
  const host = on?.address ?? here;
  const port = wanted ?? (on ? portThere : await freePort(host));
  const tls = wantedTls && { ...wantedTls, port: wantedTls.port ?? (on ? portThere + 1 : await freePort(host)) };
  const config = kamailioConfig({ ...settings, host, port, algorithm, ...(tls ? { tls } : {}) });
  const process = await runKamailio(config, { host, port, on, start });
  const registered = async (user: string): Promise<number> =>
    // Refused where the user has no contact.
    contactsIn(await process.rpc('ul.lookup', ['location', user]).catch(() => null));

  return {
    host,
    udpPort: port,
    tcpPort: port,
    tlsPort: tls?.port ?? 0,
    get log() {
      return process.log;
    },
    get requests() {
      return process.requests;
    },
    rpc: process.rpc,
    registered,
    waitForContacts: (user, contacts, deadline = 10_000) =>
      until(`${user} has ${contacts} contacts`, async () => (await registered(user)) === contacts, deadline),
    waitForLog: process.waitForLog,
    waitForRequest: process.waitForRequest,
    kill: process.kill,
    stop: process.stop,
  };
}
