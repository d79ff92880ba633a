/** Where a request goes (RFC 3261 §8.1.2, §12.2.1.1). */
import type { Hop, TransportName } from '../address.ts';
import { fieldOf, type SipMessage, splitList, tagOf } from '../message/message.ts';
import { readNameAddr } from '../message/name-addr.ts';
import { readUri, type Uri } from '../message/uri.ts';

const transports: ReadonlyMap<string, TransportName> = new Map([
  ['udp', 'udp'],
  ['tcp', 'tcp'],
  ['tls', 'tls'],
  ['ws', 'wss'],
  ['wss', 'wss'],
]);

/** otherwise: the transport where the URI names none. Null for what isn't sip: or sips:. */
export function hopOf(uri: Uri, otherwise: TransportName | null): Hop | null {
  const secure = uri.scheme === 'sips';
  if (!secure && uri.scheme !== 'sip') return null;
  const named = transports.get(uri.parameters.get('transport')?.toLowerCase() ?? '');
  const host = uri.parameters.get('maddr') || uri.host;
  const transport = named ?? otherwise;
  // RFC 3261 §26.2.2: sips: never goes over anything but TLS.
  return { host, port: uri.port, transport: secure && transport !== 'wss' ? 'tls' : transport, secure };
}

/**
 * The first Route; without one the Request-URI inside a dialog. Null: the line's own server. Throws where that place can't
 * be read.
 */
export function nextHop(request: SipMessage, otherwise: TransportName | null): Hop | null {
  const route = splitList(fieldOf(request, 'route'))[0];
  if (route === undefined && tagOf(fieldOf(request, 'to')) === '') return null;
  const uri = route === undefined ? readUri(request.uri) : (readNameAddr(route)?.uri ?? null);
  const hop = uri && hopOf(uri, otherwise);
  if (!hop) throw new Error('the next hop can not be read');
  return hop;
}
