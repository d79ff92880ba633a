import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { failure } from '@thinline/shared/failures.ts';
import type { FastifyInstance } from 'fastify';
import { sentencePage, sentencePagePolicy } from './sentence-page.ts';

/** The panel's built files, from `folder`. */
export function pageRoutes(app: FastifyInstance, folder: string): void {
  app.register(fastifyStatic, { root: folder, index: false, suppressWarning: true });
  app.get('/', async (_request, reply) => {
    if (existsSync(join(folder, 'index.html'))) return reply.sendFile('index.html');
    return reply
      .code(503)
      .type('text/html')
      .header('Content-Security-Policy', sentencePagePolicy)
      .send(sentencePage(failure('panelNotBuilt')));
  });
}
