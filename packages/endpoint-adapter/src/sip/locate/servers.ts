/** Where a line's requests go, and the domain that its addresses are in, as the configuration says them. */
import { type Hop, readHostPort, type TransportName } from '../address.ts';

export interface ServerSettings {
  /** "host", "host:port", or several of them with ";" between: primary and fallbacks. */
  server: string;
  /** '': DNS decides. */
  protocol: TransportName | '';
  /** Of the address of record: "host", "host:port", URI parameters after it; '': the server's. */
  domain: string;
  /** Where requests are sent instead of to the server, written as that is; '': to the server. */
  outboundProxy: string;
}

export interface Servers {
  /** IPv6 without brackets; '' where the settings name no server. */
  domain: string;
  /** Of the registrar, as its URI says it; 0: not said. */
  port: number;
  /** Of the domain's URI, as written: ";name=value" or ''. */
  parameters: string;
  /** The primary first; each is a search of its own. Empty where none could be read. */
  hops: readonly Hop[];
  /** What stands there and is no server. */
  unread: readonly string[];
}

const MAX_HOPS = 8;

/** RFC 3261 §25.1: paramchar, "=" and ";"; anything else would end the URI. */
const uriParameters = /^(?:;[A-Za-z0-9\-_.!~*'()[\]/:&+$%=;]{1,256})?$/;

const names: readonly TransportName[] = ['udp', 'tcp', 'tls', 'wss'];

/** A list of servers; ";transport=tcp" and other URI parameters belong to the one before them. */
function readList(text: string, protocol: TransportName | ''): { hops: Hop[]; unread: string[] } {
  const hops: Hop[] = [];
  const unread: string[] = [];
  for (const part of text.split(';')) {
    const item = part.trim();
    if (item === '') continue;
    const last = hops.at(-1);
    if (item.includes('=') || item.toLowerCase() === 'lr') {
      const transport = names.find((it) => item.toLowerCase() === `transport=${it}`);
      if (transport && last) last.transport = transport;
      else if (item.toLowerCase().startsWith('transport=')) unread.push(item);
      continue;
    }
    const place = readHostPort(item.replace(/^sips?:/i, ''));
    if (!place || hops.length >= MAX_HOPS) unread.push(item);
    else hops.push({ ...place, transport: protocol === '' ? null : protocol, secure: /^sips:/i.test(item) });
  }
  return { hops, unread };
}

/** Never throws; what can't be read is in unread. */
export function readServers({ server, protocol, domain, outboundProxy }: ServerSettings): Servers {
  const servers = readList(server, protocol);
  const proxies = readList(outboundProxy, protocol);
  const [place = ''] = domain.split(';');
  const parameters = domain.slice(place.length).trim();
  const legal = uriParameters.test(parameters);
  const domains = readList(place, '');
  const home = domains.hops[0] ?? servers.hops[0];
  return {
    domain: home?.host ?? '',
    port: home?.port ?? 0,
    parameters: legal ? parameters : '',
    hops: proxies.hops.length > 0 ? proxies.hops : servers.hops,
    unread: [...domains.unread, ...(legal ? [] : [parameters]), ...proxies.unread, ...servers.unread],
  };
}
