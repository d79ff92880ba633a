/** Pages for people who look whether the connector is there, and why their agent desktop does not reach it. */
import { readFileSync } from 'node:fs';
import type { ConnectorSettings } from '@thinline/shared/config/connector.ts';
import { version } from '@thinline/shared/version.ts';
import type { FastifyInstance } from 'fastify';
import type { Visits } from './visits.ts';

const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Each file of the folder, and what it is. */
const files = [
  { path: '/', file: 'status.html', type: 'text/html; charset=utf-8' },
  { path: '/self-test', file: 'self-test.html', type: 'text/html; charset=utf-8' },
  { path: '/self-test/script.js', file: 'script.js', type: 'text/javascript; charset=utf-8' },
  { path: '/self-test/style.css', file: 'style.css', type: 'text/css; charset=utf-8' },
] as const;

export interface SelfTest {
  settings: ConnectorSettings;
  visits: Visits;
  bound(): string | null;
}

/** GET /self-test/answer. */
export interface SelfTestAnswer {
  version: string;
  /** Whether only those in policy.connector.origins may. */
  listed: boolean;
  /** Whether a desktop has a session. */
  bound: boolean;
  visits: ReturnType<Visits['list']>;
}

export function selfTestRoutes(app: FastifyInstance, { settings, visits, bound }: SelfTest): void {
  const config = { public: true };
  for (const { path, file, type } of files) {
    const content = readFileSync(new URL(`./self-test/${file}`, import.meta.url), 'utf8');
    app.get(path, { config }, (_request, reply) =>
      reply.type(type).header('Content-Security-Policy', pagePolicy).send(content),
    );
  }
  app.get(
    '/self-test/answer',
    { config },
    (): SelfTestAnswer => ({
      version,
      listed: settings.origins.length > 0,
      bound: bound() !== null,
      visits: visits.list(),
    }),
  );
}
