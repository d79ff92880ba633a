import { expect, it } from 'vitest';
import { frameSamples, sampleRate } from './driver.ts';
import { margin, PlaybackPace } from './playback-pace.ts';
import { mostPpm } from './variable-rate.ts';

/** Half a second at that level, and for one beat of it at another. Returns how many frames were wanted. */
function window(pace: PlaybackPace, level: number, once = level): number {
  let wanted = 0;
  for (let beat = 0; beat < 50; beat++) wanted += pace.note(beat === 25 ? once : level) ? 1 : 0;
  return wanted;
}

it('leaves the sound alone as long as the level is about right', () => {
  const pace = new PlaybackPace();
  for (let i = 0; i < 100; i++) expect(window(pace, margin + (i % 2 === 0 ? 40 : -40))).toBe(50);
  expect(pace.ppm).toBe(0);
});

it('makes less of a queue that is too long, and more of one that is too short, within bounds', () => {
  const long = new PlaybackPace();
  window(long, margin + 100);
  expect(long.ppm).toBeLessThan(-300);
  expect(long.ppm).toBeGreaterThan(-mostPpm);
  const short = new PlaybackPace();
  window(short, margin - 100);
  expect(short.ppm).toBe(-long.ppm);
  window(short, margin - 900);
  expect(short.ppm).toBe(mostPpm);
});

it('does without whole frames where a stall has left them', () => {
  const pace = new PlaybackPace();
  expect(window(pace, margin + 500)).toBe(50);
  expect(window(pace, margin + 20)).toBe(49);
  expect(pace.note(margin + 2 * frameSamples + 1)).toBe(false);
  expect(pace.note(margin + 2 * frameSamples)).toBe(true);
});

it('keeps a reserve for beats that are late again and again, but not for one that was once', () => {
  const pace = new PlaybackPace();
  window(pace, 500, 100);
  expect(pace.aim).toBe(margin);
  window(pace, 500, 100);
  expect(pace.aim).toBeCloseTo(margin + 392, 0);
  for (let i = 0; i < 19; i++) window(pace, pace.aim);
  expect(pace.aim).toBeGreaterThan(margin + 380);
  for (let i = 0; i < 80; i++) window(pace, pace.aim);
  expect(pace.aim).toBe(margin);
});

it('takes a stall for no reason to keep more', () => {
  const pace = new PlaybackPace();
  for (let i = 0; i < 10; i++) window(pace, margin, -1500);
  expect(pace.aim).toBe(margin);
});

it('gives a reserve back without taking that for a drift, and rests then', () => {
  const pace = new PlaybackPace();
  let level = margin;
  const run = (windows: number, late = 0): number[] =>
    Array.from({ length: windows }, () => {
      window(pace, level, level - late);
      // What the rate makes of half a second.
      level += (pace.ppm * sampleRate) / 2e6;
      return pace.ppm;
    });
  run(40, 400);
  expect(pace.aim).toBeGreaterThan(margin + 380);
  expect(Math.abs(level - pace.aim)).toBeLessThan(24);
  const back = run(90);
  expect(pace.aim).toBeCloseTo(margin);
  expect(Math.min(...back)).toBeGreaterThan(-350);
  // No overshoot, as from a drift that isn't there.
  expect(Math.max(...back)).toBeLessThan(30);
  run(60);
  expect(new Set(run(20))).toEqual(new Set([0]));
});

it('keeps the reserve that it has while the need is nearly the same', () => {
  const pace = new PlaybackPace();
  for (let i = 0; i < 3; i++) window(pace, 300, 200);
  const { aim } = pace;
  for (let i = 0; i < 60; i++) window(pace, 300, 220 + (i % 20));
  expect(pace.aim).toBe(aim);
});
