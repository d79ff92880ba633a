/** thinline config check: everything that there is to be said of a file. */
import type { Reading } from '@thinline/shared/config/configuration.ts';
import { type Finding, findingText } from '@thinline/shared/config/finding.ts';

export interface Answer {
  lines: string[];
  /** Of the process: 1 where something is wrong. */
  status: 0 | 1;
}

export function checkAnswer(file: string, reading: Reading | { unreadable: Finding }, json: boolean): Answer {
  const said =
    'unreadable' in reading
      ? { lines: [], mistakes: [reading.unreadable], notes: [], unknown: [], idle: [] }
      : { ...reading, lines: reading.configuration.lines.map(lineIn) };
  const { lines, mistakes, notes, unknown, idle } = said;
  const status = mistakes.length > 0 ? 1 : 0;
  if (json) return { lines: [JSON.stringify({ file, lines, mistakes, notes, unknown, idle })], status };
  return {
    lines: [
      ...mistakes.map((it) => `${file}, ${findingText(it)}`),
      ...notes.map((it) => `${file}, to be known: ${findingText(it)}`),
      ...unknown.map((path) => `${file}, unknown, and left alone: ${path}`),
      ...reasonsIn(idle).map(([why, paths]) => `${file}, no effect: ${why}: ${paths.join(', ')}`),
      `${file}: ${counted(lines.length, 'line')}, ${counted(mistakes.length, 'mistake')}`,
    ],
    status,
  };
}

const lineIn = ({ id, user, server, transport }: Reading['configuration']['lines'][number]) => ({
  id,
  user,
  server,
  transport,
});

const reasonsIn = (idle: Reading['idle']): [string, string[]][] =>
  [...new Set(idle.map(({ why }) => why))].map((why) => [
    why,
    idle.filter((it) => it.why === why).map(({ path }) => path),
  ]);

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
