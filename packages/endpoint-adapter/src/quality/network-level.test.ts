import { expect, it } from 'vitest';
import { networkLevel } from './network-level.ts';

it.each([
  [0, 0, 0, 'GOOD'],
  [0.0009, 9.9, 39, 'GOOD'],
  [0.001, 0, 0, 'MEDIUM'],
  [0, 10, 0, 'MEDIUM'],
  [0, 0, 40, 'MEDIUM'],
  [0.01, 0, 0, 'POOR'],
  [0, 59, 399, 'POOR'],
  [0.05, 0, 0, 'BAD'],
  [0, 60, 0, 'BAD'],
  [0, 0, 400, 'BAD'],
  [0, null, null, 'GOOD'],
  [null, 25, null, 'POOR'],
  [null, null, null, 'UNKNOWN'],
])('loss %s, jitter %s ms, delay %s ms: %s', (loss, jitterMs, delayMs, level) => {
  expect(networkLevel({ loss, jitterMs, delayMs })).toBe(level);
});
