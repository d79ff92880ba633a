/** The lab's DNS server answers programs as a real one does, on this machine and on a host of its own. */
import { afterEach, describe, expect, test } from 'vitest';
import { type DnsServer, sipPool, startDns } from './dns.ts';
import { namespacesMissing, startBadLink } from './namespaces.ts';
import type { Peer } from './process.ts';
import { hasPeers } from './required.ts';
import { until } from './until.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.stop();
});
async function keep<T extends { stop(): Promise<unknown> }>(starting: Promise<T>): Promise<T> {
  const it = await starting;
  open.push(it);
  return it;
}

const pool = sipPool('pool.test', ['127.0.0.11:5060', '[::1]:5070', '127.0.0.13:5060'], [1, 1, 2]);

/** Asks as our programs do: SRV by the resolver, addresses by the system. */
const program = `const dns=require('dns/promises');
  dns.resolveSrv('_sip._udp.pool.test').then(async(found)=>console.log('found',
    found.map((it)=>it.port+'/'+it.priority).sort().join(),(await dns.lookup('server0.pool.test')).address))`;
const asProgram = ['-e', program];

const root = process.getuid?.() === 0;

describe.skipIf(!root || !hasPeers('dnsmasq'))('a DNS server', () => {
  const found = (peer: Peer) => peer.waitForLine(/found (\S+) (\S+)/);

  test('is the only one that a program here asks, and this process does not', async () => {
    const dns = await keep(startDns(pool));
    const asker = await keep(dns.start(process.execPath, asProgram));
    expect((await found(asker)).slice(1)).toEqual(['5060/1,5060/2,5070/1', '127.0.0.11']);
    await until('the questions are in its log', () => dns.asked('server0.pool.test') > 0);
    expect(dns.asked('_sip._udp.pool.test', 'SRV')).toBe(1);
    expect(dns.asked('_sip._udp.pool.test', 'A')).toBe(0);
  });

  test('changes its mind while it runs', async () => {
    const dns: DnsServer = await keep(startDns(pool));
    await dns.change(sipPool('pool.test', ['127.0.0.12:5099']));
    const asker = await keep(dns.start(process.execPath, asProgram));
    expect((await found(asker)).slice(1)).toEqual(['5099/0', '127.0.0.12']);
  });

  test.skipIf(namespacesMissing() !== null)('serves hosts with a bad link', async () => {
    const link = await keep(startBadLink({ delay: 5, resolver: '10.77.0.2' }));
    const dns = await keep(startDns(pool, { on: link.b }));
    const asker = await keep(link.a.start(process.execPath, asProgram));
    expect((await found(asker)).slice(1)).toEqual(['5060/1,5060/2,5070/1', '127.0.0.11']);
    expect(await link.a.exec(['cat', '/etc/resolv.conf'])).toContain('nameserver 10.77.0.2');
    await until('the question is in its log', () => dns.asked('_sip._udp.pool.test', 'SRV') === 1);
  });
});
