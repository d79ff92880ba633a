import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Heartbeat, patienceMs } from './heartbeat.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test.each([
  ['nothing was said', null, 65_000, 30_000],
  ["Workspace's 2 s, which a hidden page can't keep", 2000, 65_000, 65_000],
  ['1 s', 1000, 65_000, 65_000],
  ['3 s', 3000, 90_000, 90_000],
  ['less than any hidden page could keep', 100, 65_000, 3000],
  ['more than anybody has to wait for', 3_600_000, 300_000, 300_000],
])('%s', (_, period, ofPage, ofProgram) => {
  expect([patienceMs(period, true), patienceMs(period, false)]).toEqual([ofPage, ofProgram]);
});

test('30 periods without a sign are too long, and each sign begins anew', () => {
  const silence = vi.fn();
  const heartbeat = new Heartbeat(silence);
  heartbeat.begin(false);
  vi.advanceTimersByTime(29_999);
  heartbeat.beat();
  vi.advanceTimersByTime(29_999);
  expect(silence).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(silence).toHaveBeenCalledTimes(1);
});

test('a page whose timers run once a minute is there', () => {
  const silence = vi.fn();
  const heartbeat = new Heartbeat(silence);
  heartbeat.setPeriod(2000);
  for (let minute = 0; minute < 10; minute += 1) {
    vi.advanceTimersByTime(60_000 + (minute % 2) * 1500);
    heartbeat.beat();
  }
  expect(silence).not.toHaveBeenCalled();
});

test('a machine that slept gives its desktop time to be heard again', () => {
  const silence = vi.fn();
  const heartbeat = new Heartbeat(silence);
  heartbeat.setPeriod(100);
  const now = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => now + 3_600_000);
  vi.advanceTimersByTime(3000);
  expect(silence).not.toHaveBeenCalled();
  vi.advanceTimersByTime(3000);
  expect(silence).toHaveBeenCalledTimes(1);
});

test('the next desktop begins without a period', () => {
  const silence = vi.fn();
  const heartbeat = new Heartbeat(silence);
  heartbeat.begin(true);
  heartbeat.setPeriod(100);
  heartbeat.stop();
  vi.advanceTimersByTime(100_000);
  heartbeat.begin(false);
  vi.advanceTimersByTime(29_999);
  expect(silence).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(silence).toHaveBeenCalledTimes(1);
});
