/** What all doors have in common: JSON and nothing else, strict headers, failures as sentences. */
import type { Failure } from '@thinline/shared/contract/types.ts';
import { failure, failureOf } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { sentencePage, sentencePagePolicy } from '../panel/sentence-page.ts';

const headers = {
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

export interface WebOptions {
  /** The longest body. */
  bodyBytes: number;
  log: Log;
}

/** It listens nowhere: its `routing` is given what a listener hears. */
export function makeWebApplication({ bodyBytes, log }: WebOptions): FastifyInstance {
  const app = Fastify({
    logger: false,
    // It would do what GET does: tell news to nobody, or open a stream that never hears anything.
    exposeHeadRoutes: false,
    bodyLimit: bodyBytes,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 128 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false, allowUnionTypes: true } },
  });
  app.removeContentTypeParser('text/plain');

  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers);
  });
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) {
      return sendFailure(request, reply, status, failure('malformedRequest', { detail: `${error.message}.` }));
    }
    log.error(() => `${request.method} ${request.routeOptions.url}: ${error.stack ?? error.message}`);
    return sendFailure(request, reply, status, failureOf(error));
  });
  return app;
}
