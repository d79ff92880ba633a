/** Who may come in over TCP. Loopback is shared by every user and every web page of this machine, so it proves nothing. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

export const makeToken = (): string => randomBytes(32).toString('base64url');

/** Cookies are not kept apart by port: two pages on one machine would overwrite each other's. */
export const cookieName = (port: number): string => `thinline_${port}`;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** In constant time, whatever the lengths. */
export const sameToken = (given: string | undefined, token: string): boolean =>
  timingSafeEqual(digest(given ?? ''), digest(token));

export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** Headers of the request. Sec-Fetch-…: https://www.w3.org/TR/fetch-metadata/. */
export interface Visitor
  extends Pick<
    IncomingHttpHeaders,
    'host' | 'origin' | 'cookie' | 'sec-fetch-site' | 'sec-fetch-mode' | 'sec-fetch-dest'
  > {
  /** What the address of the first page has as its token; several of them make a list. */
  query: string | string[] | undefined;
}

export interface Door {
  port: number;
  /** What the cookie has. */
  token: string;
  /** Whether what the address of the first page has lets in. */
  admits(code: string): boolean;
}

/** foreign: another site's page. unknown: no token or an old one. enter: what lets in is in the address. */
export type Verdict = 'pass' | 'enter' | 'unknown' | 'foreign';

/** Another site's page, or a page of another port, which gets our cookie along: it may lead people here, and no more. */
function isForeignFetch(visitor: Visitor): boolean {
  const site = visitor['sec-fetch-site'];
  if (site !== 'cross-site' && site !== 'same-site') return false;
  return visitor['sec-fetch-mode'] !== 'navigate' || visitor['sec-fetch-dest'] !== 'document';
}

export function judge(visitor: Visitor, own: Door): Verdict {
  // A page whose name was rebound to 127.0.0.1 still sends its own name as Host.
  if (!loopbackNames.some((name) => visitor.host === `${name}:${own.port}`)) return 'foreign';
  if (visitor.origin !== undefined && visitor.origin !== `http://${visitor.host}`) return 'foreign';
  if (isForeignFetch(visitor)) return 'foreign';
  if (visitor.query !== undefined) return own.admits(String(visitor.query)) ? 'enter' : 'unknown';
  return sameToken(cookieValue(visitor.cookie, cookieName(own.port)), own.token) ? 'pass' : 'unknown';
}
