import { expect, it } from 'vitest';
import { Inactivity } from './inactivity.ts';

/** Asks once a second; returns the seconds and what was told then. */
function watch(seconds: number, hears: (second: number) => boolean, expected = (_: number) => true, limitS = 10) {
  const inactivity = new Inactivity();
  const told: [number, string][] = [];
  for (let second = 0; second <= seconds; second++) {
    if (hears(second)) inactivity.heard();
    const news = inactivity.tick(second * 1_000, expected(second), limitS);
    if (news !== null) told.push([second, news]);
  }
  return told;
}

it('is lost when nothing came for so long, and back with the first packet', () => {
  expect(watch(60, (second) => second <= 5 || second === 40)).toEqual([
    [15, 'lost'],
    [40, 'back'],
    [50, 'lost'],
  ]);
});

it('is lost too when there was never anything', () => {
  expect(watch(12, () => false)).toEqual([[10, 'lost']]);
});

it('pauses while nothing is expected, and begins anew after that', () => {
  expect(
    watch(
      60,
      () => false,
      (second) => second < 8 || second >= 30,
    ),
  ).toEqual([[39, 'lost']]);
  expect(
    watch(
      60,
      () => false,
      (second) => second < 20,
    ),
  ).toEqual([
    [10, 'lost'],
    [20, 'back'],
  ]);
});

it('can be told not to watch', () => {
  expect(watch(60, () => false, undefined, 0)).toEqual([]);
});

it('does not count the time in which nobody listened', () => {
  const inactivity = new Inactivity();
  inactivity.tick(0, true, 10);
  expect(inactivity.tick(60_000, true, 10)).toBeNull();
  expect(inactivity.lost).toBe(false);
});
