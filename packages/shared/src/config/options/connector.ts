/** policy.connector: the HTTP interface that agent desktops use. */
import type { Option } from '../option.ts';

export const connectorOptions = [
  {
    path: 'policy.connector.protocol',
    type: 'choice',
    choices: ['http', 'https'],
    default: 'http',
    effect: 'restart',
    where: 'app',
    meaning: 'The scheme of the local service.',
  },
  {
    path: 'policy.connector.port',
    type: 'text',
    form: {
      pattern: /^(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/,
      words: '1 to 65535',
    },
    default: '',
    effect: 'restart',
    where: 'app',
    meaning:
      "Its port, that of the desktop's `sipendpoint.uri`; empty: no connector. With a connector the desktop says what lines there are, and those of the Basic container are not used.",
  },
  {
    path: 'policy.connector.address',
    type: 'text',
    form: {
      pattern: /^(?:127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}|::1|localhost|\$user)$/i,
      words: 'a loopback address (127.x.y.z or ::1), localhost or $user',
    },
    default: '127.0.0.1',
    effect: 'restart',
    where: 'app',
    meaning:
      "Where it listens: a loopback address; `localhost`: 127.0.0.1 and ::1; `$user`: an address of its own for each user of a host that many agents share, made of the user's name. Ours.",
  },
  {
    path: 'policy.connector.certificate_search_value',
    type: 'text',
    form: { pattern: /^\s*(?:[0-9a-f]{2}\s*){20}$/i, words: '40 hexadecimal digits' },
    default: '',
    effect: 'restart',
    where: 'app',
    meaning: 'The thumbprint (SHA-1, spaces allowed) of its certificate.',
  },
  {
    path: 'policy.connector.certificate',
    type: 'text',
    default: '',
    effect: 'restart',
    where: 'app',
    meaning:
      'A PEM file with its certificate, what signed that, and the key; empty: the thumbprint says it, else one is made. Ours.',
  },
  {
    path: 'policy.connector.origins',
    type: 'text',
    form: {
      pattern:
        /^\s*[a-z][a-z\d+.-]{0,30}:\/\/[\w.:[\]-]{1,255}(?:\s*,\s*[a-z][a-z\d+.-]{0,30}:\/\/[\w.:[\]-]{1,255})*\s*$/i,
      words: 'origins, such as https://desk.example.com, with commas between them',
    },
    default: '',
    effect: 'restart',
    where: 'app',
    meaning:
      'The web sites whose pages may use it; empty: any, and while a desktop has its session, only its own. Ours.',
  },
  {
    path: 'policy.connector.secret',
    type: 'text',
    form: { pattern: /^[\w.~-]{16,128}$/, words: "16 to 128 letters, digits, '-', '_', '.' or '~'" },
    default: '',
    effect: 'restart',
    where: 'app',
    secret: true,
    meaning: 'What each request has to have, as a Bearer token or as the first part of its path; empty: nothing. Ours.',
  },
  {
    path: 'policy.connector.call_control',
    type: 'boolean',
    default: false,
    effect: 'restart',
    where: 'app',
    meaning: '1: calls may be made, answered and ended over HTTP, for desktops that reach no SIP Server. Ours.',
  },
  {
    path: 'policy.connector.enable_sessionid',
    type: 'boolean',
    default: false,
    effect: 'restart',
    where: 'app',
    meaning: '1: a session is bound to a cookie.',
  },
  {
    path: 'policy.connector.auto_restart',
    type: 'boolean',
    default: true,
    effect: 'restart',
    where: 'app',
    meaning: '1: the settings of the file are in force again when a session ends.',
  },
  {
    path: 'policy.connector.partitioned_cookies',
    type: 'boolean',
    default: false,
    effect: 'restart',
    where: 'app',
    meaning: '1: the cookie is partitioned (CHIPS), where the connector has https.',
  },
  {
    path: 'policy.connector.standalone',
    type: 'boolean',
    default: false,
    effect: 'restart',
    where: 'app',
    meaning: '1: no connector, whatever its port; the lines of the Basic container are used.',
  },
] as const satisfies readonly Option[];
