/** The configuration of a test's plain proxy: it records the route and the Path, knows no users, and has no registrar. */
import {
  bracketed,
  coreConfig,
  generalRules,
  type Listener,
  logRequest,
  quotable,
  type RelayRules,
  relayRoutes,
} from './kamailio-core.ts';

export interface NextServer {
  host: string;
  port: number;
  transport: 'udp' | 'tcp';
}

export interface ProxySettings {
  /** Towards the phones. */
  outer: Listener;
  /** Towards the servers; with another socket than the outer one, Record-Route and Path are two each (RFC 5658). */
  inner: Listener;
  /** Where requests of phones go. */
  next: NextServer;
  /**
   * A name that Record-Route has instead of addresses, as "pool.test;transport=tcp": by which requests inside dialogs find
   * another proxy of the same name when this one is gone. For the same reason no connection to this one is counted on.
   */
  name?: string;
}

/**
 * The user part of its Path: by it a request of the servers is told from one of a phone, whose Route may name the proxy too.
 * Short, as a registrar takes no more than 256 characters of Path, which are four URIs behind two proxies.
 */
const towardsPhone = 'p';

export function proxyConfig({ outer, inner, next, name }: ProxySettings): string {
  const socket = `${next.transport}:${bracketed(inner.host)}:${inner.port}`;
  const onePlace = outer.host === inner.host && outer.port === inner.port;
  const rules: RelayRules =
    name === undefined
      ? {}
      : { recordRoute: `record_route_preset("${quotable(name)}");`, phonesAreWhere: 'their Contact says' };
  const path =
    name === undefined
      ? `if (is_first_hop()) { add_path_received("${towardsPhone}"); } else { add_path("${towardsPhone}"); }`
      : `add_path("${towardsPhone}");`;
  return `${coreConfig(onePlace ? [outer] : [outer, inner], ['path'])}
${name === undefined ? '' : `alias="${quotable(name.replace(/[:;].*/, ''))}"`}

modparam("path", "use_received", 1)
modparam("path", "received_format", 1)
modparam("path", "received_name", "rcv")
modparam("path", "enable_r2", ${onePlace ? 0 : 1})

request_route {${logRequest}
${generalRules}
  $var(inwards) = 1;
  if ($hdr(Route) =~ "^<sips?:${towardsPhone}@") { $var(inwards) = 0; }
  loose_route();

  if ($var(inwards) == 1) {
    $du = "sip:${bracketed(next.host)}:${next.port};transport=${next.transport}";
    $fs = "${socket}";
    if (is_method("REGISTER")) { ${path} }
  }
  route(RELAY);
}
${relayRoutes(rules)}`;
}
