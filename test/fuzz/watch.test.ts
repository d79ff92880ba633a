/** What is wrong is told with all that makes it again. */
import { expect, test } from 'vitest';
import { told } from './fuzzer.ts';
import { watch } from './watch.ts';

test('a fault is told with its seed and the message that made it', async () => {
  const options = { seed: 3, count: 10, seconds: 10, progress: () => {} };
  const { faults, messages } = await watch(options, ({ seed, take }) =>
    take(Buffer.from([seed]), () => {
      if (seed === 5) throw new Error('it can not read five');
      return 'read';
    }),
  );
  expect(messages).toBe(10);
  expect(faults).toMatchObject([{ seed: 5, bytes: Buffer.from([5]) }]);
  expect(faults.map(told)[0]).toMatch(/^--seed 5: Error: it can not read five[\s\S]*, by BQ==$/);
});
