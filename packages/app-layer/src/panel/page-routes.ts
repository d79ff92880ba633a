import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isSea } from 'node:sea';
import fastifyStatic from '@fastify/static';
import { failure } from '@thinline/shared/failures.ts';
import type { FastifyInstance } from 'fastify';
import { sentencePage, sentencePagePolicy } from './sentence-page.ts';

/** In a package the pages were there when it was installed. */
const missing = (isPackaged: boolean) => failure(isPackaged ? 'panelRemoved' : 'panelNotBuilt');

/** The panel's built files, from `folder`. */
export function pageRoutes(app: FastifyInstance, folder: string): void {
  app.register(fastifyStatic, { root: folder, index: false, suppressWarning: true });
  app.get('/', async (_request, reply) => {
    if (existsSync(join(folder, 'index.html'))) return reply.sendFile('index.html');
    return reply
      .code(503)
      .type('text/html')
      .header('Content-Security-Policy', sentencePagePolicy)
      .send(sentencePage(missing(isSea())));
  });
}

/** Of names only that cannot lead out of `folder`. */
const fileForm = /^\/(?:assets\/)?\w[\w.-]{0,127}$/;

/** Whether `path` is one of the panel's built files. */
export const isPageFile = (folder: string, path: string): boolean =>
  fileForm.test(path) && existsSync(join(folder, path));
