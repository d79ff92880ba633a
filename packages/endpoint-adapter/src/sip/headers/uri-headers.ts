/** Header fields that a URI carries behind its "?" (RFC 3261 §19.1.1). */
import { type Uri, unescapeUser as withoutEscapes } from '../message/uri.ts';

const MAX_HEADERS = 16;

/** Names lower case, escapes resolved; of one name the first. */
export function readUriHeaders(uri: Uri): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const header of uri.headers.split('&', MAX_HEADERS)) {
    const equals = header.indexOf('=');
    const name = withoutEscapes(header.slice(0, Math.max(equals, 0))).toLowerCase();
    if (name !== '' && !found.has(name)) found.set(name, withoutEscapes(header.slice(equals + 1)));
  }
  return found;
}

export const writeUriHeader = (name: string, value: string): string =>
  `${name}=${encodeURIComponent(value.toWellFormed())}`;
