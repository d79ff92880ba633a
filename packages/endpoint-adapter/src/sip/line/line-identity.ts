/** Who a line is: its address of record, and the server's domain, as the configuration says them. */
import type { LineConfiguration } from '@thinline/shared/contract/types.ts';
import type { Hop, TransportName } from '../address.ts';
import { readServers } from '../locate/servers.ts';
import { writeNameAddr } from '../message/name-addr.ts';
import { readParameters } from '../message/parameters.ts';
import { makeUri, type Uri } from '../message/uri.ts';

export interface LineIdentity {
  /** Null: DNS decides. */
  transport: TransportName | null;
  /** sips: throughout. */
  secure: boolean;
  aor: Uri;
  /** The registrar, and where bare numbers are called. */
  domain: Uri;
  /** The address of record as a name-addr without tag. */
  from: string;
  /** The servers, the primary first. */
  hops: readonly Hop[];
  /** What of the configuration is no server. */
  unread: readonly string[];
}

const transports: readonly TransportName[] = ['udp', 'tcp', 'tls', 'wss'];

export function lineIdentityOf(configuration: LineConfiguration): LineIdentity {
  const { user, server, domain, outboundProxy, displayName } = configuration;
  const transport = transports.find((it) => it === configuration.transport.toLowerCase()) ?? null;
  const servers = readServers({ server, protocol: transport ?? '', domain, outboundProxy });
  const secure = servers.hops.some((hop) => hop.secure);
  const parameters = readParameters(servers.parameters) ?? new Map();
  const home = makeUri({
    scheme: secure ? 'sips' : 'sip',
    host: servers.domain || 'invalid',
    port: servers.port,
    parameters,
  });
  const aor = { ...home, user, port: 0 };
  const from = writeNameAddr({ displayName, uri: aor });
  return { transport, secure, aor, domain: home, from, hops: servers.hops, unread: servers.unread };
}
