/** The local HTTP server: the panel's pages and API on loopback, the API alone on the control path. */
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { FailureError, failure } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { cookieName, judge, makeToken, sameToken } from '@thinline/shared/loopback-guard.ts';
import { listenOwn } from '@thinline/shared/own-socket.ts';
import type { FastifyInstance } from 'fastify';
import type { Replica } from '../endpoint/replica.ts';
import { makeApplication, sendFailure } from './application.ts';
import { makeEventFeed } from './event-feed.ts';
import { pageRoutes } from './page-routes.ts';

export interface PanelOptions {
  replica: Replica;
  /** 127.0.0.1, localhost or ::1. */
  host: string;
  /** 0: any free one. */
  port: number;
  /** A unix socket in a folder of its own (made when missing), or a named pipe. */
  controlPath: string;
  log: Log;
  /** Where the built pages are; by default ui/dist. */
  pages?: string;
}

export interface Panel {
  /** Opens the panel, once or often; contains the token. */
  url: string;
  close(): Promise<void>;
}

const builtPages = fileURLToPath(new URL('../../ui/dist', import.meta.url));

const portOf = (app: FastifyInstance): number => (app.server.address() as AddressInfo | null)?.port ?? 0;

function guardDoor(app: FastifyInstance, token: string): void {
  app.addHook<{ Querystring: { token?: string } }>('onRequest', async (request, reply) => {
    const port = portOf(app);
    const { host, origin } = request.headers;
    const query = request.routeOptions.url === '/' ? request.query.token : undefined;
    switch (judge({ ...request.headers, query }, { port, token, admits: (code) => sameToken(code, token) })) {
      case 'pass':
        return;
      case 'enter':
        return reply
          .header('Set-Cookie', `${cookieName(port)}=${token}; HttpOnly; SameSite=Strict; Path=/`)
          .header('Cache-Control', 'no-store')
          .redirect('/', 303);
      case 'unknown':
        return sendFailure(request, reply, 401, failure('notAllowed'));
      case 'foreign':
        return sendFailure(request, reply, 403, failure('foreignPage', { host: origin ?? host ?? 'no name' }));
    }
  });
}

async function listenTcp(app: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new FailureError('panelPortInUse', { address: `${host}:${port}` });
  }
}

/**
 * Serves until closed.
 * @throws FailureError panelPortInUse, socketTaken, folderOpen, usage (a host that is not loopback)
 */
export async function startPanel(options: PanelOptions): Promise<Panel> {
  const { replica, host, port, controlPath, log } = options;
  if (!['127.0.0.1', 'localhost', '::1'].includes(host)) {
    throw new FailureError('usage', { detail: `The panel is served on this machine only, not at ${host}.` });
  }
  const token = makeToken();
  const feed = makeEventFeed(replica);
  const door = makeApplication({ replica, feed, log });
  guardDoor(door, token);
  pageRoutes(door, options.pages ?? builtPages);
  const control = makeApplication({ replica, feed, log });

  const close = async () => {
    feed.close();
    await Promise.all([door.close(), control.close()]);
  };
  try {
    // TCP first: of two that start at once only one gets the port, and so only one claims the control path.
    await listenTcp(door, host, port);
    await listenOwn(controlPath, () => control.listen({ path: controlPath }));
  } catch (error) {
    await close();
    throw error;
  }
  const address = `http://${host === '::1' ? '[::1]' : host}:${portOf(door)}/`;
  log.info(`serves the panel at ${address} and control at ${controlPath}`);
  return { url: `${address}?token=${token}`, close };
}
