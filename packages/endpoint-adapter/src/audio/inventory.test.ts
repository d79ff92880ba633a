import type { Device, DeviceKind } from '@thinline/shared/contract/types.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AudioDriver } from './driver.ts';
import { Inventory } from './inventory.ts';

const device = (id: string, kind: DeviceKind, isDefault = false): Device => ({ id, name: id, kind, isDefault });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function driverOf(list: () => Device[]): AudioDriver {
  const refuse = () => {
    throw new Error('not asked for');
  };
  return { name: 'virtual', unavailable: async () => null, devices: async () => list(), open: refuse, close: () => {} };
}

it('tells of a device that comes or goes within a second, and of nothing else', async () => {
  let there = [device('mic', 'CAPTURE', true)];
  const inventory = new Inventory(driverOf(() => structuredClone(there)));
  const listed = vi.fn();
  inventory.on('listed', listed);
  await inventory.start();
  expect(inventory.devices.map(({ id }) => id)).toEqual(['mic']);
  expect(listed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(3000);
  expect(listed.mock.calls).toEqual([[false], [false], [false]]);

  there = [...there, device('speaker', 'PLAYBACK')];
  await vi.advanceTimersByTimeAsync(1000);
  expect(listed).toHaveBeenLastCalledWith(true);
  expect(inventory.devices.map(({ id }) => id)).toEqual(['mic', 'speaker']);

  there = [];
  inventory.refresh();
  await vi.advanceTimersByTimeAsync(0);
  expect(inventory.devices).toEqual([]);
  expect(listed).toHaveBeenCalledTimes(5);

  inventory.stop();
  there = [device('mic', 'CAPTURE')];
  await vi.advanceTimersByTimeAsync(5000);
  expect(listed).toHaveBeenCalledTimes(5);
});

it('looks once a second where nobody tells of plugs, however short ago somebody asked', async () => {
  let there: Device[] = [];
  const inventory = new Inventory(driverOf(() => structuredClone(there)));
  await inventory.start();
  await vi.advanceTimersByTimeAsync(900);
  inventory.refresh();
  await vi.advanceTimersByTimeAsync(0);
  there = [device('mic', 'CAPTURE')];
  await vi.advanceTimersByTimeAsync(100);
  expect(inventory.devices).toEqual(there);
  inventory.stop();
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
  expect(inventory.devices.map(({ id }) => id)).toEqual(['mic']);
  inventory.stop();
});

/** The platform's news, as told by the test. */
function fakeEvents() {
  let onPlug = () => {};
  const start = (listener: () => void) => {
    onPlug = listener;
  };
  return { alive: true, tell: () => onPlug(), start, stop: vi.fn() };
}

it('looks at once when something is plugged, and seldom otherwise while such news come', async () => {
  const looks: number[] = [];
  const begin = performance.now();
  const driver = driverOf(() => {
    looks.push(performance.now() - begin);
    return [];
  });
  const events = fakeEvents();
  const inventory = new Inventory(driver, events);
  await inventory.start();
  await vi.advanceTimersByTimeAsync(9_200);
  expect(looks).toEqual([0, 5000]);
  events.tell();
  await vi.advanceTimersByTimeAsync(20);
  expect(looks).toEqual([0, 5000, 9220]);
  events.alive = false;
  await vi.advanceTimersByTimeAsync(2_800);
  expect(looks).toEqual([0, 5000, 9220, 10_000, 11_000, 12_000]);
  inventory.stop();
  expect(events.stop).toHaveBeenCalledOnce();
  events.tell();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(looks.length).toBe(6);
});

it('looks twenty times a second at most, and once more after the last plug of a storm', async () => {
  let plugs = 0;
  let seen = 0;
  const driver = driverOf(() => {
    seen = plugs;
    return [];
  });
  const looks = vi.spyOn(driver, 'devices');
  const events = fakeEvents();
  const inventory = new Inventory(driver, events);
  await inventory.start();
  looks.mockClear();
  for (let i = 0; i < 100; i++) {
    plugs++;
    events.tell();
    await vi.advanceTimersByTimeAsync(20);
  }
  await vi.advanceTimersByTimeAsync(100);
  expect(looks.mock.calls.length).toBeLessThanOrEqual(42);
  expect(seen).toBe(100);
  events.tell();
  inventory.stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(seen).toBe(100);
});
