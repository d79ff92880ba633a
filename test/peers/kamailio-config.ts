/** The configuration of a test's registrar: also a record-routing proxy, with digest, without a database. */
import {
  bracketed,
  coreConfig,
  generalRules,
  type Listener,
  logRequest,
  quotable,
  relayRoutes,
} from './kamailio-core.ts';

export interface KamailioUser {
  user: string;
  password: string;
}

export interface KamailioSettings extends Listener {
  users: readonly KamailioUser[];
  algorithm: 'MD5' | 'SHA-256';
  /** UDP ports: one more of its own, and the one of the relay in front of it, which is where phones find it. */
  relayed?: { port: number; relay: number };
  /** Where else users are, without registering: sip: URIs by user. */
  contacts?: Readonly<Record<string, string>>;
  /** Where else calls to a user go at the same time: sip: URIs by user, as of a server that has that user too. */
  forks?: Readonly<Record<string, string>>;
  /** Header fields that it adds to each INVITE that begins a call. */
  inviteFields?: Readonly<Record<string, string>>;
  /**
   * ms that a server or phone has for a first answer before it tries the next of that name, and leaves that one alone for a
   * minute; 30 s when not said.
   */
  noAnswerAfter?: number;
}

/** What stands between quotes in the configuration; tests choose their users, so anything unusual is a mistake. */
function word(text: string): string {
  if (!/^[\w.+-]{1,64}$/.test(text)) throw new Error(`"${text}" is not usable as user or password of a test.`);
  return text;
}

export function kamailioConfig(settings: KamailioSettings): string {
  const { host, users, algorithm, relayed, contacts = {}, forks = {}, inviteFields = {}, noAnswerAfter } = settings;
  const address = bracketed(host);
  const front = relayed ? `listen=udp:${address}:${relayed.port} advertise ${address}:${relayed.relay}` : '';
  const passwords = users.map(({ user, password }) => `  $sht(users=>${word(user)}) = "${word(password)}";`);
  const places = Object.entries(contacts).map(
    ([user, uri]) => `  if ($rU == "${word(user)}") { $ru = "${quotable(uri)}"; route(RELAY); exit; }`,
  );
  const fields = Object.entries(inviteFields).map(
    ([name, value]) => `  if (is_method("INVITE")) { append_hf("${word(name)}: ${quotable(value)}\\r\\n"); }`,
  );
  const branches = Object.entries(forks).map(
    ([user, uri]) => `  if ($tU == "${word(user)}" && is_method("INVITE")) { append_branch("${quotable(uri)}"); }`,
  );
  return `${coreConfig([settings], ['usrloc', 'registrar', 'htable', 'auth', 'corex'])}
${front}

${noAnswerAfter === undefined ? '' : `use_dst_blocklist=yes\nmodparam("tm", "fr_timer", ${noAnswerAfter})`}
modparam("htable", "htable", "users=>size=8;")
modparam("auth", "algorithm", "${algorithm}")
modparam("usrloc", "db_mode", 0)
modparam("usrloc", "timer_interval", 1)
modparam("registrar", "min_expires", 1)
modparam("registrar", "max_expires", 3600)
modparam("registrar", "received_avp", "$avp(received)")
modparam("registrar", "use_path", 1)
modparam("registrar", "path_mode", 1)
modparam("nathelper", "received_avp", "$avp(received)")

event_route[htable:mod-init] {
${passwords.join('\n')}
}

request_route {${logRequest}
${generalRules}
  # A phone may have been told that this is its outbound proxy.
  loose_route();

  if (is_method("REGISTER")) {
    if ($sht(users=>$tU) == $null) { sl_send_reply("404", "Not Found"); exit; }
    if (!pv_www_authenticate("lab", "$sht(users=>$tU)", "0")) {
      if ($hdr(Authorization) != $null) { xlog("L_NOTICE", "refused REGISTER of $tU\\n"); }
      www_challenge("lab", "1");
      exit;
    }
    if ($au != $tU) { sl_send_reply("403", "Forbidden"); exit; }
    # Behind a proxy the Path says where the phone is (RFC 3327).
    if (is_first_hop()) { fix_nated_register(); }
    if (!save("location")) { sl_reply_error(); }
    exit;
  }

  if (is_method("INVITE|MESSAGE|SUBSCRIBE|REFER|OPTIONS") && $sht(users=>$fU) != $null) {
    if (!pv_proxy_authenticate("lab", "$sht(users=>$fU)", "0")) { proxy_challenge("lab", "1"); exit; }
    if ($au != $fU) { sl_send_reply("403", "Forbidden"); exit; }
    consume_credentials();
  }

${[...fields, ...places].join('\n')}
  if ($sht(users=>$rU) == $null) {
    if (uri == myself) { sl_send_reply("404", "Not Found"); exit; }
    # The Contact of a phone, as in the Refer-To of a transfer.
    handle_ruri_alias();
    route(RELAY);
    exit;
  }
${branches.join('\n')}
  if (!lookup("location")) { sl_send_reply("480", "Temporarily Unavailable"); exit; }
  route(RELAY);
}
${relayRoutes()}`;
}
