import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { coalesce } from './coalesce.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the first touch after a quiet time sends at once', () => {
  const send = vi.fn();
  const coalescer = coalesce(50, send);
  coalescer.touch();
  expect(send).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  coalescer.touch();
  expect(send).toHaveBeenCalledTimes(2);
});

test('many touches send once an interval, and the last one is sent', () => {
  let value = 0;
  const sent: number[] = [];
  const coalescer = coalesce(50, () => sent.push(value));
  for (value = 1; value <= 100; value++) {
    coalescer.touch();
    vi.advanceTimersByTime(1);
  }
  value = 100;
  vi.advanceTimersByTime(1000);
  expect(sent[0]).toBe(1);
  expect(sent.at(-1)).toBe(100);
  expect(sent).toHaveLength(3);
});

test('after stop nothing is sent', () => {
  const send = vi.fn();
  const coalescer = coalesce(50, send);
  coalescer.touch();
  coalescer.touch();
  coalescer.stop();
  vi.advanceTimersByTime(1000);
  expect(send).toHaveBeenCalledTimes(1);
});
