/** Who may use the connector: which pages, and which programs. */
import type { IncomingHttpHeaders } from 'node:http';
import { isForeignSite, isOwnHost, isOwnOrigin, type Place, sameToken } from '@thinline/shared/loopback-guard.ts';

export interface Caller {
  headers: IncomingHttpHeaders;
  /** Has the secret in its path. */
  hasSecret: boolean;
  /** What it asks for is for everybody who may be on this machine: a page that explains. */
  isPublic: boolean;
}

export interface Rules extends Place {
  /** In lower case; empty: any, while none has the phone. */
  origins: readonly string[];
  /** Whose session has the phone: an origin, '' for a program, null for nobody. */
  bound: string | null;
  /** Empty: none is asked for. */
  secret: string;
}

/**
 * foreign: it came by another name than ours, or from a page that hides where it is from. origin: the page's origin is not
 * one that may. secret: it has none, or a wrong one.
 */
export type Verdict = 'pass' | 'foreign' | 'origin' | 'secret';

/** A single origin (RFC 6454 §7), and nothing that ends a header; "null" is that of many pages at once. */
const originForm = /^[a-z][a-z0-9+.-]{0,31}:\/\/[a-z0-9._:[\]-]{1,255}$/i;

export function mayOrigin(origin: string, host: string | undefined, rules: Rules): boolean {
  if (!originForm.test(origin)) return false;
  if (isOwnOrigin(origin, host, rules)) return true;
  const { origins, bound } = rules;
  if (origins.length > 0) return origins.includes(origin.toLowerCase());
  return bound === null || bound === origin;
}

/** A link, a form, an image or a script of another site asks without saying for whom, or not for a page's script. */
const isBlind = (headers: IncomingHttpHeaders): boolean =>
  isForeignSite(headers) && (headers.origin === undefined || headers['sec-fetch-mode'] === 'navigate');

const bearer = (authorization: string | undefined): string | undefined =>
  /^Bearer +([\w.~+/=-]{1,256}) *$/i.exec(authorization ?? '')?.[1];

export function judgeCaller({ headers, hasSecret, isPublic }: Caller, rules: Rules): Verdict {
  if (!isOwnHost(headers.host, rules)) return 'foreign';
  if (isPublic) return 'pass';
  if (isBlind(headers)) return 'foreign';
  if (headers.origin !== undefined && !mayOrigin(headers.origin, headers.host, rules)) return 'origin';
  if (rules.secret === '' || hasSecret) return 'pass';
  return sameToken(bearer(headers.authorization), rules.secret) ? 'pass' : 'secret';
}

/** The path without the secret where that is its first part, which is where desktops can have it: in their `uri`. */
export function takeSecret(path: string, secret: string): { path: string; hasSecret: boolean } {
  const [, first = '', rest = ''] = /^\/([^/?#]{1,256})(.*)$/s.exec(path) ?? [];
  if (secret === '' || !sameToken(first, secret)) return { path, hasSecret: false };
  return { path: rest.startsWith('/') ? rest : `/${rest}`, hasSecret: true };
}

/** What a browser has to be told before a page may have the answer (https://fetch.spec.whatwg.org/#http-cors-protocol). */
export const vary = { Vary: 'Origin, Access-Control-Request-Private-Network' } as const;

/** What a page may send of its own accord. */
const desktopHeaders = 'Content-Type, Authorization, X-Requested-With';

/** null: the origin may not. more: names of headers that it may send, besides those of desktops. */
export function corsHeaders(
  headers: IncomingHttpHeaders,
  rules: Rules,
  more: readonly string[] = [],
): Record<string, string> | null {
  const { origin, host } = headers;
  if (origin === undefined || !isOwnHost(host, rules) || !mayOrigin(origin, host, rules)) return null;
  const asksForNetwork = headers['access-control-request-private-network'] === 'true';
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': 'GET, POST, DELETE, OPTIONS',
    'Access-Control-Allow-Headers': [desktopHeaders, ...more].join(', '),
    'Access-Control-Max-Age': '600',
    // Browsers from before Local Network Access: https://wicg.github.io/private-network-access/
    ...(asksForNetwork ? { 'Access-Control-Allow-Private-Network': 'true' } : {}),
  };
}
