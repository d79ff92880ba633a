import type { Device, DeviceKind } from '@thinline/shared/contract/types.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AudioDriver } from './driver.ts';
import { Inventory, pickDevice } from './inventory.ts';

const device = (id: string, kind: DeviceKind, isDefault = false): Device => ({ id, name: id, kind, isDefault });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function driverOf(list: () => Device[]): AudioDriver {
  const refuse = () => {
    throw new Error('not asked for');
  };
  return { name: 'virtual', unavailable: async () => null, devices: async () => list(), open: refuse, close: () => {} };
}

it('picks the default device, else the first, and none of the other kind', () => {
  const devices = [
    device('a', 'CAPTURE'),
    device('b', 'CAPTURE', true),
    device('c', 'PLAYBACK'),
    device('d', 'PLAYBACK'),
  ];
  expect(pickDevice(devices, 'CAPTURE')?.id).toBe('b');
  expect(pickDevice(devices, 'PLAYBACK')?.id).toBe('c');
  expect(pickDevice(devices.slice(0, 2), 'PLAYBACK')).toBeNull();
});

it('tells of a device that comes or goes within a second, and of nothing else', async () => {
  let there = [device('mic', 'CAPTURE', true)];
  const inventory = new Inventory(driverOf(() => structuredClone(there)));
  const listed = vi.fn();
  inventory.on('listed', listed);
  await inventory.start();
  expect(inventory.selection.capture?.id).toBe('mic');
  expect(listed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(3000);
  expect(listed.mock.calls).toEqual([[false], [false], [false]]);

  there = [...there, device('speaker', 'PLAYBACK')];
  await vi.advanceTimersByTimeAsync(1000);
  expect(listed).toHaveBeenLastCalledWith(true);
  expect(inventory.selection.playback?.id).toBe('speaker');

  there = [];
  inventory.refresh();
  await vi.advanceTimersByTimeAsync(0);
  expect(inventory.selection).toEqual({ devices: [], capture: null, playback: null });
  expect(listed).toHaveBeenCalledTimes(5);

  inventory.stop();
  there = [device('mic', 'CAPTURE')];
  await vi.advanceTimersByTimeAsync(5000);
  expect(listed).toHaveBeenCalledTimes(5);
});

it('asks a slow sound service one thing at a time, and again when it was asked to meanwhile', async () => {
  const answers: ((devices: Device[]) => void)[] = [];
  const driver = driverOf(() => []);
  const inventory = new Inventory({ ...driver, devices: () => new Promise((resolve) => answers.push(resolve)) });
  const listed = vi.fn();
  const started = inventory.start();
  answers.shift()?.([]);
  await started;
  inventory.on('listed', listed);

  await vi.advanceTimersByTimeAsync(10_000);
  expect(answers.length).toBe(1);
  inventory.refresh();
  inventory.refresh();
  answers.shift()?.([device('gone', 'CAPTURE')]);
  await vi.advanceTimersByTimeAsync(0);
  expect([listed.mock.calls.length, answers.length]).toEqual([0, 1]);
  answers.shift()?.([device('mic', 'CAPTURE')]);
  await vi.advanceTimersByTimeAsync(0);
  expect(listed.mock.calls).toEqual([[true]]);
  expect(inventory.selection.capture?.id).toBe('mic');
  inventory.stop();
});
