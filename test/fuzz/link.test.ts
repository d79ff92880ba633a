/** A quarter of a minute of fuzzing, the same each time; npm run fuzz does more of it, and other. */
import { expect, test } from 'vitest';
import { told } from './fuzzer.ts';
import { link } from './link.ts';

test('link and gRPC server survive a quarter of a minute of garbage', { timeout: 60_000 }, async () => {
  const result = await link.run({ seed: 1, count: 1_000_000, seconds: 15, progress: () => {} });
  expect(result.faults.map(told)).toEqual([]);
  // Otherwise nothing of it were fuzzed but the first look at it.
  for (const outcome of ['frame: ack', 'frame: data', 'frame: pong', 'frame: reset', 'frame: end', 'frame: nothing'])
    expect(result.outcomes[outcome], outcome).toBeGreaterThan(10);
  for (const outcome of ['gRPC: 0', 'gRPC: 13', 'HTTP/2: answered'])
    expect(result.outcomes[outcome], outcome).toBeGreaterThan(10);
});
