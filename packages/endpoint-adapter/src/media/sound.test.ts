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
let wants: boolean;
let listings: number;
/** The sound service answers once this has settled. */
let frozen: Promise<void>;
let sound: Sound;

const driver: AudioDriver = {
  name: 'miniaudio',
  unavailable: async () => null,
  devices: async () => {
    listings++;
    await frozen;
    return structuredClone(there);
  },
  close: () => {},
  open(options): AudioStream {
    if (refuse !== '') throw new Error(refuse);
    opened.push(options);
    open++;
    return {
      captured: 0,
      queued: 0,
      read: () => false,
      wants: () => wants,
      write: () => {},
      stats: () => ({ captureCallbacks: 0, playbackCallbacks: 0, underruns: 0, overruns: 0 }),
      close: () => {
        open--;
      },
    };
  },
};

beforeEach(async () => {
  vi.useFakeTimers();
  there = [...headset, ...spare];
  opened = [];
  open = 0;
  refuse = '';
  changes = 0;
  wants = true;
  listings = 0;
  frozen = Promise.resolve();
  sound = new Sound({
    chosen: { driver, reason: 'the test' },
    asWanted: true,
    log: silent,
    onCaptured: () => {},
    onChanged: () => {
      changes++;
    },
  });
  await sound.start();
});
afterEach(() => {
  sound.stop();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** Until what was asked of the sound service has been answered. */
const listed = () => pass(0);
const lastOpened = () => [opened.at(-1)?.captureId, opened.at(-1)?.playbackId];

it('opens the default devices while they are wanted, and closes them a little later', async () => {
  expect(open).toBe(0);
  sound.use(true);
  await listed();
  expect(lastOpened()).toEqual(['mic', 'ear']);
  sound.use(false);
  sound.use(true);
  await listed();
  await pass(1_000);
  expect([open, opened.length]).toEqual([1, 1]);
  sound.use(false);
  await pass(200);
  expect(open).toBe(0);
});

it('goes on with another device when one is lost', async () => {
  sound.use(true);
  await listed();
  there = spare;
  opened[0]?.onLost('unplugged');
  expect(open).toBe(0);
  await listed();
  expect(lastOpened()).toEqual(['mic2', 'ear2']);
  expect(open).toBe(1);
  expect(sound.audio()).toMatchObject({ captureId: 'mic2', playbackId: 'ear2', failure: null });
});

it('does not leave a device that works for a new default', async () => {
  there = spare;
  await pass(1_000);
  sound.use(true);
  await listed();
  there = [...spare, ...headset];
  await pass(1_000);
  expect(opened.length).toBe(1);
  expect(sound.audio().captureId).toBe('mic2');
  sound.use(false);
  await pass(200);
  sound.use(true);
  await listed();
  expect(lastOpened()).toEqual(['mic', 'ear']);
});

it('says what is missing, and takes it when it comes', async () => {
  there = [];
  await pass(1_000);
  expect(sound.audio().failure?.code).toBe('TL4001');
  sound.use(true);
  await listed();
  expect(opened.length).toBe(0);
  there = headset;
  await pass(1_000);
  expect(lastOpened()).toEqual(['mic', 'ear']);
  expect(sound.audio().failure).toBeNull();
  expect(changes).toBe(2);
});

it('tries a device again that could not be opened, and says so meanwhile', async () => {
  refuse = 'busy';
  sound.use(true);
  await listed();
  expect(sound.audio().failure?.cause).toBe('Busy.');
  refuse = '';
  await pass(1_000);
  expect(open).toBe(1);
  expect(sound.audio().failure).toBeNull();
});

it('wants what the loudspeaker wants, and all where there is none', async () => {
  sound.use(true);
  await listed();
  expect(sound.wants()).toBe(true);
  wants = false;
  expect(sound.wants()).toBe(false);
  there = spare.slice(0, 1);
  await pass(1_000);
  expect(lastOpened()).toEqual(['mic2', null]);
  expect(sound.wants()).toBe(true);
});

it('opens nothing until a frozen sound service answers, and asks it once only', async () => {
  sound.use(true);
  await listed();
  const thaw = Promise.withResolvers<void>();
  frozen = thaw.promise;
  await pass(1_000);
  const before = listings;
  opened[0]?.onLost('the device gives no sign of life');
  await pass(10_000);
  expect([open, opened.length, listings]).toEqual([0, 1, before]);
  expect(sound.audio().failure?.cause).toBe('The device gives no sign of life.');
  thaw.resolve();
  await listed();
  expect([open, lastOpened()]).toEqual([1, ['mic', 'ear']]);
  expect(sound.audio().failure).toBeNull();
});
