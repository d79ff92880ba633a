import { expect, test } from 'vitest';
import { delayBetween, level, longestGap, silence, toneLevel, toneLevels } from './tone.ts';

const rate = 48_000;
const sine = (hz: number, dbfs: number, ms: number): Int16Array =>
  Int16Array.from({ length: (rate * ms) / 1000 }, (_, i) =>
    Math.round(32_767 * 10 ** (dbfs / 20) * Math.sin((2 * Math.PI * hz * i) / rate)),
  );

/** Silence, with a burst of 1 kHz for 20 ms at each of the times. */
function bursts(lengthMs: number, ...timesMs: number[]): Int16Array {
  const samples = new Int16Array((rate * lengthMs) / 1000);
  for (const ms of timesMs) samples.set(sine(1000, -6, 20), (rate * ms) / 1000);
  return samples;
}

test('the level of a tone is that of the sine, whatever else is there', () => {
  expect(toneLevel(sine(440, -12, 100), 440, rate)).toBeCloseTo(-12, 1);
  expect(toneLevel(sine(440, 0, 100), 440, rate)).toBeCloseTo(0, 1);
  const other = sine(1000, -12, 100);
  const mixed = sine(440, -20, 100).map((sample, i) => sample + (other[i] ?? 0));
  expect(toneLevel(mixed, 440, rate)).toBeCloseTo(-20, 1);
  expect(toneLevel(sine(1000, -12, 100), 440, rate)).toBeLessThan(-60);
});

test('silence has a level that can be compared', () => {
  expect(toneLevel(new Int16Array(480), 440, rate)).toBe(silence);
  expect(toneLevel(new Int16Array(0), 440, rate)).toBe(silence);
  expect(level(new Int16Array(480))).toBe(silence);
  expect(level(sine(700, -9, 100))).toBeCloseTo(-9, 1);
});

test('windows follow each other, a rest is left out', () => {
  const samples = new Int16Array((rate * 50) / 1000);
  samples.set(sine(1000, -6, 20), (rate * 20) / 1000);
  expect(toneLevels(samples, 1000, rate, 20).map(Math.round)).toEqual([silence, -6]);
});

test('the longest gap is found, in steps of 5 ms', () => {
  const samples = sine(1000, -12, 1000);
  expect(longestGap(samples, 1000, rate, -30)).toBe(0);
  samples.fill(0, (rate * 200) / 1000, (rate * 220) / 1000);
  samples.fill(0, (rate * 600) / 1000, (rate * 640) / 1000);
  expect(longestGap(samples, 1000, rate, -30)).toBe(40);
});

test('the delay between two recordings is found through a change of level, either way', () => {
  const said = bursts(1000, 100, 350, 500);
  const heard = bursts(1000, 173, 423, 573).map((sample) => sample / 3);
  expect(delayBetween(said, heard, rate, 300)).toBe(73);
  expect(delayBetween(heard, said, rate, 300)).toBe(-73);
});

test('what has nothing in common has no delay', () => {
  expect(delayBetween(bursts(1000, 100), new Int16Array(rate), rate, 300)).toBeNull();
});
