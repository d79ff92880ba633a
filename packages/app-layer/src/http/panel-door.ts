/** The panel's door on TCP: who has its token may come in. */
import { failure } from '@thinline/shared/failures.ts';
import { cookieName, cookieValue, judge, type Place, sameToken } from '@thinline/shared/loopback-guard.ts';
import type { FastifyInstance } from 'fastify';
import type { PanelTickets } from '../open/panel-tickets.ts';
import { panelPolicy } from '../panel/application.ts';
import type { Connections } from './connections.ts';
import { cookieAttributes, framers } from './framing.ts';
import { keptSeconds } from './kept-token.ts';
import { isOwnPeer } from './owner.ts';
import { sendFailure } from './web-application.ts';

export interface PanelDoor {
  token: string;
  /** They let in as the token does, once. */
  tickets: PanelTickets;
  /** Once it listens. */
  place(): Place;
  /** Named ones, in lower case: their pages may show the panel in a frame. */
  origins: readonly string[];
  connections: Connections;
}

export function guardPanel(app: FastifyInstance, { token, tickets, place, origins, connections }: PanelDoor): void {
  app.addHook<{ Querystring: { token?: string } }>('onRequest', async (request, reply) => {
    const own = place();
    const { host, origin } = request.headers;
    const isPage = request.routeOptions.url === '/';
    const query = isPage ? request.query.token : undefined;
    const mayFrame = isPage ? framers(origins, own) : [];
    const framed = mayFrame.length > 0;
    if (framed) reply.header('Content-Security-Policy', panelPolicy(mayFrame));
    const admits = (code: string) => sameToken(code, token) || tickets.has(code);
    const door = { ...own, token, framed, admits };
    const verdict = judge({ ...request.headers, query }, door);
    // Cookies are not kept apart by port: another user's page on this machine may have got hold of ours.
    const isLetIn = verdict === 'pass' || verdict === 'enter';
    if (isLetIn && !(await isOwnPeer(request.raw.socket)))
      return sendFailure(request, reply, 403, failure('otherUser'));
    switch (verdict) {
      case 'pass':
        connections.prove(request.raw.socket, 'panel');
        return;
      case 'enter': {
        // Of two that have the same ticket one gets in; of another user's none, and it is still good.
        const mayEnter = sameToken(query, token) || tickets.take(query ?? '');
        if (!mayEnter) return sendFailure(request, reply, 401, failure('notAllowed'));
        const attributes = cookieAttributes(own.scheme, framed && request.headers['sec-fetch-dest'] === 'iframe');
        const cookie = `${cookieName(own.port)}=${token}; Max-Age=${keptSeconds}; HttpOnly; Path=/; ${attributes}`;
        return reply.header('Set-Cookie', cookie).header('Cache-Control', 'no-store').redirect('/', 303);
      }
      case 'unknown':
        return sendFailure(request, reply, 401, failure('notAllowed'));
      case 'foreign':
        return sendFailure(request, reply, 403, failure('foreignPage', { host: origin ?? host ?? 'no name' }));
    }
  });
}

/** Whether the cookie comes along: at `/` the panel is for those who have it. */
export const hasEntered = (cookie: string | undefined, { token, place }: PanelDoor): boolean =>
  sameToken(cookieValue(cookie, cookieName(place().port)), token);
