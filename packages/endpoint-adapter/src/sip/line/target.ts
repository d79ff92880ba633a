/** What a person dials, as a Request-URI. */
import { FailureError } from '@thinline/shared/failures.ts';
import { readHostPort } from '../address.ts';
import { escapeUser, makeUri, readUri, type Uri, writeUri } from '../message/uri.ts';

const MAX_TARGET = 512;

/** The user part may be a number with its signs, or a name (RFC 3261 §25.1 unreserved and user-unreserved). */
const user = /^[A-Za-z0-9\-_.!~*'()&=+$#%]+$/;

/** Escapes that are there stay. */
const escaped = (text: string): string =>
  text
    .split(/(%[0-9A-Fa-f]{2})/)
    .map((part, n) => (n % 2 === 1 ? part : escapeUser(part)))
    .join('');

/** server: what a bare number is called at. target: a sip:, sips: or tel: URI, user@host[:port], or a number. Throws FailureError malformedTarget. */
export function readTarget(target: string, server: Uri): Uri {
  const malformed = (): FailureError => new FailureError('malformedTarget', { target: target.slice(0, 64) });
  const text = target.trim();
  if (text === '' || text.length > MAX_TARGET || /[\s<>"\p{Cc}]/u.test(text)) throw malformed();
  if (/^(sips?|tel):/i.test(text)) {
    const uri = readUri(text.replace(/#/g, '%23'));
    if (!uri) throw malformed();
    // RFC 3261 §19.1.6: a telephone number is called at the server.
    if (uri.scheme === 'tel') return { ...server, user: escaped(uri.user) };
    return { ...uri, headers: '' };
  }
  const [name = '', host, ...rest] = text.split('@');
  if (rest.length > 0 || !user.test(name)) throw malformed();
  const place = host === undefined ? server : readHostPort(host);
  if (!place) throw malformed();
  const uri = readUri(
    writeUri(makeUri({ scheme: server.scheme, user: escaped(name), host: place.host, port: place.port })),
  );
  if (!uri) throw malformed();
  return uri;
}
