/** Free ports on loopback, for programs that can't bind port 0 and tell. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { worker } from './worker.ts';

/**
 * Below the range that Linux takes for outgoing connections (32768 and up), so that none of those gets in between; and
 * apart from those of test files that run at the same time, as a port is free until its program has bound it.
 */
const range = 6_000;
const first = 20_000 + (worker % 2) * range;
const last = first + range;

const given = new Set<number>();

function udpIsFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', () => socket.close(() => resolve(false)));
    socket.bind({ port, address: host, exclusive: true }, () => socket.close(() => resolve(true)));
  });
}

function tcpIsFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The first of `count` ports in a row, even number, free for UDP and TCP, and not given to anyone in this process before. */
export async function freePorts(count: number, host = '127.0.0.1'): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const start = first + 2 * Math.floor(Math.random() * ((last - first - count) / 2));
    const row = Array.from({ length: count }, (_, i) => start + i);
    if (row.some((port) => given.has(port))) continue;
    const free = await Promise.all(row.flatMap((port) => [udpIsFree(port, host), tcpIsFree(port, host)]));
    if (free.includes(false)) continue;
    for (const port of row) given.add(port);
    return start;
  }
  throw new Error(`No ${count} free ports between ${first} and ${last} on ${host}.`);
}

/** One port, free for both UDP and TCP. */
export const freePort = (host?: string): Promise<number> => freePorts(1, host);
