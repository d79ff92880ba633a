/** Retry-After (RFC 3261 §20.33). */
import { readNumber } from './values.ts';

/** s; null for what is none. A comment and parameters may follow, which tell us nothing. */
export function readRetryAfter(value: string): number | null {
  const digits = /^\d{1,11}(?=[\s;(]|$)/.exec(value.trim())?.[0] ?? '';
  return readNumber(digits);
}
