/** One entry of a list of devices: a name, a part of one, or an ECMAScript regular expression; `*` is any. Pure. */
import { boundExpression, longestName } from './regex-cost.ts';

export interface NamePattern {
  /** As it was written. */
  readonly text: string;
  readonly any: boolean;
  /** null: it matches literally only. */
  readonly expression: RegExp | null;
  /** So much of a name is shown to the expression, in characters. */
  readonly nameLimit: number;
}

/** `mistake`: why it matches literally only, one clause. */
export function readPattern(text: string): { pattern: NamePattern; mistake: string | null } {
  const literal = { text, any: text === '*', expression: null, nameLimit: longestName };
  if (literal.any) return { pattern: literal, mistake: null };
  const bounded = boundExpression(text);
  if ('refusal' in bounded) return { pattern: literal, mistake: bounded.refusal };
  return { pattern: { ...literal, ...bounded }, mistake: null };
}

/** How well a name fits, the better the higher: 3 it is the name, 2 a part of it, 1 the expression matches; 0 not at all. */
export function matchName(pattern: NamePattern, name: string): 0 | 1 | 2 | 3 {
  const [wanted, given] = [pattern.text.toLowerCase(), name.slice(0, longestName).toLowerCase()];
  if (pattern.any || given === wanted) return 3;
  if (given.includes(wanted)) return 2;
  return pattern.expression?.test(name.slice(0, pattern.nameLimit)) ? 1 : 0;
}

/** The first of those that fit best; null when none does. */
export function findMatch<T>(pattern: NamePattern, items: readonly T[], namesOf: (item: T) => string[]): T | null {
  let best: T | null = null;
  let bestFit = 0;
  for (const item of items) {
    const fit = Math.max(...namesOf(item).map((name) => matchName(pattern, name)));
    if (fit > bestFit) [best, bestFit] = [item, fit];
  }
  return best;
}

/** The one that the earliest entry finds. */
export function findFirstMatch<T>(
  patterns: readonly NamePattern[],
  items: readonly T[],
  namesOf: (item: T) => string[],
): T | null {
  for (const pattern of patterns) {
    const found = findMatch(pattern, items, namesOf);
    if (found !== null) return found;
  }
  return null;
}
