/** A SIP message as the transport and transaction layers need it: start line, header fields, body; nothing is interpreted. */

export interface HeaderField {
  /** Lower case, long form (RFC 3261 §7.3.3). */
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
  fields: HeaderField[];
  body: string;
}

const MAX_FIELDS = 256;
/** Start line and header fields, bytes. */
export const MAX_HEAD = 16_384;

const longForms: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
};

const requestLine = /^([A-Za-z0-9.!%*_+`'~-]{1,64}) (\S{1,2048}) SIP\/2\.0$/;
const statusLine = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/;
const fieldLine = /^([A-Za-z0-9.!%*_+`'~-]{1,64})[ \t]*:[ \t]*([\s\S]*)$/;

/** Null for what isn't a SIP message of version 2.0. The text is bounded by the transport (65,535 bytes). */
export function readMessage(text: string): SipMessage | null {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  // RFC 3261 §7.3.1: a line that begins with white space continues the one before.
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const [first = '', ...rest] = lines;
  if (rest.length > MAX_FIELDS) return null;
  const fields: HeaderField[] = [];
  for (const line of rest) {
    const match = fieldLine.exec(line);
    if (!match) return null;
    const name = (match[1] ?? '').toLowerCase();
    fields.push({ name: longForms[name] ?? name, value: (match[2] ?? '').trim() });
  }
  const body = text.slice(end + 4);
  const request = requestLine.exec(first);
  if (request) return { method: request[1] ?? '', uri: request[2] ?? '', status: 0, reason: '', fields, body };
  const response = statusLine.exec(first);
  if (!response) return null;
  const cseq = fields.find((field) => field.name === 'cseq')?.value ?? '';
  const method = /^\d+[ \t]+(\S+)$/.exec(cseq)?.[1] ?? '';
  return { method, uri: '', status: Number(response[1]), reason: response[2] ?? '', fields, body };
}

const titles: Readonly<Record<string, string>> = {
  'call-id': 'Call-ID',
  cseq: 'CSeq',
  'www-authenticate': 'WWW-Authenticate',
};

/** Case means nothing (RFC 3261 §7.3.1), but people read traces. */
const title = (name: string): string => titles[name] ?? name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

export function writeMessage(head: SipMessage): string {
  const first = head.status > 0 ? `SIP/2.0 ${head.status} ${head.reason}` : `${head.method} ${head.uri} SIP/2.0`;
  const lines = head.fields.map((field) => `${title(field.name)}: ${field.value}\r\n`);
  return `${first}\r\n${lines.join('')}\r\n${head.body}`;
}

/** The first field of that name; '' where there is none. */
export const fieldOf = (head: SipMessage, name: string): string =>
  head.fields.find((field) => field.name === name)?.value ?? '';

export const fieldsOf = (head: SipMessage, name: string): string[] =>
  head.fields.filter((field) => field.name === name).map((field) => field.value);

/** A comma-separated list (RFC 3261 §7.3.1); commas in quotes and angle brackets don't separate. */
export function splitList(value: string): string[] {
  const items: string[] = [];
  let start = 0;
  let quoted = false;
  let bracket = false;
  for (let i = 0; i < value.length; i++) {
    const c = value[i];
    if (quoted) {
      if (c === '\\') i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '<') bracket = true;
    else if (c === '>') bracket = false;
    else if (c === ',' && !bracket) {
      items.push(value.slice(start, i).trim());
      start = i + 1;
    }
  }
  items.push(value.slice(start).trim());
  return items.filter((item) => item !== '');
}

/** The tag parameter of From or To; '' where there is none. */
export function tagOf(value: string): string {
  const parameters = value.slice(value.lastIndexOf('>') + 1);
  return /;[ \t]*tag[ \t]*=[ \t]*([^\s;,]+)/i.exec(parameters)?.[1] ?? '';
}

/** -1 where CSeq has no number of RFC 3261 §8.1.1.5. */
export function sequenceOf(head: SipMessage): number {
  const number = Number(/^(\d{1,10})[ \t]+\S+$/.exec(fieldOf(head, 'cseq'))?.[1] ?? -1);
  return number < 2 ** 31 ? number : -1;
}
