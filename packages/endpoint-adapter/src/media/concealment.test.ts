import { describe, expect, it } from 'vitest';
import { Concealment } from './concealment.ts';
import { largestStep, makeRandom, rmsDbfs, speechLike, tone, toneDbfs } from './testing/sound.ts';

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

  it('fades evenly, and is silent after 140 ms', () => {
    const sound = speechLike(rate, 1_600);
    const made = fill(heardFirst(sound), 200);
    const level = (fromMs: number) => rmsDbfs(made.subarray(fromMs * 8, (fromMs + 20) * 8));
    expect(Math.abs(rmsDbfs(made.subarray(0, 80)) - rmsDbfs(sound.subarray(-80)))).toBeLessThan(6);
    // A burst of 80 ms: lower and lower, but not gone.
    expect(level(60)).toBeGreaterThan(level(0) - 12);
    expect(level(60)).toBeLessThan(level(0) - 2);
    expect(made.subarray(8 * 140).every((sample) => sample === 0)).toBe(true);
  });

  it('goes on with noise where there was noise, not with a tone', () => {
    const random = makeRandom(6);
    const sound = Int16Array.from({ length: 1_600 }, () => (random() - 0.5) * 8_000);
    const made = fill(heardFirst(sound), 40);
    expect(Math.abs(rmsDbfs(made.subarray(0, 160)) - rmsDbfs(sound))).toBeLessThan(3);
    // Whatever period was found, the second one is not the first one again.
    let likest = 0;
    for (let lag = 20; lag <= 120; lag++) {
      let product = 0;
      let power = 1;
      for (let i = 0; i < 160; i++) {
        product += (made[i] ?? 0) * (made[i + lag] ?? 0);
        power += (made[i] ?? 0) ** 2;
      }
      likest = Math.max(likest, product / power);
    }
    expect(likest).toBeLessThan(0.6);
  });

  it.each([
    [8_000, 80],
    [8_000, 125],
    [16_000, 210],
    [16_000, 330],
  ])('finds the pitch at %i Hz: %i Hz', (sampleRate, hz) => {
    const concealment = new Concealment(sampleRate);
    const sound = Int16Array.from({ length: sampleRate / 5 }, (_, i) => {
      let sum = 0;
      for (let h = 1; h <= 8; h++) sum += Math.sin((2 * Math.PI * hz * h * i) / sampleRate) / h;
      return sum * 5_000;
    });
    concealment.heard(sound, sound.length);
    const made = new Int16Array(sampleRate / 25);
    concealment.fill(made, made.length);
    const strongest = Math.max(...[hz / 1.5, hz, hz * 1.25].map((it) => toneDbfs(made, it, sampleRate)));
    expect(strongest).toBe(toneDbfs(made, hz, sampleRate));
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
