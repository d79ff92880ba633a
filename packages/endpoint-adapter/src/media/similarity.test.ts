import { expect, it } from 'vitest';
import { bestLag, decimate, decimationOf } from './similarity.ts';
import { speechLike, tone } from './testing/sound.ts';

it.each([8_000, 16_000, 48_000])('decimates %i Hz to 4 kHz, and ends where the sound ends', (rate) => {
  const sound = tone(300, -6, rate, rate / 50 + 1);
  const out = new Float32Array(100);
  const step = decimationOf(rate);
  expect(step).toBe(rate / 4_000);
  const count = decimate(sound, 0, sound.length, step, out);
  expect(count).toBe(80);
  const last = sound.subarray(-step).reduce((sum, it) => sum + it, 0) / step;
  expect(out[count - 1]).toBeCloseTo(last, 1);
});

it('writes no more than there is room for', () => {
  expect(decimate(new Int16Array(1_000), 0, 1_000, 2, new Float32Array(10))).toBe(10);
});

it('finds the period, forwards and backwards, and says how like it is', () => {
  const sound = speechLike(8_000, 1_600);
  const period = 8_000 / 130;
  for (const [from, to] of [
    [40, 90],
    [-90, -40],
  ] as const) {
    const { lag, likeness } = bestLag(sound, 800, 160, from, to, 1);
    expect(Math.abs(Math.abs(lag) - period)).toBeLessThan(1);
    expect(likeness).toBeGreaterThan(0.8);
  }
});

it('finds nothing in silence', () => {
  expect(bestLag(new Int16Array(400), 200, 100, -100, -20, 1).likeness).toBeLessThanOrEqual(0);
});
