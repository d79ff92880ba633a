/** What the configurations of all Kamailios of the tests have in common: listeners, TLS, log lines, JSON-RPC. */

export interface TlsListener {
  port: number;
  /** PEM files. */
  certificate: string;
  key: string;
  /** A PEM file of authorities: whoever connects has to show a certificate of one of these. */
  clientAuthorities?: string;
  /** SIP over WebSocket (RFC 7118) on the same port, at any path. */
  webSocket?: boolean;
}

export interface Listener {
  host: string;
  port: number;
  tls?: TlsListener;
}

export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** What stands between quotes in a configuration; tests choose these, so anything unusual is a mistake. */
export function quotable(text: string): string {
  if (!/^[\w.+@:;=/[\] -]{1,200}$/.test(text)) throw new Error(`"${text}" is not usable in a test's configuration.`);
  return text;
}

function tlsLines({ port, certificate, key, clientAuthorities, webSocket }: TlsListener, address: string): string {
  return `
enable_tls=yes
listen=tls:${address}:${port}
loadmodule "tls.so"
modparam("tls", "tls_method", "TLSv1.2+")
modparam("tls", "certificate", "${quotable(certificate)}")
modparam("tls", "private_key", "${quotable(key)}")
${
  clientAuthorities === undefined
    ? ''
    : `modparam("tls", "ca_list", "${quotable(clientAuthorities)}")
modparam("tls", "verify_certificate", 1)
modparam("tls", "require_certificate", 1)`
}
${webSocket ? 'loadmodule "websocket.so"' : ''}`;
}

const webSocketHandshake = `
  if ($hdr(Upgrade) =~ "websocket" && $rm == "GET") {
    ws_handle_handshake();
    exit;
  }`;

/** Everything above the first route: each listener takes UDP and TCP at its port, and TLS at that port of its own. */
export function coreConfig(listeners: readonly Listener[], modules: readonly string[]): string {
  const tls = listeners.flatMap((it) => (it.tls ? tlsLines(it.tls, bracketed(it.host)) : []));
  if (tls.length > 1) throw new Error('A Kamailio of a test has one TLS listener at most.');
  const webSocket = listeners.some((it) => it.tls?.webSocket);
  const sockets = listeners.flatMap(({ host, port }) =>
    ['udp', 'tcp'].map((transport) => `listen=${transport}:${bracketed(host)}:${port}`),
  );
  const every = [
    'tm',
    'sl',
    'rr',
    'pv',
    'maxfwd',
    'textops',
    'siputils',
    'sanity',
    'xlog',
    'nathelper',
    'xhttp',
    'jsonrpcs',
  ];
  return `#!KAMAILIO
debug=2
log_stderror=yes
children=1
tcp_children=1
tcp_accept_no_cl=yes
tcp_connection_lifetime=3605
auto_aliases=no
use_dns_failover=yes
rev_dns=no
${sockets.join('\n')}

${[...every, ...modules].map((name) => `loadmodule "${name}.so"`).join('\n')}
${tls.join('')}

modparam("jsonrpcs", "transport", 1)

event_route[xhttp:request] {${webSocket ? webSocketHandshake : ''}
  jsonrpc_dispatch();
}
`;
}

/** The line that kamailio-process.ts reads. */
export const logRequest = `
  xlog("L_NOTICE", "request $rm $ru from $si:$sp over $proto to $Ri:$Rp, call $ci, from tag $ft, to tag $tt, $ml bytes, replaces $hdr(Replaces)\\n");`;

const logResponse = `
  xlog("L_NOTICE", "response $rs $rr to $rm from $si:$sp over $proto to $Ri:$Rp, call $ci\\n");`;

/** What every proxy does first (RFC 3261 §16.3), and with requests inside dialogs (§16.4). */
export const generalRules = `
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (!sanity_check()) { exit; }
  force_rport();

  if (is_method("CANCEL")) { if (t_check_trans()) { t_relay(); } exit; }

  if (has_totag()) {
    if (loose_route()) {
      # Where it goes on to another proxy, that is for the last of them.
      if ($du == $null) { handle_ruri_alias(); }
      route(RELAY);
      exit;
    }
    if (is_method("ACK")) { if (t_check_trans()) { t_relay(); } exit; }
    sl_send_reply("404", "Not Here");
    exit;
  }

  t_check_trans();

  if (is_method("OPTIONS") && $rU == $null) { sl_send_reply("200", "OK"); exit; }
`;

export interface RelayRules {
  /** The command that adds Record-Route. */
  recordRoute?: string;
  /** Whether a phone is found where its messages come from, or where its Contact says. */
  phonesAreWhere?: 'their messages come from' | 'their Contact says';
}

/**
 * A Contact that is not where the message came from (a relay, a TCP connection) is answered where it came from; the proxy
 * next to the phone sees to that. It also has the phone's responses come back to where it sends from (RFC 3581). Requests
 * inside dialogs are record-routed too (RFC 3261 §16.6 step 4), which changes no phone's route set (§12.2).
 */
export function relayRoutes({
  recordRoute = 'record_route();',
  phonesAreWhere = 'their messages come from',
}: RelayRules = {}): string {
  const alias =
    phonesAreWhere === 'their messages come from'
      ? 'if (is_method("INVITE|UPDATE|SUBSCRIBE") && is_first_hop()) { add_contact_alias(); }'
      : '';
  return `
route[RELAY] {
  if (is_method("INVITE|UPDATE|SUBSCRIBE|REFER|NOTIFY|MESSAGE|OPTIONS")) { ${recordRoute} }
  ${alias}
  add_local_rport();
  t_on_reply("REPLY");
  if (!t_relay()) { sl_reply_error(); }
}

onreply_route[REPLY] {${logResponse}
  ${alias}
}
`;
}
