import { expect, it } from 'vitest';
import { tone, toneDbfs } from '../testing/sound.ts';
import { HighPass } from './high-pass.ts';

/** A second of one frequency through the filter, its change in dB. */
function change(hz: number): number {
  const sound = tone(hz, -10, 48_000, 48_000);
  new HighPass().process(sound);
  return toneDbfs(sound.subarray(24_000), hz, 48_000) + 10;
}

it('takes away rumble and leaves speech', () => {
  expect(change(20)).toBeLessThan(-23);
  expect(change(80)).toBeCloseTo(-3, 1);
  for (const hz of [200, 300, 1_000, 8_000]) expect(Math.abs(change(hz))).toBeLessThan(0.15);
});

it('takes away an offset', () => {
  const sound = new Int16Array(9_600).fill(3_000);
  new HighPass().process(sound);
  expect(Math.abs(sound[9_599] ?? 1)).toBeLessThanOrEqual(1);
});
