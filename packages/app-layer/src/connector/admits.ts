/**
 * Before each request of a desktop: whether the session is its own. What begins one only looks at first, in onRequest, and
 * begins it in preHandler, where the request is known to be well formed. A program that reads begins none: it may be one
 * that only watches.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Connector, Need } from './connector.ts';

export const admits =
  (connector: Connector, need: Need) =>
  async ({ method, headers }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const { origin = '', cookie = '' } = headers;
    const onlyReads = origin === '' && (method === 'GET' || method === 'HEAD');
    const admission = connector.admit({ origin, cookies: cookie }, onlyReads ? 'look' : need);
    if (admission.status !== 200) return reply.code(admission.status).send({ failure: admission.failure });
    if (admission.cookie !== '') reply.header('Set-Cookie', admission.cookie);
    return undefined;
  };
