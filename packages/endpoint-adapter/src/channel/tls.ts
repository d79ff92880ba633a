/** Where the app layer comes in over TLS, where the command line asks for that: nobody without a certificate of ours. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { FailureError } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { readHostPort, readTlsIdentity, type TlsFiles, welcome } from '@thinline/shared/mutual-tls.ts';

/** A caller has so long for its handshake, ms. */
const longestHandshake = 5000;
/** Anybody can begin one, so one more ends the oldest: silent strangers keep nobody out. */
const mostHandshakes = 64;
/** Of those who have shown a good certificate. The app layer needs one. */
const mostPipes = 64;
/** An app layer begins its link at once, and ends its connection with it, ms. */
const mostIdle = 5000;
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

/**
 * accept: also gets how long the connection may be without a link, ms; see LinkServer.
 * Rejects with FailureError tlsDoorFiles or tlsDoorTaken.
 */
export async function listenTls(
  options: TlsOptions,
  accept: (socket: TLSSocket, mostIdle: number) => void,
): Promise<TlsChannel> {
  const { host, port, log } = options;
  const identity = await readTlsIdentity(options).catch((error: Error) => {
    throw new FailureError('tlsDoorFiles', { detail: error.message });
  });
  const server = createServer({ ...identity, requestCert: true, rejectUnauthorized: true });
  const handshakes = new Handshakes();
  let pipes = 0;
  server.on('connection', (socket: Socket) => handshakes.begin(socket));
  server.on('secureConnection', (socket) => {
    handshakes.end(nameOf(socket));
    if (pipes >= mostPipes) {
      socket.destroy();
      return;
    }
    pipes += 1;
    socket.once('close', () => {
      pipes -= 1;
    });
    // The far end may vanish at any time; the link finds that out by itself.
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true);
    socket.write(Buffer.of(welcome));
    accept(socket, mostIdle);
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

/** Those under way, the oldest first. Node's own limit counts from the last byte, and leaves the connection open. */
class Handshakes {
  #open = new Map<string, { socket: Socket; timer: NodeJS.Timeout }>();

  begin(socket: Socket): void {
    if (this.#open.size >= mostHandshakes) {
      for (const [oldest, { socket }] of this.#open) {
        this.end(oldest);
        socket.destroy();
        break;
      }
    }
    const name = nameOf(socket);
    this.#open.set(name, { socket, timer: setTimeout(() => socket.destroy(), longestHandshake) });
    socket.once('close', () => this.#isGone(name, socket));
  }

  end(name: string): void {
    clearTimeout(this.#open.get(name)?.timer);
    this.#open.delete(name);
  }

  /** Its name may be another's by now. */
  #isGone(name: string, socket: Socket): void {
    if (this.#open.get(name)?.socket === socket) this.end(name);
  }
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
