import { expect, it } from 'vitest';
import { activityRates, background, dialogue, type Noise } from './testing/activity.ts';
import { noise, toInt16 } from './testing/room.ts';
import { VoiceActivity } from './voice-activity.ts';

const clean = dialogue();

/** Per cent that is found at least, and wrongly at most, with levels 0 to 3. */
it.each<[Noise, number, [number, number][]]>([
  [
    'white',
    40,
    [
      [99, 30],
      [99, 20],
      [98, 12],
      [97, 8],
    ],
  ],
  [
    'white',
    10,
    [
      [98, 25],
      [97, 12],
      [95, 4],
      [85, 2],
    ],
  ],
  [
    'fan',
    20,
    [
      [99, 25],
      [97, 12],
      [95, 6],
      [91, 4],
    ],
  ],
  [
    'fan',
    5,
    [
      [96, 15],
      [93, 6],
      [85, 2],
      [70, 1],
    ],
  ],
])('finds speech in %s noise at %i dB', (kind, snrDb, wanted) => {
  const around = background(kind, clean.length, snrDb);
  activityRates(clean, around).forEach((rates, level) => {
    expect(rates.hit * 100).toBeGreaterThan(wanted[level]?.[0] ?? 100);
    expect(rates.falseAlarm * 100).toBeLessThan(wanted[level]?.[1] ?? 0);
  });
});

it('takes digital silence, and noise that has just begun to last, for nothing', () => {
  const detector = new VoiceActivity(0);
  for (let i = 0; i < 100; i++) expect(detector.process(new Int16Array(480))).toBe(false);
  const steady = toInt16(noise(48_000 * 4, -40));
  const found = Array.from({ length: 400 }, (_, i) => detector.process(steady.subarray(i * 480, (i + 1) * 480)));
  expect(found.slice(200)).not.toContain(true);
  expect(detector.stats().frames).toBe(500);
});

it('works at the codecs’ rates too', () => {
  for (const [rate, step] of [
    [8_000, 6],
    [16_000, 3],
  ] as const) {
    const detector = new VoiceActivity(1, rate);
    const sound = Int16Array.from({ length: clean.length / step }, (_, i) => clean[i * step] ?? 0);
    const frame = rate / 100;
    const found = Array.from({ length: sound.length / frame }, (_, i) =>
      detector.process(sound.subarray(i * frame, (i + 1) * frame)),
    );
    expect(found.slice(0, 190)).not.toContain(true);
    expect(found.slice(220, 960).filter((it) => it).length).toBeGreaterThan(600);
  }
});
