import { describe, expect, it } from 'vitest';
import type { Tone } from './stream-settings.ts';
import { largestStep, rmsDbfs, toneDbfs } from './testing/sound.ts';
import { ToneGenerator } from './tones.ts';

function play(tone: Tone, ms: number): Int16Array {
  const generator = new ToneGenerator();
  generator.play(tone);
  const mix = new Float32Array(480);
  const out = new Int16Array(ms * 48);
  for (let at = 0; at < out.length; at += 480) {
    mix.fill(0);
    generator.process(mix);
    out.set(
      mix.map((sample) => Math.round(sample)),
      at,
    );
  }
  return out;
}

it('rings back with 425 Hz, 1 s of every 5', () => {
  const sound = play('ringback', 10_000);
  for (const start of [0, 5_000]) {
    expect(toneDbfs(sound.subarray(start * 48, (start + 1_000) * 48), 425, 48_000)).toBeGreaterThan(-22);
    expect(sound.subarray((start + 1_000) * 48, (start + 5_000) * 48).every((sample) => sample === 0)).toBe(true);
  }
});

it('lets the digits be heard that were sent, one after the other', () => {
  const sound = play({ digits: '1#' }, 400);
  const [first, second] = [sound.subarray(0, 4_800), sound.subarray(160 * 48, 260 * 48)];
  for (const hz of [697, 1_209]) expect(toneDbfs(first, hz, 48_000)).toBeGreaterThan(-30);
  for (const hz of [941, 1_477]) expect(toneDbfs(second, hz, 48_000)).toBeGreaterThan(-30);
  expect(sound.subarray(330 * 48).every((sample) => sample === 0)).toBe(true);
});

describe.each<Tone>(['ringing', 'ringback', 'beep'])('%s', (tone) => {
  it('has no clicks at its edges', () => {
    const sound = play(tone, 3_000);
    expect(largestStep(sound)).toBeLessThan(1_200);
    expect(rmsDbfs(sound)).toBeGreaterThan(-40);
  });
});

it('stops at once', () => {
  const generator = new ToneGenerator();
  generator.play('ringing');
  expect(generator.active).toBe(true);
  generator.play('none');
  expect(generator.active).toBe(false);
  const mix = new Float32Array(480);
  generator.process(mix);
  expect(mix.every((sample) => sample === 0)).toBe(true);
});

it('beeps once, 200 ms of 1 kHz, and holds no device open for that', () => {
  const sound = play('beep', 1_000);
  expect(toneDbfs(sound.subarray(0, 200 * 48), 1_000, 48_000)).toBeGreaterThan(-22);
  expect(sound.subarray(200 * 48).every((sample) => sample === 0)).toBe(true);
  const generator = new ToneGenerator();
  generator.play('beep');
  expect(generator.active).toBe(false);
});

it('beeps beside a tone, which goes on', () => {
  const generator = new ToneGenerator();
  generator.play('ringback');
  generator.play('beep');
  expect(generator.active).toBe(true);
  const sound = new Float32Array(400 * 48);
  generator.process(sound);
  const whole = new Int16Array(sound.map((sample) => Math.round(sample)));
  expect(toneDbfs(whole.subarray(0, 200 * 48), 1_000, 48_000)).toBeGreaterThan(-22);
  expect(toneDbfs(whole.subarray(200 * 48), 425, 48_000)).toBeGreaterThan(-22);
  generator.play('none');
  expect(generator.active).toBe(false);
});
