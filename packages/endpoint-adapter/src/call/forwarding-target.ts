/** Whom calls are forwarded to, as the Contact of a 302. */
import { readUri, type Uri, writeUri } from '../sip/message/uri.ts';

const longest = 256;
/** A number with its signs, or a name (RFC 3261 §25.1: unreserved and user-unreserved); '#' gets escaped. */
const userPart = /^[A-Za-z0-9\-_.!~*'()&=+$,;?/#]+$/;

const usable = (uri: Uri | null): uri is Uri =>
  uri !== null && (uri.scheme === 'tel' ? uri.user !== '' : /^sips?$/.test(uri.scheme) && uri.host !== '');

/** target: a number at the line's server, user@host, or a sip:, sips: or tel: URI. Null for anything else. */
export function forwardingUri(target: string, lineAddress: string): string | null {
  const text = target.trim();
  if (text.length > longest) return null;
  if (/^(?:sips?|tel):/i.test(text)) {
    const uri = readUri(text.replaceAll('#', '%23'));
    return usable(uri) ? writeUri({ ...uri, headers: '' }) : null;
  }
  const at = text.lastIndexOf('@');
  const user = at < 0 ? text : text.slice(0, at);
  const host = at < 0 ? lineAddress.slice(lineAddress.lastIndexOf('@') + 1) : text.slice(at + 1);
  if (!userPart.test(user)) return null;
  const uri = readUri(`sip:${user.replaceAll('#', '%23')}@${host}`);
  return usable(uri) ? writeUri({ ...uri, headers: '' }) : null;
}
