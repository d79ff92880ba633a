/** A minute of fuzzing, the same each time; npm run fuzz does more of it, and other. */
import { expect, test } from 'vitest';
import { told } from './fuzzer.ts';
import { sip } from './sip.ts';
import { sipStack } from './sip-stack.ts';

const options = { seed: 1, count: 1_000_000, progress: () => {} };

test('everything that reads SIP survives 20 s of mutated messages', { timeout: 60_000 }, async () => {
  const result = await sip.run({ ...options, seconds: 20 });
  expect(result.faults.map(told)).toEqual([]);
  // Otherwise nothing of it were fuzzed but the first look at it.
  expect(result.outcomes.request).toBeGreaterThan(100);
  expect(result.outcomes.response).toBeGreaterThan(100);
});

test('a stack with a line survives 40 s of calls with a server out of its mind', { timeout: 120_000 }, async () => {
  const result = await sipStack.run({ ...options, seconds: 40 });
  expect(result.faults.map(told)).toEqual([]);
  expect(result.outcomes['nothing, then confirmed']).toBeGreaterThan(10);
});
