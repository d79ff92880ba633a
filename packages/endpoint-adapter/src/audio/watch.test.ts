import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Ring, slot } from './ring.ts';
import { watchDevices } from './watch.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Lets the device call for that long, every 10 ms. */
function run(rings: Ring[], ms: number): void {
  for (let i = 0; i < ms / 10; i++) {
    for (const ring of rings) ring.count(slot.callbacks);
    vi.advanceTimersByTime(10);
  }
}

it('tells once when one of the devices stands still for half a second', () => {
  const [still, alive] = [Ring.ofCapacity(16), Ring.ofCapacity(16)];
  const [onLost, onQuiet] = [vi.fn(), vi.fn()];
  watchDevices([still, alive], { onLost, onQuiet });
  run([still, alive], 2000);
  expect(onLost).not.toHaveBeenCalled();
  run([alive], 100);
  expect(onQuiet).not.toHaveBeenCalled();
  run([alive], 300);
  expect(onQuiet).toHaveBeenCalledOnce();
  expect(onLost).not.toHaveBeenCalled();
  run([alive], 2000);
  expect(onLost).toHaveBeenCalledExactlyOnceWith('the device gives no sign of life', true);
});

it('gives a device three seconds to begin', () => {
  const ring = Ring.ofCapacity(16);
  const onLost = vi.fn();
  watchDevices([ring], { onLost });
  run([ring], 20);
  vi.advanceTimersByTime(2500);
  expect(onLost).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(onLost).toHaveBeenCalledOnce();
});

it('believes a device that says it stopped', () => {
  const ring = Ring.ofCapacity(16);
  const onLost = vi.fn();
  const watch = watchDevices([ring], { onLost });
  run([ring], 200);
  ring.count(slot.stopped);
  watch.check();
  expect(onLost).toHaveBeenCalledExactlyOnceWith('the device stopped', false);
});

it('is silent once stopped', () => {
  const ring = Ring.ofCapacity(16);
  const onLost = vi.fn();
  const watch = watchDevices([ring], { onLost });
  run([ring], 200);
  watch.stop();
  ring.count(slot.stopped);
  watch.check();
  vi.advanceTimersByTime(5000);
  expect(onLost).not.toHaveBeenCalled();
});
