/** The connections of one transport at one local address, ours and those of others, and who may have how many. */
import { createServer, isIP, type Server, type Socket } from 'node:net';
import type { Target, TransportName } from '../address.ts';
import { type Channel, Connection } from './connection.ts';
import type { TransportContext, TransportSockets } from './transport.ts';

const MAX_CONNECTIONS = 128;

const MAX_CONNECTIONS_OF_ONE = 16;
/** ms without a whole message, after which a connection gives way to a new one where there is no room. */
const STALE = 60_000;

export interface ConnectionKind {
  transport: TransportName;
  /** Names count: a connection to one name is not to be used for another unless the certificate allows it. */
  named: boolean;
  connect(target: Target, signal: AbortSignal): Promise<Channel>;
  /** What listens; null: nothing does. */
  listener: { address: string; port: number; accept(socket: Socket, signal: AbortSignal): Promise<Channel> } | null;
}

async function listen(address: string, port: number): Promise<Server> {
  const server = createServer({ noDelay: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, exclusive: true, ipv6Only: isIP(address) === 6 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server;
}

/** Rejects with the system's error. */
export async function openConnections(kind: ConnectionKind, context: TransportContext): Promise<TransportSockets> {
  const { sink, log, mark } = context;
  const ours = new Set<Connection>();
  const inbound = new Set<Connection>();

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

  const { listener } = kind;
  const server = listener ? await listen(listener.address, listener.port) : null;
  server?.on('error', (error) => log.warning(() => `${kind.transport} listener: ${error.message}`));
  server?.on('connection', (socket) => {
    const { remoteAddress, remotePort } = socket;
    // An error must find a listener while the socket changes hands.
    socket.on('error', () => {});
    if (!listener || remoteAddress === undefined || remotePort === undefined || !makeRoom(remoteAddress))
      return void socket.destroy();
    mark(socket);
    const connection = new Connection(kind.transport, { address: remoteAddress, port: remotePort }, null);
    inbound.add(connection);
    connection.start({
      open: (signal) => listener.accept(socket, signal),
      sink,
      log,
      ended: () => void inbound.delete(connection),
    });
  });
  const bound = server?.address();

  return {
    port: typeof bound === 'object' && bound ? bound.port : 0,
    flowTo: (target) => {
      const { address, port } = target;
      const name = kind.named ? target.name.toLowerCase() : '';
      for (const connection of [...ours, ...inbound]) if (connection.leadsTo(address, port, name)) return connection;
      if (ours.size >= MAX_CONNECTIONS) throw new Error('too many connections');
      const connection = new Connection(kind.transport, { address, port }, name);
      ours.add(connection);
      connection.start({
        open: (signal) => kind.connect(target, signal),
        sink,
        log,
        ended: () => void ours.delete(connection),
      });
      return connection;
    },
    close: async () => {
      for (const connection of [...ours, ...inbound]) connection.destroy();
      if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
