/** The families of IP addresses that may be used, as ip_versions says it: the preferred one first. */
import { isIP } from 'node:net';

export type Family = 'IPv4' | 'IPv6';

export const familyOf = (address: string): Family => (isIP(address) === 6 ? 'IPv6' : 'IPv4');

/** "IPv4", "ipv6 , IPv4" and the like; both, IPv4 first, where it names none. */
export function readFamilies(ipVersions: string): Family[] {
  const named = ipVersions.split(',').map((word) => word.replace(/\s/g, '').toLowerCase());
  const families: Family[] = [];
  for (const name of named) {
    const family = name === 'ipv4' ? 'IPv4' : name === 'ipv6' ? 'IPv6' : null;
    if (family && !families.includes(family)) families.push(family);
  }
  return families.length > 0 ? families : ['IPv4', 'IPv6'];
}
