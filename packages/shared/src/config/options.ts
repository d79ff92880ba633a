/** The option table: every setting of Softphone.config that Thinline acts on, once. */

export interface Option {
  /** domain.section.setting; proxyN stands for the section of any line. */
  path: string;
  /** What it was called before; read where the new name is not there. */
  oldPath?: string;
  /** boolean: 0, 1, true, false, yes or no. choice: one of `choices`, in whatever case and without regard to spaces. */
  type: 'integer' | 'text' | 'boolean' | 'choice';
  /** Legal range, both ends included. */
  min?: number;
  max?: number;
  unit?: 's' | 'ms';
  choices?: readonly string[];
  default: number | string | boolean;
  /** When a change takes effect. */
  effect: 'restart' | 'register' | 'next call';
  secret?: true;
  meaning: string;
}

export const options = [
  {
    path: 'policy.endpoint.sip_port_min',
    type: 'integer',
    min: 1,
    max: 65_535,
    default: 5060,
    effect: 'restart',
    meaning: 'First port tried for SIP; UDP and TCP get the same number.',
  },
  {
    path: 'policy.endpoint.sip_port_max',
    type: 'integer',
    min: 1,
    max: 65_535,
    default: 5066,
    effect: 'restart',
    meaning: 'Last port tried for SIP.',
  },
  {
    path: 'policy.endpoint.rtp_port_min',
    type: 'integer',
    min: 1024,
    max: 65_535,
    default: 9000,
    effect: 'next call',
    meaning: 'First port for RTP (even) and RTCP (the next).',
  },
  {
    path: 'policy.endpoint.rtp_port_max',
    type: 'integer',
    min: 1024,
    max: 65_535,
    default: 9999,
    effect: 'next call',
    meaning: 'Last port for RTP and RTCP.',
  },
  {
    path: 'policy.endpoint.tcp_port_min',
    type: 'integer',
    min: 0,
    max: 65_535,
    default: 0,
    effect: 'restart',
    meaning: 'First port for our side of TCP and TLS connections that we make; 0: any free one.',
  },
  {
    path: 'policy.endpoint.tcp_port_max',
    type: 'integer',
    min: 0,
    max: 65_535,
    default: 0,
    effect: 'restart',
    meaning: 'Last port for our side of those connections; 0: any free one.',
  },
  {
    path: 'policy.endpoint.sip_port_binding',
    type: 'boolean',
    default: false,
    effect: 'restart',
    meaning: '1: SIP listens at the public address only, not at all addresses of the endpoint.',
  },
  {
    path: 'policy.endpoint.public_address',
    type: 'text',
    default: '',
    effect: 'restart',
    meaning:
      "The address that others reach the endpoint at: empty or `$auto` (what the routing table says for the server), an IP address, a name, `$ipv4`, `$ipv6`, `$host`, `$fqdn`, `$` and the beginning of an adapter's name, or `$net:` and a network (`$net:192.0.2.0/24`).",
  },
  {
    path: 'policy.endpoint.ip_versions',
    type: 'choice',
    choices: ['IPv4', 'IPv6', 'IPv4,IPv6', 'IPv6,IPv4'],
    default: 'IPv4,IPv6',
    effect: 'restart',
    meaning: 'Which versions of IP are used, the preferred one first.',
  },
  {
    path: 'policy.endpoint.include_mac_address',
    type: 'boolean',
    default: false,
    effect: 'restart',
    meaning: "1: registrations carry an instance id made from the network adapter's MAC address (RFC 5626).",
  },
  {
    path: 'policy.endpoint.include_os_version_in_user_agent_header',
    type: 'boolean',
    default: true,
    effect: 'restart',
    meaning: '1: User-Agent tells the operating system of the endpoint.',
  },
  {
    path: 'policy.endpoint.refer_to_proxy',
    type: 'boolean',
    default: false,
    effect: 'restart',
    meaning: "1: a call that a REFER asks for goes to the line's server; 0: to the target that the REFER names.",
  },
  {
    path: 'policy.endpoint.sip_transaction_timeout',
    type: 'integer',
    min: 1,
    max: 32_000,
    unit: 'ms',
    default: 4000,
    effect: 'restart',
    meaning: 'How long a server may take for its first word before another one is tried.',
  },
  {
    path: 'policy.session.auto_answer',
    type: 'boolean',
    default: false,
    effect: 'next call',
    meaning: '1: calls that the server sends are answered by themselves; those of strangers ring.',
  },
  {
    path: 'policy.session.auto_answer_delay',
    type: 'integer',
    min: 0,
    max: 600_000,
    unit: 'ms',
    default: 1500,
    effect: 'next call',
    meaning: 'How long a call rings before it is answered by itself.',
  },
  {
    path: 'policy.session.dtmf_method',
    type: 'choice',
    choices: ['Rfc2833', 'Info', 'InbandRtp'],
    default: 'Rfc2833',
    effect: 'next call',
    meaning: 'How digits are sent: as events in RTP (RFC 4733), as SIP INFO, or as tones in the sound.',
  },
  {
    path: 'policy.session.reject_session_when_busy',
    type: 'boolean',
    default: false,
    effect: 'next call',
    meaning: '1: further calls are refused while the line is busy.',
  },
  {
    path: 'policy.session.number_sessions_for_busy',
    type: 'integer',
    min: 1,
    max: 65_535,
    default: 1,
    effect: 'next call',
    meaning: 'How many calls (talking, held or ringing, on all lines) are busy.',
  },
  {
    path: 'policy.session.sip_code_when_busy',
    type: 'integer',
    min: 400,
    max: 699,
    default: 486,
    effect: 'next call',
    meaning: 'The SIP status that refuses calls when busy.',
  },
  {
    path: 'policy.session.ringing_timeout',
    type: 'integer',
    min: 0,
    max: 86_400,
    unit: 's',
    default: 0,
    effect: 'next call',
    meaning: 'How long a call may ring here before it is refused; 0: for ever.',
  },
  {
    path: 'proxies.proxyN.display_name',
    type: 'text',
    default: '',
    effect: 'register',
    meaning: 'The name that the far end is shown.',
  },
  {
    path: 'proxies.proxyN.password',
    type: 'text',
    default: '',
    effect: 'register',
    secret: true,
    meaning: 'The password for digest authentication.',
  },
  {
    path: 'proxies.proxyN.reg_timeout',
    type: 'integer',
    min: 0,
    max: 4_294_967,
    unit: 's',
    default: 1800,
    effect: 'register',
    meaning: 'How long a registration is asked for; 0: none, calls without registration.',
  },
  {
    path: 'proxies.proxyN.reg_interval',
    type: 'integer',
    min: 0,
    max: 4_294_967,
    unit: 's',
    default: 0,
    effect: 'register',
    meaning: 'Wait before registering again after the server was down; 0: not by itself.',
  },
  {
    path: 'proxies.proxyN.domain',
    type: 'text',
    default: '',
    effect: 'register',
    meaning:
      'Host of the address of record, with a port and URI parameters where it needs them; empty: that of the server.',
  },
  {
    path: 'proxies.proxyN.outbound_proxy',
    type: 'text',
    default: '',
    effect: 'register',
    meaning: 'Where requests go first, `HOST[:PORT]`; empty: to the server. Ours.',
  },
  {
    path: 'proxies.proxyN.reg_match_received_rport',
    type: 'boolean',
    default: false,
    effect: 'register',
    meaning: '1: the address that the server sees is believed even if it is none of this machine (NAT).',
  },
  {
    path: 'proxies.proxyN.agent_state',
    type: 'choice',
    choices: ['none', 'features', 'presence'],
    default: 'none',
    effect: 'register',
    meaning:
      "How the server is told the agent's state: `features` (as-feature-event and hoteling), `presence`, or not at all. Ours.",
  },
  {
    path: 'proxies.proxyN.shared_line',
    type: 'boolean',
    default: false,
    effect: 'register',
    meaning: '1: the line is shared with other phones (appearances). Ours.',
  },
  {
    path: 'proxies.proxyN.reg_event',
    type: 'boolean',
    default: false,
    effect: 'register',
    meaning:
      '1: the registrar is asked to say when it removes the registration (RFC 3680), which is then made anew at once. Ours.',
  },
  {
    path: 'proxies.proxyN.mailbox.user',
    type: 'text',
    default: '',
    effect: 'register',
    meaning: 'The voice mailbox to watch; empty: none.',
  },
  {
    path: 'proxies.proxyN.mailbox.password',
    type: 'text',
    default: '',
    effect: 'register',
    secret: true,
    meaning: "The mailbox's password for digest authentication.",
  },
  {
    path: 'proxies.proxyN.mailbox.server',
    type: 'text',
    default: '',
    effect: 'register',
    meaning: "Where the mailbox is, `HOST[:PORT]`; empty: the line's server.",
  },
  {
    path: 'proxies.proxyN.mailbox.timeout',
    type: 'integer',
    min: 0,
    max: 4_294_967,
    unit: 's',
    default: 1800,
    effect: 'register',
    meaning: 'How long the mailbox is watched before that is asked for again; 0: 1800.',
  },
  {
    path: 'proxies.proxyN.mailbox.transport',
    type: 'choice',
    choices: ['udp', 'tcp', 'tls'],
    default: '',
    effect: 'register',
    meaning: "Transport to the mailbox's server; empty: DNS decides.",
  },
  {
    path: 'system.security.certificate',
    oldPath: 'system.security.cert_file',
    type: 'text',
    default: '',
    effect: 'restart',
    meaning:
      'Our certificate for TLS: a PEM file on the endpoint with its chain and private key, or its thumbprint; empty: none.',
  },
  {
    path: 'system.security.authorities',
    type: 'text',
    default: '',
    effect: 'restart',
    meaning: "A PEM file on the endpoint with the authorities to trust; empty: the system's. Ours.",
  },
  {
    path: 'system.security.tls-target-name-check',
    type: 'choice',
    choices: ['host', 'no', 'none'],
    default: 'host',
    effect: 'restart',
    meaning: "Whether a server's certificate has to name the server that we asked for; `no` and `none` are the same.",
  },
] as const satisfies readonly Option[];

export type OptionPath = (typeof options)[number]['path'];

export const optionAt = (path: OptionPath): Option => {
  const option = options.find((it) => it.path === path);
  if (!option) throw new RangeError(`no option ${path}`);
  return option;
};
