import { describe, expect, it } from 'vitest';
import { burstRatio, codecQuality, meanOpinion, score, transmissionRating } from './e-model.ts';

const g711 = { ie: 0, bpl: 25.1, lookAheadMs: 0 };
const none = { share: 0, burstRatio: 1 };

describe('R', () => {
  it.each([
    [0, 0, 1, 93.2],
    [0, 100, 1, 90.8],
    [0, 177.3, 1, 88.945],
    [0, 277.3, 1, 75.545],
    // 95 · 1 / 26.1 and 95 · 5 / 30.1: G.107 (3-28).
    [0.01, 0, 1, 89.56],
    [0.05, 0, 1, 77.419],
    [0.05, 0, 2, 75.99],
    [1, 400, 1, 0],
  ])('with %f lost, %f ms, burst ratio %f is %f', (share, delayMs, ratio, r) => {
    expect(transmissionRating(g711, { share, burstRatio: ratio }, delayMs)).toBeCloseTo(r, 3);
  });
});

describe('MOS', () => {
  it.each([
    [-1, 1],
    [0, 1],
    [3, 1],
    [6.5, 1],
    // G.107 table B.1: 50 nearly all dissatisfied, 90 very satisfied.
    [50, 2.575],
    [60, 3.1],
    [70, 3.6],
    [80, 4.024],
    [90, 4.34],
    [93.2, 4.41],
    [100, 4.5],
    [120, 4.5],
  ])('of R %f is %f', (r, mos) => {
    expect(meanOpinion(r)).toBeCloseTo(mos, 2);
    expect(meanOpinion(r)).toBeGreaterThanOrEqual(1);
  });

  it('never falls as R rises', () => {
    for (let r = 0; r < 100; r += 0.25) expect(meanOpinion(r + 0.25)).toBeGreaterThanOrEqual(meanOpinion(r));
  });
});

it('rates listening without the delay, and conversation not without knowing it', () => {
  expect(score(g711, none, null)).toEqual({ r: null, mosListening: meanOpinion(93.2), mosConversational: null });
  const slow = score(g711, none, 500);
  expect(slow.mosListening).toBeCloseTo(4.41, 2);
  expect(slow.mosConversational).toBeLessThan(3);
});

it('knows the codecs by name, clock and bitrate', () => {
  expect(codecQuality('PCMU', 8_000, null)).toEqual(g711);
  expect(codecQuality('G729', 8_000, null)).toMatchObject({ ie: 11, bpl: 19 });
  expect([32_000, 20_000, 12_000].map((bitrate) => codecQuality('opus', 48_000, bitrate)?.ie)).toEqual([2, 6, 11]);
  expect([16_000, 32_000].map((clock) => codecQuality('isac', clock, null)?.ie)).toEqual([6, 4]);
  expect(codecQuality('speex', 8_000, null)).toBeNull();
});

it('takes random loss for 1, and longer runs for more', () => {
  expect(burstRatio(100, 0, 0)).toBe(1);
  expect(burstRatio(10_000, 1_000, 900)).toBeCloseTo(1, 5);
  expect(burstRatio(10_000, 1_000, 200)).toBeCloseTo(4.5, 5);
  // Spread more evenly than chance would: G.107 has no figures for that.
  expect(burstRatio(10_000, 1_000, 1_000)).toBe(1);
});
