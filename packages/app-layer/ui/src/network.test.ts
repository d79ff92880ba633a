import { expect, test } from 'vitest';
import { barsOf, levelOf, limitsOf, type NetworkFacts } from './network.ts';

const good: NetworkFacts = { lossPercent: 0, jitterMs: 2, delayMs: 10 };

test.each<[string, Partial<NetworkFacts>, string[]]>([
  ['GOOD', {}, []],
  ['GOOD', { lossPercent: 0.099, jitterMs: 9.9, delayMs: 39.9 }, []],
  ['MEDIUM', { lossPercent: 0.1 }, ['loss']],
  ['MEDIUM', { jitterMs: 10 }, ['jitter']],
  ['MEDIUM', { delayMs: 40, jitterMs: 19.9 }, ['jitter', 'delay']],
  ['POOR', { lossPercent: 1, jitterMs: 19 }, ['loss']],
  ['POOR', { jitterMs: 20 }, ['jitter']],
  ['POOR', { delayMs: 100 }, ['delay']],
  ['BAD', { lossPercent: 5 }, ['loss']],
  ['BAD', { jitterMs: 60 }, ['jitter']],
  ['BAD', { delayMs: 400, lossPercent: 4.9 }, ['delay']],
])('%s with %o, limited by %o', (level, facts, limits) => {
  expect(levelOf({ ...good, ...facts })).toBe(level);
  expect(limitsOf({ ...good, ...facts })).toEqual(limits);
});

test('what is not measured says nothing, neither good nor bad', () => {
  const nothing = { lossPercent: null, jitterMs: null, delayMs: null };
  expect(levelOf(nothing)).toBe('UNKNOWN');
  expect(limitsOf(nothing)).toEqual([]);
  expect(levelOf({ ...nothing, jitterMs: 30 })).toBe('POOR');
  expect(limitsOf({ ...nothing, jitterMs: 30 })).toEqual(['jitter']);
});

test('the better, the more bars', () => {
  expect((['GOOD', 'MEDIUM', 'POOR', 'BAD', 'UNKNOWN'] as const).map(barsOf)).toEqual([3, 2, 1, 0, 0]);
});
