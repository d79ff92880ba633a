/** Tones with known faults. */
import { expect, it } from 'vitest';
import { steadiness, steadyHz } from './steady-tone.ts';

const rate = 48_000;
const perMs = rate / 1000;

/** ppm: of the clock that it is heard by. */
const tone = (seconds: number, ppm = 0): Int16Array =>
  Int16Array.from(
    { length: seconds * rate },
    (_, i) => 8_000 * Math.sin((2 * Math.PI * steadyHz * i * (1 + ppm / 1e6)) / rate),
  );

function without(samples: Int16Array, atMs: number, ms: number): Int16Array {
  const result = new Int16Array(samples.length - ms * perMs);
  result.set(samples.subarray(0, atMs * perMs));
  result.set(samples.subarray((atMs + ms) * perMs), atMs * perMs);
  return result;
}

it.each([0, 100, -100])('a tone is steady, by a clock that is %i ppm off too', (ppm) => {
  expect(steadiness(tone(5, ppm), rate)).toEqual({ heardMs: 5000, dips: 0, longestDipMs: 0, steps: 0 });
});

it('a dip is found, and how long it is', () => {
  const samples = tone(3);
  samples.fill(0, 1_000 * perMs, 1_020 * perMs);
  for (let i = 2_000 * perMs; i < 2_010 * perMs; i++) samples[i] = (samples[i] ?? 0) / 2;
  expect(steadiness(samples, rate)).toMatchObject({ dips: 6, longestDipMs: 20 });
});

it.each([5, 10, 20, 40, 50])('%i ms that are dropped are a step, wherever', (ms) => {
  for (const at of [1_000, 1_001, 1_002.5, 1_004]) {
    expect(steadiness(without(tone(2), at, ms), rate).steps, `at ${at} ms`).toBe(1);
  }
});

it('ten of them are ten', () => {
  let samples = tone(4);
  for (let i = 0; i < 10; i++) samples = without(samples, 500 + 203 * i, 10);
  expect(steadiness(samples, rate).steps).toBe(10);
});
