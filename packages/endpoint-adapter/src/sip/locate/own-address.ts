/** Which of our own names and addresses others are told, as public_address says it. */
import { lookupService } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { hostname, type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { SipSettings } from '@thinline/shared/contract/types.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { bareHost, type Target } from '../address.ts';
import type { Dns } from './dns.ts';
import { type Family, familyOf, readFamilies } from './families.ts';
import { sourceAddress } from './route.ts';

export interface OwnAddress {
  /** A name or an address; IPv6 without brackets. */
  contactHost: string;
  /** For SDP. */
  address: string;
}

export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

export type PublicAddress =
  | { kind: 'route' }
  | { kind: 'address'; address: string }
  /** The Contact carries the name. */
  | { kind: 'name'; name: string }
  | { kind: 'family'; family: Family }
  /** Of this machine; the Contact carries its address. */
  | { kind: 'host' }
  /** Of this machine, with its domain; the Contact carries it. */
  | { kind: 'fqdn' }
  | { kind: 'network'; network: string; bits: number }
  | { kind: 'adapter'; name: string };

/** Null: it is none. */
export function readPublicAddress(setting: string): PublicAddress | null {
  const text = setting.trim();
  const bare = bareHost(text);
  if (isIP(bare)) return { kind: 'address', address: bare };
  if (text === '') return { kind: 'route' };
  if (!text.startsWith('$')) return /^[A-Za-z0-9._-]{1,253}$/.test(text) ? { kind: 'name', name: text } : null;
  const word = text.slice(1).toLowerCase();
  if (word === 'auto') return { kind: 'route' };
  if (word === 'ipv4') return { kind: 'family', family: 'IPv4' };
  if (word === 'ipv6') return { kind: 'family', family: 'IPv6' };
  if (word === 'host' || word === 'fqdn') return { kind: word };
  if (word.startsWith('net:')) return readNetwork(word.slice(4).trim());
  return word === '' ? null : { kind: 'adapter', name: text.slice(1) };
}

function readNetwork(text: string): PublicAddress | null {
  const [network = '', bits = ''] = text.split('/');
  const most = isIP(network) === 6 ? 128 : 32;
  const valid = isIP(network) && /^\d{1,3}$/.test(bits) && Number(bits) <= most && text === `${network}/${bits}`;
  return valid ? { kind: 'network', network, bits: Number(bits) } : null;
}

/** A zone means something on this machine alone (RFC 4007 §11.2). */
const withoutZone = (address: string): string => address.replace(/%.*$/, '');

const type = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
linkLocal.addSubnet('fe80::', 10, 'ipv6');

const isIn = (list: BlockList, address: string): boolean => list.check(address, type(address));

/** Of the addresses: the routed one, else by family; those that are good on one link only are the last resort. */
function best(addresses: readonly string[], routed: string, families: readonly Family[]): string | null {
  const usable = families.flatMap((family) => addresses.filter((it) => familyOf(it) === family));
  if (usable.includes(routed)) return routed;
  return usable.find((it) => !isIn(linkLocal, it)) ?? usable[0] ?? null;
}

/** An adapter's name as it is written, else in whatever case, else its beginning. */
function adapterOf(name: string, interfaces: Interfaces): readonly NetworkInterfaceInfo[] {
  const short = name.toLowerCase();
  const names = Object.keys(interfaces);
  const found =
    names.find((it) => it === name) ??
    names.find((it) => it.toLowerCase() === short) ??
    names.find((it) => it.toLowerCase().startsWith(short));
  return (found !== undefined && interfaces[found]) || [];
}

/** The address of this machine that is meant; null where it has none such. routed: by the routing table. */
function pickAddress(
  wanted: Extract<PublicAddress, { kind: 'family' | 'network' | 'adapter' }>,
  interfaces: Interfaces,
  routed: string,
  families: readonly Family[],
): string | null {
  const all = Object.values(interfaces).flatMap((list) => list ?? []);
  const outside = all.filter((it) => !it.internal).map((it) => it.address);
  if (wanted.kind === 'family') {
    // The adapter that leads to the server is the best guess for its other family too.
    const beside = Object.values(interfaces).find((list) => list?.some((it) => it.address === routed)) ?? [];
    const near = beside.filter((it) => !it.internal).map((it) => it.address);
    return best(near, routed, [wanted.family]) ?? best([routed, ...outside], routed, [wanted.family]);
  }
  if (wanted.kind === 'adapter') {
    const there = adapterOf(wanted.name, interfaces).map((it) => it.address);
    return best(there, routed, families);
  }
  const network = new BlockList();
  network.addSubnet(wanted.network, wanted.bits, type(wanted.network));
  const inside = all.map((it) => it.address).filter((it) => familyOf(it) === familyOf(wanted.network));
  return best(
    inside.filter((it) => isIn(network, it)),
    routed,
    [familyOf(wanted.network)],
  );
}

/** Of the machine, for which tests have another. */
export interface OwnMachine {
  interfaces(): Interfaces;
  hostName(): string;
  /** The name that belongs to an address; '' where there is none. */
  nameOf(address: string): Promise<string>;
}

const thisMachine: OwnMachine = {
  interfaces: networkInterfaces,
  hostName: hostname,
  nameOf: (address) =>
    lookupService(address, 0).then(
      (found) => (isIP(found.hostname) ? '' : found.hostname),
      () => '',
    ),
};

export interface OwnAddressOptions {
  /** public_address. */
  setting: string;
  families: readonly Family[];
  /** What the routing table says for the server. */
  routed: string;
  dns: Dns;
  log: Log;
  machine?: OwnMachine;
}

/** Never rejects: what can't be had is said in the log, and the routed address takes its place. */
export async function ownAddress(options: OwnAddressOptions): Promise<OwnAddress> {
  const { setting, families, routed, dns, log, machine = thisMachine } = options;
  const both = (address: string): OwnAddress => ({ contactHost: withoutZone(address), address: withoutZone(address) });
  const instead = (why: string): OwnAddress => {
    log.warning(`public_address "${setting}": ${why}; ${routed} is used`);
    return both(routed);
  };
  /** A name of this machine often stands for loopback in its hosts file, where nobody else finds it. */
  const resolved = async (name: string): Promise<string | null> => {
    const found = await dns.resolveAddresses(name, families).catch(() => []);
    const addresses = found.map((it) => it.address).filter((it) => !isIn(loopback, it));
    return best(addresses, routed, families);
  };

  const wanted = readPublicAddress(setting);
  if (wanted === null) return instead('this is no address, name or adapter');
  switch (wanted.kind) {
    case 'route':
      return both(routed);
    case 'address':
      return both(wanted.address);
    case 'name': {
      const address = await resolved(wanted.name);
      if (address === null) log.warning(`public_address "${setting}" has no address; SDP says ${routed}`);
      return { contactHost: wanted.name, address: withoutZone(address ?? routed) };
    }
    case 'host':
      return both((await resolved(machine.hostName())) ?? routed);
    case 'fqdn': {
      const host = machine.hostName();
      const name = host.includes('.') ? host : await machine.nameOf(routed);
      if (!name.includes('.')) return instead('this machine has no name with a domain');
      return { contactHost: name, address: withoutZone((await resolved(name)) ?? routed) };
    }
    default: {
      const address = pickAddress(wanted, machine.interfaces(), routed, families);
      return address === null ? instead('no adapter of this machine has such an address') : both(address);
    }
  }
}

/** The MAC address of the adapter that has this address; '' where it has none. */
export function macAddress(address: string, interfaces: Interfaces = networkInterfaces()): string {
  const all = Object.values(interfaces).flatMap((list) => list ?? []);
  const mac = all.find((it) => it.address === address)?.mac ?? '';
  return /[1-9a-f]/i.test(mac) ? mac : '';
}

/**
 * The value of +sip.instance without its brackets (RFC 5626 §4.1): a UUID of version 1 whose node is the MAC address
 * (RFC 4122 §4.1.6) and whose time is zero, so that it stays the same for ever. '' for what is no MAC address.
 */
export function instanceId(mac: string): string {
  const node = mac.replace(/[:-]/g, '').toLowerCase();
  return /^[0-9a-f]{12}$/.test(node) ? `urn:uuid:00000000-0000-1000-8000-${node}` : '';
}

/** RFC 5737: an address of nobody, to ask the routing table by; nothing is sent. */
const anywhere: Target = { transport: 'udp', address: '192.0.2.1', port: 5060, name: '192.0.2.1' };

/** What to listen on: everything, or, as sip_port_binding asks for, the public address alone. */
export async function bindAddresses(
  {
    bindPublicAddress,
    publicAddress,
    ipVersions,
  }: Pick<SipSettings, 'bindPublicAddress' | 'publicAddress' | 'ipVersions'>,
  dns: Dns,
  log: Log,
): Promise<string[]> {
  if (!bindPublicAddress) return ['0.0.0.0', '::'];
  const routed = await sourceAddress(anywhere).catch(() => '127.0.0.1');
  const own = await ownAddress({ setting: publicAddress, families: readFamilies(ipVersions), routed, dns, log });
  return [own.address];
}
