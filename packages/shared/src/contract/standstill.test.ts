import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Standstill } from './standstill.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('is known until the first timer runs, and only where somebody could have sent anything', async () => {
  const standstill = new Standstill();
  const link = new PassThrough();
  vi.setSystemTime(Date.now() + 10_000);
  expect(standstill.hasJustBeen).toBe(false);
  standstill.watch(link);
  vi.advanceTimersByTime(5000);
  expect(standstill.hasJustBeen).toBe(false);
  vi.setSystemTime(Date.now() + 1400);
  expect(standstill.hasJustBeen).toBe(false);
  vi.setSystemTime(Date.now() + 200);
  expect(standstill.hasJustBeen).toBe(true);
  vi.advanceTimersByTime(250);
  expect(standstill.hasJustBeen).toBe(false);
  link.destroy();
  await new Promise((resolve) => link.once('close', resolve));
  expect(vi.getTimerCount()).toBe(0);
});
