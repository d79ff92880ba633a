/** SIP over TCP (RFC 3261 §18): a listener, and connections by remote address. */
import { connect, createServer, isIP } from 'node:net';
import type { Log } from '@thinline/shared/log/log.ts';
import type { Remote } from '../address.ts';
import { Connection } from './connection.ts';
import type { SipTransport, TransportSink, TransportSockets } from './transport.ts';

const MAX_CONNECTIONS = 128;

const MAX_CONNECTIONS_OF_ONE = 16;
/** ms without a whole message, after which a connection gives way to a new one where there is no room. */
const STALE = 60_000;

const keyOf = (remote: Remote): string => `${remote.address} ${remote.port}`;

async function open(address: string, port: number, sink: TransportSink, log: Log): Promise<TransportSockets> {
  const connections = new Map<string, Connection>();
  /** Those that others made to us. */
  const inbound = new Set<Connection>();
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, exclusive: true, ipv6Only: isIP(address) === 6 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const keep = (connection: Connection, ours: boolean): Connection => {
    const key = keyOf(connection.remote);
    connections.set(key, connection);
    connection.start(ours, sink, log, () => {
      inbound.delete(connection);
      if (connections.get(key) === connection) connections.delete(key);
    });
    return connection;
  };
  /** False where all that are in the way are in use. */
  const makeRoom = (address: string): boolean => {
    const ofOne = [...inbound].filter((it) => it.remote.address === address);
    const full = ofOne.length >= MAX_CONNECTIONS_OF_ONE ? ofOne : inbound.size >= MAX_CONNECTIONS ? [...inbound] : null;
    if (!full) return true;
    const stalest = full.reduce((a, b) => (b.messageAtMs < a.messageAtMs ? b : a));
    if (performance.now() - stalest.messageAtMs < STALE) return false;
    stalest.destroy();
    inbound.delete(stalest);
    return true;
  };
  server.on('error', (error) => log.warning(() => `TCP listener: ${error.message}`));
  server.on('connection', (socket) => {
    const { remoteAddress, remotePort } = socket;
    if (remoteAddress === undefined || remotePort === undefined || !makeRoom(remoteAddress))
      return void socket.destroy();
    inbound.add(keep(new Connection(socket, { address: remoteAddress, port: remotePort }), false));
  });
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : port,
    flowTo: (remote) => {
      const known = connections.get(keyOf(remote));
      if (known?.open) return known;
      return keep(new Connection(connect({ host: remote.address, port: remote.port }), remote), true);
    },
    close: async () => {
      for (const connection of connections.values()) connection.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export const tcp: SipTransport = { name: 'tcp', open };
