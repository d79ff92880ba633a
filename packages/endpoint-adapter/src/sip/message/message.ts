/** A SIP message: start line, header fields, body; what the fields say is not looked at. */
import { skipSpace, skipToken, trimSpace } from './lexical.ts';
import { readNameAddr } from './name-addr.ts';

export interface HeaderField {
  /** Lower case, long form (RFC 3261 §7.3.3); '' for a line that is no header field. */
  name: string;
  value: string;
}

export interface SipMessage {
  /** Of the request, or of the request that the response answers (from CSeq). */
  method: string;
  /** '' for a response. */
  uri: string;
  /** 0 for a request. */
  status: number;
  reason: string;
  /** Of SIP; 2.0 unless given. */
  version?: string;
  /** Written with short names (RFC 3261 §7.3.3). */
  compact?: true;
  fields: HeaderField[];
  body: string;
}

const MAX_FIELDS = 256;
const MAX_ITEMS = 256;
/** Start line and header fields, bytes. */
export const MAX_HEAD = 16_384;

/** A map, since an object has more names than were put into it. */
const longForms: ReadonlyMap<string, string> = new Map([
  ['a', 'accept-contact'],
  ['b', 'referred-by'],
  ['c', 'content-type'],
  ['d', 'request-disposition'],
  ['e', 'content-encoding'],
  ['f', 'from'],
  ['i', 'call-id'],
  ['j', 'reject-contact'],
  ['k', 'supported'],
  ['l', 'content-length'],
  ['m', 'contact'],
  ['o', 'event'],
  ['r', 'refer-to'],
  ['s', 'subject'],
  ['t', 'to'],
  ['u', 'allow-events'],
  ['v', 'via'],
  ['x', 'session-expires'],
  ['y', 'identity'],
]);

const shortForms: ReadonlyMap<string, string> = new Map([...longForms].map(([short, long]) => [long, short]));

const versionText = /^SIP\/(\d{1,3}\.\d{1,3})$/i;
/** More than three digits can be written, if not sent: RFC 4475 §3.1.2.19. */
const statusText = /^\d{3,10}$/;

type StartLine = Pick<SipMessage, 'method' | 'uri' | 'status' | 'reason' | 'version'>;

/** Absent where it is the only version that we speak. */
const versionPart = (version: string): { version?: string } => (version === '2.0' ? {} : { version });

function readStatusLine(line: string): StartLine | null {
  const [versionWord = '', code = ''] = line.split(' ', 2);
  const version = versionText.exec(versionWord)?.[1];
  if (!version || !statusText.test(code) || Number(code) === 0) return null;
  const reason = line.slice(versionWord.length + code.length + 2);
  return { method: '', uri: '', status: Number(code), reason, ...versionPart(version) };
}

/** RFC 4475 §3.1.2.9 and §3.1.2.10: more white space than needed does no harm. */
function readRequestLine(line: string): StartLine | null {
  const text = trimSpace(line);
  const methodEnd = skipToken(text, 0);
  const versionStart = text.lastIndexOf(' ') + 1;
  const version = versionText.exec(text.slice(versionStart))?.[1];
  const uri = trimSpace(text.slice(methodEnd, Math.max(versionStart, methodEnd)));
  if (methodEnd === 0 || text[methodEnd] !== ' ' || !version || uri === '') return null;
  return { method: text.slice(0, methodEnd), uri, status: 0, reason: '', ...versionPart(version) };
}

function readField(line: string): HeaderField {
  const nameEnd = skipToken(line, 0);
  const colon = skipSpace(line, nameEnd);
  if (nameEnd === 0 || line[colon] !== ':') return { name: '', value: line };
  const name = line.slice(0, nameEnd).toLowerCase();
  return { name: longForms.get(name) ?? name, value: trimSpace(line.slice(colon + 1)) };
}

/**
 * Lines of header fields; null for too many. A line ends with CR LF, and neither stands alone, lest others see more lines
 * than we do.
 */
function readLines(head: string): string[] | null {
  // RFC 3261 §7.3.1: a line that begins with white space continues the one before.
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n', MAX_FIELDS + 2);
  return lines.length > MAX_FIELDS + 1 || lines.some((line) => line.includes('\n') || line.includes('\r'))
    ? null
    : lines;
}

/** Of a part of a body; null where they can't be read. */
export const readFields = (text: string): HeaderField[] | null => readLines(text)?.map(readField) ?? null;

/**
 * Null for what isn't a SIP message of any version; whether a message is valid says validate.ts. The text is bounded by
 * the transport (65,535 bytes).
 */
export function readMessage(text: string): SipMessage | null {
  const end = text.indexOf('\r\n\r\n');
  const lines = end < 0 ? null : readLines(text.slice(0, end));
  const first = lines?.shift();
  if (!lines || first === undefined) return null;
  const start = first.slice(0, 4).toUpperCase() === 'SIP/' ? readStatusLine(first) : readRequestLine(first);
  if (!start) return null;
  const message: SipMessage = { ...start, fields: lines.map(readField), body: text.slice(end + 4) };
  if (message.status > 0) message.method = sequenceMethodOf(message);
  return message;
}

const titles: ReadonlyMap<string, string> = new Map([
  ['call-id', 'Call-ID'],
  ['cseq', 'CSeq'],
  ['mime-version', 'MIME-Version'],
  ['min-se', 'Min-SE'],
  ['rack', 'RAck'],
  ['rseq', 'RSeq'],
  ['sip-etag', 'SIP-ETag'],
  ['sip-if-match', 'SIP-If-Match'],
  ['www-authenticate', 'WWW-Authenticate'],
]);

/** Case means nothing (RFC 3261 §7.3.1), but people read traces. */
const title = (name: string): string =>
  titles.get(name) ?? name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** Whatever a value is made of, it ends no line. */
const oneLine = (text: string): string => (/[\r\n]/.test(text) ? text.replace(/[\r\n]/g, ' ') : text);

export function writeMessage(message: SipMessage): string {
  const version = `SIP/${message.version ?? '2.0'}`;
  const first =
    message.status > 0
      ? `${version} ${message.status} ${message.reason}`
      : `${message.method} ${message.uri} ${version}`;
  let head = `${oneLine(first)}\r\n`;
  for (const { name, value } of message.fields) {
    const written = (message.compact && shortForms.get(name)) ?? title(name);
    head += `${written}: ${oneLine(value)}\r\n`;
  }
  return `${head}\r\n${message.body}`;
}

/** The first field of that name; '' where there is none. */
export const fieldOf = (message: SipMessage, name: string): string =>
  message.fields.find((field) => field.name === name)?.value ?? '';

export const fieldsOf = (message: SipMessage, name: string): string[] =>
  message.fields.filter((field) => field.name === name).map((field) => field.value);

/**
 * A comma-separated list (RFC 3261 §7.3.1); commas in quotes and angle brackets don't separate. What comes after 256
 * items is left away.
 */
export function splitList(value: string): string[] {
  const items: string[] = [];
  let start = 0;
  let quoted = false;
  let bracket = false;
  const push = (end: number): void => {
    const item = trimSpace(value.slice(start, end));
    if (item !== '') items.push(item);
    start = end + 1;
  };
  for (let i = 0; i < value.length && items.length < MAX_ITEMS; i++) {
    const c = value[i];
    if (quoted) {
      if (c === '\\') i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '<') bracket = true;
    else if (c === '>') bracket = false;
    else if (c === ',' && !bracket) push(i);
  }
  if (items.length < MAX_ITEMS) push(value.length);
  return items;
}

/** The tag parameter of From or To; '' where there is none. What is malformed is searched for one all the same. */
export function tagOf(value: string): string {
  const address = readNameAddr(value);
  if (address) return address.parameters.get('tag') ?? '';
  const parameters = value.slice(value.lastIndexOf('>') + 1);
  return /;[ \t]*tag[ \t]*=[ \t]*([^\s;,]+)/i.exec(parameters)?.[1] ?? '';
}

/** -1 where CSeq has no number of RFC 3261 §8.1.1.5. */
export function sequenceOf(message: SipMessage): number {
  const number = Number(/^(\d{1,10})[ \t]+\S+$/.exec(fieldOf(message, 'cseq'))?.[1] ?? -1);
  return number < 2 ** 31 ? number : -1;
}

/** '' where CSeq has none. */
export const sequenceMethodOf = (message: SipMessage): string =>
  /^\d+[ \t]+(\S+)$/.exec(fieldOf(message, 'cseq'))?.[1] ?? '';
