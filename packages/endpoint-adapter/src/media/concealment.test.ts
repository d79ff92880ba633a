import { describe, expect, it } from 'vitest';
import { Concealment } from './concealment.ts';
import { largestStep, rmsDbfs, speechLike, tone, toneDbfs } from './testing/sound.ts';
import { lengthen, shorten } from './time-scale.ts';

const rate = 8_000;

function heardFirst(sound: Int16Array): Concealment {
  const concealment = new Concealment(rate);
  for (let at = 0; at < sound.length; at += 160) concealment.heard(sound.subarray(at, at + 160), 160);
  return concealment;
}

function fill(concealment: Concealment, ms: number): Int16Array {
  const out = new Int16Array((ms * rate) / 1000);
  for (let at = 0; at < out.length; at += 80) concealment.fill(out.subarray(at, at + 80), 80);
  return out;
}

describe('concealment', () => {
  it('goes on with the pitch of what was heard', () => {
    const made = fill(heardFirst(tone(125, -10, rate, 1_600)), 20);
    expect(Math.abs(toneDbfs(made, 125, rate) + 10)).toBeLessThan(3);
  });

  it('begins without a click', () => {
    const before = tone(150, -10, rate, 1_600);
    const made = fill(heardFirst(before), 20);
    const joined = Int16Array.from([...before.subarray(-160), ...made]);
    expect(largestStep(joined)).toBeLessThan(2 * largestStep(before));
  });

  it('fades to silence in 60 ms', () => {
    const sound = speechLike(rate, 1_600);
    const made = fill(heardFirst(sound), 100);
    expect(Math.abs(rmsDbfs(made.subarray(0, 80)) - rmsDbfs(sound.subarray(-80)))).toBeLessThan(6);
    expect(made.subarray(480).every((sample) => sample === 0)).toBe(true);
  });

  it('comes back without a click', () => {
    const sound = tone(150, -10, rate, 3_200);
    const concealment = heardFirst(sound.subarray(0, 1_600));
    const made = fill(concealment, 20);
    const back = sound.slice(1_840, 2_000);
    concealment.heard(back, back.length);
    expect(largestStep(Int16Array.from([...made, ...back]))).toBeLessThan(2 * largestStep(sound));
  });

  it('makes nothing of nothing', () => {
    expect(fill(new Concealment(rate), 100).every((sample) => sample === 0)).toBe(true);
  });
});

describe.each([8_000, 48_000])('time scale at %i Hz', (sampleRate) => {
  const samples = sampleRate / 50;
  const sound = tone(200, -10, sampleRate, samples);
  const place = () => {
    const buffer = new Int16Array(samples * 2);
    buffer.set(sound);
    return buffer;
  };

  it('takes a whole period out', () => {
    const buffer = place();
    const left = shorten(buffer, samples, sampleRate);
    expect((samples - left) % (sampleRate / 200)).toBeLessThanOrEqual(sampleRate / 8_000);
    expect(left).toBeLessThan(samples);
    expect(largestStep(buffer.subarray(0, left))).toBeLessThan(1.5 * largestStep(sound));
  });

  it('puts a whole period in', () => {
    const buffer = place();
    const now = lengthen(buffer, samples, sampleRate);
    expect(now).toBeGreaterThan(samples);
    expect(largestStep(buffer.subarray(0, now))).toBeLessThan(1.5 * largestStep(sound));
    expect(buffer.subarray(0, sampleRate / 400)).toEqual(sound.subarray(0, sampleRate / 400));
  });

  it('leaves alone what is too short', () => {
    expect(shorten(place(), sampleRate / 250, sampleRate)).toBe(sampleRate / 250);
  });
});
