/** A server on addresses of this machine, HTTP or HTTPS, that no visitor can stall or fill. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import type { Connections } from './connections.ts';
import type { DoorLimits } from './limits.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface ListenerOptions {
  handler: Handler;
  /** null: without TLS. */
  tls: SecureContextOptions | null;
  limits: DoorLimits;
  /** Absent: all who get this far may be here. */
  connections?: Connections;
  /** A TLS handshake that the other end broke off, or that was none. */
  onTlsFault?: (error: Error) => void;
}

export interface Listener {
  /** Rejects with the error of the system. */
  listen(where: { host: string; port: number } | { path: string }): Promise<void>;
  /** 0 for a path. */
  port(): number;
  /** For handshakes from now on. */
  renew(tls: SecureContextOptions): void;
  close(): Promise<void>;
}

const methods = ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS'];

/** What is said to a request that is none; empty: nothing can be, as to a handshake that is none. */
function statusOf(code = ''): string {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return '431 Request Header Fields Too Large';
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return '413 Content Too Large';
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return '408 Request Timeout';
    default:
      return code.startsWith('HPE_') ? '400 Bad Request' : '';
  }
}

function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...headers, Connection: 'close', 'Content-Length': '0' }).end();
}

export function makeListener({ handler, tls, limits, connections, onTlsFault }: ListenerOptions): Listener {
  /** Answers that each connection waits for. */
  const due = new WeakMap<Socket, Set<ServerResponse>>();

  const answer: Handler = (request, response) => {
    const answers = due.get(request.socket) ?? new Set();
    due.set(request.socket, answers.add(response));
    response.once('close', () => answers.delete(response));
    // Node leaves out what is above maxHeadersCount, and a header that is left out could be the one that matters.
    if (request.rawHeaders.length > 2 * limits.headerCount) return refuse(response, 431);
    if (!methods.includes(request.method ?? '')) return refuse(response, 405, { Allow: methods.join(', ') });
    // RFC 9112 §3.2: the forms for proxies are not ours to answer.
    if (!request.url?.startsWith('/') && request.url !== '*') return refuse(response, 400);
    handler(request, response);
  };

  const server: Server | TlsServer = tls
    ? createTlsServer({ ...tls, ...serverOptions(limits), minVersion: 'TLSv1.2' }, answer)
    : createServer(serverOptions(limits), answer);
  server.maxHeadersCount = limits.headerCount + 1;
  server.setTimeout(limits.silentMs);
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => {});
    connections?.admit(socket);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // What would be taken for the answer to another request, or for a part of one, is not said.
    const [first, second] = due.get(socket) ?? [];
    const free = first === undefined || (second === undefined && !first.headersSent);
    const status = statusOf(error.code);
    if (!free || !socket.writable || status === '') return void socket.destroy();
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
  });
  if (onTlsFault) server.on('tlsClientError', onTlsFault);

  return {
    async listen(where) {
      server.listen(where);
      await once(server, 'listening');
    },
    port() {
      const address = server.address();
      return address !== null && typeof address === 'object' ? address.port : 0;
    },
    renew(fresh) {
      if (server instanceof TlsServer) server.setSecureContext({ ...fresh, minVersion: 'TLSv1.2' });
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const serverOptions = (limits: DoorLimits) => ({
  maxHeaderSize: limits.headerBytes,
  headersTimeout: limits.headersMs,
  requestTimeout: limits.requestMs,
  connectionsCheckingInterval: Math.min(limits.headersMs, limits.requestMs) / 2,
  handshakeTimeout: limits.handshakeMs,
  keepAliveTimeout: limits.silentMs,
  requireHostHeader: true,
});
