import { describe, expect, it } from 'vitest';
import { refreshDelay, retryDelay } from './delays.ts';

describe('delays', () => {
  it('refresh at two thirds, 10 s before the end at the latest, ±5 %', () => {
    expect(refreshDelay(300, 0.5)).toBeCloseTo(200_000);
    expect(refreshDelay(24, 0.5)).toBeCloseTo(14_000);
    expect(refreshDelay(5, 0.5)).toBeCloseTo(2_500);
    expect([refreshDelay(300, 0), refreshDelay(300, 1)].map(Math.round)).toEqual([190_000, 210_000]);
  });

  it('retry after the interval, doubling up to five minutes', () => {
    expect([0, 1, 2, 5, 50].map((n) => retryDelay(10, n, 0.5) / 1_000)).toEqual([10, 20, 40, 300, 300]);
  });

  it('are none that a timer cannot wait', () => {
    expect(retryDelay(4_294_967, 3, 1)).toBe(2 ** 31 - 1);
  });
});
