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
  return { name: 'virtual', unavailable: () => null, devices: list, open: refuse, close: () => {} };
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

it('tells of a device that comes or goes within a second, and of nothing else', () => {
  let there = [device('mic', 'CAPTURE', true)];
  const inventory = new Inventory(driverOf(() => structuredClone(there)));
  const changed = vi.fn();
  inventory.on('changed', changed);
  expect(inventory.start().capture?.id).toBe('mic');
  vi.advanceTimersByTime(5000);
  expect(changed).not.toHaveBeenCalled();

  there = [...there, device('speaker', 'PLAYBACK')];
  vi.advanceTimersByTime(1000);
  expect(changed).toHaveBeenCalledOnce();
  expect(inventory.selection.playback?.id).toBe('speaker');

  there = [];
  expect(inventory.refresh()).toEqual({ devices: [], capture: null, playback: null });
  expect(changed).toHaveBeenCalledTimes(2);

  inventory.stop();
  there = [device('mic', 'CAPTURE')];
  vi.advanceTimersByTime(5000);
  expect(changed).toHaveBeenCalledTimes(2);
});
