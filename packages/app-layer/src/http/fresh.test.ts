import { expect, test } from 'vitest';
import { fresh } from './fresh.ts';

/** Readings that end when they are told to. */
function readings() {
  const ends: ((end: { result: number } | Error) => void)[] = [];
  const read = (): Promise<number> =>
    new Promise((resolve, reject) => ends.push((end) => (end instanceof Error ? reject(end) : resolve(end.result))));
  return { ends, read };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a thousand at once share one reading, and those who come while it runs share the next', async () => {
  const { ends, read } = readings();
  const ask = fresh(read);
  const first = Array.from({ length: 1000 }, ask);
  await turn();
  expect(ends).toHaveLength(1);
  const second = Array.from({ length: 1000 }, ask);
  await turn();
  expect(ends).toHaveLength(1);
  ends[0]?.({ result: 1 });
  expect(new Set(await Promise.all(first))).toEqual(new Set([1]));
  await turn();
  expect(ends).toHaveLength(2);
  ends[1]?.({ result: 2 });
  expect(new Set(await Promise.all(second))).toEqual(new Set([2]));
});

test('one that fails is told to those who asked for it, and the next one is made', async () => {
  const { ends, read } = readings();
  const ask = fresh(read);
  const first = ask();
  await turn();
  const second = ask();
  ends[0]?.(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  await turn();
  ends[1]?.({ result: 2 });
  expect(await second).toBe(2);
});
