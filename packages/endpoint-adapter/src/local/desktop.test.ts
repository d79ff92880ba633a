import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Desktop, type DesktopStatus } from './desktop.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000 }));
afterEach(() => void vi.useRealTimers());

test('no desktop is there at first; each change is told once, with its time', () => {
  const desktop = new Desktop();
  const told: DesktopStatus[] = [];
  desktop.on('changed', (status) => told.push(status));
  expect(desktop.status).toEqual({ connected: false, sinceMs: 1_000 });
  for (const connected of [true, true, false, false]) {
    vi.advanceTimersByTime(500);
    desktop.set(connected);
  }
  expect(told).toEqual([
    { connected: true, sinceMs: 1_500 },
    { connected: false, sinceMs: 2_500 },
  ]);
  expect(desktop.status).toBe(told[1]);
});
