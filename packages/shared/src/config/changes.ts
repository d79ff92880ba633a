/** What differs between two configurations, and when the difference takes effect. */
import { isDeepStrictEqual } from 'node:util';
import type { Configuration, LineConfiguration } from '../contract/types.ts';
import { type Effect, effects } from './option.ts';
import { options } from './options.ts';

export interface Change {
  /** Of the option, with the line's number: "proxies.proxy0.password". */
  path: string;
  effect: Effect;
}

/**
 * Where several options make up one field, such as the codecs, the first of them stands for all. A line that comes or goes
 * is a change of its user.
 */
export function changesBetween(before: Configuration, after: Configuration): Change[] {
  const fields = new Set<string>();
  return options.flatMap(({ path, effect, fields: its = [] }) => {
    const mine = its.filter((field) => !fields.has(field));
    for (const field of mine) fields.add(field);
    const ofLines = mine.filter((field) => field.startsWith('lines.')).map((field) => field.slice('lines.'.length));
    const changed = mine.some((it) => !ofLines.includes(it.slice('lines.'.length)) && differ(before, after, it));
    const lines = linesWith(before, after).filter((id) =>
      lineDiffers(ofLines, lineOf(before, id), lineOf(after, id), path),
    );
    return [...(changed ? [path] : []), ...lines.map((id) => ofLine(path, id))].map((it) => ({ path: it, effect }));
  });
}

/** null: nothing has changed. */
export const strongestEffect = (changes: readonly Change[]): Effect | null =>
  effects.findLast((effect) => changes.some((it) => it.effect === effect)) ?? null;

const differ = (a: unknown, b: unknown, field: string): boolean => !isDeepStrictEqual(at(a, field), at(b, field));

/** The value at "sip.tls.checkName"; what is below nothing is nothing. */
const at = (message: unknown, field: string): unknown =>
  field
    .split('.')
    .reduce<unknown>((value, name) => new Map<string, unknown>(Object.entries(value ?? {})).get(name), message);

const linesWith = (before: Configuration, after: Configuration): string[] => [
  ...new Set([...before.lines, ...after.lines].map((line) => line.id)),
];

const lineOf = ({ lines }: Configuration, id: string): LineConfiguration | undefined =>
  lines.find((line) => line.id === id);

function lineDiffers(
  fields: readonly string[],
  before: LineConfiguration | undefined,
  after: LineConfiguration | undefined,
  path: string,
): boolean {
  if (before && after) return fields.some((field) => differ(before, after, field));
  return path === 'user:N';
}

/** id: "line2". */
const ofLine = (path: string, id: string): string =>
  path
    .replace(/^proxies\.proxyN\./, `proxies.proxy${id.slice('line'.length)}.`)
    .replace(/:N$/, `:${id.slice('line'.length)}`);
