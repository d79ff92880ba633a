/** An address with a name, as From, To, Contact and Route hold it (RFC 3261 §20, §25.1: name-addr, addr-spec). */
import { isSpace, quote, readQuoted, skipSpace, trimSpace } from './lexical.ts';
import { type Parameters, readParameters, writeParameters } from './parameters.ts';
import { readUri, type Uri, writeUri } from './uri.ts';

export interface NameAddr {
  /** Without quotes and escapes; '' where there is none. */
  displayName: string;
  uri: Uri;
  parameters: Parameters;
}

/** RFC 3261 §20: without brackets what follows ";" belongs to the field, and the URI can't hold "?" or ",". */
function readAddrSpec(value: string, start: number): NameAddr | null {
  let end = start;
  for (; end < value.length; end++) {
    const code = value.charCodeAt(end);
    if (code === 59 || isSpace(code)) break;
    if (code === 63 || code === 44) return null;
  }
  const uri = readUri(value.slice(start, end));
  const parameters = uri && readParameters(value.slice(end));
  return uri && parameters ? { displayName: '', uri, parameters } : null;
}

/** "<" of a name-addr whose name isn't quoted; -1 where the value is an addr-spec. */
function openingBracket(value: string, start: number): number {
  for (let i = start; i < value.length; i++) {
    const c = value[i];
    if (c === '<') return i;
    if (c === ';' || c === '"') return -1;
  }
  return -1;
}

/**
 * name-addr or addr-spec; null for anything else. An unquoted name may hold any character, and white space may stand
 * inside the brackets: RFC 4475 §3.1.2.14 and §3.1.2.15 allow to understand both.
 */
export function readNameAddr(value: string): NameAddr | null {
  const start = skipSpace(value, 0);
  const quoted = value[start] === '"' ? readQuoted(value, start) : null;
  if (value[start] === '"' && !quoted) return null;
  const open = quoted ? skipSpace(value, quoted.end) : openingBracket(value, start);
  if (!quoted && open < 0) return readAddrSpec(value, start);
  if (value[open] !== '<') return null;
  const close = value.indexOf('>', open);
  if (close < 0) return null;
  const uri = readUri(trimSpace(value.slice(open + 1, close)));
  const parameters = uri && readParameters(value.slice(close + 1));
  return uri && parameters
    ? { displayName: quoted ? quoted.text : trimSpace(value.slice(start, open)), uri, parameters }
    : null;
}

/** Always with brackets, and a name always quoted. */
export function writeNameAddr(it: { displayName?: string; uri: Uri; parameters?: Parameters }): string {
  const name = it.displayName ? `${quote(it.displayName)} ` : '';
  return `${name}<${writeUri(it.uri)}>${it.parameters ? writeParameters(it.parameters) : ''}`;
}
