/** A small HTTP server for a few people of this machine: bounds, headers, JSON, failures. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Failure } from '@thinline/shared/contract/types.ts';
import { catalogue, FailureError, failure, failureOf, sentence } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';

const longestBody = 1024;
const longestHeaders = 8 * 1024;
const mostConnections = 32;
const headersTimeoutMs = 5_000;
const requestTimeoutMs = 10_000;
/** Longer than the comments of the event feed are apart, so that it only ends what is stuck. */
const silentConnectionMs = 60_000;

const headers = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export interface Visit {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
}

/** By method and path: "GET /state". */
export type Routes = Readonly<Record<string, (visit: Visit) => void | Promise<void>>>;

export interface DoorOptions {
  routes: Routes;
  log: Log;
  /** Asked before each route; false: it has answered already. */
  letIn?: (visit: Visit) => boolean;
}

/** A server that does not listen yet. */
export function makeDoor({ routes, log, letIn = () => true }: DoorOptions): Server {
  const server = createServer(
    {
      maxHeaderSize: longestHeaders,
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: headersTimeoutMs,
    },
    (request, response) => {
      response.on('error', () => response.destroy());
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      const visit = { request, response, url: addressOf(request) };
      const key = `${request.method} ${visit.url.pathname}`;
      // What is there is told only to those who may come in.
      if (!letIn(visit)) return;
      const route = Object.hasOwn(routes, key) ? routes[key] : undefined;
      if (!route) return sendFailure(visit, 404, failure('malformedRequest', { detail: 'There is nothing like that' }));
      const serve = async () => route(visit);
      serve().catch((error: unknown) => {
        if (!(error instanceof FailureError)) log.error(`${key}: ${sentence(failureOf(error))}`);
        const it = failureOf(error);
        sendFailure(visit, it.code === catalogue.malformedRequest.code ? 400 : 409, it);
      });
    },
  );
  server.maxConnections = mostConnections;
  server.setTimeout(silentConnectionMs);
  return server;
}

/** Addresses that are none lead nowhere. */
const addressOf = ({ url }: IncomingMessage): URL =>
  URL.parse(`http://localhost${url?.startsWith('/') ? url : '/nowhere'}`) ?? new URL('http://localhost/nowhere');

export function sendJson({ response }: Visit, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

/** A sentence for people who look at a page, JSON for the rest. */
export function sendFailure(visit: Visit, status: number, it: Failure): void {
  const { request, response } = visit;
  if (response.headersSent) return void response.destroy();
  // What else the sender has to say is not listened to.
  response.setHeader('Connection', 'close');
  if (request.headers.accept?.includes('text/html')) {
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${sentence(it)}\n`);
  } else sendJson(visit, status, { failure: it });
}

/** Rejects with FailureError malformedRequest. */
export async function readJson({ request }: Visit): Promise<unknown> {
  // Another site's page can send any other type without asking first.
  if (request.headers['content-type'] !== 'application/json') {
    throw new FailureError('malformedRequest', { detail: 'It is not JSON' });
  }
  const tooLong = () => new FailureError('malformedRequest', { detail: 'It is too long' });
  if (Number(request.headers['content-length']) > longestBody) throw tooLong();
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += part;
    if (text.length > longestBody) throw tooLong();
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new FailureError('malformedRequest', { detail: 'It is not JSON' });
  }
}
