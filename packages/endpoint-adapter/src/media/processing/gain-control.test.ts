import { expect, it } from 'vitest';
import { dbfs } from '../level.ts';
import { GainControl } from './gain-control.ts';
import { meanSquareOf, noise, speech, toInt16 } from './testing/room.ts';

function run(sound: Int16Array): { control: GainControl; out: Int16Array } {
  const control = new GainControl();
  const out = sound.slice();
  for (let at = 0; at + 480 <= out.length; at += 480) control.process(out.subarray(at, at + 480));
  return { control, out };
}
const level = (sound: Int16Array, fromS: number, toS: number) =>
  dbfs(meanSquareOf(sound, fromS * 48_000, toS * 48_000));

it.each([-38, -30, -14])('brings speech at %i dBFS near to −22', (from) => {
  const { out } = run(toInt16(speech(16, from)));
  expect(Math.abs(level(out, 8, 16) + 22)).toBeLessThan(3);
});

it('leaves speech that is right', () => {
  const sound = toInt16(speech(8, -23));
  const { out, control } = run(sound);
  expect(Math.abs(level(out, 0, 8) - level(sound, 0, 8))).toBeLessThan(1.5);
  expect(Math.abs(control.db)).toBeLessThan(2);
});

it('never makes noise louder', () => {
  const { control } = run(toInt16(noise(48_000 * 8, -45)));
  expect(control.db).toBe(0);
});
