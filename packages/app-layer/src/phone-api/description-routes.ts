/** What is the same for everybody: the description of the API, and the script that pages embed. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type {} from '../http/connector-door.ts';

const script = join(import.meta.dirname, 'thinline.js');

const description = ['Description'];

/** It takes the schemas of all routes and of the contract: made when somebody asks. */
async function readDescription(): Promise<object> {
  const { describeApi } = await import('./description.ts');
  return describeApi();
}

export function descriptionRoutes(app: FastifyInstance): void {
  let described: Promise<object> | undefined;

  app.get(
    '/openapi.json',
    {
      config: { public: true },
      schema: {
        tags: description,
        operationId: 'getDescription',
        summary: 'This description',
        response: { 200: { description: 'OpenAPI 3.1.', type: 'object' } },
      },
    },
    () => {
      described ??= readDescription();
      return described;
    },
  );

  app.get(
    '/thinline.js',
    {
      config: { public: true },
      schema: {
        tags: description,
        operationId: 'getScript',
        summary: 'The script that gives a page the phone',
        response: {
          200: { description: 'A classic script.', content: { 'text/javascript': { schema: { type: 'string' } } } },
        },
      },
    },
    // Pages of other origins load it; it is the same for all, and tells nothing of the phone.
    (_request, reply) =>
      reply
        .header('Cross-Origin-Resource-Policy', 'cross-origin')
        .header('Cache-Control', 'no-cache')
        .type('text/javascript; charset=utf-8')
        .send(createReadStream(script)),
  );
}
