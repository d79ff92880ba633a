/** The connector's routes, both versions, for whoever has a door. */
import { quoted } from '@thinline/shared/config/finding.ts';
import { failure } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { FastifyInstance, RouteHandlerMethod } from 'fastify';
import type { Connector } from './connector.ts';
import { v1Routes } from './v1-routes.ts';
import { v2Routes } from './v2-routes.ts';

/** So many unknown paths are told of; a page that makes them up must not fill the log. */
const mostUnknown = 100;

/** Does nothing before a request. */
export function connectorRoutes(app: FastifyInstance, connector: Connector): void {
  app.setNotFoundHandler(unknownPaths(connector.log));
  for (const routes of [v1Routes, v2Routes]) {
    app.register(async (scope) => {
      // As they are: what is not in a schema is not left out.
      scope.setSerializerCompiler(() => (data) => JSON.stringify(data));
      routes(scope, connector);
    });
  }
}

/** Each of them once, loudly: a desktop may need what nobody has seen yet. */
function unknownPaths(log: Log): RouteHandlerMethod {
  const told = new Set<string>();
  return async ({ method, url }, reply) => {
    const [path = ''] = url.split('?');
    const request = `${method} ${quoted(path)}`;
    if (!told.has(request) && told.size < mostUnknown) {
      told.add(request);
      log.warning(`an agent desktop asks for what is not known: ${request}`);
    }
    return reply.code(400).send({ failure: failure('unknownDesktopPath', { path: quoted(path) }) });
  };
}
