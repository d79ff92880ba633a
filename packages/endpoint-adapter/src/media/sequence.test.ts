import { expect, it } from 'vitest';
import { JitterEstimate } from './jitter-estimate.ts';
import { Sequence } from './sequence.ts';

const feed = (...numbers: number[]): Sequence => {
  const sequence = new Sequence();
  for (const number of numbers) sequence.update(number);
  return sequence;
};

it('counts on across the wrap', () => {
  const sequence = feed(65_534, 65_535, 0, 1);
  expect([sequence.expected, sequence.received, sequence.lost]).toEqual([4, 4, 0]);
});

it('gives a packet overtaken at the wrap its own place', () => {
  const sequence = feed(65_534, 0);
  const highest = sequence.extended;
  expect(sequence.update(65_535)).toBe('accepted');
  expect(sequence.extended).toBe(highest - 1);
  expect(sequence.lost).toBe(0);
});

it('tells loss since the last report in 1/256', () => {
  const sequence = feed(1, 2, 3, 4);
  expect(sequence.fractionLost()).toBe(0);
  for (const number of [5, 7]) sequence.update(number);
  expect(sequence.lost).toBe(1);
  expect(sequence.fractionLost()).toBe(Math.floor(256 / 3));
  expect(sequence.fractionLost()).toBe(0);
});

it('reports no negative loss for duplicates', () => {
  const sequence = feed(1, 1, 1, 2);
  expect(sequence.lost).toBe(-2);
  expect(sequence.fractionLost()).toBe(0);
});

it('believes a very large jump only when a second packet confirms it', () => {
  const sequence = feed(1, 2);
  expect(sequence.update(30_000)).toBe('rejected');
  expect(sequence.update(3)).toBe('accepted');
  expect(sequence.update(30_001)).toBe('rejected');
  expect(sequence.update(30_002)).toBe('restarted');
  expect(sequence.update(30_003)).toBe('accepted');
  expect(sequence.lost).toBe(0);
});

it('measures jitter as RFC 3550 does', () => {
  const jitter = new JitterEstimate(8_000);
  jitter.update(0, 0);
  jitter.update(160, 20);
  expect(jitter.ms).toBe(0);
  jitter.update(320, 48);
  expect(jitter.ms).toBeCloseTo(8 / 16, 5);
});

it('measures jitter across the wrap of the timestamp', () => {
  const jitter = new JitterEstimate(8_000);
  for (let i = 0; i < 20; i++) jitter.update((2 ** 32 - 1_600 + i * 160) >>> 0, i * 20);
  expect(jitter.ms).toBe(0);
});
