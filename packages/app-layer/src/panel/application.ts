/** What the panel's doors (TCP for the page, the control path for programs) have in common: bounds, headers, errors, the API. */
import { failure } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { FastifyInstance } from 'fastify';
import type { Replica } from '../endpoint/replica.ts';
import { makeWebApplication, sendFailure } from '../http/web-application.ts';
import type { ToDialDesk } from '../open/to-dial.ts';
import { commandRoutes } from './command-routes.ts';
import type { EventFeed } from './event-feed.ts';
import { type SignInDesk, signInRoutes } from './sign-in-routes.ts';
import { stateRoutes } from './state-routes.ts';

const bodyBytes = 16 * 1024;

/** framers: origins whose pages may show the panel in a frame. */
export const panelPolicy = (framers: readonly string[]): string => {
  const ancestors = framers.length > 0 ? ["'self'", ...framers].join(' ') : "'none'";
  return `default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors ${ancestors}`;
};

const headers = { 'Content-Security-Policy': panelPolicy([]) };

export interface Application {
  replica: Replica;
  feed: EventFeed;
  /** Absent: who the agent is cannot be said here. */
  desk?: SignInDesk | undefined;
  toDial?: ToDialDesk | undefined;
  /** More of the API. */
  routes?: ((app: FastifyInstance) => void) | undefined;
  log: Log;
}

/** guard: what each request has to pass. */
export function makeApplication(api: Application, guard?: (app: FastifyInstance) => void): FastifyInstance {
  const { replica, feed, desk, toDial, routes, log } = api;
  const app = makeWebApplication({ bodyBytes, log });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    if (request.url.startsWith('/api/')) reply.header('Cache-Control', 'no-store');
  });
  guard?.(app);
  app.setNotFoundHandler((request, reply) =>
    sendFailure(request, reply, 404, failure('malformedRequest', { detail: 'There is nothing at this address.' })),
  );
  stateRoutes(app, replica, feed, toDial);
  commandRoutes(app, replica);
  if (desk) signInRoutes(app, desk);
  routes?.(app);
  return app;
}
