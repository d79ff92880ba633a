/** coturn as the STUN and TURN server, on loopback: over UDP and TCP at one port, over TLS at another. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './ports.ts';
import { type Peer, startPeer } from './process.ts';

export interface CoturnOptions {
  user: string;
  password: string;
  /** PEM files; without them there is no TLS. */
  tls?: { certificate: string; key: string };
}

export interface Coturn {
  readonly host: string;
  readonly port: number;
  /** 0 without TLS. */
  readonly tlsPort: number;
  /** Its log: one line or more for each session, allocation and channel. */
  readonly log: string;
  /** Until a line of its log, past or to come, matches. */
  waitForLog(pattern: RegExp, deadline?: number): Promise<RegExpMatchArray>;
  stop(): Promise<void>;
}

const host = '127.0.0.1';
/** Relayed addresses at a time. */
const relayPorts = 20;

/** Resolves when it answers. */
export async function startCoturn({ user, password, tls }: CoturnOptions): Promise<Coturn> {
  const folder = await mkdtemp(join(tmpdir(), 'thinline-coturn-'));
  const port = await freePorts(2);
  const firstRelayPort = await freePorts(relayPorts);
  const tlsPort = tls === undefined ? 0 : port + 1;
  const config = [
    `listening-ip=${host}`,
    `relay-ip=${host}`,
    `listening-port=${port}`,
    ...(tls === undefined
      ? ['no-tls']
      : [`tls-listening-port=${tlsPort}`, `cert=${tls.certificate}`, `pkey=${tls.key}`]),
    'no-dtls',
    'no-cli',
    `min-port=${firstRelayPort}`,
    `max-port=${firstRelayPort + relayPorts - 1}`,
    'realm=turn.test',
    'lt-cred-mech',
    `user=${user}:${password}`,
    // Loopback is refused to peers by default.
    'allow-loopback-peers',
    `userdb=${join(folder, 'users')}`,
    `pidfile=${join(folder, 'pid')}`,
    'log-file=stdout',
    'simple-log',
    'verbose',
  ];
  const file = join(folder, 'turnserver.conf');
  await writeFile(file, `${config.join('\n')}\n`, { mode: 0o600 });
  const peer: Peer = await startPeer('turnserver', ['-c', file]);
  const stop = async (): Promise<void> => {
    await peer.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    // After all of its listeners.
    await peer.waitForLine(/Total General servers/);
  } catch (cause) {
    await stop();
    throw cause;
  }
  return {
    host,
    port,
    tlsPort,
    get log() {
      return peer.output;
    },
    waitForLog: (pattern, deadline) => peer.waitForLine(pattern, deadline),
    stop,
  };
}
