import { expect, it } from 'vitest';
import { StuckAudio } from './stuck-audio.ts';

it('opens at once, and waits ever longer where that does not help', () => {
  const stuck = new StuckAudio();
  let nowMs = 0;
  const waits = Array.from({ length: 8 }, () => {
    const waitMs = stuck.stuck(nowMs, true) ?? -1;
    nowMs += waitMs + 500;
    return waitMs;
  });
  expect(waits).toEqual([0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect([stuck.stuck(nowMs + 59_000, true), stuck.stuck(nowMs + 59_000 + 30_000 + 60_000, true)]).toEqual([30_000, 0]);
});

it('does so once unless told otherwise, and once more when they have worked for a while', () => {
  const stuck = new StuckAudio();
  expect([0, 500, 59_000, 60_000, 61_000].map((nowMs) => stuck.stuck(nowMs, false))).toEqual([0, null, null, 0, null]);
});
