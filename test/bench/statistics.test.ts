import { expect, test } from 'vitest';
import { percentile, summary } from './statistics.ts';

const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

test.each([
  [50, 50],
  [95, 95],
  [100, 100],
  [0, 1],
])('of 1 to 100 in any order, percentile %i is %i', (percent, expected) => {
  expect(percentile(hundred, percent)).toBe(expected);
});

test('of few samples the 95th percentile is the largest, not something in between', () => {
  expect(percentile([3, 1, 2], 95)).toBe(3);
  expect(percentile([7], 50)).toBe(7);
});

test('samples are compared as numbers and left as they were', () => {
  const samples = [10, 9, 100];
  expect(percentile(samples, 50)).toBe(10);
  expect(samples).toEqual([10, 9, 100]);
});

test('no samples are a mistake, not a zero', () => {
  expect(() => summary([])).toThrow(RangeError);
});

test('a summary is rounded', () => {
  expect(summary([1.23456])).toEqual({ median: 1.23, p95: 1.23, max: 1.23, samples: 1 });
});
