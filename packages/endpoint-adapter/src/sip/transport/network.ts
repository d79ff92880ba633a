/** All sockets of the user agent: every transport and address family on one port number. */
import { isIP } from 'node:net';
import type { PortRange } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { Remote, TransportName } from '../address.ts';
import { transports } from './registry.ts';
import type { Flow, TransportSink, TransportSockets } from './transport.ts';

/** With any port allowed: how often the system may give us one that another transport can't have. */
const ANY_PORT_TRIES = 16;

/** IPv6 may be switched off on this machine. */
const absentFamily = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL']);

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

export interface Network {
  readonly port: number;
  /** Throws where that address family has no socket. */
  flowTo(transport: TransportName, remote: Remote): Flow;
  close(): Promise<void>;
}

type Opened = Map<string, TransportSockets>;

const closeAll = async (opened: Opened): Promise<void> => {
  await Promise.all([...opened.values()].map((sockets) => sockets.close()));
};

async function openPort(addresses: readonly string[], wanted: number, sink: TransportSink, log: Log): Promise<Opened> {
  const opened: Opened = new Map();
  let port = wanted;
  try {
    for (const address of addresses) {
      for (const transport of transports) {
        const family = isIP(address);
        try {
          const sockets = await transport.open(address, port, sink, log);
          port = sockets.port;
          opened.set(`${transport.name} ${family}`, sockets);
        } catch (error) {
          if (family !== 6 || !absentFamily.has(codeOf(error))) throw error;
        }
      }
    }
    return opened;
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

function* candidates(ports: PortRange): Generator<number> {
  if (ports.min === 0 && ports.max === 0) for (let i = 0; i < ANY_PORT_TRIES; i++) yield 0;
  else for (let port = ports.min; port <= ports.max; port++) yield port;
}

/** Takes the first port of the range that is free in every transport. Rejects with FailureError portInUse. */
export async function openNetwork(
  options: { ports: PortRange; addresses: readonly string[] },
  sink: TransportSink,
  log: Log,
): Promise<Network> {
  for (const candidate of candidates(options.ports)) {
    const opened = await openPort(options.addresses, candidate, sink, log).catch((error: unknown) => {
      if (codeOf(error) === 'EADDRINUSE' || codeOf(error) === 'EACCES') return null;
      throw error;
    });
    const first = opened?.values().next().value;
    if (!opened || !first) continue;
    return {
      port: first.port,
      flowTo: (transport, remote) => {
        const sockets = opened.get(`${transport} ${isIP(remote.address)}`);
        if (!sockets) throw new Error(`no socket for ${transport} to ${remote.address}`);
        return sockets.flowTo(remote);
      },
      close: () => closeAll(opened),
    };
  }
  throw new FailureError('portInUse', { min: options.ports.min, max: options.ports.max });
}
