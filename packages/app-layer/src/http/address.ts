/** Where the doors are: at addresses that no other machine reaches. */
import { createHash } from 'node:crypto';

const loopback4 = /^127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

export const isLoopback = (address: string): boolean => address === '::1' || loopback4.test(address);

/**
 * On a machine of many users each needs an address of its own, and one that can be told ahead to the agent desktop's
 * options: 127.a.b.c by the SHA-256 of the user's name in lower case. a is 64 to 127, so that nothing usual is there
 * already; c is 1 to 254.
 */
export function addressOfUser(user: string): string {
  const [first = 0, second = 0, third = 0] = createHash('sha256').update(user.toLowerCase()).digest();
  return `127.${64 + (first % 64)}.${second}.${1 + (third % 254)}`;
}

/** What policy.connector.address stands for; empty: it is none of this machine alone. */
export function addressesFor(setting: string, user: string): string[] {
  if (setting === '$user') return [addressOfUser(user)];
  if (setting === 'localhost') return ['127.0.0.1', '::1'];
  return isLoopback(setting) ? [setting] : [];
}

/** As URLs and Host headers spell it. */
export const hostName = (address: string): string => (address.includes(':') ? `[${address}]` : address);

/** By which requests come to doors at these addresses: a name that leads elsewhere may have been another user's page. */
export const namesOf = (addresses: readonly string[]): string[] => [
  ...addresses.map(hostName),
  ...(addresses.some((it) => it === '127.0.0.1' || it === '::1') ? ['localhost'] : []),
];
