/** The option table: every setting of Softphone.config that Thinline acts on, once. */

export interface Option {
  /** domain.section.setting; proxyN stands for the section of any line. */
  path: string;
  type: 'integer' | 'text';
  /** Legal range, both ends included. */
  min?: number;
  max?: number;
  unit?: 's';
  default: number | string;
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
] as const satisfies readonly Option[];

export type OptionPath = (typeof options)[number]['path'];

export const optionAt = (path: OptionPath): Option => {
  const option = options.find((it) => it.path === path);
  if (!option) throw new RangeError(`no option ${path}`);
  return option;
};
