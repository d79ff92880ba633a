import type { NetworkInterfaceInfo } from 'node:os';
import { makeLog } from '@thinline/shared/log/log.ts';
import { describe, expect, it } from 'vitest';
import type { Dns } from './dns.ts';
import { type Family, familyOf } from './families.ts';
import {
  type Interfaces,
  instanceId,
  macAddress,
  type OwnAddressOptions,
  ownAddress,
  readPublicAddress,
} from './own-address.ts';

const at = (address: string, mac = '00:00:00:00:00:00'): NetworkInterfaceInfo => {
  const common = { address, mac, netmask: '', internal: address.startsWith('127.') || address === '::1', cidr: null };
  return familyOf(address) === 'IPv4' ? { ...common, family: 'IPv4' } : { ...common, family: 'IPv6', scopeid: 0 };
};

const interfaces: Interfaces = {
  lo: [at('127.0.0.1'), at('::1')],
  'vEthernet (WSL)': [at('172.20.0.1', '00:15:5d:00:00:01'), at('fe80::1', '00:15:5d:00:00:01')],
  'Wi-Fi': [at('192.168.1.5', '00:24:D7:AB:CD:EF'), at('fe80::2'), at('2001:db8::5')],
  VPN: [at('10.8.0.2')],
};

const names: Record<string, string[]> = {
  'phone.test': ['198.51.100.7', '2001:db8::7'],
  'desk.test': ['127.0.1.1', '192.168.1.5'],
  desk: ['127.0.1.1'],
  office: ['10.8.0.2'],
};
const dns: Dns = {
  resolveNaptr: async () => [],
  resolveSrv: async () => [],
  resolveAddresses: async (name) => {
    if (name === 'dead.test') throw new Error('ETIMEOUT');
    return (names[name] ?? []).map((address) => ({ address, family: familyOf(address), ttl: 60 }));
  },
};

async function own(setting: string, options: Partial<OwnAddressOptions> & { host?: string; nameOf?: string } = {}) {
  const lines: string[] = [];
  const { host = 'desk', nameOf = '' } = options;
  const found = await ownAddress({
    setting,
    families: ['IPv4', 'IPv6'],
    routed: '192.168.1.5',
    dns,
    log: makeLog({ write: (line) => lines.push(line) }),
    machine: { interfaces: () => interfaces, hostName: () => host, nameOf: async () => nameOf },
    ...options,
  });
  return { said: `${found.contactHost} ${found.address}`, lines };
}

describe('public_address', () => {
  it.each([
    ['', '192.168.1.5 192.168.1.5'],
    ['$auto', '192.168.1.5 192.168.1.5'],
    [' $AUTO ', '192.168.1.5 192.168.1.5'],
    ['203.0.113.9', '203.0.113.9 203.0.113.9'],
    ['[2001:db8::9]', '2001:db8::9 2001:db8::9'],
    ['fe80::9%eth0', 'fe80::9 fe80::9'],
    ['phone.test', 'phone.test 198.51.100.7'],
    ['$host', '192.168.1.5 192.168.1.5'],
    ['$ipv4', '192.168.1.5 192.168.1.5'],
    ['$ipv6', '2001:db8::5 2001:db8::5'],
    ['$Wi-Fi', '192.168.1.5 192.168.1.5'],
    ['$vpn', '10.8.0.2 10.8.0.2'],
    ['$veth', '172.20.0.1 172.20.0.1'],
    ['$lo', '127.0.0.1 127.0.0.1'],
    ['$net:172.16.0.0/12', '172.20.0.1 172.20.0.1'],
    ['$net:0.0.0.0/0', '192.168.1.5 192.168.1.5'],
    ['$net:2001:db8::/32', '2001:db8::5 2001:db8::5'],
  ])('%j', async (setting, said) => {
    expect(await own(setting)).toEqual({ said, lines: [] });
  });

  it.each([['$net:10.0.0.0/33'], ['$net:10.0.0.0'], ['$net:1.1.1.0/24'], ['$tap'], ['$'], ['a b'], ['$fqdn']])(
    '%j: the routed address, and the log says why',
    async (setting) => {
      const { said, lines } = await own(setting);
      expect(said).toBe('192.168.1.5 192.168.1.5');
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(`public_address "${setting}"`);
    },
  );

  it.each([
    ['IPv6 first', ['IPv6', 'IPv4'], '10.8.0.2', '2001:db8::5'],
    ['IPv6 only', ['IPv6'], '10.8.0.2', '2001:db8::5'],
    ['the routed one before all others', ['IPv6', 'IPv4'], '192.168.1.5', '192.168.1.5'],
  ] satisfies [string, Family[], string, string][])('an adapter, %s', async (_, families, routed, address) => {
    expect((await own('$wi', { families, routed })).said).toBe(`${address} ${address}`);
  });

  it('$ipv6 takes a link-local address only where there is no other', async () => {
    const wsl = { 'vEthernet (WSL)': interfaces['vEthernet (WSL)'] };
    const machine = { interfaces: () => wsl, hostName: () => 'desk', nameOf: async () => '' };
    expect((await own('$ipv6', { routed: '172.20.0.1', machine })).said).toBe('fe80::1 fe80::1');
    expect((await own('$ipv6', { routed: '10.8.0.2' })).said).toBe('2001:db8::5 2001:db8::5');
  });

  it('$fqdn: the Contact has the name, SDP never has loopback', async () => {
    expect((await own('$fqdn', { host: 'desk.test' })).said).toBe('desk.test 192.168.1.5');
    expect((await own('$fqdn', { nameOf: 'desk.test' })).said).toBe('desk.test 192.168.1.5');
    expect((await own('$fqdn', { nameOf: 'unknown.test' })).said).toBe('unknown.test 192.168.1.5');
  });

  it('$host: the address of this machine by its name', async () => {
    expect((await own('$host', { host: 'office' })).said).toBe('10.8.0.2 10.8.0.2');
  });

  it.each(['unknown.test', 'dead.test'])('%s, which has no address, is still the name to call', async (setting) => {
    const { said, lines } = await own(setting);
    expect(said).toBe(`${setting} 192.168.1.5`);
    expect(lines).toHaveLength(1);
  });

  it.each(['$'.repeat(16_000), 'a.'.repeat(8_000), `$net:${'1/'.repeat(8_000)}`])('reads long nonsense', (text) => {
    expect(readPublicAddress(text)?.kind ?? 'none').toMatch(/^(none|adapter)$/);
  });
});

describe('include_mac_address', () => {
  it.each([
    ['192.168.1.5', '00:24:D7:AB:CD:EF'],
    ['127.0.0.1', ''],
    ['10.8.0.2', ''],
    ['203.0.113.9', ''],
  ])('the adapter of %s has %j', (address, mac) => {
    expect(macAddress(address, interfaces)).toBe(mac);
  });

  it.each([
    ['00:24:D7:AB:CD:EF', 'urn:uuid:00000000-0000-1000-8000-0024d7abcdef'],
    ['00-0a-95-a0-e1-28', 'urn:uuid:00000000-0000-1000-8000-000a95a0e128'],
    ['', ''],
    ['00:24:d7', ''],
  ])('instanceId of %j', (mac, id) => {
    expect(instanceId(mac)).toBe(id);
  });
});
