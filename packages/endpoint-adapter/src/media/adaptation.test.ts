import { describe, expect, it } from 'vitest';
import { type Adaptation, adapt, startAdaptation } from './adaptation.ts';

/** A report every 5 s with these losses; what was decided after each. */
function follow(losses: number[], roundTripMs: (index: number) => number | null = () => 40): Adaptation[] {
  let state = startAdaptation(32_000);
  return losses.map((lossRate, i) => {
    const { state: next, ...decided } = adapt(state, { nowMs: i * 5_000, lossRate, roundTripMs: roundTripMs(i) });
    state = next;
    return decided;
  });
}

const last = (decisions: Adaptation[]): Adaptation | undefined => decisions.at(-1);
const clean = (reports: number): number[] => Array<number>(reports).fill(0);

it('leaves everything alone on a clean line', () => {
  expect(last(follow(clean(100)))).toEqual({
    lossRate: 0,
    bitrate: 32_000,
    complexity: 5,
    redundancy: 0,
  });
});

describe('redundancy', () => {
  const depths = (losses: number[]): number[] => follow(losses).map(({ redundancy }) => redundancy);

  it('comes with the first report of loss, and more with more of it', () => {
    expect(depths([0, 0.004, 0.01])).toEqual([0, 0, 1]);
    expect(depths([0.04])).toEqual([2]);
    expect(depths([0.02, 0.05])).toEqual([1, 2]);
  });

  it('goes one by one, each after 30 s that are clean', () => {
    expect(depths([0.05, ...clean(14)])).toEqual([2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 0, 0]);
  });

  it('stays while there is half of the loss that it was for', () => {
    expect(depths([0.01, ...Array<number>(20).fill(0.006)]).every((depth) => depth === 1)).toBe(true);
    expect(depths([0.01, ...clean(5), 0.006, ...clean(6)]).every((depth) => depth === 1)).toBe(true);
    expect(depths([0.01, ...Array<number>(20).fill(0.004)]).at(-1)).toBe(0);
  });
});

describe('bitrate', () => {
  it('stays where loss comes without delay', () => {
    expect(last(follow(Array<number>(20).fill(0.2)))).toMatchObject({ bitrate: 32_000, redundancy: 2 });
    expect(last(follow(Array<number>(20).fill(0.2), () => null))).toMatchObject({ bitrate: 32_000 });
  });

  it('comes down by half of the loss where a queue has filled up, and not below what a voice needs', () => {
    const rising = (index: number) => (index === 0 ? 40 : 200);
    expect(last(follow([0, 0.2], rising))).toMatchObject({ bitrate: 28_800, redundancy: 1 });
    expect(last(follow([0, ...Array<number>(20).fill(0.2)], rising))).toMatchObject({ bitrate: 16_000, complexity: 8 });
    expect(last(follow([0, 0.05], rising))).toMatchObject({ bitrate: 32_000 });
  });

  it('rises by 5 % a report when it is over', () => {
    const overAfter = (index: number) => (index > 0 && index < 5 ? 200 : 40);
    const bitrates = follow([0, 0.4, 0.4, 0.4, 0.4, 0.05, ...clean(20)], overAfter).map(({ bitrate }) => bitrate);
    expect(bitrates[5]).toBe(16_000);
    expect(bitrates[6]).toBe(16_800);
    expect(bitrates.at(-1)).toBe(32_000);
  });
});

it('is ready for loss at once, and forgets it slowly', () => {
  const rates = follow([0, 0.2, 0, 0]).map(({ lossRate }) => lossRate);
  expect(rates[1]).toBe(0.2);
  expect(rates[2]).toBeCloseTo(0.15, 10);
  expect(rates[3]).toBeCloseTo(0.1125, 10);
});
