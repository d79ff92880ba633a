/** Where a request goes (RFC 3261 §8.1.2, §12.2.1.1). */
import { defaultPort, type Hop, readSipUri, type TransportName } from './address.ts';
import { fieldOf, type SipMessage, splitList, tagOf } from './message/message.ts';

const transportOf = (parameter: string, otherwise: TransportName): TransportName =>
  parameter === 'udp' || parameter === 'tcp' ? parameter : otherwise;

/**
 * The first Route; without one the Request-URI inside a dialog, and the line's server outside.
 * Null where that place can't be read.
 */
export function nextHop(request: SipMessage, server: Hop): Hop | null {
  const route = splitList(fieldOf(request, 'route'))[0];
  const inDialog = tagOf(fieldOf(request, 'to')) !== '';
  if (route === undefined && !inDialog) return server;
  const uri = readSipUri(route ?? request.uri);
  if (!uri) return null;
  return { host: uri.host, port: uri.port || defaultPort, transport: transportOf(uri.transport, server.transport) };
}

/** Whether that is the line's own server. hosts: its name, and the addresses that this has resolved to. */
export const isServer = (hop: Hop, hosts: readonly string[], port: number): boolean =>
  hop.port === port && hosts.some((host) => host.toLowerCase() === hop.host.toLowerCase());
