import { describe, expect, it } from 'vitest';
import { largestStep, makeRandom, tone } from './testing/sound.ts';
import { isQuiet, join, TimeScale } from './time-scale.ts';

describe.each([8_000, 16_000, 48_000])('at %i Hz', (sampleRate) => {
  const samples = sampleRate / 40;
  const sound = tone(200, -10, sampleRate, samples);
  const scale = new TimeScale(sampleRate, 2 * samples);
  const place = (from = sound) => {
    const buffer = new Int16Array(samples * 2);
    buffer.set(from);
    return buffer;
  };

  it('takes a whole period out', () => {
    const buffer = place();
    const left = scale.shorten(buffer, samples, 100, false, false);
    const removed = samples - left;
    expect(removed).toBeGreaterThan(0);
    expect(Math.abs(removed - Math.round(removed / (sampleRate / 200)) * (sampleRate / 200))).toBeLessThan(
      sampleRate / 4_000,
    );
    expect(largestStep(buffer.subarray(0, left))).toBeLessThan(1.5 * largestStep(sound));
  });

  it('puts a whole period in', () => {
    const buffer = place();
    const now = scale.lengthen(buffer, samples, false);
    expect(now).toBeGreaterThan(samples);
    expect(largestStep(buffer.subarray(0, now))).toBeLessThan(1.5 * largestStep(sound));
    expect(buffer.subarray(0, sampleRate / 400)).toEqual(sound.subarray(0, sampleRate / 400));
  });

  it('takes no more than it may', () => {
    expect(samples - scale.shorten(place(), samples, 6, true, false)).toBeLessThanOrEqual((6 * sampleRate) / 1000);
    expect(scale.shorten(place(), samples, 2, true, false)).toBe(samples);
  });

  it('leaves alone what has no period, unless it must or nobody hears it', () => {
    const random = makeRandom(4);
    const noise = Int16Array.from({ length: samples }, () => (random() - 0.5) * 20_000);
    expect(scale.shorten(place(noise), samples, 100, false, false)).toBe(samples);
    expect(scale.lengthen(place(noise), samples, false)).toBe(samples);
    expect(scale.shorten(place(noise), samples, 100, true, false)).toBeLessThan(samples);
  });

  it('leaves alone what is too short', () => {
    expect(scale.shorten(place(), sampleRate / 250, 100, true, true)).toBe(sampleRate / 250);
  });
});

it('knows what nobody hears', () => {
  expect(isQuiet(900)).toBe(true);
  expect(isQuiet(10_000)).toBe(false);
});

it('joins two sounds without a step', () => {
  const before = new Int16Array(40).fill(8_000);
  const after = new Int16Array(160).fill(-8_000);
  join(before, after, 160);
  expect(largestStep(Int16Array.from([8_000, ...after]))).toBeLessThan(500);
  expect(after.subarray(40).every((sample) => sample === -8_000)).toBe(true);
});
