import { describe, expect, it } from 'vitest';
import { makeResampler } from './resampler.ts';
import { tone, toneDbfs } from './testing/sound.ts';

function through(from: number, to: number, sound: Int16Array): Int16Array {
  const frame = from / 100;
  const resampler = makeResampler(from, to, frame);
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

it('does nothing where both rates are one', () => {
  const sound = tone(440, -20, 48_000, 4_800);
  expect(through(48_000, 48_000, sound)).toEqual(sound.subarray(4_800));
});

it('refuses a ratio that is not whole', () => {
  expect(() => makeResampler(44_100, 48_000, 441)).toThrow(RangeError);
});
