import { failure } from '@thinline/shared/failures.ts';
import type { FastifyInstance } from 'fastify';
import type { CallHistory } from '../history/call-history.ts';
import type { HistoryEntry } from '../history/entry.ts';
import type { FailureAnswer } from './api.ts';

export const historyPath = '/api/history';

/** Answers GET. Newest first. */
export interface HistoryAnswer {
  calls: readonly HistoryEntry[];
}

const one = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', minLength: 1, maxLength: 512 } },
};

/** GET lists the calls that ended, DELETE forgets all of them, DELETE with an id that one. */
export function historyRoutes(app: FastifyInstance, history: CallHistory): void {
  app.get<{ Reply: HistoryAnswer }>(historyPath, async () => ({ calls: history.list() }));

  app.delete(historyPath, async (_request, reply) => {
    history.erase();
    return reply.code(204).send();
  });

  app.delete<{ Params: { id: string }; Reply: { 204: undefined; 404: FailureAnswer } }>(
    `${historyPath}/:id`,
    { schema: { params: one } },
    async (request, reply) => {
      if (history.erase(request.params.id)) return reply.code(204).send();
      const detail = 'There is no such call in the history.';
      return reply.code(404).send({ failure: failure('malformedRequest', { detail }) });
    },
  );
}
