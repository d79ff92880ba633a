/** Where the app layer comes in over TLS, where the command line asks for that: nobody without a certificate of ours. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { FailureError } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { readHostPort, readTlsIdentity, type TlsFiles, welcome } from '@thinline/shared/mutual-tls.ts';

/** A caller has so long for its handshake, ms. */
const longestHandshake = 5000;
/** The app layer needs one; handshakes of strangers shall not keep it out. */
const mostConnections = 64;
/** Refusals are told of once in that time, ms: strangers must not fill the log. */
const quietAfterRefusal = 10_000;

export interface TlsPlace extends TlsFiles {
  host: string;
  /** 0: any that is free. */
  port: number;
}

export interface TlsOptions extends TlsPlace {
  log: Log;
}

export interface TlsChannel {
  readonly port: number;
  /** Nobody else comes in; who is in stays. */
  close(): void;
}

export interface TlsWords {
  tls?: string | undefined;
  'tls-certificate'?: string | undefined;
  'tls-authorities'?: string | undefined;
}

/** What the command line says; null where it asks for no TLS. Throws FailureError usage. */
export function readTlsWords(words: TlsWords): TlsPlace | null {
  const { tls, 'tls-certificate': certificate, 'tls-authorities': authorities } = words;
  if (tls === undefined) {
    if (certificate === undefined && authorities === undefined) return null;
    throw new FailureError('usage', { detail: '--tls-certificate and --tls-authorities are of use with --tls only.' });
  }
  const place = readHostPort(tls);
  if (!place) throw new FailureError('usage', { detail: `--tls takes HOST:PORT, and "${tls}" is none.` });
  if (!certificate || !authorities) {
    throw new FailureError('usage', { detail: '--tls needs --tls-certificate FILE and --tls-authorities FILE.' });
  }
  return { ...place, certificate, authorities };
}

/** Rejects with FailureError tlsDoorFiles or tlsDoorTaken. */
export async function listenTls(options: TlsOptions, accept: (socket: TLSSocket) => void): Promise<TlsChannel> {
  const { host, port, log } = options;
  const identity = await readTlsIdentity(options).catch((error: Error) => {
    throw new FailureError('tlsDoorFiles', { detail: error.message });
  });
  const server = createServer({ ...identity, requestCert: true, rejectUnauthorized: true });
  server.maxConnections = mostConnections;
  // Node's own limit counts from the last byte, and leaves the connection open.
  const handshakes = new Map<string, NodeJS.Timeout>();
  const isOver = (name: string): void => {
    clearTimeout(handshakes.get(name));
    handshakes.delete(name);
  };
  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket);
    handshakes.set(
      name,
      setTimeout(() => socket.destroy(), longestHandshake),
    );
    socket.once('close', () => isOver(name));
  });
  server.on('secureConnection', (socket) => {
    isOver(nameOf(socket));
    // The far end may vanish at any time; the link finds that out by itself.
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true);
    socket.write(Buffer.of(welcome));
    accept(socket);
  });
  let quietUntil = 0;
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    const { remoteAddress } = socket;
    socket.destroy();
    const now = performance.now();
    if (now < quietUntil) return;
    quietUntil = now + quietAfterRefusal;
    log.warning(
      () => `refused a TLS connection from ${remoteAddress ?? 'somebody who is gone'}: ${error.code ?? 'no code'}`,
    );
  });
  await listen(server, host, port);
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    close: () => server.close(),
  };
}

/** While it is connected. */
const nameOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new FailureError('tlsDoorTaken', { host, port, detail: code });
  }
}
