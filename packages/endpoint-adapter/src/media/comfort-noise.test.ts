import { describe, expect, it } from 'vitest';
import { ComfortNoise } from './comfort-noise.ts';
import { meanSquare } from './level.ts';
import { makeRandom, rmsDbfs, tone } from './testing/sound.ts';

const rate = 8_000;

function made(noise: ComfortNoise, ms = 1_000): Int16Array {
  const out = new Int16Array((ms * rate) / 1000);
  for (let at = 0; at < out.length; at += 80) noise.fill(out.subarray(at, at + 80), 80);
  return out;
}

/** Likeness of neighbouring samples: 0 for white noise, nearer to 1 the darker it is. */
function darkness(sound: Int16Array): number {
  let product = 0;
  for (let i = 1; i < sound.length; i++) product += (sound[i] ?? 0) * (sound[i - 1] ?? 0);
  return product / sound.length / meanSquare(sound);
}

function random(amplitude: number, samples: number): Int16Array {
  const next = makeRandom(9);
  return Int16Array.from({ length: samples }, () => (next() - 0.5) * 2 * amplitude);
}

describe('as the far end says (RFC 3389)', () => {
  it.each([30, 50, 70])('is %i dB below overload', (level) => {
    const noise = new ComfortNoise(rate);
    noise.describe(Uint8Array.of(level), 1);
    expect(Math.abs(rmsDbfs(made(noise)) + level)).toBeLessThan(1);
  });

  it('has the colour that it is given, and the same level', () => {
    const noise = new ComfortNoise(rate);
    // k1 = -0.75: 258 * (N - 127) / 32768.
    noise.describe(Uint8Array.of(40, 127 - 95), 2);
    const sound = made(noise);
    expect(darkness(sound.subarray(4_000))).toBeGreaterThan(0.6);
    expect(Math.abs(rmsDbfs(sound.subarray(4_000)) + 40)).toBeLessThan(1.5);
    noise.describe(Uint8Array.of(40), 1);
    expect(Math.abs(darkness(made(noise).subarray(4_000)))).toBeLessThan(0.1);
  });

  it('takes any payload', () => {
    const noise = new ComfortNoise(rate);
    for (const payload of [
      [],
      [255],
      [0, ...Array(100).fill(255)],
      [0, ...Array(100).fill(0)],
      Array(1_400).fill(128),
    ]) {
      noise.describe(Uint8Array.from(payload), payload.length);
      expect(made(noise).every((sample) => Math.abs(sample) <= 32_768)).toBe(true);
    }
  });

  it('goes over to another level gently', () => {
    const noise = new ComfortNoise(rate);
    noise.describe(Uint8Array.of(70), 1);
    made(noise);
    noise.describe(Uint8Array.of(40), 1);
    expect(rmsDbfs(made(noise, 10))).toBeLessThan(-44);
    expect(Math.abs(rmsDbfs(made(noise).subarray(4_000)) + 40)).toBeLessThan(1);
  });
});

describe('as it was heard', () => {
  const learn = (noise: ComfortNoise, sound: Int16Array) => {
    for (let at = 0; at + 160 <= sound.length; at += 160) {
      const packet = sound.subarray(at, at + 160);
      noise.learn(packet, 160, meanSquare(packet));
    }
  };

  it('is what was left between words', () => {
    const noise = new ComfortNoise(rate);
    learn(noise, random(100, 4_000));
    learn(noise, tone(300, -10, rate, 8_000));
    expect(Math.abs(rmsDbfs(made(noise)) - rmsDbfs(random(100, 4_000)))).toBeLessThan(3);
  });

  it('has its colour', () => {
    const noise = new ComfortNoise(rate);
    const dark = random(400, 8_000);
    for (let i = 1; i < dark.length; i++) dark[i] = 0.9 * (dark[i - 1] ?? 0) + 0.1 * (dark[i] ?? 0);
    learn(noise, dark);
    expect(darkness(made(noise).subarray(4_000))).toBeGreaterThan(0.7);
  });

  it('is never loud, and nothing where there was nothing', () => {
    const loud = new ComfortNoise(rate);
    learn(loud, tone(300, -3, rate, 8_000));
    expect(rmsDbfs(made(loud))).toBeLessThan(-43);
    const silent = new ComfortNoise(rate);
    learn(silent, new Int16Array(8_000));
    expect(made(silent).every((sample) => sample === 0)).toBe(true);
  });

  it('keeps what fades from falling below it', () => {
    const noise = new ComfortNoise(rate);
    learn(noise, random(100, 4_000));
    const faded = new Int16Array(80);
    noise.support(faded, 80);
    expect(Math.abs(rmsDbfs(faded) - rmsDbfs(random(100, 4_000)))).toBeLessThan(4);
    const loud = tone(300, -10, rate, 80);
    noise.support(loud, 80);
    expect(loud).toEqual(tone(300, -10, rate, 80));
  });
});
