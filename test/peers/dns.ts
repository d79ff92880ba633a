/**
 * A real DNS server, dnsmasq, with the records that a test gives it: those of "test" (RFC 6761 §6.2) and nothing else.
 * On this machine each has a loopback address of its own, in a host with a bad link that host's.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Host, withResolver } from './namespaces.ts';
import { freePort } from './ports.ts';
import { type Peer, type PeerOptions, startPeer } from './process.ts';
import { own } from './worker.ts';

export interface SrvRecord {
  /** '': "not offered here" (RFC 2782). */
  target: string;
  port: number;
  /** The lower the better; 0 when not said. */
  priority?: number;
  weight?: number;
}

export interface NaptrRecord {
  order: number;
  preference: number;
  flags: string;
  service: string;
  replacement: string;
}

/** By name. */
export interface DnsRecords {
  /** IPv4 and IPv6. */
  hosts?: Readonly<Record<string, readonly string[]>>;
  srv?: Readonly<Record<string, readonly SrvRecord[]>>;
  naptr?: Readonly<Record<string, readonly NaptrRecord[]>>;
  /** s; 300 when not said. */
  ttl?: number;
}

export interface DnsServer {
  readonly address: string;
  readonly port: number;
  /** As node:dns takes it. */
  readonly server: string;
  /** How often it was asked about that name since it was started or changed; of one type ("SRV") or of any. */
  asked(name: string, type?: string): number;
  /** It is another server from now on, at the same place. */
  change(records: DnsRecords): Promise<void>;
  /** It is there and answers nothing, until it wakes. */
  sleep(): void;
  wake(): void;
  /** Starts a program on this machine that asks this server only (needs root). */
  start: typeof startPeer;
  /** Nobody is at its port then. */
  stop(): Promise<void>;
}

/**
 * One name for several SIP servers ("address:port"), with an SRV record for each. priorities: one for each server; all
 * the same when not said.
 */
export function sipPool(name: string, servers: readonly string[], priorities: readonly number[] = []): DnsRecords {
  const members = servers.map((server, n) => {
    const at = server.lastIndexOf(':');
    const address = server.slice(0, at).replace(/^\[|\]$/g, '');
    const record = { target: `server${n}.${name}`, port: Number(server.slice(at + 1)), priority: priorities[n] ?? 0 };
    return { address, record };
  });
  const records = members.map(({ record }) => record);
  return {
    hosts: Object.fromEntries(members.map(({ address, record }) => [record.target, [address]])),
    srv: { [`_sip._udp.${name}`]: records, [`_sip._tcp.${name}`]: records },
  };
}

const entries = <T>(of: Readonly<Record<string, readonly T[]>> = {}): [string, T][] =>
  Object.entries(of).flatMap(([name, list]) => list.map((it): [string, T] => [name, it]));

const recordArguments = ({ hosts, srv, naptr, ttl = 300 }: DnsRecords): string[] => [
  `--local-ttl=${ttl}`,
  ...entries(hosts).map(([name, address]) => `--host-record=${name},${address}`),
  ...entries(srv).map(([name, { target, port, priority = 0, weight = 0 }]) =>
    target === '' ? `--srv-host=${name}` : `--srv-host=${name},${target},${port},${priority},${weight}`,
  ),
  ...entries(naptr).map(
    ([name, { order, preference, flags, service, replacement }]) =>
      `--naptr-record=${name},${order},${preference},${flags},${service},,${replacement}`,
  ),
];

let servers = 0;

/** Without root it has a port that only node:dns can be told. on: a host of its own, where it has the usual port. */
export async function startDns(records: DnsRecords, { on }: { on?: Host } = {}): Promise<DnsServer> {
  const folder = await mkdtemp(join(tmpdir(), 'thinline-dns-'));
  const settings = join(folder, 'resolv.conf');
  const address = on?.address ?? `127.53.${own}.${++servers}`;
  const port = on || process.getuid?.() === 0 ? 53 : await freePort(address);
  await writeFile(settings, `nameserver ${address}\noptions timeout:1 attempts:2\n`);
  const launch = async (current: DnsRecords): Promise<Peer> => {
    const started = await (on?.start ?? startPeer)('dnsmasq', [
      // In the foreground, as the user that started it, with its log on standard error.
      ...['--no-daemon', '--user=root', '--log-queries', '--conf-file=/dev/null', '--pid-file='],
      ...['--no-resolv', '--no-hosts', '--local=/test/'],
      ...['--bind-interfaces', `--listen-address=${address}`, `--port=${port}`],
      ...recordArguments(current),
    ]);
    await started.waitForLine(/started, version/);
    return started;
  };
  let dnsmasq = await launch(records);
  let ended = false;
  const signal = (name: NodeJS.Signals): void => {
    if (!ended) process.kill(dnsmasq.pid, name);
  };
  const wake = (): void => signal('SIGCONT');
  const end = async (): Promise<void> => {
    wake();
    ended = true;
    await dnsmasq.stop();
  };
  return {
    address,
    port,
    server: isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`,
    asked: (name, type) => {
      const question = `${type ? `query[${type}` : ''}] ${name.toLowerCase()} from `;
      return dnsmasq.output.split('\n').filter((line) => line.includes('query[') && line.includes(question)).length;
    },
    change: async (next) => {
      await end();
      dnsmasq = await launch(next);
      ended = false;
    },
    sleep: () => signal('SIGSTOP'),
    wake,
    start: (program: string, args: readonly string[], options?: PeerOptions) =>
      startPeer(...withResolver(settings, [program, ...args]), options),
    stop: async () => {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
