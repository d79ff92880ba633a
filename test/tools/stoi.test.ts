/** The measures on speech that is clean, and on speech that is known to be worse and worse. */
import { join } from 'node:path';
import { loadWav } from '@thinline/endpoint-adapter/audio/wav.ts';
import { describe, expect, test } from 'vitest';
import { align } from './align.ts';
import { seeded } from './lossy-relay.ts';
import { logSpectralDistance, resampled } from './spectral.ts';
import { stoi, stoiRate } from './stoi.ts';

const recording = loadWav(join(import.meta.dirname, '../../scripts/lab/speech.wav'));
/** Three seconds, at the rate of each measure. */
const speechAt = (rate: number): Float64Array => resampled(recording, 48_000, rate).slice(0, 3 * rate);
const speech = speechAt(stoiRate);
const telephone = { from: 200, to: 3_400 };

const power = (samples: Float64Array): number => samples.reduce((sum, it) => sum + it * it, 0) / samples.length;

/** White Gaussian noise at so many dB under the speech. */
function withNoise(samples: Float64Array, ratio: number): Float64Array {
  const random = seeded(1);
  const amplitude = Math.sqrt(power(samples)) * 10 ** (-ratio / 20);
  return samples.map(
    (it) => it + amplitude * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
}

/** Frames of 20 ms are lost: silent, or the frame before them once more. */
function withLoss(samples: Float64Array, share: number, instead: 'silence' | 'repetition'): Float64Array {
  const random = seeded(2);
  const frame = stoiRate / 50;
  const result = samples.slice();
  for (let at = frame; at + frame <= result.length; at += frame) {
    if (random() >= share) continue;
    if (instead === 'silence') result.fill(0, at, at + frame);
    else result.copyWithin(at, at - frame, at);
  }
  return result;
}

const later = (samples: Float64Array, by: number): Float64Array => {
  const result = new Float64Array(samples.length + by);
  result.set(samples, by);
  return result;
};

const aligned = (heard: Float64Array): number => stoi(speech, heard, align(speech, heard).lagAt);

const isFalling = (values: readonly number[]): boolean =>
  values.every((it, i) => i === 0 || it < (values[i - 1] ?? Number.NEGATIVE_INFINITY));

describe('STOI', () => {
  test('of clean speech is one, however loud', () => {
    expect(stoi(speech, speech)).toBeCloseTo(1, 9);
    expect(
      stoi(
        speech,
        speech.map((it) => it / 10),
      ),
    ).toBeCloseTo(1, 9);
  });

  test('falls with each bit of noise, over the range that the paper shows', () => {
    const scores = [40, 20, 10, 5, 0, -5, -10].map((ratio) => stoi(speech, withNoise(speech, ratio)));
    expect(isFalling(scores)).toBe(true);
    expect(scores[0]).toBeGreaterThan(0.99);
    expect(scores[4]).toBeGreaterThan(0.6);
    expect(scores[4]).toBeLessThan(0.85);
    expect(scores[6]).toBeLessThan(0.65);
  });

  test('of other speech is near nothing, and there is none without speech', () => {
    expect(stoi(speech, speech.toReversed())).toBeLessThan(0.3);
    expect(stoi(speech.subarray(0, 1_000), speech.subarray(0, 1_000))).toBeNaN();
  });

  test('falls with each share of lost frames, and less where the frame before is repeated', () => {
    const shares = [0, 0.03, 0.1, 0.2];
    const silent = shares.map((share) => stoi(speech, withLoss(speech, share, 'silence')));
    const repeated = shares.map((share) => stoi(speech, withLoss(speech, share, 'repetition')));
    expect(isFalling(silent)).toBe(true);
    expect(isFalling(repeated)).toBe(true);
    for (const [i, it] of silent.slice(1).entries()) expect(it).toBeLessThan((repeated[i + 1] ?? 0) - 0.005);
  });
});

describe('the alignment', () => {
  test.each([
    ['a delay between two steps', () => later(speech, 1_234)],
    ['a clock that is 200 ppm off', () => resampled(speech, 1_000_000, 1_000_200)],
    ['60 ms more of a pause', () => insert(pauseAt(), 600)],
    ['60 ms less of a pause', () => cut(pauseAt(), 600)],
  ])('takes %s as no harm', (_, heard) => {
    expect(aligned(heard())).toBeGreaterThan(0.99);
  });

  test('takes 100 ms of silence within a word as harm, and 100 ms that are missing', () => {
    const [put, left] = [aligned(insert(loudAt(), 1_000)), aligned(cut(loudAt(), 1_000))];
    expect(put).toBeLessThan(0.99);
    expect(left).toBeLessThan(0.99);
    expect(Math.min(put, left)).toBeGreaterThan(0.85);
  });

  test('does not make bad speech good', () => {
    const noisy = withNoise(speech, 0);
    expect(aligned(noisy)).toBeLessThan(stoi(speech, noisy) + 0.01);
    const lossy = withLoss(speech, 0.1, 'silence');
    expect(aligned(lossy)).toBeLessThan(stoi(speech, lossy) + 0.01);
    const { match } = align(speech, withNoise(new Float64Array(speech.length).fill(1), 0));
    expect(match).toBeLessThan(0.5);
  });
});

describe('the log-spectral distance', () => {
  const wide = speechAt(16_000);
  const distance = (heard: Float64Array): number => logSpectralDistance(wide, heard, () => 0, telephone);

  test('of clean speech is nothing, however loud', () => {
    expect(distance(wide)).toBe(0);
    expect(distance(wide.map((it) => it / 10))).toBeLessThan(0.01);
  });

  test('grows with each bit of noise, and with a muffled voice', () => {
    const distances = [40, 30, 20, 10, 0].map((ratio) => distance(withNoise(wide, ratio)));
    expect(isFalling(distances.map((it) => -it))).toBe(true);
    const muffled = wide.map((it, i) => (it + (wide[i - 1] ?? 0)) / 2);
    expect(distance(muffled)).toBeGreaterThan(0.1);
  });
});

/** The middle of the loudest or the quietest piece. */
const pieceThatIs = (loud: boolean): number => {
  let best = { at: 0, power: loud ? 0 : Number.POSITIVE_INFINITY };
  // In pieces of 200 ms, as the alignment has them, and not at the ends.
  for (let at = 6_000; at < 24_000; at += 2_000) {
    const here = power(speech.subarray(at, at + 2_000));
    if (loud ? here > best.power : here < best.power) best = { at: at + 1_000, power: here };
  }
  return best.at;
};
const pauseAt = (): number => pieceThatIs(false);
const loudAt = (): number => pieceThatIs(true);

function insert(at: number, count: number): Float64Array {
  const result = new Float64Array(speech.length + count);
  result.set(speech.subarray(0, at));
  result.set(speech.subarray(at), at + count);
  return result;
}

function cut(at: number, count: number): Float64Array {
  const result = new Float64Array(speech.length - count);
  result.set(speech.subarray(0, at));
  result.set(speech.subarray(at + count), at);
  return result;
}
