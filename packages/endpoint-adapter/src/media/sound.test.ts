import { usualDevices } from '@thinline/shared/config/devices.ts';
import type { Device, DeviceSettings } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AudioDriver, AudioStream, OpenOptions } from '../audio/driver.ts';
import { noPicks } from '../devices/picks.ts';
import type { AlertPlaces } from './alert-outputs.ts';
import { Sound } from './sound.ts';

const device = (id: string, kind: Device['kind'], isDefault = false): Device => ({ id, name: id, kind, isDefault });
const headset = [device('mic', 'CAPTURE', true), device('ear', 'PLAYBACK', true)];
const spare = [device('mic2', 'CAPTURE'), device('ear2', 'PLAYBACK')];

let there: Device[];
let opened: OpenOptions[];
let open: number;
let refuse: string;
let changes: number;
let warnings: string[];
/** What alerts were told of places, once for each listing. */
let places: AlertPlaces[];
let wants: boolean;
let listings: number;
/** The sound service answers once this has settled. */
let frozen: Promise<void>;
/** The platform tells of a plug. */
let tellOfPlug: () => void;
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
  warnings = [];
  places = [];
  wants = true;
  listings = 0;
  frozen = Promise.resolve();
  sound = new Sound({
    chosen: { driver, reason: 'the test' },
    asWanted: true,
    log: { ...silent, warning: (text) => void warnings.push(String(text)) },
    onCaptured: () => {},
    onChanged: () => {
      changes++;
    },
    onListed: () => void places.push(sound.places()),
    plugEvents: {
      alive: false,
      start: (onPlug) => {
        tellOfPlug = onPlug;
      },
      stop: () => {},
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
  opened[0]?.onLost('unplugged', false);
  expect(open).toBe(0);
  await listed();
  expect(lastOpened()).toEqual(['mic2', 'ear2']);
  expect(open).toBe(1);
  expect(sound.audio()).toMatchObject({ captureId: 'mic2', playbackId: 'ear2', failure: null });
});

it('looks at once when a device falls silent, and goes on with another only when it is gone', async () => {
  sound.use(true);
  await listed();
  opened[0]?.onQuiet?.();
  await listed();
  expect(opened.length).toBe(1);
  there = spare;
  opened[0]?.onQuiet?.();
  await listed();
  expect([open, lastOpened()]).toEqual([1, ['mic2', 'ear2']]);
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
  opened[0]?.onLost('the device gives no sign of life', true);
  await pass(10_000);
  expect([open, opened.length, listings]).toEqual([0, 1, before]);
  expect(sound.audio().failure?.cause).toBe('The device gives no sign of life.');
  thaw.resolve();
  await listed();
  expect([open, lastOpened()]).toEqual([1, ['mic', 'ear']]);
  expect(sound.audio().failure).toBeNull();
});

const configure = async (settings: Partial<DeviceSettings>) => {
  sound.configure({ ...usualDevices(), ...settings });
  await listed();
};
/** The next look finds these. */
const plug = async (...devices: Device[]) => {
  there = devices;
  await pass(1_000);
};
const begin = async () => {
  sound.use(true);
  await listed();
};
const end = async () => {
  sound.use(false);
  await pass(200);
};
const pair = (product: string) => [
  device(`${product} Microphone`, 'CAPTURE'),
  device(`${product} Speaker`, 'PLAYBACK'),
];
const idsOf = (product: string) => [`${product} Microphone`, `${product} Speaker`];
const [a, b] = [pair('Headset A'), pair('Headset B')];
const aThenB = { useHeadset: true, headsetName: 'Headset A, Headset B' };

describe('by the rules', () => {
  it('a headset is chosen by its name, and whether there is one is told', async () => {
    await configure(aThenB);
    expect(sound.audio()).toMatchObject({ captureId: 'mic', headsetAvailable: false });
    await plug(...headset, ...b, ...a);
    expect(sound.audio()).toMatchObject({ captureId: 'Headset A Microphone', headsetAvailable: true });
    await begin();
    expect(lastOpened()).toEqual(idsOf('Headset A'));
  });

  it('a call moves to the next one, and stays there when the first is back', async () => {
    await configure(aThenB);
    await plug(...headset, ...a, ...b);
    await begin();
    await plug(...headset, ...b);
    expect([open, lastOpened()]).toEqual([1, idsOf('Headset B')]);
    await plug(...headset, ...a, ...b);
    expect([open, lastOpened()]).toEqual([1, idsOf('Headset B')]);
    await end();
    expect([open, sound.audio().captureId]).toEqual([0, 'Headset A Microphone']);
    await begin();
    expect(lastOpened()).toEqual(idsOf('Headset A'));
  });

  it('a call that had to take another device moves to a headset that is plugged, unless it is not to follow', async () => {
    await configure(aThenB);
    await begin();
    expect(lastOpened()).toEqual(['mic', 'ear']);
    await plug(...headset, ...b);
    expect(lastOpened()).toEqual(idsOf('Headset B'));
    await end();

    await configure({ ...aThenB, follow: false });
    await plug(...headset);
    await begin();
    await plug(...headset, ...b);
    expect(lastOpened()).toEqual(['mic', 'ear']);
  });

  it('a call outlives a time without any device', async () => {
    await configure(aThenB);
    await plug(...a, ...b);
    await begin();
    await plug();
    expect([open, sound.audio().failure?.code]).toEqual([0, 'TL4001']);
    await plug(...b);
    expect([open, lastOpened()]).toEqual([1, idsOf('Headset B')]);
    expect(sound.audio().failure).toBeNull();
  });

  it('a loose contact is no reason to be silent: what is back is opened, a second later at most', async () => {
    await begin();
    for (let times = 1; times < 4; times++) {
      opened.at(-1)?.onLost('the device stopped', false);
      await pass(1_000);
      expect([open, opened.length]).toEqual([1, times + 1]);
    }
  });

  it('devices that have long worked are opened at once when they are back, others not at every listing', async () => {
    await begin();
    await pass(2_000);
    opened.at(-1)?.onLost('the device stopped', false);
    await listed();
    expect([open, opened.length]).toEqual([1, 2]);
    opened.at(-1)?.onLost('the device stopped', false);
    sound.look();
    await listed();
    expect([open, opened.length]).toEqual([0, 2]);
  });

  it('the places of alerts are told with each listing', async () => {
    await plug(...headset, ...a, device('Bell', 'PLAYBACK'));
    await configure({ ...aThenB, ringerDevice: 'bell' });
    expect(places.at(-1)).toEqual({ headset: 'Headset A Speaker', system: 'ear', ringer: 'Bell' });
    expect(sound.audio().ringerId).toBe('Bell');
    const told = places.length;
    await plug(...headset);
    expect([places.length, places.at(-1)]).toEqual([told + 1, { headset: 'ear', system: 'ear', ringer: 'ear' }]);
  });
});

describe('a configuration', () => {
  it('moves a call when it names other devices', async () => {
    await plug(...headset, ...a);
    await begin();
    await configure(aThenB);
    expect([open, lastOpened()]).toEqual([1, idsOf('Headset A')]);
  });

  it('that names the same devices to talk with as before moves none', async () => {
    await configure(aThenB);
    await plug(...a, ...b);
    await begin();
    await plug(...b);
    await plug(...a, ...b);
    await configure({ ...aThenB, releaseMs: 1_000, ringerDevice: 'Headset A Speaker' });
    expect([opened.length, lastOpened()]).toEqual([2, idsOf('Headset B')]);
    expect(sound.audio().ringerId).toBe('Headset A Speaker');
  });

  it('opens nothing while the sound service is frozen', async () => {
    await plug(...headset, ...a);
    await begin();
    const thaw = Promise.withResolvers<void>();
    frozen = thaw.promise;
    await configure(aThenB);
    await pass(5_000);
    expect([open, lastOpened()]).toEqual([1, ['mic', 'ear']]);
    thaw.resolve();
    await listed();
    expect([open, lastOpened()]).toEqual([1, idsOf('Headset A')]);
  });

  it('is told of where it makes no sense', async () => {
    await configure({ ...aThenB, headsetName: 'Headset [A' });
    expect(warnings).toEqual([expect.stringContaining('headset_name: "Headset [A" is taken literally')]);
  });

  it('says how long devices stay open after the last sound', async () => {
    await configure({ releaseMs: 5_000 });
    await begin();
    sound.use(false);
    await pass(4_999);
    expect(open).toBe(1);
    await pass(1);
    expect(open).toBe(0);
  });

  it('of layer 3000 opens the devices for as long as it goes, also others when they change', async () => {
    await configure({ audioLayer: 3000 });
    expect(lastOpened()).toEqual(['mic', 'ear']);
    await begin();
    await end();
    await pass(10_000);
    expect([open, opened.length]).toEqual([1, 1]);
    await plug(...spare);
    expect([open, lastOpened()]).toEqual([1, ['mic2', 'ear2']]);
    await configure({ audioLayer: 0 });
    expect(open).toBe(0);
  });
});

describe('what the agent picks', () => {
  const pickB = { capture: spare[0] ?? null, playback: spare[1] ?? null, ringer: null };
  const pick = async (picks: Parameters<Sound['pick']>[0]) => {
    sound.pick(picks);
    await listed();
  };

  it('is used from now on, in a call too, and until it is withdrawn', async () => {
    await begin();
    await pick(pickB);
    expect([open, lastOpened()]).toEqual([1, ['mic2', 'ear2']]);
    expect(sound.plays).toBe(true);
    await pick(pickB);
    expect(opened.length).toBe(2);
    await pick(noPicks);
    expect([open, lastOpened()]).toEqual([1, ['mic', 'ear']]);
  });

  it('opens nothing without a call, nor while the sound service is frozen', async () => {
    await pick(pickB);
    expect([open, opened.length, sound.plays, sound.audio().captureId]).toEqual([0, 0, false, 'mic2']);
    await begin();
    const thaw = Promise.withResolvers<void>();
    frozen = thaw.promise;
    await pick(noPicks);
    expect(lastOpened()).toEqual(['mic2', 'ear2']);
    thaw.resolve();
    await listed();
    expect(lastOpened()).toEqual(['mic', 'ear']);
  });

  it('to ring changes nothing else, in a call that had to take the second headset', async () => {
    await configure(aThenB);
    await plug(...a, ...b);
    await begin();
    await plug(...b);
    await plug(...a, ...b);
    const [, ringer = null] = a;
    await pick({ ...noPicks, ringer });
    expect([opened.length, lastOpened(), sound.audio().ringerId]).toEqual([2, idsOf('Headset B'), ringer?.id]);
    await pick(noPicks);
    expect([opened.length, lastOpened()]).toEqual([2, idsOf('Headset B')]);
  });

  it('is taken again after the call in which it was lost', async () => {
    await configure({ audioInDevice: 'mic', audioOutDevice: 'ear' });
    await pick(pickB);
    await begin();
    await plug(...headset);
    expect(lastOpened()).toEqual(['mic', 'ear']);
    await plug(...headset, ...spare);
    expect(lastOpened()).toEqual(['mic', 'ear']);
    await end();
    expect(sound.audio().captureId).toBe('mic2');
  });
});

describe('between two calls', () => {
  it('devices that are still open are closed when others are chosen', async () => {
    await configure({ ...aThenB, releaseMs: 5_000 });
    await begin();
    sound.use(false);
    await plug(...headset, ...a);
    expect([open, sound.audio().captureId]).toEqual([0, 'Headset A Microphone']);
    await begin();
    expect([open, lastOpened()]).toEqual([1, idsOf('Headset A')]);
  });
});

describe('devices that stand still though they are there', () => {
  const stick = async () => {
    opened.at(-1)?.onLost('the device gives no sign of life', true);
    await listed();
  };

  it('are opened anew once, and not again before the next call', async () => {
    await begin();
    await stick();
    expect(opened.length).toBe(2);
    await stick();
    await pass(30_000);
    expect([open, opened.length, sound.audio().failure?.code]).toEqual([0, 2, 'TL4001']);
    await end();
    await begin();
    expect([open, opened.length, sound.audio().failure]).toEqual([1, 3, null]);
  });

  it('are opened at once where they were pulled out and put back unseen, however often', async () => {
    await begin();
    for (let times = 1; times < 5; times++) {
      await pass(2_000);
      tellOfPlug();
      await pass(100);
      await stick();
      expect([open, opened.length, sound.audio().failure]).toEqual([1, times + 1, null]);
    }
  });

  it('give way to others that are plugged', async () => {
    await begin();
    await stick();
    await stick();
    await plug(...spare);
    expect([open, lastOpened()]).toEqual([1, ['mic2', 'ear2']]);
  });

  it('are opened again and again, ever later, where that is configured', async () => {
    await configure({ restartIfStuck: true });
    await begin();
    await stick();
    for (const waitMs of [1_000, 2_000, 4_000]) {
      await stick();
      const before = opened.length;
      await pass(waitMs - 1);
      expect(opened.length).toBe(before);
      await pass(1);
      expect([open, opened.length]).toEqual([1, before + 1]);
    }
  });
});

it('tries once a second to open what is busy, however often the devices are listed, and warns once', async () => {
  refuse = 'busy';
  await begin();
  for (let looks = 0; looks < 5; looks++) {
    sound.look();
    await pass(100);
  }
  await pass(5_000);
  expect(warnings).toEqual(["the devices can't be opened: busy"]);
  refuse = '';
  await pass(1_000);
  expect([open, opened.length]).toEqual([1, 1]);
});
