import { expect, it } from 'vitest';
import { noiseLevel, SilenceSuppression } from './silence-suppression.ts';
import { makeRandom, speechLike } from './testing/sound.ts';

const frame = 80;
const random = makeRandom(3);
const hiss = Int16Array.from({ length: frame * 500 }, () => (random() - 0.5) * 200);
const voice = speechLike(8_000, frame * 100);

/** What becomes of each packet of 20 ms. */
function follow(sound: Int16Array, suppression = new SilenceSuppression(1, 8_000)): number[] {
  const packet = new Uint8Array(20);
  const taken: number[] = [];
  for (let at = 0; at + 2 * frame <= sound.length; at += 2 * frame) {
    suppression.add(sound.subarray(at, at + frame));
    suppression.add(sound.subarray(at + frame, at + 2 * frame));
    taken.push(suppression.take(20, packet, 12));
  }
  return taken;
}

it('sends speech, and in silence a byte five times a second', () => {
  const suppression = new SilenceSuppression(1, 8_000);
  const before = follow(hiss, suppression).slice(-100);
  expect(before.filter((it) => it === 1).length).toBe(10);
  expect(before.filter((it) => it === 0).length).toBe(90);
  expect(follow(voice, suppression).filter((it) => it === -1).length).toBeGreaterThan(45);
  // It holds on for a while after speech, and says at once that it is over.
  const after = follow(hiss, suppression);
  expect(after.find((it) => it !== -1)).toBe(1);
});

it('tells the level below the loudest that there is', () => {
  expect(noiseLevel(0)).toBe(127);
  expect(noiseLevel(32_768 ** 2)).toBe(0);
  expect(noiseLevel(32_768 ** 2 / 1_000)).toBe(30);
});
