/** The page at the endpoint: on loopback alone, for whoever has been let in by a code. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { FailureError, failure } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { cookieName, judge, makeToken } from '@thinline/shared/loopback-guard.ts';
import { command } from './commands.ts';
import { EntryCodes } from './entry-codes.ts';
import { EventFeed } from './event-feed.ts';
import { makeDoor, sendFailure, type Visit } from './http-door.ts';
import type { LocalPhone } from './local-phone.ts';
import { readPage } from './page-file.ts';

const host = '127.0.0.1';

export interface PageServer {
  /** Lets in once, within five minutes; not for a log. */
  invite(): string;
  close(): void;
}

export interface PageServerOptions {
  phone: LocalPhone;
  /** 0: any free one. */
  port: number;
  log: Log;
}

/** Rejects with FailureError pagePortInUse. */
export async function servePage({ phone, port, log }: PageServerOptions): Promise<PageServer> {
  const page = readPage();
  const feed = new EventFeed(phone);
  const codes = new EntryCodes();
  const token = makeToken();

  const door = makeDoor({
    log,
    letIn: (visit) => letIn(visit, { port: portOf(door), token, admits: (code) => codes.admits(code, Date.now()) }),
    routes: {
      'GET /': ({ response }) => {
        response
          .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': page.policy })
          .end(page.html);
      },
      'GET /events': (visit) => {
        if (feed.isFull) sendFailure(visit, 503, failure('tooManyListeners'));
        else feed.listen(visit.response);
      },
      'POST /commands': (visit) => command(phone, visit),
    },
  });

  door.listen(port, host);
  await once(door, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    throw new FailureError('pagePortInUse', { address: `${host}:${port}` });
  });
  feed.start();
  const address = `http://${host}:${portOf(door)}/`;
  log.info(`serves a page at ${address}; "thinline-adapter ctl page" prints an address that lets in`);
  return {
    invite: () => `${address}?token=${codes.make(Date.now())}`,
    close: () => {
      feed.stop();
      door.close();
      door.closeAllConnections();
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function letIn(visit: Visit, own: Parameters<typeof judge>[1]): boolean {
  const { request, response, url } = visit;
  const { host: name, origin } = request.headers;
  const query =
    url.pathname === '/' && request.method === 'GET' ? (url.searchParams.get('token') ?? undefined) : undefined;
  switch (judge({ ...request.headers, query }, own)) {
    case 'pass':
      return true;
    case 'enter':
      response.setHeader('Set-Cookie', `${cookieName(own.port)}=${own.token}; HttpOnly; SameSite=Strict; Path=/`);
      response.writeHead(303, { Location: '/' }).end();
      return false;
    case 'unknown':
      sendFailure(visit, 401, failure('notAllowed'));
      return false;
    case 'foreign':
      sendFailure(visit, 403, failure('foreignPage', { host: origin ?? name ?? 'no name' }));
      return false;
  }
}
