/** Reads back what the system marks a socket's packets with, on Linux. */
import type { Socket } from 'node:dgram';
import { createRequire } from 'node:module';
import type { Socket as StreamSocket } from 'node:net';

const require = createRequire(import.meta.url);

/** TOS, or traffic class; null where koffi isn't installed, or the system doesn't say. */
export function markOf(socket: Socket | StreamSocket): number | null {
  let koffi: typeof import('koffi');
  try {
    koffi = require('koffi');
  } catch {
    return null;
  }
  const get = koffi.load(null).func('int getsockopt(int, int, int, _Out_ int *, _Inout_ uint32_t *)');
  const symbol = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'state symbol');
  const { fd } = symbol ? Reflect.get(socket, symbol).handle : Reflect.get(socket, '_handle');
  const value = [0];
  const address = socket.address();
  const six = 'family' in address && address.family === 'IPv6';
  const done = get(fd, six ? 41 : 0, six ? 67 : 1, value, [4]);
  return done === 0 ? (value[0] ?? null) : null;
}
