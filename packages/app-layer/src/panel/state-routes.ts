import type { ServerResponse } from 'node:http';
import { failure } from '@thinline/shared/failures.ts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Replica } from '../endpoint/replica.ts';
import type { ToDialDesk } from '../open/to-dial.ts';
import { toDialRoutes } from '../open/to-dial-routes.ts';
import { paths } from './api.ts';
import type { EventFeed } from './event-feed.ts';

/** Takes the response out of Fastify's hands, with the headers that it has so far, for server-sent events. */
export function openStream(reply: FastifyReply): ServerResponse {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  reply.raw.setHeader('Content-Type', 'text/event-stream');
  return reply.raw;
}

/** toDial: numbers of links, for the page's field. */
export function stateRoutes(app: FastifyInstance, replica: Replica, feed: EventFeed, toDial?: ToDialDesk): void {
  app.get(paths.state, async () => replica.state());
  if (toDial) toDialRoutes(app, toDial);

  app.get(paths.events, (_request, reply) => {
    if (feed.isFull()) return reply.code(503).send({ failure: failure('tooManyListeners') });
    const response = openStream(reply);
    feed.listen(response);
    toDial?.show(response);
  });
}
