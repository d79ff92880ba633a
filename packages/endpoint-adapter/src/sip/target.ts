/** What a person dials, as a Request-URI. */

import { FailureError } from '@thinline/shared/failures.ts';
import { Grammar, URI } from 'sip.js/lib/core/index.js';
import { readHostPort, uriHost } from './address.ts';

const MAX_TARGET = 512;

/** The user part may be a number with its signs, or a name (RFC 3261 §25.1 unreserved and user-unreserved). */
const user = /^[A-Za-z0-9\-_.!~*'()&=+$#%]+$/;

/** Characters that a URI has to escape; those escaped already stay. */
const escapeUser = (text: string): string => text.replace(/#/g, '%23').replace(/%(?![0-9A-Fa-f]{2})/g, '%25');

/** target: a sip: URI, user@host[:port], or a number at the server. Throws FailureError malformedTarget. */
export function readTarget(target: string, server: { host: string; port: number }): URI {
  const malformed = new FailureError('malformedTarget', { target: target.slice(0, 64) });
  const text = target.trim();
  if (text === '' || text.length > MAX_TARGET || /[\s<>"\p{Cc}]/u.test(text)) throw malformed;
  if (/^sip:/i.test(text)) {
    const uri = Grammar.URIParse(text.replace(/#/g, '%23'));
    if (!uri) throw malformed;
    uri.clearHeaders();
    return uri;
  }
  const [name = '', host, ...rest] = text.split('@');
  if (rest.length > 0 || !user.test(name)) throw malformed;
  const place = host === undefined ? server : readHostPort(host);
  if (!place) throw malformed;
  try {
    const escaped = escapeUser(name);
    decodeURIComponent(escaped);
    return new URI('sip', escaped, uriHost(place.host), place.port || undefined);
  } catch {
    throw malformed;
  }
}
