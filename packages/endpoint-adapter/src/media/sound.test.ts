import type { Device } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AudioDriver, AudioStream, OpenOptions } from '../audio/driver.ts';
import { Sound } from './sound.ts';

const device = (id: string, kind: Device['kind'], isDefault = false): Device => ({ id, name: id, kind, isDefault });
const headset = [device('mic', 'CAPTURE', true), device('ear', 'PLAYBACK', true)];
const spare = [device('mic2', 'CAPTURE'), device('ear2', 'PLAYBACK')];

let there: Device[];
let opened: OpenOptions[];
let open: number;
let refuse: string;
let changes: number;
let queued: number;
let sound: Sound;

const driver: AudioDriver = {
  name: 'miniaudio',
  unavailable: () => null,
  devices: () => structuredClone(there),
  close: () => {},
  open(options): AudioStream {
    if (refuse !== '') throw new Error(refuse);
    opened.push(options);
    open++;
    return {
      captured: 0,
      get queued() {
        return queued;
      },
      read: () => false,
      write: () => {},
      stats: () => ({ captureCallbacks: 0, playbackCallbacks: 0, underruns: 0, overruns: 0 }),
      close: () => {
        open--;
      },
    };
  },
};

beforeEach(() => {
  vi.useFakeTimers();
  there = [...headset, ...spare];
  opened = [];
  open = 0;
  refuse = '';
  changes = 0;
  queued = 0;
  sound = new Sound({
    chosen: { driver, reason: 'the test' },
    asWanted: true,
    log: silent,
    onCaptured: () => {},
    onChanged: () => {
      changes++;
    },
  });
  sound.start();
});
afterEach(() => {
  sound.stop();
  vi.useRealTimers();
});

const lastOpened = () => [opened.at(-1)?.captureId, opened.at(-1)?.playbackId];

it('opens the default devices while they are wanted, and closes them a little later', () => {
  expect(open).toBe(0);
  sound.use(true);
  expect(lastOpened()).toEqual(['mic', 'ear']);
  sound.use(false);
  sound.use(true);
  vi.advanceTimersByTime(1_000);
  expect([open, opened.length]).toEqual([1, 1]);
  sound.use(false);
  vi.advanceTimersByTime(200);
  expect(open).toBe(0);
});

it('goes on with another device when one is lost', () => {
  sound.use(true);
  there = spare;
  opened[0]?.onLost('unplugged');
  expect(lastOpened()).toEqual(['mic2', 'ear2']);
  expect(open).toBe(1);
  expect(sound.audio()).toMatchObject({ captureId: 'mic2', playbackId: 'ear2', failure: null });
});

it('does not leave a device that works for a new default', () => {
  there = spare;
  vi.advanceTimersByTime(1_000);
  sound.use(true);
  there = [...spare, ...headset];
  vi.advanceTimersByTime(1_000);
  expect(opened.length).toBe(1);
  expect(sound.audio().captureId).toBe('mic2');
  sound.use(false);
  vi.advanceTimersByTime(200);
  sound.use(true);
  expect(lastOpened()).toEqual(['mic', 'ear']);
});

it('says what is missing, and takes it when it comes', () => {
  there = [];
  vi.advanceTimersByTime(1_000);
  expect(sound.audio().failure?.code).toBe('TL4001');
  sound.use(true);
  expect(opened.length).toBe(0);
  there = headset;
  vi.advanceTimersByTime(1_000);
  expect(lastOpened()).toEqual(['mic', 'ear']);
  expect(sound.audio().failure).toBeNull();
  expect(changes).toBe(2);
});

it('tries a device again that could not be opened, and says so meanwhile', () => {
  refuse = 'busy';
  sound.use(true);
  expect(sound.audio().failure?.cause).toBe('Busy.');
  refuse = '';
  vi.advanceTimersByTime(1_000);
  expect(open).toBe(1);
  expect(sound.audio().failure).toBeNull();
});

it('wants no more sound while much of it waits, unless nobody will ever play it', () => {
  sound.use(true);
  expect(sound.hungry).toBe(true);
  queued = 4 * 480;
  expect(sound.hungry).toBe(false);
  there = spare.slice(0, 1);
  vi.advanceTimersByTime(1_000);
  expect(lastOpened()).toEqual(['mic2', null]);
  expect(sound.hungry).toBe(true);
});
