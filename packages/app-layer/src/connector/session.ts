/** Whose the phone is: one agent desktop's at a time. */
import { randomBytes, randomUUID } from 'node:crypto';
import { cookieValue, sameToken } from '@thinline/shared/loopback-guard.ts';

export interface Client {
  /** Of its page; empty: a program that has none. */
  origin: string;
  /** The header; empty: none. */
  cookies: string;
}

export interface Session {
  /** Random; it proves nothing. */
  id: string;
  origin: string;
  /** What proves that a request belongs to it; empty: its origin does. */
  cookie: string;
  /** Of an earlier session, with which it was begun; empty: none. Requests may be under way with that. */
  staleCookie: string;
  /** By performance.now(); null: its client has its cookie, and no request without it is on its way any more. */
  begunAt: number | null;
}

/** Requests that were sent beside the first one have come by then, ms; who keeps no cookies is told so afterwards. */
const underWayMs = 5000;

/**
 * free: there is no session. foreign: it is another's. late: it was sent before the session's cookie had come. cookieless:
 * it has the origin, and no cookie, or another's.
 */
export type Claim = 'free' | 'own' | 'late' | 'foreign' | 'cookieless';

export const cookieName = 'SESSIONID';

const cookieOf = ({ cookies }: Client): string => cookieValue(cookies, cookieName) ?? '';

export const newSession = (client: Client, isBoundToCookie: boolean): Session => ({
  id: randomUUID(),
  origin: client.origin,
  cookie: isBoundToCookie ? randomBytes(16).toString('hex') : '',
  staleCookie: cookieOf(client),
  begunAt: performance.now(),
});

/** Its client has its cookie. */
export const settled = (session: Session): Session =>
  session.begunAt === null ? session : { ...session, begunAt: null };

export function claimOf(session: Session | null, client: Client): Claim {
  if (!session) return 'free';
  if (session.origin !== client.origin) return 'foreign';
  if (session.cookie === '') return 'own';
  const cookie = cookieOf(client);
  if (sameToken(cookie, session.cookie)) return 'own';
  return isUnderWay(cookie, session) ? 'late' : 'cookieless';
}

function isUnderWay(cookie: string, { staleCookie, begunAt }: Session): boolean {
  if (begunAt === null) return false;
  return cookie === '' ? performance.now() - begunAt < underWayMs : sameToken(cookie, staleCookie);
}

/**
 * Other sites' cookies have to be Secure and SameSite=None to come back at all. partitioned: CHIPS, where the browser
 * keeps them apart for each site that the desktop is embedded in.
 */
export const cookieHeader = ({ cookie }: Session, partitioned: boolean): string =>
  `${cookieName}=${cookie}; Path=/; HttpOnly; Secure; SameSite=None${partitioned ? '; Partitioned' : ''}`;
