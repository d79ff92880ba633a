/** Makes messages wrong: bytes that are turned over, and lines, values and parameters that a grammar knows. */
import type { Random } from './random.ts';

/** Whatever is made, no transport would deliver more. */
const MAX_BYTES = 65_535;

type Items = readonly [string, ...string[]];

const separators: Items = [
  ...([
    '\r\n',
    '\n',
    '\r',
    '\r\n ',
    '\r\n\r\n',
    ' ',
    '\t',
    '\0',
    '"',
    '\\',
    '\\"',
    '<',
    '>',
    ',',
    ';',
    '=',
    ':',
  ] as const),
  ...([
    '@',
    '%',
    '%00',
    '%0d%0a',
    '%zz',
    '?',
    '&',
    '/',
    '[',
    ']',
    '(',
    ')',
    '--',
    '*',
    '\ud800',
    '\u{1f4de}',
    '\xff',
  ] as const),
];

const numbers: Items = [
  ...(['0', '-1', '1', '00000000000000000009', '255', '256', '65535', '65536', '2147483647', '2147483648'] as const),
  ...(['4294967295', '4294967296', '18446744073709551616', '9'.repeat(400), '1e9', '0x10', '1.5', 'NaN', ''] as const),
];

const uris: Items = [
  ...([
    'sip:a',
    'sips:a@b:5061',
    'sip:[::1]:5060',
    'sip:[2001:db8:::192.0.2.1]',
    'sip:[fe80::1%25eth0]',
    'tel:+1;x=y',
  ] as const),
  ...([
    'sip:a@b?Route=%3Csip:c%3E',
    'sip:a@b;maddr=255.255.255.255',
    'sip:a@b;transport=constructor',
    'sip:',
    'urn:x:y',
  ] as const),
  ...(['<sip:a@b>', 'sip:a@b@c', 'sip:%00@b', 'sip:a;b=c;d@e:0', 'SIP:A%41@B', `sip:${'a'.repeat(3_000)}@b`] as const),
  'sip:a@b;method=__proto__;lr;user=toString',
];

const values: Items = [
  ...([
    '',
    '*',
    'x',
    '"',
    '"" <>',
    '<',
    '>;',
    ';;;;',
    ',,,,',
    '<sip:a@b>,',
    '"\\',
    '=',
    '(',
    'constructor',
    '__proto__',
  ] as const),
  ...([
    '<sip:a@b>;tag=',
    '<sip:a@b>;tag="x',
    'anonymous <sip:anonymous@anonymous.invalid>;tag=1',
    'toString;valueOf=1',
  ] as const),
  ...([
    'SIP/2.0/UDP h;branch=z9hG4bK',
    'SIP/2.0/UDP [::1]:0;rport=x;received=[',
    'SIP/2.0/WSS a.invalid;branch=z9hG4bKx',
  ] as const),
  ...(['Digest realm="a", nonce="b", qop="auth", algorithm=MD5-sess', 'Digest', 'Digest a,,b==,"', 'Basic x'] as const),
  ...([
    'application/sdp',
    'multipart/mixed;boundary=a',
    'multipart/mixed;boundary=""',
    'text/plain;charset=x',
    '/',
    'a/',
  ] as const),
  ...([
    '1 INVITE',
    '2147483648 ACK',
    '1',
    '1  constructor',
    'active;expires=1',
    'terminated;reason=x',
    'dialog',
    'talk',
  ] as const),
  ...([
    '100rel',
    'timer',
    'replaces',
    'nothing',
    'a@b;to-tag=1;from-tag=1',
    '1800;refresher=uac',
    '1;refresher=x',
  ] as const),
  ...([
    ',a'.repeat(4_000),
    ';a=b'.repeat(3_000),
    ' '.repeat(8_000),
    '"'.repeat(5_001),
    '<'.repeat(5_000),
    '%41'.repeat(3_000),
  ] as const),
];

const names: Items = [
  ...([
    'Via',
    'v',
    'From',
    'To',
    't',
    'Call-ID',
    'CSeq',
    'Contact',
    'm',
    'Route',
    'Record-Route',
    'Content-Length',
    'l',
  ] as const),
  ...([
    'Content-Type',
    'Content-Disposition',
    'Max-Forwards',
    'Require',
    'Supported',
    'Expires',
    'Min-Expires',
    'Event',
  ] as const),
  ...([
    'Subscription-State',
    'Refer-To',
    'Referred-By',
    'Replaces',
    'RAck',
    'RSeq',
    'Session-Expires',
    'Min-SE',
  ] as const),
  ...([
    'WWW-Authenticate',
    'Proxy-Authenticate',
    'Authorization',
    'P-Asserted-Identity',
    'Privacy',
    'Diversion',
  ] as const),
  ...([
    'History-Info',
    'Alert-Info',
    'Call-Info',
    'Answer-Mode',
    'Reason',
    'Retry-After',
    'Warning',
    'Accept',
    'Allow',
  ] as const),
  ...([
    'X-Genesys-CallUUID',
    'Date',
    'Timestamp',
    'Subject',
    'constructor',
    '__proto__',
    'a(b)',
    '',
    ' ',
    'x'.repeat(5_000),
  ] as const),
];

const methods: Items = [
  ...(['INVITE', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'REGISTER', 'PRACK', 'UPDATE', 'INFO', 'REFER', 'NOTIFY'] as const),
  ...(['SUBSCRIBE', 'MESSAGE', 'PUBLISH', 'invite', 'DANCE', 'constructor', '%49NVITE', '', 'SIP/2.0'] as const),
];

const statuses: Items = [
  '100',
  '180',
  '183',
  '200',
  '202',
  '302',
  '401',
  '407',
  '422',
  '481',
  '491',
  '503',
  '699',
  '700',
  '99',
];

type Change = (text: string, random: Random, other: string) => string;

const place = (text: string, random: Random): number => random.below(text.length + 1);

function insert(text: string, what: string, random: Random): string {
  const at = place(text, random);
  return text.slice(0, at) + what + text.slice(at);
}

/** What bytes have, whatever they stand for. Each character is a byte. */
const byteChanges: readonly [Change, ...Change[]] = [
  (text, random) => {
    const at = place(text, random);
    return text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + 1);
  },
  (text, random) => insert(text, random.pick(separators), random),
  (text, random) => insert(text, random.pick(separators).repeat(1 << random.below(13)), random),
  (text, random) => {
    const at = place(text, random);
    return text.slice(0, at) + text.slice(at + 1 + random.below(40));
  },
  (text, random) => text.slice(0, place(text, random)),
  (text, random) => {
    const at = place(text, random);
    return insert(text, text.slice(at, at + random.below(200)), random);
  },
  (text, random, other) => text.slice(0, place(text, random)) + other.slice(place(other, random)),
];

/** The text with its head changed as lines; the body stays. */
function withLines(text: string, change: (lines: string[]) => void): string {
  const end = text.indexOf('\r\n\r\n');
  const lines = text.slice(0, end < 0 ? text.length : end).split('\r\n');
  change(lines);
  return lines.join('\r\n') + (end < 0 ? '' : text.slice(end));
}

/** One line after the start line, as what stands before and after its colon. */
function changeField(text: string, random: Random, change: (name: string, value: string) => string): string {
  return withLines(text, (lines) => {
    if (lines.length < 2) return;
    const at = 1 + random.below(lines.length - 1);
    const line = lines[at] ?? '';
    const colon = Math.max(line.indexOf(':'), 0);
    lines[at] = change(line.slice(0, colon), line.slice(colon + 1));
  });
}

/** One occurrence of what the expression finds becomes something else. */
function replaceOne(text: string, expression: RegExp, random: Random, replacement: string): string {
  const found = [...text.matchAll(expression)];
  const match = found[random.below(Math.max(found.length, 1))];
  return match ? text.slice(0, match.index) + replacement + text.slice(match.index + match[0].length) : text;
}

/** What a grammar has. */
const grammarChanges: readonly [Change, ...Change[]] = [
  (text, random) => changeField(text, random, (name) => `${name}: ${random.pick(values)}`),
  (text, random) => changeField(text, random, (_, value) => `${random.pick(names)}:${value}`),
  (text, random) =>
    changeField(text, random, (name, value) => `${name}:${insert(value, random.pick(separators), random)}`),
  (text, random) => changeField(text, random, (name, value) => `${name}:${value}, ${value}`),
  (text, random) =>
    changeField(text, random, (name, value) => `${name.toUpperCase()} \t:\r\n ${value.replaceAll(' ', '\r\n\t ')}`),
  (text, random) => changeField(text, random, (name, value) => `${name}:${value}\r\n${name}:${value}`),
  (text, random) =>
    changeField(text, random, (name, value) => `${name}:${value};${random.pick(values)}=${random.pick(values)}`),
  (text, random) =>
    withLines(
      text,
      (lines) => void lines.splice(1 + random.below(lines.length), 0, `${random.pick(names)}: ${random.pick(values)}`),
    ),
  (text, random) =>
    withLines(
      text,
      (lines) => void lines.splice(1 + random.below(lines.length), 0, `${random.pick(names)}: <${random.pick(uris)}>`),
    ),
  (text, random) => withLines(text, (lines) => void lines.splice(1 + random.below(lines.length), 1)),
  (text, random) =>
    withLines(
      text,
      (lines) => void lines.push(...Array<string>(1 << random.below(10)).fill(`${random.pick(names)}: x`)),
    ),
  (text, random) => replaceOne(text, /\d+/g, random, random.pick(numbers)),
  (text, random) => replaceOne(text, /sips?:[^\s>;,"]*/g, random, random.pick(uris)),
  (text, random) => replaceOne(text, /;[^;>\s,]*/g, random, random.pick(values)),
  (text, random) => replaceOne(text, /"[^"\r\n]*"/g, random, `"${random.pick(separators)}${random.pick(values)}`),
  (text, random) => {
    const method = random.pick(methods);
    return text.replace(/^[A-Z]+/, method).replace(/^(CSeq: \d+) \w+/im, `$1 ${method}`);
  },
  (text, random) => text.replace(/^(SIP\/2\.0) \d+/, `$1 ${random.pick(statuses)}`),
  (text, random) => text.replace('SIP/2.0', random.pick(['SIP/3.0', 'SIP/2', 'HTTP/1.1', 'sip/2.0', 'SIP/2.0 '])),
  // Another head before the body of another message.
  (text, _, other) => text.slice(0, text.indexOf('\r\n\r\n') + 4) + other.slice(other.indexOf('\r\n\r\n') + 4),
];

/** One, two or four changes of one message of the corpus; mostly such that there is still something to read. */
export function mutate(corpus: readonly [Buffer, ...Buffer[]], random: Random): Buffer {
  let text = random.pick(corpus).toString('latin1');
  for (let left = 1 << random.below(3); left > 0; left--) {
    const other = random.pick(corpus).toString('latin1');
    text = random
      .pick(random.chance(30) ? byteChanges : grammarChanges)(text, random, other)
      .slice(0, MAX_BYTES);
  }
  // What the changes add beyond Latin-1 becomes UTF-8 now and then, and bytes that are neither otherwise.
  return Buffer.from(text, random.chance(20) ? 'utf8' : 'latin1').subarray(0, MAX_BYTES);
}
