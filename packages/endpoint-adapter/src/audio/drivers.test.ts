import { silent } from '@thinline/shared/log/log.ts';
import { expect, it, vi } from 'vitest';
import type { AudioDriver, DriverRecord } from './driver.ts';
import { chooseDriver } from './drivers.ts';

function record(name: AudioDriver['name'], why: string | null, backend?: string) {
  const close = vi.fn();
  const make = vi.fn((options: string): AudioDriver => {
    if (options === 'wrong') throw new Error('That is no option.');
    const refuse = () => {
      throw new Error('not asked for');
    };
    return {
      name,
      ...(backend && { backend }),
      unavailable: async () => why,
      devices: async () => [],
      open: refuse,
      close,
    };
  });
  return { name, make, close } satisfies DriverRecord & { close: unknown };
}

it('takes the first that works, and says what was passed over', async () => {
  const first = record('miniaudio', 'it was not built');
  const choice = await chooseDriver(undefined, silent, [
    first,
    record('portaudio', null, 'ALSA'),
    record('virtual', null),
  ]);
  expect(choice.driver.name).toBe('portaudio');
  expect(choice.reason).toBe('portaudio (ALSA); the first that works here; miniaudio does not work: it was not built');
  expect(first.close).toHaveBeenCalledOnce();
});

it('does not even make the drivers behind the one that works', async () => {
  const second = record('portaudio', null);
  await chooseDriver(undefined, silent, [record('miniaudio', null), second, record('virtual', null)]);
  expect(second.make).not.toHaveBeenCalled();
});

it('falls back to silence, and says why', async () => {
  const all = [record('miniaudio', 'A'), record('portaudio', 'B'), record('virtual', null)];
  const choice = await chooseDriver(undefined, silent, all);
  expect(choice.driver.name).toBe('virtual');
  expect(choice.reason).toBe('virtual: silence only, because miniaudio does not work: A; portaudio does not work: B');
});

it('takes the wanted one with its options', async () => {
  const virtual = record('virtual', null);
  const choice = await chooseDriver('virtual:in=tone:440:-10', silent, [record('miniaudio', null), virtual]);
  expect(choice.reason).toBe('virtual; asked for with --audio');
  expect(virtual.make).toHaveBeenCalledWith('in=tone:440:-10');
});

it('replaces a wanted one that does not work by silence, not by another device', async () => {
  const all = [record('miniaudio', null), record('portaudio', 'it is missing'), record('virtual', null)];
  const choice = await chooseDriver('portaudio', silent, all);
  expect(choice.driver.name).toBe('virtual');
  expect(choice.reason).toBe(
    'virtual: silence only, because portaudio, which --audio asks for, does not work: it is missing',
  );
});

it('refuses names and options that make no sense', async () => {
  const all = [record('miniaudio', null), record('virtual', null)];
  await expect(chooseDriver('winmm', silent, all)).rejects.toThrow(
    'There is no sound driver "winmm"; choose one of miniaudio, virtual.',
  );
  await expect(chooseDriver('virtual:wrong', silent, all)).rejects.toThrow('That is no option.');
});
