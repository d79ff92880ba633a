/** The way to the server: its address, and the address that we have on that way. */
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { FailureError } from '@thinline/shared/failures.ts';

export interface Route {
  /** The server's IP address. */
  server: string;
  /** Ours, by the routing table. */
  local: string;
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Connecting a datagram socket sends nothing; it makes the system choose the source address. */
function sourceAddress(address: string, port: number): Promise<string> {
  const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');
  return new Promise<string>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => resolve(socket.address().address));
    socket.connect(port, address);
  }).finally(() => socket.close());
}

/** Rejects with FailureError serverUnknown or serverUnreachable. */
export async function findRoute(server: { host: string; port: number; transport: string }): Promise<Route> {
  const name = `${server.host}:${server.port}`;
  const address = isIP(server.host)
    ? server.host
    : await lookup(server.host).then(
        (found) => found.address,
        (error: unknown) => {
          throw new FailureError('serverUnknown', { server: name, detail: text(error) });
        },
      );
  const local = await sourceAddress(address, server.port).catch((error: unknown) => {
    throw new FailureError('serverUnreachable', { server: name, transport: server.transport, detail: text(error) });
  });
  return { server: address, local };
}
