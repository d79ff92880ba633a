import { describe, expect, it } from 'vitest';
import type { AlertTone } from './alert.ts';
import { largestStep, rmsDbfs, toneDbfs } from './testing/sound.ts';
import { DigitFeedback, playingTone } from './tones.ts';

function play(source: { process(mix: Float32Array): unknown }, ms: number): Int16Array {
  const mix = new Float32Array(480);
  const out = new Int16Array(ms * 48);
  for (let at = 0; at < out.length; at += 480) {
    mix.fill(0);
    source.process(mix);
    out.set(
      mix.map((sample) => Math.round(sample)),
      at,
    );
  }
  return out;
}

it('rings back with 425 Hz, 1 s of every 5', () => {
  const sound = play(playingTone('ringback', true), 10_000);
  for (const start of [0, 5_000]) {
    expect(toneDbfs(sound.subarray(start * 48, (start + 1_000) * 48), 425, 48_000)).toBeGreaterThan(-22);
    expect(sound.subarray((start + 1_000) * 48, (start + 5_000) * 48).every((sample) => sample === 0)).toBe(true);
  }
});

it('lets the digits be heard that were sent, one after the other', () => {
  const digits = new DigitFeedback();
  digits.add('1');
  digits.add('#');
  const sound = play(digits, 400);
  const [first, second] = [sound.subarray(0, 4_800), sound.subarray(160 * 48, 260 * 48)];
  for (const hz of [697, 1_209]) expect(toneDbfs(first, hz, 48_000)).toBeGreaterThan(-30);
  for (const hz of [941, 1_477]) expect(toneDbfs(second, hz, 48_000)).toBeGreaterThan(-30);
  expect(sound.subarray(330 * 48).every((sample) => sample === 0)).toBe(true);
});

describe.each<AlertTone>(['ringing', 'ringing2', 'ringing5', 'ringback', 'callWaiting', 'beep'])('%s', (tone) => {
  it('has no clicks at its edges', () => {
    const sound = play(playingTone(tone, true), 3_000);
    expect(largestStep(sound)).toBeLessThan(1_200);
    expect(rmsDbfs(sound)).toBeGreaterThan(-40);
  });
});

it('beeps once, 200 ms of 1 kHz', () => {
  const sound = play(playingTone('beep', false), 1_000);
  expect(toneDbfs(sound.subarray(0, 200 * 48), 1_000, 48_000)).toBeGreaterThan(-22);
  expect(sound.subarray(200 * 48).every((sample) => sample === 0)).toBe(true);
});
