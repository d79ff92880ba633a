/**
 * Marks what a socket sends (DSCP, RFC 2474). Node has no call for that, so its sockets need setsockopt of the C library, by
 * koffi. On Linux and macOS; Windows takes marks from its own policies only.
 */
import { createRequire } from 'node:module';
import type { Socket as StreamSocket } from 'node:net';
import type { PacketSocket } from './packet-socket.ts';

/** IP_TOS and IPV6_TCLASS with their levels IPPROTO_IP and IPPROTO_IPV6, as the systems' headers have them. */
const ip = 0;
const ipv6 = 41;
const options: Readonly<Record<string, { tos: number; trafficClass: number }>> = {
  linux: { tos: 1, trafficClass: 67 },
  darwin: { tos: 3, trafficClass: 36 },
};

type SetSocketOption = (fd: number, level: number, option: number, value: Int32Array, length: number) => number;

/** Once for all sockets; null where the library isn't there. */
let loaded: SetSocketOption | null | undefined;

/** Null when it is done, else why not, in a sentence. The socket is bound, or connected; 0 takes the mark off. */
export function setDscp(socket: PacketSocket | StreamSocket, dscp: number): string | null {
  if (!Number.isInteger(dscp) || dscp < 0 || dscp > 63) return `${dscp} is no DSCP: they go from 0 to 63`;
  const refused = `the system refuses DSCP ${dscp}`;
  if ('mark' in socket && socket.mark !== undefined) return socket.mark(dscp) ? null : refused;
  const numbers = options[process.platform];
  if (numbers === undefined) return `packets can't be marked by a program on ${process.platform}`;
  const fd = descriptorOf(socket);
  if (fd === null) return 'the socket has no descriptor to be marked by';
  if (loaded === undefined) loaded = load();
  if (loaded === null) return 'the package koffi, which is needed to mark packets, is not here';
  // DSCP is the upper six bits, ECN the other two (RFC 3168 §5).
  const value = Int32Array.of(dscp << 2);
  const set = loaded;
  const marked = (level: number, option: number): boolean => set(fd, level, option, value, value.byteLength) === 0;
  const done = familyOf(socket) === 'IPv6' ? marked(ipv6, numbers.trafficClass) : marked(ip, numbers.tos);
  return done ? null : refused;
}

function load(): SetSocketOption | null {
  try {
    const koffi: typeof import('koffi') = createRequire(import.meta.url)('koffi');
    // Null is the program itself, which has the C library in it, whatever that is called here.
    return koffi.load(null).func('int setsockopt(int, int, int, const void *, uint32_t)');
  } catch {
    return null;
  }
}

const familyOf = (socket: PacketSocket | StreamSocket): unknown => property(socket.address(), 'family');

/** Node keeps that of a datagram socket where only a symbol leads; `_handle` would do as well, with a warning (DEP0112). */
function descriptorOf(socket: PacketSocket | StreamSocket): number | null {
  const symbol = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'state symbol');
  const handle: unknown =
    symbol === undefined ? Reflect.get(socket, '_handle') : property(Reflect.get(socket, symbol), 'handle');
  const fd = property(handle, 'fd');
  return typeof fd === 'number' && fd >= 0 ? fd : null;
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
