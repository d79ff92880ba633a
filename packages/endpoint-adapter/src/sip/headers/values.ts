/** What header fields of this folder have in common: values that others write a little wrong are still understood. */
import { isDigits, isToken } from '../message/lexical.ts';
import { splitList } from '../message/message.ts';
import { MAX_PARAMETERS, type Parameters, readParameters } from '../message/parameters.ts';

/** The values of all fields of one name, of which each may be a list; no more than the given number. */
export const listOf = (values: readonly string[], most: number): string[] => values.flatMap(splitList).slice(0, most);

/** What can't be read among the parameters is left out: empty ones, and values that should be quoted and aren't. */
export function readLenientParameters(text: string): Parameters {
  const strict = readParameters(text);
  if (strict) return strict;
  const found = new Map<string, string>();
  for (const piece of text.split(';', MAX_PARAMETERS))
    for (const [name, value] of readParameters(`;${piece}`) ?? []) if (!found.has(name)) found.set(name, value);
  return found;
}

/** "token;a=b" in its two parts; null where it doesn't begin with a token. */
export function readTokenValue(text: string): { token: string; parameters: Parameters } | null {
  const semicolon = text.indexOf(';');
  const end = semicolon < 0 ? text.length : semicolon;
  const token = text.slice(0, end).trim();
  return isToken(token) ? { token, parameters: readLenientParameters(text.slice(end)) } : null;
}

/** Sequence numbers, seconds and the like, which fit in 32 bits; null for anything else. */
export function readNumber(text: string): number | null {
  const number = Number(text);
  return isDigits(text) && text.length <= 10 && number < 2 ** 32 ? number : null;
}
