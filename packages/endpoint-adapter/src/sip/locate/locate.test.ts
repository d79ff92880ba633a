import type { NaptrRecord, SrvRecord } from 'node:dns';
import { FailureError } from '@thinline/shared/failures.ts';
import { describe, expect, it } from 'vitest';
import type { Hop, Target } from '../address.ts';
import type { Dns } from './dns.ts';
import { type Family, familyOf } from './families.ts';
import { locate, orderSrv, servicesOf } from './locate.ts';

interface Zone {
  naptr?: Record<string, NaptrRecord[]>;
  srv?: Record<string, SrvRecord[]>;
  hosts?: Record<string, string[]>;
}

/** Answers from the zone; names that begin with "dead" get none. */
function dnsOf({ naptr = {}, srv = {}, hosts = {} }: Zone): Dns & { asked: string[] } {
  const asked: string[] = [];
  const answer = async <T>(kind: string, name: string, found: readonly T[] = []): Promise<readonly T[]> => {
    asked.push(`${kind} ${name}`);
    if (name.includes('dead')) throw new Error(`query${kind} ETIMEOUT ${name}`);
    return found;
  };
  return {
    asked,
    resolveNaptr: (name) => answer('Naptr', name, naptr[name]),
    resolveSrv: (name) => answer('Srv', name, srv[name]),
    resolveAddresses: async (name) =>
      (await answer('A', name, hosts[name])).map((address) => ({ address, family: familyOf(address), ttl: 60 })),
  };
}

const hop = (host: string, fields: Partial<Hop> = {}): Hop => ({
  host,
  port: 0,
  transport: null,
  secure: false,
  ...fields,
});
const srv = (name: string, priority = 0, port = 5060): SrvRecord => ({ name, port, priority, weight: 0 });
const naptr = (service: string, replacement: string, order = 0, preference = 0, flags = 's'): NaptrRecord => ({
  flags,
  service,
  regexp: '',
  replacement,
  order,
  preference,
});
const options = { families: ['IPv4', 'IPv6'] satisfies Family[], random: () => 0.5 };
const brief = ({ transport, address, port }: Target): string => `${transport} ${address} ${port}`;
const find = async (to: Hop, zone: Zone = {}, families: Family[] = options.families): Promise<string[]> =>
  (await locate(to, dnsOf(zone), { ...options, families })).map(brief);

describe('without SRV', () => {
  const hosts = { 'a.test': ['10.0.0.1', '2001:db8::1', '10.0.0.2'] };

  it.each([
    ['an address: itself', hop('10.0.0.9'), ['udp 10.0.0.9 5060']],
    ['an IPv6 address', hop('2001:db8::9', { port: 5070, transport: 'tcp' }), ['tcp 2001:db8::9 5070']],
    ['an address, TLS', hop('10.0.0.9', { transport: 'tls' }), ['tls 10.0.0.9 5061']],
    ['an address, sips', hop('10.0.0.9', { secure: true }), ['tls 10.0.0.9 5061']],
    ['an address, sips over TCP', hop('10.0.0.9', { secure: true, transport: 'tcp' }), ['tls 10.0.0.9 5061']],
    ['an address, WebSocket', hop('10.0.0.9', { transport: 'wss' }), ['wss 10.0.0.9 443']],
    ['a port', hop('a.test', { port: 5080 }), ['udp 10.0.0.1 5080', 'udp 10.0.0.2 5080', 'udp 2001:db8::1 5080']],
    [
      'a port, sips',
      hop('a.test', { port: 5080, secure: true }),
      ['tls 10.0.0.1 5080', 'tls 10.0.0.2 5080', 'tls 2001:db8::1 5080'],
    ],
    ['WebSocket', hop('a.test', { transport: 'wss' }), ['wss 10.0.0.1 443', 'wss 10.0.0.2 443', 'wss 2001:db8::1 443']],
    ['nothing else in DNS', hop('a.test'), ['udp 10.0.0.1 5060', 'udp 10.0.0.2 5060', 'udp 2001:db8::1 5060']],
    [
      'no SRV of the transport',
      hop('a.test', { transport: 'tls' }),
      ['tls 10.0.0.1 5061', 'tls 10.0.0.2 5061', 'tls 2001:db8::1 5061'],
    ],
  ])('%s', async (_, to, expected) => {
    expect(await find(to, { hosts })).toEqual(expected);
  });

  it('asks for addresses alone where the port is said', async () => {
    const dns = dnsOf({ hosts });
    await locate(hop('a.test', { port: 5080 }), dns, options);
    expect(dns.asked).toEqual(['A a.test']);
  });

  it('prefers the first family, and leaves out one that is not wanted', async () => {
    const to = hop('a.test', { port: 1 });
    expect(await find(to, { hosts }, ['IPv6', 'IPv4'])).toEqual([
      'udp 2001:db8::1 1',
      'udp 10.0.0.1 1',
      'udp 10.0.0.2 1',
    ]);
    expect(await find(to, { hosts }, ['IPv6'])).toEqual(['udp 2001:db8::1 1']);
  });

  it('spreads the load over several addresses of one name', async () => {
    let random = 0;
    const dns = dnsOf({ hosts });
    const found = await locate(hop('a.test', { port: 1 }), dns, {
      families: ['IPv4'],
      random: () => 1 - ++random / 10,
    });
    expect(found.map((it) => it.address)).toEqual(['10.0.0.2', '10.0.0.1']);
  });
});

describe('by SRV', () => {
  const hosts = { 'a.test': ['10.0.0.1'], 'b.test': ['10.0.0.2', '10.0.0.3'], 'c.test': ['10.0.0.4'] };

  it('tries servers by priority, and names the domain for the certificate (RFC 5922 §7.2)', async () => {
    const zone = { hosts, srv: { '_sips._tcp.d.test': [srv('a.test', 20, 5071), srv('b.test', 10)] } };
    expect(await locate(hop('d.test', { transport: 'tls' }), dnsOf(zone), options)).toEqual([
      { transport: 'tls', address: '10.0.0.2', port: 5060, name: 'd.test', rank: 0 },
      { transport: 'tls', address: '10.0.0.3', port: 5060, name: 'd.test', rank: 0 },
      { transport: 'tls', address: '10.0.0.1', port: 5071, name: 'd.test', rank: 1 },
    ]);
  });

  it('without a transport: UDP, TCP, TLS', async () => {
    const records = {
      '_sips._tcp.d.test': [srv('c.test', 0, 5061)],
      '_sip._tcp.d.test': [srv('b.test')],
      '_sip._udp.d.test': [srv('a.test', 9)],
    };
    const all = ['udp 10.0.0.1 5060', 'tcp 10.0.0.2 5060', 'tcp 10.0.0.3 5060', 'tls 10.0.0.4 5061'];
    expect(await find(hop('d.test'), { hosts, srv: records })).toEqual(all);
    expect(await find(hop('d.test', { secure: true }), { hosts, srv: records })).toEqual(['tls 10.0.0.4 5061']);
  });

  it('leaves out what is not offered there, and servers without an address', async () => {
    const records = {
      '_sip._udp.d.test': [srv('')],
      '_sip._tcp.d.test': [srv('nowhere.test'), srv('dead.test'), srv('a.test')],
    };
    expect(await find(hop('d.test'), { hosts, srv: records })).toEqual(['tcp 10.0.0.1 5060']);
  });

  it('does not go elsewhere where the service is decidedly not available (RFC 2782)', async () => {
    const zone = { hosts: { 'd.test': ['10.0.0.1'] }, srv: { '_sip._udp.d.test': [srv('')] } };
    const found = find(hop('d.test', { transport: 'udp' }), zone);
    await expect(found).rejects.toMatchObject({
      failure: { code: 'TL2003', cause: 'DNS does not know it: it does not offer SIP.' },
    });
  });

  it('takes an address in the place of a name, and each place once', async () => {
    const records = { '_sip._udp.d.test': [srv('10.0.0.1'), srv('a.test'), srv('10.0.0.1', 1)] };
    expect(await find(hop('d.test', { transport: 'udp' }), { hosts, srv: records })).toEqual(['udp 10.0.0.1 5060']);
  });

  it('ranks services, and priorities in them; a place has the best rank that it is given', async () => {
    const records = {
      '_sip._udp.d.test': [srv('a.test', 5), srv('b.test', 5), srv('c.test', 70), srv('a.test', 70)],
      '_sip._tcp.d.test': [srv('c.test', 5)],
    };
    const found = await locate(hop('d.test'), dnsOf({ hosts, srv: records }), options);
    expect(found.map((it) => `${it.rank} ${brief(it)}`)).toEqual([
      '0 udp 10.0.0.1 5060',
      '0 udp 10.0.0.2 5060',
      '0 udp 10.0.0.3 5060',
      '1 udp 10.0.0.4 5060',
      '2 tcp 10.0.0.4 5060',
    ]);
  });

  it('goes on with the addresses of the name where the question about SRV gets no answer', async () => {
    const dns = dnsOf({ hosts: { 'd.test': ['10.0.0.1'] } });
    const silent = { ...dns, resolveSrv: () => Promise.reject(new Error('ETIMEOUT')) };
    expect((await locate(hop('d.test'), silent, options)).map(brief)).toEqual(['udp 10.0.0.1 5060']);
  });

  it('takes 20 servers of a service, 20 addresses of a server and 60 places in all', async () => {
    const many = Array.from({ length: 50 }, (_, n) => n);
    const zone = {
      srv: {
        '_sip._udp.d.test': many.map((n) => srv(`10.0.0.${n}`)),
        '_sip._udp.e.test': many.map((n) => srv('big.test', 0, n + 1)),
      },
      hosts: { 'big.test': many.map((n) => `10.0.1.${n}`) },
    };
    expect(await find(hop('d.test', { transport: 'udp' }), zone)).toHaveLength(20);
    expect(await find(hop('big.test', { port: 1 }), zone)).toHaveLength(20);
    expect(await find(hop('e.test', { transport: 'udp' }), zone)).toHaveLength(60);
  });
});

describe('orderSrv', () => {
  it('is random inside a priority only, whatever the weights say', () => {
    const records = [srv('a', 1), { ...srv('b', 1), weight: 60_000 }, srv('c', 0), srv('d', 1)];
    const firsts = new Map<string, number>();
    for (let round = 0; round < 3_000; round++) {
      const [best, next] = orderSrv(records, Math.random).map((it) => it.name);
      expect(best).toBe('c');
      firsts.set(next ?? '', (firsts.get(next ?? '') ?? 0) + 1);
    }
    for (const name of ['a', 'b', 'd']) expect(firsts.get(name)).toBeGreaterThan(800);
  });

  it('leaves out ports that there are not', () => {
    expect(orderSrv([srv('a', 0, 0), srv('b', 0, 70_000), srv('.')], Math.random)).toEqual([]);
  });
});

describe('by NAPTR', () => {
  const records = [
    naptr('SIP+D2U', '_sip._udp.d.test', 20, 1),
    naptr('sips+d2t', '_sips._tcp.d.test', 10, 2, 'S'),
    naptr('SIP+D2T', '_sip._tcp.elsewhere.test', 10, 1),
    naptr('SIP+D2S', '_sip._sctp.d.test', 1),
    naptr('SIP+D2U', 'a.test', 1, 1, 'a'),
    naptr('SIP+D2U', '', 1, 1),
    naptr('E2U+sip', 'd.test', 1, 1, 'u'),
  ];

  it('servicesOf: by order, then preference; only what we have', () => {
    expect(servicesOf(records, false)).toEqual([
      { transport: 'tcp', name: '_sip._tcp.elsewhere.test' },
      { transport: 'tls', name: '_sips._tcp.d.test' },
      { transport: 'udp', name: '_sip._udp.d.test' },
    ]);
    expect(servicesOf(records, true)).toEqual([{ transport: 'tls', name: '_sips._tcp.d.test' }]);
  });

  const zone = {
    naptr: { 'd.test': records },
    srv: { '_sip._tcp.elsewhere.test': [srv('a.test')], '_sip._udp.d.test': [srv('b.test')] },
    hosts: { 'a.test': ['10.0.0.1'], 'b.test': ['10.0.0.2'], 'd.test': ['10.0.0.3'] },
  };

  it('goes where the records lead, one service after the other', async () => {
    expect(await find(hop('d.test'), zone)).toEqual(['tcp 10.0.0.1 5060', 'udp 10.0.0.2 5060']);
  });

  it('ranks two services of one transport apart', async () => {
    const two = [naptr('SIP+D2U', '_sip._udp.x.test', 1), naptr('SIP+D2U', '_sip._udp.y.test', 2)];
    const records = { '_sip._udp.x.test': [srv('a.test')], '_sip._udp.y.test': [srv('b.test')] };
    const found = await locate(hop('d.test'), dnsOf({ ...zone, naptr: { 'd.test': two }, srv: records }), options);
    expect(found.map((it) => `${it.rank} ${it.address}`)).toEqual(['0 10.0.0.1', '1 10.0.0.2']);
  });

  it('is not asked where the transport is said', async () => {
    const dns = dnsOf(zone);
    expect((await locate(hop('d.test', { transport: 'udp' }), dns, options)).map(brief)).toEqual(['udp 10.0.0.2 5060']);
    expect(dns.asked).toEqual(['Srv _sip._udp.d.test', 'A b.test']);
  });

  it('goes to the name itself over the chosen transport where there is no SRV (RFC 3263 §4.2)', async () => {
    expect(await find(hop('d.test'), { ...zone, srv: {} })).toEqual(['tcp 10.0.0.3 5060']);
    expect(await find(hop('d.test', { secure: true }), zone)).toEqual(['tls 10.0.0.3 5061']);
  });
});

describe('nothing found', () => {
  it.each([
    ['an unknown name', hop('unknown.test'), 'unknown.test', 'it has no address'],
    ['with its port', hop('unknown.test', { port: 5070 }), 'unknown.test:5070', 'it has no address'],
    ['no answer', hop('dead.test'), 'dead.test', 'queryA ETIMEOUT dead.test'],
    ['not of the wanted family', hop('six.test'), 'six.test', 'it has no address'],
  ])('%s', async (_, to, server, detail) => {
    const found = find(to, { hosts: { 'six.test': ['2001:db8::1'] } }, ['IPv4']);
    await expect(found).rejects.toBeInstanceOf(FailureError);
    await expect(found).rejects.toMatchObject({
      failure: {
        code: 'TL2003',
        message: `The name of the server ${server} cannot be resolved.`,
        cause: `DNS does not know it: ${detail}.`,
      },
    });
  });
});
