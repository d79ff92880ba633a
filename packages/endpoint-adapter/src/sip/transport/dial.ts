/** Makes TCP connections from the local address and the source ports that are configured. */
import { connect, type Socket } from 'node:net';
import type { PortRange } from '@thinline/shared/contract/types.ts';
import type { Remote } from '../address.ts';
import { codeOf } from '../thrown.ts';
import { isWildcard } from './transport.ts';

/** A range may be wide and all of it in use. */
const MAX_TRIES = 256;

/** Bound by somebody else, already connected to that very remote address, or kept back by the system. */
const taken = new Set(['EADDRINUSE', 'EADDRNOTAVAIL', 'EACCES']);

const faults: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the far end broke the connection off',
  EPIPE: 'the far end broke the connection off',
  ETIMEDOUT: 'the far end does not answer',
  EHOSTUNREACH: 'there is no way to the far end',
  ENETUNREACH: 'there is no way to the network of the far end',
  EADDRNOTAVAIL: 'the local address does not exist',
};

/** An error of a socket in words that people understand. */
export function socketFault(error: Error): string {
  const code = codeOf(error);
  const fault = faults[code];
  return fault ? `${fault} (${code})` : error.message;
}

/** Rejects with words for people; after an abort the socket is gone. */
export type Dial = (localAddress: string, remote: Remote, signal: AbortSignal) => Promise<Socket>;

function connectFrom(local: Remote, remote: Remote, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: remote.address,
      port: remote.port,
      noDelay: true,
      ...(isWildcard(local.address) ? {} : { localAddress: local.address }),
      ...(local.port === 0 ? {} : { localPort: local.port }),
    });
    const overdue = (): void => void socket.destroy(new Error('the connection was not made in time'));
    signal.addEventListener('abort', overdue);
    const done = (): void => signal.removeEventListener('abort', overdue);
    // Stays for the socket's life: an error must find a listener while the socket changes hands.
    socket.on('error', (error) => {
      done();
      reject(error);
    });
    socket.once('connect', () => {
      done();
      resolve(socket);
    });
  });
}

/**
 * sourcePorts: both 0, or an impossible range: any port. Each connection begins behind the port of the one before, as
 * the same two ends can't be connected again at once.
 */
export function makeDial(sourcePorts: PortRange): Dial {
  const { min, max } = sourcePorts;
  const size = min > 0 && max >= min ? max - min + 1 : 0;
  let next = 0;
  const local = function* (): Generator<number> {
    if (size === 0) yield 0;
    for (let i = 0; i < Math.min(size, MAX_TRIES); i++) {
      const port = min + next;
      next = (next + 1) % size;
      yield port;
    }
  };
  return async (address, remote, signal) => {
    for (const port of local()) {
      if (signal.aborted) break;
      try {
        return await connectFrom({ address, port }, remote, signal);
      } catch (error) {
        if (port !== 0 && taken.has(codeOf(error))) continue;
        throw new Error(error instanceof Error ? socketFault(error) : String(error));
      }
    }
    throw new Error(
      signal.aborted ? 'the connection was not made in time' : `no free TCP port between ${min} and ${max}`,
    );
  };
}
