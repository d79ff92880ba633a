import { describe, expect, it } from 'vitest';
import { nativeFilters } from './addon.ts';
import { frameSamples, sampleRate } from './driver.ts';
import { makeVariableRate, mostPpm, mostSamples } from './variable-rate.ts';

type PpmOf = (frame: number) => number;

const sine = (hz: number, samples: number): Int16Array =>
  Int16Array.from({ length: samples }, (_, i) => Math.round(20_000 * Math.sin((2 * Math.PI * hz * i) / sampleRate)));

/** What comes out when the rate is what `ppmOf` says of each frame. */
function change(sound: Int16Array, ppmOf: PpmOf, native = nativeFilters()): number[] {
  const rate = makeVariableRate(native);
  const out = new Int16Array(mostSamples);
  const all: number[] = [];
  for (let n = 0; n < sound.length / frameSamples; n++) {
    const frame = sound.subarray(n * frameSamples, (n + 1) * frameSamples);
    const count = rate.process(frame, ppmOf(n), out);
    for (let i = 0; i < count; i++) all.push(out[i] ?? 0);
  }
  return all;
}

const through = (hz: number, frames: number, ppmOf: PpmOf): number[] => change(sine(hz, frames * frameSamples), ppmOf);

/** The sine of `hz` that is the most like it, by least squares: its amplitude, and the rest's power below its own, dB. */
function likeness(samples: readonly number[], hz: number): { amplitude: number; snr: number } {
  let [ss, cc, sc, ys, yc] = [0, 0, 0, 0, 0];
  for (const [i, y] of samples.entries()) {
    const s = Math.sin((2 * Math.PI * hz * i) / sampleRate);
    const c = Math.cos((2 * Math.PI * hz * i) / sampleRate);
    [ss, cc, sc, ys, yc] = [ss + s * s, cc + c * c, sc + s * c, ys + y * s, yc + y * c];
  }
  const determinant = ss * cc - sc * sc;
  const [a, b] = [(ys * cc - yc * sc) / determinant, (yc * ss - ys * sc) / determinant];
  const noise = samples.reduce((sum, y, i) => {
    const angle = (2 * Math.PI * hz * i) / sampleRate;
    return sum + (y - a * Math.sin(angle) - b * Math.cos(angle)) ** 2;
  }, 0);
  const power = (samples.length * (a * a + b * b)) / 2;
  return { amplitude: Math.hypot(a, b), snr: 10 * Math.log10(power / noise) };
}

it.each([
  [300, 300],
  [1000, -300],
  [4000, 100],
  [4000, -1000],
  [4000, 1000],
  [8000, 300],
])('%d Hz stays a sine at %d ppm, 60 dB above the rest and as loud as before within 0.1 dB', (hz, ppm) => {
  const out = through(hz, 60, () => ppm).slice(frameSamples);
  const { amplitude, snr } = likeness(out, hz / (1 + ppm / 1e6));
  expect(snr).toBeGreaterThan(60);
  expect(Math.abs(20 * Math.log10(amplitude / 20_000))).toBeLessThan(0.1);
});

it.each([-1000, -100, 100, 300, 1000])('makes so many more samples: %d ppm', (ppm) => {
  const frames = 500;
  expect(Math.abs(through(0, frames, () => ppm).length - frames * frameSamples * (1 + ppm / 1e6))).toBeLessThan(2);
});

it('is a copy, 8 samples later, as long as nothing is to be changed', () => {
  const sound = Int16Array.from({ length: 3 * frameSamples }, (_, i) => ((i * 7919) % 65_536) - 32_768);
  const out = change(sound, () => 0);
  expect(out.length).toBe(sound.length);
  expect(out.slice(8)).toEqual([...sound.subarray(0, -8)]);
});

it('comes back to a copy without a step', () => {
  const hz = 4000;
  const out = through(hz, 200, (n) => (n < 10 ? 500 : 0)).slice(20 * frameSamples);
  expect(likeness(out.slice(0, 20 * frameSamples), hz * (1 - 20e-6)).snr).toBeGreaterThan(60);
  // The last ones are those of the input again, at some whole distance.
  const period = sampleRate / hz;
  const original = Array.from({ length: period }, (_, i) => Math.round(20_000 * Math.sin((2 * Math.PI * i) / period)));
  const last = out.slice(-period);
  const turned = original.map((_, by) => original.map((__, i) => original[(i + by) % period] ?? 0));
  expect(turned).toContainEqual(last);
  // While it comes back, nothing jumps: the steepest that this sine can be.
  const steps = out.slice(1).map((sample, i) => Math.abs(sample - (out[i] ?? 0)));
  const steepest = (2 * Math.PI * hz * 20_000) / sampleRate;
  expect(steps.filter((step) => step > steepest + 2)).toEqual([]);
});

/** Louder between its samples than at them. */
const square = (i: number): number => (i % 4 < 2 ? 32_767 : -32_768);

it('keeps to 16 bits where the sound between two samples is louder than they are', () => {
  const out = change(
    Int16Array.from({ length: 5 * frameSamples }, (_, i) => square(i)),
    () => mostPpm,
  );
  // A wrapped one would have the other sign beside its neighbours of full level.
  const wrapped = out.filter((here, i) => (out[i - 1] ?? 0) > 30_000 && (out[i + 1] ?? 0) > 30_000 && here <= 0);
  expect(wrapped).toEqual([]);
});

describe.skipIf(nativeFilters() === null)('the addon', () => {
  it.each([
    ['noise', (i: number) => (Math.imul(i + 1, 0x9e37_79b1) ^ Math.imul(i, i)) >> 16],
    ['what overshoots', square],
  ])('gives the samples that JavaScript gives, at any rate and on the way back: %s', (_, sampleAt) => {
    const sound = Int16Array.from({ length: 300 * frameSamples }, (_, i) => sampleAt(i));
    const ppmOf: PpmOf = (n) => (n < 20 ? 0 : n < 150 ? mostPpm * Math.sin(n / 7) : 0);
    const expected = change(sound, ppmOf, null);
    const given = change(sound, ppmOf);
    expect(given.length).toBe(expected.length);
    // Where a compiler joins a multiplication and an addition, their sum is rounded once less.
    expect(given.filter((sample, i) => Math.abs(sample - (expected[i] ?? 0)) > 1)).toEqual([]);
    expect(given.filter((sample, i) => sample !== expected[i]).length).toBeLessThan(given.length / 1000);
  });

  it('refuses what it has no room for', () => {
    const rate = makeVariableRate();
    const frame = new Int16Array(frameSamples);
    const out = new Int16Array(mostSamples);
    expect(() => rate.process(frame.subarray(1), 0, out)).toThrow('changeRate');
    expect(() => rate.process(frame, 0, out.subarray(1))).toThrow('changeRate');
    for (const ppm of [mostPpm + 1, -mostPpm - 1, Number.NaN]) {
      expect(() => rate.process(frame, ppm, out)).toThrow('changeRate');
    }
  });
});

it('is a sine without the addon too', () => {
  const out = change(sine(4000, 60 * frameSamples), () => 300, null).slice(frameSamples);
  expect(likeness(out, 4000 / (1 + 300 / 1e6)).snr).toBeGreaterThan(60);
});
