/** The configuration of the Kamailio of a test: a registrar and a record-routing proxy, with digest, without a database. */

export interface KamailioUser {
  user: string;
  password: string;
}

export interface KamailioSettings {
  host: string;
  port: number;
  users: readonly KamailioUser[];
  algorithm: 'MD5' | 'SHA-256';
  /** UDP ports: one more of its own, and the one of the relay in front of it, which is where phones find it. */
  relayed?: { port: number; relay: number };
}

/** What stands between quotes in the configuration; tests choose their users, so anything unusual is a mistake. */
function word(text: string): string {
  if (!/^[\w.+-]{1,64}$/.test(text)) throw new Error(`"${text}" is not usable as user or password of a test.`);
  return text;
}

export function kamailioConfig({ host, port, users, algorithm, relayed }: KamailioSettings): string {
  const address = host.includes(':') ? `[${host}]` : host;
  const at = `${address}:${port}`;
  const front = relayed ? `listen=udp:${address}:${relayed.port} advertise ${address}:${relayed.relay}` : '';
  const passwords = users.map(({ user, password }) => `  $sht(users=>${word(user)}) = "${word(password)}";`);
  return `#!KAMAILIO
debug=2
log_stderror=yes
children=1
tcp_children=1
auto_aliases=no
dns=no
rev_dns=no
listen=udp:${at}
listen=tcp:${at}
${front}

loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "maxfwd.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "textops.so"
loadmodule "siputils.so"
loadmodule "sanity.so"
loadmodule "xlog.so"
loadmodule "htable.so"
loadmodule "auth.so"
loadmodule "nathelper.so"
loadmodule "xhttp.so"
loadmodule "jsonrpcs.so"

modparam("jsonrpcs", "transport", 1)
modparam("htable", "htable", "users=>size=8;")
modparam("auth", "algorithm", "${algorithm}")
modparam("usrloc", "db_mode", 0)
modparam("usrloc", "timer_interval", 1)
modparam("registrar", "min_expires", 1)
modparam("registrar", "max_expires", 3600)
modparam("registrar", "received_avp", "$avp(received)")
modparam("nathelper", "received_avp", "$avp(received)")

event_route[htable:mod-init] {
${passwords.join('\n')}
}

event_route[xhttp:request] {
  jsonrpc_dispatch();
}

request_route {
  xlog("L_NOTICE", "request $rm $ru from $si:$sp over $proto\\n");
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (!sanity_check()) { exit; }
  force_rport();

  if (is_method("CANCEL")) { if (t_check_trans()) { t_relay(); } exit; }

  if (has_totag()) {
    if (loose_route()) { handle_ruri_alias(); route(RELAY); exit; }
    if (is_method("ACK")) { if (t_check_trans()) { t_relay(); } exit; }
    sl_send_reply("404", "Not Here");
    exit;
  }

  t_check_trans();

  if (is_method("OPTIONS") && $rU == $null) { sl_send_reply("200", "OK"); exit; }

  if (is_method("REGISTER")) {
    if ($sht(users=>$tU) == $null) { sl_send_reply("404", "Not Found"); exit; }
    if (!pv_www_authenticate("lab", "$sht(users=>$tU)", "0")) {
      if ($hdr(Authorization) != $null) { xlog("L_NOTICE", "refused REGISTER of $tU\\n"); }
      www_challenge("lab", "1");
      exit;
    }
    if ($au != $tU) { sl_send_reply("403", "Forbidden"); exit; }
    fix_nated_register();
    if (!save("location")) { sl_reply_error(); }
    exit;
  }

  if (is_method("INVITE|MESSAGE|SUBSCRIBE|REFER|OPTIONS") && $sht(users=>$fU) != $null) {
    if (!pv_proxy_authenticate("lab", "$sht(users=>$fU)", "0")) { proxy_challenge("lab", "1"); exit; }
    if ($au != $fU) { sl_send_reply("403", "Forbidden"); exit; }
    consume_credentials();
  }

  record_route();
  if ($sht(users=>$rU) == $null) { sl_send_reply("404", "Not Found"); exit; }
  if (!lookup("location")) { sl_send_reply("480", "Temporarily Unavailable"); exit; }
  route(RELAY);
}

# A Contact that is not where the message came from (a relay, a TCP connection) is answered where it came from.
route[RELAY] {
  if (is_method("INVITE|UPDATE|SUBSCRIBE")) { add_contact_alias(); }
  # RFC 3581 for the phone's responses: they go back to where the request came from, which may be a relay.
  add_local_rport();
  t_on_reply("REPLY");
  if (!t_relay()) { sl_reply_error(); }
}

onreply_route[REPLY] {
  xlog("L_NOTICE", "response $rs $rr to $rm from $si:$sp\\n");
  if (is_method("INVITE|UPDATE|SUBSCRIBE")) { add_contact_alias(); }
}
`;
}
