/** What `thinline open` asks for, on the control path. */
import type { FastifyInstance } from 'fastify';
import { closed } from '../panel/command-table.ts';
import { type ToDial, type ToDialAnswer, type ToDialDesk, toDialPath } from './to-dial.ts';

const body = closed({
  required: ['target', 'extension'],
  properties: {
    target: { type: 'string', minLength: 1, maxLength: 256, pattern: '^[^\\s\\p{Cc}<>"]+$' },
    extension: { type: 'string', maxLength: 32, pattern: '^[0-9A-D*#]*$' },
  },
});

export function toDialRoutes(app: FastifyInstance, desk: ToDialDesk): void {
  app.post<{ Body: ToDial; Reply: ToDialAnswer }>(toDialPath, { schema: { body } }, async ({ body }) => ({
    shown: desk.ask(body),
  }));
}
