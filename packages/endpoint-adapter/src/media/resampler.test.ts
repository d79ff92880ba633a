import { describe, expect, it } from 'vitest';
import { nativeFilters } from '../audio/addon.ts';
import { makeResampler } from './resampler.ts';
import { tone, toneDbfs } from './testing/sound.ts';

function through(from: number, to: number, sound: Int16Array, native = nativeFilters()): Int16Array {
  const frame = from / 100;
  const resampler = makeResampler(from, to, frame, native);
  const frames = sound.length / frame;
  const out = new Int16Array((to / 100) * frames);
  for (let i = 0; i < frames; i++) {
    const part = out.subarray((i * to) / 100, ((i + 1) * to) / 100);
    resampler.process(sound.subarray(i * frame, (i + 1) * frame), part);
  }
  return out.subarray(to / 10);
}

describe.each([8_000, 16_000, 24_000])('48 kHz and %i Hz', (rate) => {
  const scale = rate / 8_000;

  it.each([300, 1_000, 2_000, 3_000, 3_400])('is flat at %i Hz (of 8 kHz), both ways', (hz) => {
    const down = through(48_000, rate, tone(hz * scale, -10, 48_000, 48_000));
    expect(Math.abs(toneDbfs(down, hz * scale, rate) + 10)).toBeLessThan(0.5);
    const up = through(rate, 48_000, tone(hz * scale, -10, rate, rate));
    expect(Math.abs(toneDbfs(up, hz * scale, 48_000) + 10)).toBeLessThan(0.5);
  });

  it.each([4_600, 5_000, 6_500, 7_500])('has no alias of %i Hz (of 8 kHz)', (hz) => {
    if (hz * scale >= 24_000) return;
    const down = through(48_000, rate, tone(hz * scale, -3, 48_000, 48_000));
    expect(toneDbfs(down, Math.abs(rate - hz * scale), rate)).toBeLessThan(-63);
  });

  it('has no image of 1 kHz (of 8 kHz)', () => {
    const up = through(rate, 48_000, tone(1_000 * scale, -3, rate, rate));
    expect(toneDbfs(up, rate - 1_000 * scale, 48_000)).toBeLessThan(-63);
  });

  it('delays by less than 3 ms', () => {
    const impulse = new Int16Array(rate / 5);
    impulse[0] = 30_000;
    const resampler = makeResampler(rate, 48_000, impulse.length);
    const out = new Int16Array(48_000 / 5);
    resampler.process(impulse, out);
    const peak = out.indexOf(Math.max(...out));
    expect(peak / 48).toBeLessThan(3);
  });
});

/** Every frequency, and then what makes filters overshoot; the same in each run. */
function noiseAndSquares(samples: number): Int16Array {
  let state = 1;
  return Int16Array.from({ length: samples }, (_, i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    if (i < samples / 2) return state >> 16;
    return i % 200 < 100 ? 32_767 : -32_768;
  });
}

describe.skipIf(nativeFilters() === null)('the addon', () => {
  it.each([8_000, 16_000, 24_000])('gives what JavaScript gives, within one step, for 48 kHz and %i Hz', (rate) => {
    for (const [from, to] of [
      [48_000, rate],
      [rate, 48_000],
    ] as const) {
      const sound = noiseAndSquares(from);
      const expected = through(from, to, sound, null);
      const given = through(from, to, sound);
      expect(Math.max(...given.map((sample, i) => Math.abs(sample - (expected[i] ?? 0))))).toBeLessThanOrEqual(1);
      expect(expected).toContain(32_767);
      expect(expected).toContain(-32_768);
    }
  });

  it('refuses a frame of another length', () => {
    const resampler = makeResampler(48_000, 8_000, 480);
    expect(() => resampler.process(new Int16Array(479), new Int16Array(80))).toThrow('length');
    expect(() => resampler.process(new Int16Array(480), new Int16Array(79))).toThrow('length');
  });
});

it('is flat without the addon too', () => {
  const down = through(48_000, 8_000, tone(1_000, -10, 48_000, 48_000), null);
  expect(Math.abs(toneDbfs(down, 1_000, 8_000) + 10)).toBeLessThan(0.5);
});

it('does nothing where both rates are one', () => {
  const sound = tone(440, -20, 48_000, 4_800);
  expect(through(48_000, 48_000, sound)).toEqual(sound.subarray(4_800));
});

it('refuses a ratio that is not whole', () => {
  expect(() => makeResampler(44_100, 48_000, 441)).toThrow(RangeError);
});
