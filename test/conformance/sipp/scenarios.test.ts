import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readScenario } from './scenario-file.ts';
import { scenarios, topics } from './scenarios.ts';

test('every scenario has its files, and every file its scenario', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.xml'));
  const expected = [...scenarios].flatMap(([name, { beside }]) => [name, ...(beside ? [`${name}.beside`] : [])]);
  expect(expected.map((name) => `${name}.xml`).sort()).toEqual(files.sort());
  expect([...topics.values()].flatMap(Object.keys)).toHaveLength(scenarios.size);
});

test('who begins in the file is who begins in the list', () => {
  for (const [name, { caller }] of scenarios) {
    const first = /<(send|recv)\b/.exec(readScenario(name))?.[1];
    expect([name, first]).toEqual([name, caller === 'sipp' ? 'send' : 'recv']);
  }
});
