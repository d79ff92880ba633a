import { expect, it } from 'vitest';
import { waitBefore } from './back-off.ts';

const waits = (mostWaitMs: number, count: number) =>
  Array.from({ length: count }, (_, attempt) => waitBefore(attempt, mostWaitMs));

it('a virtual channel is asked twice a second', () => {
  expect(waits(500, 4)).toEqual([0, 500, 500, 500]);
});

it('what costs more is asked less and less', () => {
  expect(waits(4000, 7)).toEqual([0, 500, 1000, 2000, 4000, 4000, 4000]);
});

it('it is asked for ever', () => {
  expect(waitBefore(1_000_000, 4000)).toBe(4000);
});
