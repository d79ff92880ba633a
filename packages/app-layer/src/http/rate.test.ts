import { expect, test } from 'vitest';
import { Rate } from './rate.ts';

test('so many at once, then so many a second, and each origin for itself', () => {
  let now = 0;
  const rate = new Rate({ requestsAtOnce: 3, requestsPerSecond: 2 }, () => now);
  expect([1, 2, 3].map(() => rate.take('a'))).toEqual([0, 0, 0]);
  expect(rate.take('a')).toBe(500);
  expect(rate.take('b')).toBe(0);
  now = 499;
  expect(rate.take('a')).toBeCloseTo(1);
  now = 500;
  expect(rate.take('a')).toBe(0);
  expect(rate.take('a')).toBe(500);
  now = 100_000;
  expect([1, 2, 3].map(() => rate.take('a'))).toEqual([0, 0, 0]);
  expect(rate.take('a')).toBe(500);
});

test('of origins without number the one that asks is not forgotten', () => {
  const rate = new Rate({ requestsAtOnce: 1, requestsPerSecond: 1 }, () => 0);
  rate.take('desktop');
  for (let count = 0; count < 1000; count += 1) {
    rate.take(`https://${count}.example`);
    expect(rate.take('desktop')).toBe(1000);
  }
  expect(rate.take('https://0.example')).toBe(0);
});
