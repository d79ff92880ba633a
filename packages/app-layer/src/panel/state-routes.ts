import { failure } from '@thinline/shared/failures.ts';
import type { FastifyInstance } from 'fastify';
import type { Replica } from '../endpoint/replica.ts';
import { paths } from './api.ts';
import type { EventFeed } from './event-feed.ts';

export function stateRoutes(app: FastifyInstance, replica: Replica, feed: EventFeed): void {
  app.get(paths.state, async () => replica.state());

  // No HEAD: it would be a listener that never hears anything.
  app.get(paths.events, { exposeHeadRoute: false }, (_request, reply) => {
    if (feed.isFull()) return reply.code(503).send({ failure: failure('tooManyListeners') });
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    reply.raw.setHeader('Content-Type', 'text/event-stream');
    feed.listen(reply.raw);
  });
}
