/** The top Via: who sent a request, and where its responses go (RFC 3261 §18.2, RFC 3581). */
import { bareHost } from '../address.ts';
import { isSpace, skipSpace, skipToken, trimSpace } from './lexical.ts';
import { type SipMessage, splitList } from './message.ts';
import { type Parameters, readParameters } from './parameters.ts';
import { readHost } from './uri.ts';

export interface Via {
  /** Of SIP: "2.0". */
  version: string;
  /** Upper case: "UDP", "TCP". */
  transport: string;
  /** Lower case; IPv6 in brackets. */
  host: string;
  /** 0 where there is none. */
  port: number;
  branch: string;
  /** IPv6 without brackets: both forms are in use (RFC 5118 §4.5). */
  received: string;
  /** null: absent; '': asked for, not filled in. */
  rport: string | null;
  /** null: malformed, and so everything above that comes from them is missing. */
  parameters: Parameters | null;
}

/** The "/" and the token after it, with white space around both; and where they end. */
function readPart(value: string, at: number): { token: string; end: number } | null {
  const slash = skipSpace(value, at);
  const start = skipSpace(value, slash + 1);
  const end = skipToken(value, start);
  return value[slash] === '/' && end > start ? { token: value.slice(start, end), end } : null;
}

/** "host : port": white space is allowed around the colon (RFC 3261 §25.1, COLON). */
function readSentBy(text: string): { host: string; port: number } | null {
  const sentBy = trimSpace(text);
  const colon = sentBy.indexOf(':', sentBy.indexOf(']') + 1);
  return readHost(colon < 0 ? sentBy : `${trimSpace(sentBy.slice(0, colon))}:${trimSpace(sentBy.slice(colon + 1))}`);
}

/** Null where it doesn't say who sent the request. Malformed parameters leave somebody to complain to. */
export function readVia(value: string): Via | null {
  const start = skipSpace(value, 0);
  const protocolEnd = skipToken(value, start);
  const version = readPart(value, protocolEnd);
  const transport = version && readPart(value, version.end);
  if (!transport || value.slice(start, protocolEnd).toUpperCase() !== 'SIP') return null;
  const semicolon = value.indexOf(';', transport.end);
  const sentByEnd = semicolon < 0 ? value.length : semicolon;
  const sentBy = readSentBy(value.slice(transport.end, sentByEnd));
  if (!sentBy || !isSpace(value.charCodeAt(transport.end))) return null;
  const parameters = readParameters(value.slice(sentByEnd));
  return {
    version: version.token,
    transport: transport.token.toUpperCase(),
    host: sentBy.host.includes(':') ? `[${sentBy.host}]` : sentBy.host,
    port: sentBy.port,
    branch: parameters?.get('branch') ?? '',
    received: bareHost(parameters?.get('received') ?? ''),
    rport: parameters?.get('rport') ?? null,
    parameters,
  };
}

/** Gives each Via a field of its own, so that the first field is the top Via. */
export function separateVias(message: SipMessage): void {
  message.fields = message.fields.flatMap((field) =>
    field.name === 'via' ? splitList(field.value).map((value) => ({ name: 'via', value })) : [field],
  );
}

export function topVia(message: SipMessage): Via | null {
  const field = message.fields.find((it) => it.name === 'via');
  return field ? readVia(field.value) : null;
}

/** RFC 3261 §18.2.1 and RFC 3581 §4: notes in the top Via where the request really came from. */
export function stampVia(message: SipMessage, source: { address: string; port: number }): void {
  const field = message.fields.find((it) => it.name === 'via');
  const via = topVia(message);
  if (!field || !via) return;
  let value = field.value.replace(/;[ \t]*received[ \t]*=[ \t]*[^\s;,]*/gi, '');
  const bare = bareHost(via.host);
  if (via.rport !== null)
    value = value.replace(/;[ \t]*rport[ \t]*(=[ \t]*\d*)?(?=[ \t;]|$)/gi, `;rport=${source.port}`);
  if (via.rport !== null || bare !== source.address) value += `;received=${source.address}`;
  field.value = value;
}
