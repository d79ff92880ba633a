/** What both doors (TCP for the page, the control path for programs) have in common: bounds, headers, errors, the API. */
import type { Failure } from '@thinline/shared/contract/types.ts';
import { failure, failureOf } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Replica } from '../endpoint/replica.ts';
import { commandRoutes } from './command-routes.ts';
import type { EventFeed } from './event-feed.ts';
import { sentencePage, sentencePagePolicy } from './sentence-page.ts';
import { stateRoutes } from './state-routes.ts';

const bodyBytes = 16 * 1024;
const headerBytes = 16 * 1024;
const maxConnections = 64;
const headersTimeoutMs = 5_000;
const requestTimeoutMs = 10_000;
/** Longer than the event feed's comments are apart, so that it only ends what is stuck. */
const silentConnectionMs = 60_000;

const headers = {
  'Content-Security-Policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** A sentence for people who look at a page, JSON for the rest. */
export function sendFailure(request: FastifyRequest, reply: FastifyReply, status: number, it: Failure): FastifyReply {
  reply.code(status);
  if (!request.url.startsWith('/api/') && request.headers.accept?.includes('text/html')) {
    return reply.type('text/html').header('Content-Security-Policy', sentencePagePolicy).send(sentencePage(it));
  }
  return reply.send({ failure: it });
}

export interface Application {
  replica: Replica;
  feed: EventFeed;
  log: Log;
}

export function makeApplication({ replica, feed, log }: Application): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: bodyBytes,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: silentConnectionMs,
    forceCloseConnections: true,
    http: {
      maxHeaderSize: headerBytes,
      headersTimeout: headersTimeoutMs,
      connectionsCheckingInterval: headersTimeoutMs,
    },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false } },
  });
  app.server.maxConnections = maxConnections;
  app.removeContentTypeParser('text/plain');

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    if (request.url.startsWith('/api/')) reply.header('Cache-Control', 'no-store');
  });
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) {
      return sendFailure(request, reply, status, failure('malformedRequest', { detail: `${error.message}.` }));
    }
    log.error(() => `${request.method} ${request.routeOptions.url}: ${error.stack ?? error.message}`);
    return sendFailure(request, reply, status, failureOf(error));
  });
  app.setNotFoundHandler((request, reply) =>
    sendFailure(request, reply, 404, failure('malformedRequest', { detail: 'There is nothing at this address.' })),
  );

  stateRoutes(app, replica, feed);
  commandRoutes(app, replica);
  return app;
}
