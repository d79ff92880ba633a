/** SIP over TCP (RFC 3261 §18): a listener, and connections by remote address. */
import { connect, createServer, isIP } from 'node:net';
import type { Log } from '@thinline/shared/log/log.ts';
import type { Remote } from '../address.ts';
import { Connection } from './connection.ts';
import type { TransportSockets, SipTransport, TransportSink } from './transport.ts';

const MAX_CONNECTIONS = 128;

const keyOf = (remote: Remote): string => `${remote.address} ${remote.port}`;

async function open(address: string, port: number, sink: TransportSink, log: Log): Promise<TransportSockets> {
  const connections = new Map<string, Connection>();
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
      if (connections.get(key) === connection) connections.delete(key);
    });
    return connection;
  };
  server.on('error', (error) => log.warning(() => `TCP listener: ${error.message}`));
  server.on('connection', (socket) => {
    const { remoteAddress, remotePort } = socket;
    if (connections.size >= MAX_CONNECTIONS || remoteAddress === undefined || remotePort === undefined)
      return void socket.destroy();
    keep(new Connection(socket, { address: remoteAddress, port: remotePort }), false);
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
