import { expect, it } from 'vitest';
import { DelayEstimate } from './delay-estimate.ts';
import { makeRandom } from './testing/sound.ts';

function feed(estimate: DelayEstimate, packets: number, late: (index: number) => number, fromMs = 0): number {
  for (let i = 0; i < packets; i++) estimate.update(100 + late(i), fromMs + i * 20, 20);
  return fromMs + packets * 20;
}

it('needs next to nothing where there is no jitter, once it knows', () => {
  const estimate = new DelayEstimate();
  feed(estimate, 20, () => 0);
  expect(estimate.target).toBe(20);
  feed(estimate, 100, () => 0, 400);
  expect(estimate.target).toBe(2.5);
});

it('covers nearly all of the jitter, and forgets it', () => {
  const estimate = new DelayEstimate();
  const random = makeRandom(3);
  const nowMs = feed(estimate, 500, () => random() * 100);
  expect(estimate.target).toBeGreaterThanOrEqual(90);
  expect(estimate.target).toBeLessThanOrEqual(105);
  feed(estimate, 600, () => 0, nowMs);
  expect(estimate.target).toBe(2.5);
});

it('weighs delay against what would be late: one packet in a hundred is worth 13 ms', () => {
  const rare = new DelayEstimate();
  feed(rare, 1_000, (i) => (i % 200 === 150 ? 80 : 0));
  expect(rare.target).toBe(2.5);
  const often = new DelayEstimate();
  feed(often, 1_000, (i) => (i % 8 === 5 ? 80 : 0));
  expect(often.target).toBe(82.5);
});

it('rises within half a second', () => {
  const estimate = new DelayEstimate();
  const nowMs = feed(estimate, 500, () => 0);
  feed(estimate, 25, (i) => (i % 2) * 80, nowMs);
  expect(estimate.target).toBe(82.5);
});

it('never asks for more than 200 ms', () => {
  const estimate = new DelayEstimate();
  feed(estimate, 500, (i) => (i % 2) * 290);
  expect(estimate.target).toBeLessThanOrEqual(200);
});

it('takes two seconds to see that all packets come later now, for a while', () => {
  const estimate = new DelayEstimate();
  const nowMs = feed(estimate, 200, () => 0);
  const later = feed(estimate, 100, () => 150, nowMs);
  feed(estimate, 5, () => 150, later);
  expect(estimate.base).toBe(250);
  expect(estimate.target).toBeLessThanOrEqual(25);
});

it('waits for what makes up for losses, where that is worth it', () => {
  const estimate = new DelayEstimate();
  const nowMs = feed(estimate, 500, () => 0);
  for (let i = 0; i < 500; i++) {
    estimate.update(100, nowMs + i * 20, 20);
    if (i % 20 === 0) estimate.updateRecovered(120);
  }
  expect(estimate.target).toBe(22.5);
});

it('remembers losses that were made good for longer than lateness, and takes no notice of one alone', () => {
  const estimate = new DelayEstimate();
  let nowMs = feed(estimate, 500, () => 0);
  estimate.updateRecovered(120);
  nowMs = feed(estimate, 100, () => 0, nowMs);
  expect(estimate.target).toBe(2.5);
  for (let i = 0; i < 20; i++) {
    nowMs = feed(estimate, 50, () => 0, nowMs);
    estimate.updateRecovered(120);
  }
  nowMs = feed(estimate, 250, () => 0, nowMs);
  expect(estimate.target).toBe(22.5);
  feed(estimate, 1_000, () => 0, nowMs);
  expect(estimate.target).toBe(2.5);
});

it('forgets the turmoil of the first second within the next two', () => {
  const estimate = new DelayEstimate();
  const nowMs = feed(estimate, 50, (i) => 300 - (i % 10) * 30);
  expect(estimate.target).toBeGreaterThan(100);
  feed(estimate, 100, (i) => i % 3, nowMs);
  expect(estimate.target).toBeLessThan(15);
});
