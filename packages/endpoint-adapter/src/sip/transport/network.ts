/** All sockets of the user agent: every transport and address family on one port number. */
import { isIP } from 'node:net';
import type { PortRange, TlsSettings } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { Target } from '../address.ts';
import { type Family, familyOf } from '../locate/families.ts';
import { codeOf } from '../thrown.ts';
import { Connection } from './connection.ts';
import { makeDial } from './dial.ts';
import { KeepAlive } from './keep-alive.ts';
import { makeMark } from './marking.ts';
import { transports } from './registry.ts';
import { openTlsIdentity, usualTls } from './tls-identity.ts';
import type { Flow, SipTransport, TransportContext, TransportSink, TransportSockets } from './transport.ts';

/** With any port allowed: how often the system may give us one that another transport can't have. */
const ANY_PORT_TRIES = 16;

/** IPv6 may be switched off on this machine. */
const absentFamily = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL']);

/** ERR_SOCKET_BAD_PORT: the port above the last one. */
const taken = new Set(['EADDRINUSE', 'EACCES', 'ERR_SOCKET_BAD_PORT']);

export interface NetworkOptions {
  /** The first that is free is taken; both 0: any. TLS listens one higher. */
  ports: PortRange;
  /** Local addresses to listen on and to connect from; every one of this machine unless given. */
  addresses?: readonly string[];
  /** Both unless given. */
  families?: readonly Family[];
  /** Source ports of TCP, TLS and WebSocket connections; both 0: any, as where it isn't given. */
  tcpPorts?: PortRange;
  tls?: TlsSettings;
  /** Of what is sent; 0: the system's, as where it isn't given. */
  dscp?: number;
}

export interface Network {
  readonly port: number;
  /** Where TLS listens; 0: nowhere, as we have no certificate. */
  readonly tlsPort: number;
  /** Throws where that address family has no socket, or where there are too many connections. */
  flowTo(target: Target): Flow;
  /** Keeps the way back from there open; each on needs its off. */
  keepAlive(target: Target, on: boolean): void;
  /** The far end of a TLS connection asks, in its Via, for requests to that port of its address here (RFC 5923 §8). */
  alias(flow: Flow, port: number): void;
  close(): Promise<void>;
}

interface Opened {
  transport: SipTransport;
  family: number;
  sockets: TransportSockets;
}

const closeAll = async (opened: readonly Opened[]): Promise<void> => {
  await Promise.all(opened.map(({ sockets }) => sockets.close()));
};

async function openPort(addresses: readonly string[], wanted: number, context: TransportContext): Promise<Opened[]> {
  const opened: Opened[] = [];
  let port = wanted;
  try {
    for (const address of addresses) {
      for (const transport of transports) {
        const family = isIP(address);
        try {
          const sockets = await transport.open(address, port, context);
          opened.push({ transport, family, sockets });
          if (port === 0) port = sockets.port;
        } catch (error) {
          if (family !== 6 || !absentFamily.has(codeOf(error))) throw error;
          break;
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

const anyPort: PortRange = { min: 0, max: 0 };

/** Takes the first port of the range that is free in every transport. Rejects with FailureError portInUse. */
export async function openNetwork(options: NetworkOptions, sink: TransportSink, log: Log): Promise<Network> {
  const { families = ['IPv4', 'IPv6'] } = options;
  const addresses = (options.addresses ?? ['0.0.0.0', '::']).filter((it) => families.includes(familyOf(it)));
  const tls = await openTlsIdentity(options.tls ?? usualTls);
  if (tls.certificateFault !== '') log.warning(`the TLS certificate is not used: ${tls.certificateFault}`);
  const mark = makeMark(options.dscp ?? 0, log);
  const dial = makeDial(options.tcpPorts ?? anyPort);
  const context: TransportContext = {
    sink,
    log,
    tls,
    mark,
    dial: async (local, remote, signal) => {
      const socket = await dial(local, remote, signal);
      mark(socket);
      return socket;
    },
  };
  for (const candidate of candidates(options.ports)) {
    const opened = await openPort(addresses, candidate, context).catch((error: unknown) => {
      if (taken.has(codeOf(error))) return null;
      throw error;
    });
    const first = opened?.[0];
    if (!opened || !first) continue;
    let closed = false;
    const flowTo = (target: Target): Flow => {
      if (closed) throw new Error('the network is closed');
      const family = isIP(target.address);
      const found = opened.find((it) => it.transport.name === target.transport && it.family === family);
      if (!found) throw new Error(`no socket for ${target.transport} to ${target.address}`);
      return found.sockets.flowTo(target);
    };
    const keepAlive = new KeepAlive(flowTo);
    return {
      port: first.sockets.port,
      tlsPort: opened.find((it) => it.transport.name === 'tls')?.sockets.port ?? 0,
      flowTo,
      keepAlive: (target, on) => keepAlive.set(target, on),
      alias: (flow, port) => {
        if (flow instanceof Connection && flow.transport === 'tls') flow.aliasFor(port);
      },
      close: async () => {
        closed = true;
        keepAlive.stop();
        await closeAll(opened);
      },
    };
  }
  throw new FailureError('portInUse', { min: options.ports.min, max: options.ports.max });
}
