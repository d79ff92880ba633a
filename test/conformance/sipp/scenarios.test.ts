import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scenarios } from './scenarios.ts';

test('every file is in the list and in the table, with the right caller', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.xml'));
  expect(
    Object.keys(scenarios)
      .map((name) => `${name}.xml`)
      .sort(),
  ).toEqual(files.sort());

  const rows = [
    ...readFileSync(join(import.meta.dirname, 'README.md'), 'utf8').matchAll(/^\| `(.+)\.xml` \| (\w+) \|/gm),
  ];
  const table = Object.fromEntries(rows.map(([, name, caller]) => [name, caller?.toLowerCase()]));
  expect(table).toEqual(Object.fromEntries(Object.entries(scenarios).map(([name, { caller }]) => [name, caller])));
});
