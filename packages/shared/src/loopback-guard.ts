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

/** Where a door is, in the words that a browser's headers have for it. */
export interface Place {
  port: number;
  /** By default http. */
  scheme?: 'http' | 'https';
  /** As a Host header spells them; by default the usual ones of loopback. */
  names?: readonly string[];
}

export interface Door extends Place {
  /** What the cookie has. */
  token: string;
  /** Whether what the address of the first page has lets in. */
  admits(code: string): boolean;
  /** What is asked for may be shown inside a page of another site; the browser is told which ones. By default false. */
  framed?: boolean;
}

/** foreign: another site's page. unknown: no token or an old one. enter: what lets in is in the address. */
export type Verdict = 'pass' | 'enter' | 'unknown' | 'foreign';

const usualPort = { http: 80, https: 443 } as const;

/** A page whose name was rebound to 127.0.0.1 still sends its own name as Host. */
export function isOwnHost(host: string | undefined, { port, scheme = 'http', names = loopbackNames }: Place): boolean {
  // RFC 9110 §7.2: the port is left out where it is the scheme's own.
  const ending = port === usualPort[scheme] ? '' : `:${port}`;
  return names.some((name) => host === `${name}${ending}` || host === `${name}:${port}`);
}

export const isOwnOrigin = (origin: string, host: string | undefined, { scheme = 'http' }: Place): boolean =>
  origin === `${scheme}://${host}`;

/** What browsers say of where a request comes from, and what it is for. */
type FetchMetadata = Pick<Visitor, 'sec-fetch-site' | 'sec-fetch-mode' | 'sec-fetch-dest'>;

/** By a page of another site or of another port, which gets our cookie along. */
export function isForeignSite({ 'sec-fetch-site': site }: FetchMetadata): boolean {
  return site === 'cross-site' || site === 'same-site';
}

/** Such a page may lead people here, in a frame of its own where we may be framed, and no more. */
function isForeignFetch(visitor: FetchMetadata, framed: boolean): boolean {
  const { 'sec-fetch-mode': mode, 'sec-fetch-dest': dest } = visitor;
  const leads = mode === 'navigate' && (dest === 'document' || (framed && dest === 'iframe'));
  return isForeignSite(visitor) && !leads;
}

export function judge(visitor: Visitor, own: Door): Verdict {
  if (!isOwnHost(visitor.host, own)) return 'foreign';
  if (visitor.origin !== undefined && !isOwnOrigin(visitor.origin, visitor.host, own)) return 'foreign';
  if (isForeignFetch(visitor, own.framed ?? false)) return 'foreign';
  if (visitor.query !== undefined) return own.admits(String(visitor.query)) ? 'enter' : 'unknown';
  return sameToken(cookieValue(visitor.cookie, cookieName(own.port)), own.token) ? 'pass' : 'unknown';
}
