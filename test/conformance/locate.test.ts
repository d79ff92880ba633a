/** RFC 3263 against a real DNS server: from a name to the places to send to. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hop, Target } from '@thinline/endpoint-adapter/sip/address.ts';
import { openDns } from '@thinline/endpoint-adapter/sip/locate/dns.ts';
import { DnsCache } from '@thinline/endpoint-adapter/sip/locate/dns-cache.ts';
import type { Family } from '@thinline/endpoint-adapter/sip/locate/families.ts';
import { locate } from '@thinline/endpoint-adapter/sip/locate/locate.ts';
import { makeLog } from '@thinline/shared/log/log.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { type DnsRecords, type DnsServer, sipPool, startDns } from '../peers/dns.ts';
import { withResolver } from '../peers/namespaces.ts';
import { startPeer } from '../peers/process.ts';
import { hasPeers } from '../peers/required.ts';
import { until } from '../peers/until.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.stop();
});
async function keep<T extends { stop(): Promise<unknown> }>(starting: Promise<T>): Promise<T> {
  const it = await starting;
  open.push(it);
  return it;
}

const hop = (host: string, fields: Partial<Hop> = {}): Hop => ({
  host,
  port: 0,
  transport: null,
  secure: false,
  ...fields,
});
const brief = ({ transport, address, port }: Target): string => `${transport} ${address} ${port}`;

/** As the phone has it: a cache before the server; its clock is the test's. */
async function serve(records: DnsRecords) {
  const dns: DnsServer = await keep(startDns(records));
  const lines: string[] = [];
  const clock = { now: 0 };
  const log = makeLog({ write: (line) => lines.push(line) });
  const cache = new DnsCache({ open: () => openDns([dns.server]), now: () => clock.now, log });
  const find = async (to: Hop, families: Family[] = ['IPv4', 'IPv6']): Promise<string[]> =>
    (await locate(to, cache.round(), { families, random: Math.random })).map(brief);
  return { dns, lines, clock, find };
}

const naptr = (service: string, replacement: string, order: number, preference = 0) => ({
  order,
  preference,
  flags: 's',
  service,
  replacement,
});

describe.skipIf(!hasPeers('dnsmasq'))('locating a server', () => {
  const enterprise: DnsRecords = {
    naptr: {
      'office.test': [
        naptr('SIP+D2U', '_sip._udp.office.test', 30),
        naptr('SIPS+D2T', '_sips._tcp.office.test', 20),
        naptr('SIP+D2T', '_sip._tcp.proxies.test', 10),
      ],
    },
    srv: {
      '_sip._tcp.proxies.test': [
        { target: 'second.test', port: 5062, priority: 20, weight: 60_000 },
        { target: 'first.test', port: 5061, priority: 10 },
      ],
      '_sips._tcp.office.test': [{ target: 'first.test', port: 5081 }],
      '_sip._udp.office.test': [{ target: '', port: 0 }],
      '_sip._udp.plain.test': [{ target: 'second.test', port: 5070 }],
      '_sip._udp.closed.test': [{ target: '', port: 0 }],
    },
    hosts: {
      'first.test': ['192.0.2.1', '2001:db8::1'],
      'second.test': ['192.0.2.2'],
      'closed.test': ['192.0.2.3'],
      'bare.test': ['192.0.2.4', '192.0.2.5', '2001:db8::4'],
    },
  };

  test('NAPTR, SRV, A and AAAA, one after the other', async () => {
    const { find, dns } = await serve(enterprise);
    const tcp = ['tcp 192.0.2.1 5061', 'tcp 2001:db8::1 5061', 'tcp 192.0.2.2 5062'];
    const tls = ['tls 192.0.2.1 5081', 'tls 2001:db8::1 5081'];
    expect(await find(hop('office.test'))).toEqual([...tcp, ...tls]);
    expect(await find(hop('office.test', { secure: true }))).toEqual(tls);
    expect(await find(hop('plain.test'))).toEqual(['udp 192.0.2.2 5070']);
    expect(await find(hop('plain.test', { port: 5090, host: 'first.test' }))).toEqual([
      'udp 192.0.2.1 5090',
      'udp 2001:db8::1 5090',
    ]);
    await until('the questions are in its log', () => dns.asked('plain.test') > 0);
    // Of what it is asked twice, the second time nobody asks the server.
    expect(dns.asked('office.test', 'NAPTR')).toBe(1);
    expect(dns.asked('first.test', 'A')).toBeLessThanOrEqual(2);
  });

  test('families are preferred and left out as ip_versions says', async () => {
    const { find } = await serve(enterprise);
    const to = hop('office.test', { secure: true });
    expect(await find(to, ['IPv6', 'IPv4'])).toEqual(['tls 2001:db8::1 5081', 'tls 192.0.2.1 5081']);
    expect(await find(to, ['IPv4'])).toEqual(['tls 192.0.2.1 5081']);
    await expect(find(hop('second.test'), ['IPv6'])).rejects.toMatchObject({ failure: { code: 'TL2003' } });
  });

  test('all addresses of a name that has no SRV', async () => {
    const { find } = await serve(enterprise);
    const found = await find(hop('bare.test', { transport: 'tcp' }));
    expect(found.toSorted()).toEqual(['tcp 192.0.2.4 5060', 'tcp 192.0.2.5 5060', 'tcp 2001:db8::4 5060']);
    expect(found.at(-1)).toBe('tcp 2001:db8::4 5060');
  });

  test('a service that is not offered, and a name that nobody knows', async () => {
    const { find } = await serve(enterprise);
    await expect(find(hop('closed.test', { transport: 'udp' }))).rejects.toMatchObject({
      failure: { cause: expect.stringContaining('does not offer SIP') },
    });
    await expect(find(hop('unknown.test'))).rejects.toMatchObject({ failure: { code: 'TL2003' } });
  });

  test('equal priorities share the load, and the next ones wait behind them', async () => {
    const pool = sipPool('pool.test', ['192.0.2.1:5060', '192.0.2.2:5060', '192.0.2.3:5060'], [1, 1, 2]);
    const { find } = await serve(pool);
    const firsts = new Map<string, number>();
    for (let round = 0; round < 400; round++) {
      const [first = '', , last] = await find(hop('pool.test', { transport: 'udp' }));
      firsts.set(first, (firsts.get(first) ?? 0) + 1);
      expect(last).toBe('udp 192.0.2.3 5060');
    }
    expect([...firsts.keys()].toSorted()).toEqual(['udp 192.0.2.1 5060', 'udp 192.0.2.2 5060']);
    expect(Math.min(...firsts.values())).toBeGreaterThan(120);
  });

  test('20 servers of a service at most', async () => {
    // 30 records don't fit into a datagram, so this takes TCP too.
    const servers = Array.from({ length: 30 }, (_, n) => `192.0.2.${n + 1}:5060`);
    const { find } = await serve(sipPool('pool.test', servers, [...servers.keys()]));
    expect(await find(hop('pool.test', { transport: 'tcp' }))).toEqual(
      servers.slice(0, 20).map((it) => `tcp ${it.replace(':', ' ')}`),
    );
  });

  test('records that change are seen when their time is over', async () => {
    const { find, dns, clock } = await serve({ ...sipPool('pool.test', ['192.0.2.1:5060']), ttl: 60 });
    const to = hop('pool.test', { transport: 'udp' });
    expect(await find(to)).toEqual(['udp 192.0.2.1 5060']);
    await dns.change({ ...sipPool('pool.test', ['192.0.2.9:5090']), ttl: 60 });
    clock.now = 29_999;
    expect(await find(to)).toEqual(['udp 192.0.2.1 5060']);
    clock.now = 30_000;
    expect(await find(to)).toEqual(['udp 192.0.2.1 5090']);
    clock.now = 60_000;
    expect(await find(to)).toEqual(['udp 192.0.2.9 5090']);
  });

  test.each(['silent', 'gone'])(
    'a server that is %s costs 3 s, then nothing; one that is back is believed',
    async (how) => {
      const { find, dns, clock, lines } = await serve(enterprise);
      const known = await find(hop('office.test'));
      if (how === 'silent') dns.sleep();
      else await dns.stop();
      clock.now = 3_600_000;

      const begun = performance.now();
      expect(await find(hop('office.test'))).toEqual(known);
      await expect(find(hop('new.test'))).rejects.toMatchObject({ failure: { code: 'TL2003' } });
      const waited = performance.now() - begun;
      expect(waited).toBeLessThan(7_500);
      const again = performance.now();
      expect(await find(hop('office.test'))).toEqual(known);
      expect(performance.now() - again).toBeLessThan(1_000);
      expect(lines.filter((line) => line.includes('DNS does not answer'))).toHaveLength(1);

      if (how === 'silent') dns.wake();
      else await dns.change(enterprise);
      clock.now += 3_600_000;
      expect(await find(hop('office.test'))).toEqual(known);
      expect(lines.at(-1)).toContain('DNS answers again');
    },
  );

  test('a name that the hosts file alone knows', async () => {
    const { find } = await serve(enterprise);
    expect(await find(hop('localhost', { port: 5070 }), ['IPv4'])).toEqual(['udp 127.0.0.1 5070']);
  });

  test.skipIf(process.getuid?.() !== 0)('DNS settings of the system that change', async () => {
    const before = await keep(startDns(sipPool('pool.test', ['192.0.2.1:5060'])));
    const after = await keep(startDns(sipPool('pool.test', ['192.0.2.2:5060'])));
    const folder = await mkdtemp(join(tmpdir(), 'thinline-locate-'));
    const settings = join(folder, 'resolv.conf');
    try {
      await writeFile(settings, `nameserver ${before.address}\n`);
      // One process, whose two rounds have other settings of the system.
      const program = `
        import { openDns } from '@thinline/endpoint-adapter/sip/locate/dns.ts';
        const ask = async () => console.log('found', (await openDns().resolveAddresses('server0.pool.test', ['IPv4']))[0].address);
        process.on('SIGUSR2', ask);
        setTimeout(() => {}, 30_000);
        await ask();`;
      const asker = await keep(
        startPeer(...withResolver(settings, [process.execPath, '--input-type=module', '-e', program]), {
          cwd: import.meta.dirname,
        }),
      );
      await asker.waitForLine(/found 192\.0\.2\.1/);
      await writeFile(settings, `nameserver ${after.address}\n`);
      process.kill(asker.pid, 'SIGUSR2');
      await asker.waitForLine(/found 192\.0\.2\.2/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
