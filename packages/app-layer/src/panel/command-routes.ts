import type { FastifyInstance } from 'fastify';
import type { Replica } from '../endpoint/replica.ts';
import { type CommandAnswer, type CommandRequest, type FailureAnswer, paths } from './api.ts';
import { closed, commandTable } from './command-table.ts';

const body = closed({
  required: ['command'],
  properties: {
    id: { type: 'string', minLength: 1, maxLength: 64 },
    command: closed({
      minProperties: 1,
      maxProperties: 1,
      properties: Object.fromEntries(Object.entries(commandTable).map(([name, shape]) => [name, closed(shape)])),
    }),
  },
});

export function commandRoutes(app: FastifyInstance, replica: Replica): void {
  app.post<{ Body: CommandRequest; Reply: { 200: CommandAnswer; 409: FailureAnswer } }>(
    paths.commands,
    { schema: { body } },
    async (request, reply) => {
      const { id, command } = request.body;
      const result = await replica.execute(command, id);
      if (result.failure) return reply.code(409).send({ failure: result.failure });
      return reply.code(200).send({ id: result.id, callId: result.callId });
    },
  );
}
