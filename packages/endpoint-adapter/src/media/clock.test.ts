import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Clock } from './clock.ts';

let ticks: number;
let clock: Clock;

beforeEach(() => {
  vi.useFakeTimers();
  ticks = 0;
  clock = new Clock(() => {
    ticks++;
  });
  clock.start();
});
afterEach(() => {
  clock.stop();
  vi.useRealTimers();
});

it('beats every 10 ms without a microphone, without drift', () => {
  vi.advanceTimersByTime(10_000);
  expect(ticks).toBe(1_000);
});

it('leaves the beat to a microphone that works', () => {
  for (let i = 0; i < 100; i++) {
    clock.captured();
    vi.advanceTimersByTime(10);
  }
  expect(ticks).toBe(0);
});

it('takes over within 150 ms when the microphone is stuck, and gives back when it works again', () => {
  clock.captured();
  vi.advanceTimersByTime(100);
  expect(ticks).toBe(0);
  vi.advanceTimersByTime(1_060);
  expect(ticks).toBeGreaterThanOrEqual(99);
  clock.captured();
  const before = ticks;
  vi.advanceTimersByTime(90);
  expect(ticks).toBe(before);
});

it('makes up for a few frames only after a hold-up', () => {
  vi.advanceTimersByTime(100);
  const before = ticks;
  vi.setSystemTime(Date.now() + 5_000);
  const now = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => now + 5_000);
  vi.advanceTimersByTime(10);
  expect(ticks - before).toBeLessThanOrEqual(6);
});

it('stands still when stopped', () => {
  clock.stop();
  vi.advanceTimersByTime(1_000);
  expect(ticks).toBe(0);
});
