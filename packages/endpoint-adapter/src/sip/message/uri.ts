/** URIs of SIP messages: sip and sips (RFC 3261 §19.1), tel (RFC 3966), and any other as it is written. */
import { isIPv4, isIPv6 } from 'node:net';
import { isDigits } from './lexical.ts';
import { MAX_PARAMETERS, noParameters, type Parameters } from './parameters.ts';

export interface Uri {
  /** Lower case. */
  scheme: string;
  /** As written, with its escapes; a tel: URI's number. */
  user: string;
  password: string;
  /** Lower case; IPv6 without brackets. */
  host: string;
  /** 0: not said. */
  port: number;
  /** Names lower case. Only escapes that nothing needs are resolved (RFC 3986 §6.2.2.2); the others stay. */
  parameters: Parameters;
  /** What follows "?", as written. */
  headers: string;
  /** What follows the scheme, where that is neither sip, sips nor tel. */
  opaque: string;
}

export const makeUri = (fields: Partial<Uri> & { host: string }): Uri => ({
  scheme: 'sip',
  user: '',
  password: '',
  port: 0,
  parameters: noParameters,
  headers: '',
  opaque: '',
  ...fields,
});

/** No URI holds white space, controls, angle brackets or quotes. Characters beyond ASCII should be escaped; many aren't. */
const isUnfit = (code: number): boolean => code <= 32 || code === 34 || code === 60 || code === 62 || code === 127;

const isHex = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);

/** Whether a URI may hold each character, and each "%" begins an escape. */
function isFit(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isUnfit(code)) return false;
    if (code === 37 && !(isHex(text.charCodeAt(i + 1)) && isHex(text.charCodeAt(i + 2)))) return false;
  }
  return true;
}

const unreserved = /^[A-Za-z0-9_.!~*'()-]$/;

/** RFC 3261 §19.1.4: the escape of an unreserved character is that character; the hexadecimal digits have no case. */
function normal(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%[0-9A-Fa-f]{2}/g, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return unreserved.test(character) ? character : code.toUpperCase();
  });
}

const isScheme = (text: string): boolean => /^[a-z][a-z0-9+.-]{0,31}$/.test(text);

const isHostName = (text: string): boolean => text.length < 256 && /^[a-z0-9._-]+$/.test(text);

/** A scope (RFC 4007 §11) means nothing to others, and the grammar of RFC 3261 has none. */
const isIPv6Host = (text: string): boolean => isIPv6(text) && !text.includes('%');

/**
 * IPv6 without brackets; '' for anything else. RFC 5118 §4.10: the grammar of RFC 3261 writes three colons before an IPv4
 * address by mistake, and both forms have to be understood.
 */
function readIPv6(text: string): string {
  const at = text.indexOf(':::');
  const right = at >= 0 && isIPv4(text.slice(at + 3)) ? text.slice(0, at) + text.slice(at + 1) : text;
  return isIPv6Host(right) ? right : '';
}

/** ";a=b;c" of a URI, without white space or quotes. */
function readUriParameters(text: string): Parameters | null {
  if (text === '') return noParameters;
  const found = new Map<string, string>();
  let at = 0;
  for (let count = 0; at < text.length; count++) {
    if (count === MAX_PARAMETERS) return null;
    const next = text.indexOf(';', at + 1);
    const end = next < 0 ? text.length : next;
    const equals = text.indexOf('=', at + 1);
    const nameEnd = equals < 0 || equals > end ? end : equals;
    if (nameEnd === at + 1) return null;
    const name = normal(text.slice(at + 1, nameEnd)).toLowerCase();
    if (!found.has(name)) found.set(name, normal(text.slice(nameEnd + 1, end)));
    at = end;
  }
  return found;
}

/** "host", "host:port", "[IPv6]:port"; null for anything else. */
export function readHost(text: string): { host: string; port: number } | null {
  const bracket = text.startsWith('[') ? text.indexOf(']') : -1;
  const colon = text.indexOf(':', bracket + 1);
  const hostEnd = colon < 0 ? text.length : colon;
  if (bracket > 0 && hostEnd !== bracket + 1) return null;
  const name = text.slice(0, hostEnd).toLowerCase();
  const host = bracket > 0 ? readIPv6(name.slice(1, -1)) : name;
  if (bracket > 0 ? host === '' : !isHostName(host)) return null;
  if (colon < 0) return { host, port: 0 };
  const digits = text.slice(colon + 1);
  const port = Number(digits);
  return isDigits(digits) && digits.length <= 5 && port > 0 && port <= 65_535 ? { host, port } : null;
}

/** scheme: sip or sips; rest: what follows the colon. */
function readSip(scheme: string, rest: string): Uri | null {
  const at = rest.indexOf('@');
  if (rest.indexOf('@', at + 1) >= 0 && at >= 0) return null;
  const userInfo = rest.slice(0, Math.max(at, 0));
  const place = rest.slice(at + 1);
  const colon = userInfo.indexOf(':');
  const question = place.indexOf('?');
  const beforeHeaders = question < 0 ? place : place.slice(0, question);
  const semicolon = beforeHeaders.indexOf(';');
  const host = readHost(semicolon < 0 ? beforeHeaders : beforeHeaders.slice(0, semicolon));
  const parameters = semicolon < 0 ? noParameters : readUriParameters(beforeHeaders.slice(semicolon));
  if (!host || !parameters) return null;
  return {
    scheme,
    user: colon < 0 ? userInfo : userInfo.slice(0, colon),
    password: colon < 0 ? '' : userInfo.slice(colon + 1),
    host: host.host,
    port: host.port,
    parameters,
    headers: question < 0 ? '' : place.slice(question + 1),
    opaque: '',
  };
}

function readTel(rest: string): Uri | null {
  const semicolon = rest.indexOf(';');
  const number = semicolon < 0 ? rest : rest.slice(0, semicolon);
  const parameters = semicolon < 0 ? noParameters : readUriParameters(rest.slice(semicolon));
  // RFC 3966 §3: digits and visual separators; a local number may hold "*", "#" and hexadecimal digits.
  const isNumber = /^(\+[0-9.()-]*|[0-9A-F*#.()-]*)$/i.test(number) && /[0-9A-F*#]/i.test(number);
  // What belongs to a sip: URI has no place here (RFC 3966 §3, paramchar).
  return parameters && isNumber && !/[@?]/.test(rest)
    ? makeUri({ scheme: 'tel', user: number, host: '', parameters })
    : null;
}

/** Null for what is no URI. */
export function readUri(text: string): Uri | null {
  const colon = text.indexOf(':');
  const scheme = text.slice(0, Math.max(colon, 0)).toLowerCase();
  if (!isScheme(scheme) || !isFit(text)) return null;
  const rest = text.slice(colon + 1);
  if (scheme === 'sip' || scheme === 'sips') return readSip(scheme, rest);
  if (scheme === 'tel') return readTel(rest);
  return rest === '' ? null : makeUri({ scheme, host: '', opaque: rest });
}

const escapeOf = (character: string): string => encodeURIComponent(character.toWellFormed());

/** Escapes what no URI may hold, and the characters of `also`. */
function escaped(text: string, also = ''): string {
  let clean = isFit(text);
  for (const character of also) clean &&= !text.includes(character);
  if (clean) return text;
  const unfit = (character: string): boolean => isUnfit(character.charCodeAt(0)) || also.includes(character);
  return [...text.replace(/%(?![0-9A-Fa-f]{2})/g, '%25')].map((it) => (unfit(it) ? escapeOf(it) : it)).join('');
}

function writeUriParameters(parameters: Parameters): string {
  let text = '';
  for (const [name, value] of parameters)
    text += `;${escaped(name, ';?@=')}${value === '' ? '' : `=${escaped(value, ';?@')}`}`;
  return text;
}

/** What a URI may not hold is escaped, so that nobody gets a line of his own into a message. */
export function writeUri(uri: Uri): string {
  const parameters = writeUriParameters(uri.parameters);
  if (uri.scheme === 'tel') return `tel:${escaped(uri.user, ';?@')}${parameters}`;
  if (uri.scheme !== 'sip' && uri.scheme !== 'sips') return `${uri.scheme}:${escaped(uri.opaque)}`;
  const password = uri.password === '' ? '' : `:${escaped(uri.password, '@')}`;
  const userInfo = uri.user === '' && password === '' ? '' : `${escaped(uri.user, '@:')}${password}@`;
  const host = escaped(uri.host.includes(':') ? `[${uri.host}]` : uri.host, '@;?');
  const port = uri.port === 0 ? '' : `:${uri.port}`;
  const headers = uri.headers === '' ? '' : `?${escaped(uri.headers, '@')}`;
  return `${uri.scheme}:${userInfo}${host}${port}${parameters}${headers}`;
}

/** What someone has typed, as the user of a URI (RFC 3261 §25.1, user). */
export const escapeUser = (text: string): string =>
  [...text].map((it) => (/[A-Za-z0-9_.!~*'()&=+$,;?/-]/.test(it) ? it : escapeOf(it))).join('');

/** The user as people read it; escapes that aren't UTF-8 stay. */
export function unescapeUser(user: string): string {
  if (!user.includes('%')) return user;
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}

const sameHost = (a: string, b: string): boolean =>
  a === b || (isIPv6Host(a) && isIPv6Host(b) && new URL(`sip://[${a}]`).host === new URL(`sip://[${b}]`).host);

/** RFC 3261 §19.1.4: these count where only one of the two URIs has them. */
const telling = ['user', 'ttl', 'method', 'maddr', 'transport'] as const;

function sameParameters(a: Parameters, b: Parameters): boolean {
  if (telling.some((name) => a.has(name) !== b.has(name))) return false;
  for (const [name, value] of a) if (b.has(name) && b.get(name)?.toLowerCase() !== value.toLowerCase()) return false;
  return true;
}

/** Sorted, so that their order doesn't matter. */
const headersOf = (uri: Uri): string =>
  normal(uri.headers)
    .split('&')
    .map((header) => header.replace(/^[^=]*/, (name) => name.toLowerCase()))
    .sort()
    .join('&');

/** RFC 3966 §4: separators and the order of parameters don't count. */
const telKey = (uri: Uri): string =>
  [uri.user.replace(/[.()-]/g, ''), ...[...uri.parameters].map(([name, value]) => `${name}=${value}`).sort()]
    .join(';')
    .toLowerCase();

/** RFC 3261 §19.1.4. */
export function sameUri(a: Uri, b: Uri): boolean {
  if (a.scheme !== b.scheme) return false;
  if (a.scheme === 'tel') return telKey(a) === telKey(b);
  return (
    normal(a.user) === normal(b.user) &&
    normal(a.password) === normal(b.password) &&
    sameHost(a.host, b.host) &&
    a.port === b.port &&
    a.opaque === b.opaque &&
    sameParameters(a.parameters, b.parameters) &&
    headersOf(a) === headersOf(b)
  );
}
