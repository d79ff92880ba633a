import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { AlertSamples, PlayedAlert } from './alert.ts';
import { AlertPlayer } from './alert-player.ts';
import { largestStep, tone, toneDbfs } from './testing/sound.ts';

function shared(samples: Int16Array): AlertSamples {
  const copy = new Int16Array(new SharedArrayBuffer(samples.byteLength));
  copy.set(samples);
  return copy;
}

/** 1 kHz, 100 ms. */
const beep = shared(tone(1_000, -20, 48_000, 4_800));
/** Without a gentle beginning or end. */
const harsh = shared(new Int16Array(4_800).fill(10_000));

const alert = (more: Partial<PlayedAlert> = {}): PlayedAlert => ({
  key: 'a',
  role: 'headset',
  sound: beep,
  loop: true,
  pauseMs: 0,
  gain: 1,
  ...more,
});

function playing(...alerts: PlayedAlert[]) {
  const player = new AlertPlayer();
  player.set(alerts);
  const hear = (ms: number): Int16Array => {
    const mix = new Float32Array(480);
    const out = new Int16Array(ms * 48);
    for (let at = 0; at < out.length; at += 480) {
      mix.fill(0);
      player.process(mix);
      out.set(
        mix.map((sample) => Math.round(sample)),
        at,
      );
    }
    return out;
  };
  return { player, hear };
}

const isSilent = (sound: Int16Array): boolean => sound.every((sample) => sample === 0);

it('plays a sound once, and not again while it is asked for', () => {
  const once = alert({ loop: false });
  const { player, hear } = playing(once);
  expect(toneDbfs(hear(100), 1_000, 48_000)).toBeGreaterThan(-22);
  expect(player.active).toBe(false);
  player.set([once]);
  expect(isSilent(hear(300))).toBe(true);
  player.set([]);
  player.set([once]);
  expect(player.active).toBe(true);
  hear(100);
  expect(player.active).toBe(false);
});

it('plays a sound over and over until it is taken away', () => {
  const { player, hear } = playing(alert());
  const sound = hear(1_000);
  for (let ms = 0; ms < 1_000; ms += 100) {
    expect(toneDbfs(sound.subarray(ms * 48, (ms + 100) * 48), 1_000, 48_000)).toBeGreaterThan(-22);
  }
  player.set([]);
  hear(10);
  expect(player.active).toBe(false);
  expect(isSilent(hear(100))).toBe(true);
});

it('pauses between two rounds', () => {
  const { hear } = playing(alert({ pauseMs: 400 }));
  const sound = hear(1_000);
  for (const start of [0, 500]) {
    expect(toneDbfs(sound.subarray(start * 48, (start + 100) * 48), 1_000, 48_000)).toBeGreaterThan(-22);
    expect(isSilent(sound.subarray((start + 100) * 48, (start + 500) * 48))).toBe(true);
  }
});

it('begins and ends softly, whatever the sound is like', () => {
  const { player, hear } = playing(alert({ sound: harsh }));
  // 10,000 over 5 ms is 42 a sample.
  expect(largestStep(hear(250))).toBeLessThan(100);
  player.set([]);
  const end = hear(20);
  expect(end[0]).toBeGreaterThan(9_000);
  expect(largestStep(end)).toBeLessThan(100);
  expect(isSilent(end.subarray(241))).toBe(true);
});

it('goes on with what it is told of again, and takes no step by that', () => {
  const { player, hear } = playing(alert());
  const whole = playing(alert()).hear(200);
  const first = hear(50);
  player.set([alert(), alert({ key: 'b', gain: 0 })]);
  expect([...first, ...hear(150)]).toEqual([...whole]);
});

it('mixes, and makes quieter what is to be', () => {
  const other = shared(tone(2_000, -20, 48_000, 4_800));
  const { hear } = playing(alert(), alert({ key: 'b', sound: other, gain: 0.5 }));
  const sound = hear(100);
  expect(toneDbfs(sound, 1_000, 48_000)).toBeCloseTo(-20, 0);
  expect(toneDbfs(sound, 2_000, 48_000)).toBeCloseTo(-26, 0);
});

it('plays tones of ours, over and over or one round', () => {
  const { hear } = playing(alert({ sound: 'callWaiting' }), alert({ key: 'b', sound: 'ringing5', loop: false }));
  const sound = hear(3_000);
  for (const start of [0, 400]) {
    expect(toneDbfs(sound.subarray(start * 48, (start + 200) * 48), 425, 48_000)).toBeGreaterThan(-22);
  }
  expect(toneDbfs(sound.subarray(0, 500 * 48), 480, 48_000)).toBeGreaterThan(-20);
  expect(isSilent(sound.subarray(600 * 48))).toBe(true);
});

it('beeps beside whatever else is heard, to the end', () => {
  const { player, hear } = playing(alert({ sound: 'ringback' }));
  player.beep();
  hear(50);
  player.set([]);
  expect(toneDbfs(hear(150), 1_000, 48_000)).toBeGreaterThan(-22);
  expect(player.active).toBe(false);
  player.beep();
  expect(player.active).toBe(true);
});

it('cuts a tone off softly', () => {
  const { player, hear } = playing(alert({ sound: 'ringback' }));
  hear(500);
  player.set([]);
  const end = hear(20);
  expect(largestStep(end)).toBeLessThan(400);
  expect(isSilent(end.subarray(241))).toBe(true);
});

it('keeps its bounds: many keys, no samples, and any gain', () => {
  const many = Array.from({ length: 1_000 }, (_, i) => alert({ key: String(i), sound: harsh, gain: 9 }));
  const { player, hear } = playing(...many);
  for (let i = 0; i < 1_000; i++) player.beep();
  expect(Math.max(...hear(20))).toBeLessThanOrEqual(32_767);
  const empty = playing(
    alert({ sound: shared(new Int16Array()) }),
    alert({ key: 'b', sound: shared(new Int16Array()), loop: false }),
  );
  expect(isSilent(empty.hear(100))).toBe(true);
});

it('makes nothing in the 10 ms path', () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const player = new AlertPlayer();
  player.set([alert({ pauseMs: 100 }), alert({ key: 'b', sound: 'callWaiting' })]);
  const mix = new Float32Array(480);
  const run = (frames: number) => {
    for (let i = 0; i < frames; i++) player.process(mix);
  };
  const made = () => {
    collect();
    const before = process.memoryUsage().heapUsed;
    run(2_000);
    return process.memoryUsage().heapUsed - before;
  };
  run(1_000);
  // What is made in each frame is in every round; what the compiler and other tests of this process leave is not.
  const least = Math.min(...Array.from({ length: 5 }, made));
  // Numbers that V8 boxes; a frame is 1,920 bytes.
  expect(least).toBeLessThan(2_000 * 400);
});
