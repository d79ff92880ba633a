import { expect, it } from 'vitest';
import { largestStep, tone } from '../testing/sound.ts';
import { ceiling, Limiter, sustained } from './limiter.ts';
import { meanSquareOf, speech, toInt16 } from './testing/room.ts';

function limited(sound: Int16Array, limiter = new Limiter()): Int16Array {
  const out = sound.slice();
  for (let at = 0; at + 480 <= out.length; at += 480) limiter.process(out.subarray(at, at + 480));
  return out;
}
const peak = (sound: Int16Array) => sound.reduce((most, it) => Math.max(most, Math.abs(it)), 0);
const rms = (sound: Int16Array) => Math.sqrt(meanSquareOf(sound, 0, sound.length));

it('does not touch speech as loud as it should be', () => {
  const limiter = new Limiter();
  const sound = toInt16(speech(8, -24));
  expect(limited(sound, limiter)).toEqual(sound);
  expect(limiter.limitedMs).toBe(0);
});

it.each([400, 1_100, 2_100, 3_400])(
  'holds a tone of %i Hz at full scale: each sample at once, its level within 50 ms',
  (hz) => {
    const limiter = new Limiter();
    const sound = new Int16Array(48_000 * 2);
    sound.set(tone(hz, 0, 48_000, 48_000), 24_000);
    const out = limited(sound, limiter);
    expect(peak(out)).toBeLessThanOrEqual(ceiling);
    expect(rms(out.subarray(24_000 + 2_400, 72_000))).toBeLessThanOrEqual(sustained * 1.02);
    expect(largestStep(out)).toBeLessThanOrEqual(largestStep(sound));
    expect(limiter.limitedMs).toBeGreaterThanOrEqual(1_000);
  },
);

it('holds a crack of one sample', () => {
  const sound = new Int16Array(4_800);
  sound[1_000] = -32_768;
  expect(peak(limited(sound))).toBeLessThanOrEqual(ceiling);
});

it('gives speech back its level within a second after a shock', () => {
  const limiter = new Limiter();
  limited(tone(1_000, 0, 48_000, 48_000), limiter);
  const sound = toInt16(speech(4, -24));
  const after = limited(sound, limiter).subarray(48_000);
  expect(after).toEqual(sound.subarray(48_000));
});
