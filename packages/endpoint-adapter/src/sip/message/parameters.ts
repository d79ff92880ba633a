/** The parameters of a header field's value (RFC 3261 §25.1, generic-param). */
import { isToken, quote, readQuoted, skipSpace, skipToken } from './lexical.ts';

/** Names lower case; values as meant (quotes and their escapes removed); '' for a flag without value. Written order kept. */
export type Parameters = ReadonlyMap<string, string>;

export const MAX_PARAMETERS = 64;

export const noParameters: Parameters = new Map();

/** Ends a value that isn't quoted. */
const endsValue = (code: number): boolean =>
  code <= 32 || code === 127 || code === 59 || code === 44 || code === 34 || code === 60 || code === 62;

function skipValue(text: string, at: number): number {
  let i = at;
  while (i < text.length && !endsValue(text.charCodeAt(i))) i++;
  return i;
}

/** ";a=b;c" with white space around ";" and "="; null for anything else. Of parameters of one name the first counts. */
export function readParameters(text: string): Parameters | null {
  let at = skipSpace(text, 0);
  if (at === text.length) return noParameters;
  const found = new Map<string, string>();
  for (let count = 0; at < text.length; count++) {
    if (text[at] !== ';' || count === MAX_PARAMETERS) return null;
    const start = skipSpace(text, at + 1);
    const end = skipToken(text, start);
    if (end === start) return null;
    const name = text.slice(start, end).toLowerCase();
    let value = '';
    at = skipSpace(text, end);
    if (text[at] === '=') {
      at = skipSpace(text, at + 1);
      const quoted = text[at] === '"' ? readQuoted(text, at) : null;
      if (text[at] === '"' && !quoted) return null;
      const valueEnd = quoted ? quoted.end : skipValue(text, at);
      value = quoted ? quoted.text : text.slice(at, valueEnd);
      at = skipSpace(text, valueEnd);
    }
    if (!found.has(name)) found.set(name, value);
  }
  return found;
}

/** ";a=b;c"; what is no token is quoted. */
export function writeParameters(parameters: Parameters): string {
  let text = '';
  for (const [name, value] of parameters)
    text += value === '' ? `;${name}` : `;${name}=${isToken(value) ? value : quote(value)}`;
  return text;
}
