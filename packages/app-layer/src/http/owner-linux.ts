/** Linux: /proc/net/tcp and /proc/net/tcp6 have the user of each end that is on this machine. */
import { access, constants, open } from 'node:fs/promises';
import { endianness } from 'node:os';
import { fresh } from './fresh.ts';
import type { Owner, OwnerKind } from './owner-kind.ts';
import { type End, isMapped, type Peer } from './peer-address.ts';

/** Some 50,000 rows. */
const mostBytes = 8 << 20;
const longestLine = 512;
/** Of these files the kernel hands out a page at a time. */
const room = 16_384;

/** The only state looked at: an end that its process has closed is shown as root's. */
const established = '01';

const littleEndian = endianness() === 'LE';

/** The kernel prints 32 bits at a time, as numbers of its own byte order. */
function printedAddress(bytes: Buffer): string {
  const turned = Buffer.from(bytes);
  if (littleEndian) turned.swap32();
  return turned.toString('hex').toUpperCase();
}

function printedEnd({ address, port }: End, short: boolean): string {
  const bytes = short ? address.subarray(12) : address;
  return `${printedAddress(bytes)}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What the peer's row begins with; short: in the table of IPv4. */
export const rowOf = ({ near, far }: Peer, short: boolean): string =>
  `${printedEnd(near, short)} ${printedEnd(far, short)} ${established}`;

const rowPattern = /^ *\d+: ([0-9A-F]{8,32}:[0-9A-F]{4} [0-9A-F]{8,32}:[0-9A-F]{4} 01) \S+ \S+ \S+ +(\d{1,10}) /;

/** Takes over the user of an established connection; other lines say nothing. */
export function takeRow(line: string, users: Map<string, number>): void {
  const [, row, user] = rowPattern.exec(line) ?? [];
  if (row !== undefined) users.set(row, Number(user));
}

/** By row. Rejects where the file is not there. */
async function readUsers(file: string): Promise<Map<string, number>> {
  const users = new Map<string, number>();
  const handle = await open(file);
  try {
    const bytes = Buffer.allocUnsafe(room);
    let rest = '';
    for (let total = 0; total < mostBytes; ) {
      const { bytesRead } = await handle.read(bytes, 0, room);
      if (bytesRead === 0) break;
      total += bytesRead;
      const lines = (rest + bytes.toString('latin1', 0, bytesRead)).split('\n');
      rest = lines.pop()?.slice(0, longestLine) ?? '';
      for (const line of lines) takeRow(line, users);
    }
  } finally {
    await handle.close();
  }
  return users;
}

/** root gets in everywhere anyway. */
export const judgeUser = (user: number, ours: number): Owner => (user === ours || user === 0 ? 'own' : 'other');

/** tcp, tcp6: the files. */
export function linuxOwner({ tcp, tcp6, ours }: { tcp: string; tcp6: string; ours: () => number }): OwnerKind {
  const tables = [
    { read: fresh(() => readUsers(tcp)), short: true },
    { read: fresh(() => readUsers(tcp6)), short: false },
  ];
  const look = async (peer: Peer): Promise<number | undefined> => {
    // A socket for both versions is in the table of IPv6 with a mapped address.
    for (const { read, short } of tables.filter((table) => !table.short || isMapped(peer.near))) {
      const user = (await read().catch(() => null))?.get(rowOf(peer, short));
      if (user !== undefined) return user;
    }
    return undefined;
  };
  return {
    platform: 'linux',
    isHere: () =>
      access(tcp, constants.R_OK).then(
        () => true,
        () => false,
      ),
    async ownerOf(peer) {
      // Rows move while others come and go between two pages, so that one may be missed.
      const user = (await look(peer)) ?? (await look(peer));
      return user === undefined ? 'unknown' : judgeUser(user, ours());
    },
  };
}

export const linux = linuxOwner({
  tcp: '/proc/net/tcp',
  tcp6: '/proc/net/tcp6',
  ours: () => process.geteuid?.() ?? -1,
});
