import { expect, it } from 'vitest';
import { DelayEstimate } from './delay-estimate.ts';
import { makeRandom } from './testing/sound.ts';

function feed(estimate: DelayEstimate, packets: number, late: (index: number) => number, fromMs = 0): number {
  for (let i = 0; i < packets; i++) estimate.update(100 + late(i), fromMs + i * 20);
  return fromMs + packets * 20;
}

it('needs one packet where there is no jitter', () => {
  const estimate = new DelayEstimate();
  feed(estimate, 100, () => 0);
  expect(estimate.target(20)).toBe(20);
  expect(estimate.target(60)).toBe(60);
});

it('covers nearly all of the jitter, and forgets it', () => {
  const estimate = new DelayEstimate();
  const random = makeRandom(3);
  const nowMs = feed(estimate, 500, () => random() * 100);
  expect(estimate.target(20)).toBeGreaterThanOrEqual(90);
  expect(estimate.target(20)).toBeLessThanOrEqual(110);
  feed(estimate, 600, () => 0, nowMs);
  expect(estimate.target(20)).toBe(20);
});

it('never asks for more than 200 ms', () => {
  const estimate = new DelayEstimate();
  feed(estimate, 500, (i) => (i % 2) * 290);
  expect(estimate.target(20)).toBe(200);
});

it('takes two seconds to see that all packets come later now, for a while', () => {
  const estimate = new DelayEstimate();
  const nowMs = feed(estimate, 200, () => 0);
  const later = feed(estimate, 100, () => 150, nowMs);
  feed(estimate, 5, () => 150, later);
  expect(estimate.base).toBe(250);
  expect(estimate.target(20)).toBeLessThanOrEqual(25);
});
