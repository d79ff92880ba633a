/** SIP messages as text over UDP (RFC 3261 §7), read strictly: what a tolerant parser forgives is to be noticed here. */
import { randomBytes } from 'node:crypto';

export interface Field {
  /** As written. */
  name: string;
  value: string;
}

/** A request has a method, a response a status. */
export interface Message {
  method: string;
  uri: string;
  status: number;
  reason: string;
  fields: readonly Field[];
  body: string;
  /** All of it, as it is on the wire. */
  text: string;
}

export class MalformedMessage extends Error {
  override name = 'MalformedMessage';
}

/** RFC 3261 §7.3.3, and those of event packages and REFER. */
const compactForms: Record<string, string> = {
  ...{ b: 'referred-by', c: 'content-type', e: 'content-encoding', f: 'from', i: 'call-id', k: 'supported' },
  ...{ l: 'content-length', m: 'contact', o: 'event', r: 'refer-to', s: 'subject', t: 'to', v: 'via' },
  x: 'session-expires',
};

const longForm = (name: string): string => {
  const lower = name.toLowerCase();
  return compactForms[lower] ?? lower;
};

export function readMessage(bytes: Buffer): Message {
  const text = bytes.toString('utf8');
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) throw new MalformedMessage('no empty line ends the header');
  const [start = '', ...lines] = text.slice(0, end).split('\r\n');
  const fields = lines.map(readField);
  const body = text.slice(end + 4);
  const length = fields.find(({ name }) => longForm(name) === 'content-length')?.value;
  if (length !== String(Buffer.byteLength(body)))
    throw new MalformedMessage(`Content-Length is ${length}, the body has ${Buffer.byteLength(body)}`);
  return { ...readStartLine(start), fields, body, text };
}

function readField(line: string): Field {
  const [, name, value] = /^([A-Za-z0-9-]+): ?(\S.*|)$/.exec(line) ?? [];
  if (name === undefined || value === undefined || /[\r\n]/.test(line))
    throw new MalformedMessage(`not a header field: ${line}`);
  return { name, value };
}

function readStartLine(line: string): Pick<Message, 'method' | 'uri' | 'status' | 'reason'> {
  const [, status, reason = ''] = /^SIP\/2\.0 ([1-6]\d\d) (.*)$/.exec(line) ?? [];
  if (status !== undefined) return { method: '', uri: '', status: Number(status), reason };
  const [, method, uri] = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(line) ?? [];
  if (method === undefined || uri === undefined) throw new MalformedMessage(`not a start line: ${line}`);
  return { method, uri, status: 0, reason: '' };
}

function written(start: string, fields: readonly Field[], body: string): string {
  const lines = [...fields, { name: 'Content-Length', value: String(Buffer.byteLength(body)) }];
  return `${[start, ...lines.map(({ name, value }) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n${body}`;
}

const toFields = (it: Record<string, string>): Field[] => Object.entries(it).map(([name, value]) => ({ name, value }));

export interface RequestParts {
  method: string;
  uri: string;
  /** In the order in which they are written. */
  fields: Record<string, string>;
  body?: string;
}

export function makeRequest({ method, uri, fields, body = '' }: RequestParts): Message {
  const list = toFields(fields);
  const text = written(`${method} ${uri} SIP/2.0`, list, body);
  return { method, uri, status: 0, reason: '', fields: list, body, text };
}

/** toTag: put where the request's To has none yet. */
export function makeResponse(
  request: Message,
  status: number,
  reason: string,
  more: { toTag?: string; fields?: Record<string, string>; body?: string } = {},
): Message {
  const { toTag = '', fields = {}, body = '' } = more;
  const to = fieldOf(request, 'To');
  const list = [
    ...fieldsOf(request, 'Via').map((value) => ({ name: 'Via', value })),
    { name: 'From', value: fieldOf(request, 'From') },
    { name: 'To', value: toTag && !tagOf(to) ? `${to};tag=${toTag}` : to },
    { name: 'Call-ID', value: fieldOf(request, 'Call-ID') },
    { name: 'CSeq', value: fieldOf(request, 'CSeq') },
    ...toFields(fields),
  ];
  return {
    ...{ method: '', uri: '', status, reason, fields: list, body },
    text: written(`SIP/2.0 ${status} ${reason}`, list, body),
  };
}

export function fieldsOf(message: Message, name: string): string[] {
  const wanted = longForm(name);
  return message.fields.filter((it) => longForm(it.name) === wanted).map(({ value }) => value);
}

/** The first; '' where there is none. */
export const fieldOf = (message: Message, name: string): string => fieldsOf(message, name)[0] ?? '';

/** Of From or To; '' where there is none. */
export const tagOf = (value: string): string => /;\s*tag=([^;\s]+)/i.exec(value.replace(/^.*>/, ''))?.[1] ?? '';

export const branchOf = (message: Message): string => /;branch=([^;,\s]+)/.exec(fieldOf(message, 'Via'))?.[1] ?? '';

export function sequenceOf(message: Message): { number: number; method: string } {
  const [number = '', method = ''] = fieldOf(message, 'CSeq').split(' ');
  return { number: Number(number), method };
}

/** Of From, To, Contact, Refer-To and their like. */
export const uriOf = (value: string): string => /<([^>]+)>/.exec(value)?.[1] ?? value.replace(/;.*$/, '').trim();

export interface Address {
  host: string;
  port: number;
}

export function readUri(uri: string): (Address & { user: string }) | null {
  const [, user = '', host, port = '5060'] = /^sips?:(?:([^@;?]*)@)?([^:;?@]+)(?::(\d+))?(?:[;?]|$)/.exec(uri) ?? [];
  return host === undefined ? null : { user, host, port: Number(port) };
}

export const random = (): string => randomBytes(8).toString('hex');
