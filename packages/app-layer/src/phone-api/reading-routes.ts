/** The phone's state, its calls and its events. */
import type {} from '@fastify/swagger';
import { failure } from '@thinline/shared/failures.ts';
import type { FastifyInstance } from 'fastify';
import type { Replica } from '../endpoint/replica.ts';
import { openStream } from '../panel/state-routes.ts';
import { maxListeners, type PhoneFeed } from './phone-feed.ts';
import { refusals } from './refusals.ts';
import { reportedCall, reportOf } from './report.ts';

const tags = ['Phone'];

const eventsWords = `\`state\` comes first, with a PhoneReport, and again where so much is different that it is told anew: \
what was heard before is void then. Then come \`link\` (LinkStatus), \`line\` (Line, without its agent), \`agent\` \
({lineId, agent}), \`call\` (Call; in state RELEASED it is the last that is heard of it), \`audio\` (Audio or null), \
\`notices\` (a list of Notice), each with an id, and \`quality\` (CallQuality), which has none. Whoever comes back with \
Last-Event-ID gets what was missed, where that is still known, else \`state\`.`;

export function readingRoutes(app: FastifyInstance, replica: Replica, feed: PhoneFeed): void {
  app.get(
    '/phone/state',
    {
      schema: {
        tags,
        operationId: 'getState',
        summary: 'The whole phone',
        response: {
          200: { description: 'As it is now.', $ref: '#/components/schemas/PhoneReport' },
          ...refusals(),
        },
      },
    },
    async () => reportOf(replica.state()),
  );

  app.get<{ Params: { callId: string } }>(
    '/phone/calls/:callId',
    {
      schema: {
        tags,
        operationId: 'getCall',
        summary: 'One call, also for a while after its end',
        params: { type: 'object', properties: { callId: { type: 'string', minLength: 1, maxLength: 128 } } },
        response: {
          200: { description: 'The call.', $ref: '#/components/schemas/Call' },
          ...refusals(400, 404),
        },
      },
    },
    async ({ params }, reply) => {
      const { phone, released } = replica.state();
      const call = [...(phone?.calls ?? []), ...released].find(({ id }) => id === params.callId);
      if (call) return reportedCall(call);
      return reply.code(404).send({ failure: failure('noSuchCall', { call: params.callId }) });
    },
  );

  app.get<{ Headers: { 'last-event-id'?: string } }>(
    '/phone/events',
    {
      schema: {
        tags,
        operationId: 'getEvents',
        summary: 'What changes, as server-sent events',
        description: eventsWords,
        headers: {
          type: 'object',
          properties: {
            'last-event-id': {
              type: 'string',
              maxLength: 64,
              description: 'The id of the last event that was heard: what was missed since then is sent first.',
            },
          },
        },
        response: {
          200: {
            description: 'Events until either side ends it.',
            content: { 'text/event-stream': { schema: { type: 'string' } } },
          },
          ...refusals(503),
        },
      },
    },
    (request, reply) => {
      if (feed.isFull()) return reply.code(503).send({ failure: failure('streamsFull', { count: maxListeners }) });
      feed.listen(openStream(reply), request.headers['last-event-id']);
    },
  );
}
