import { beforeEach, describe, expect, it } from 'vitest';
import { type AudioStream, frameSamples } from '../audio/driver.ts';
import type { AlertRole, PlayedAlert } from './alert.ts';
import { AlertOutputs } from './alert-outputs.ts';
import { AlertPlayer } from './alert-player.ts';

const alert = (role: AlertRole, more: Partial<PlayedAlert> = {}): PlayedAlert => ({
  key: role,
  role,
  sound: new Int16Array(new SharedArrayBuffer(2 * frameSamples)).fill(8_000),
  loop: true,
  pauseMs: 0,
  gain: 1,
  ...more,
});

interface Opened {
  id: string;
  frames: number[];
  open: boolean;
  wants: boolean;
  lose: (detail: string) => void;
}

let opened: Opened[];
let refuse: string;
let warnings: string[];
let looks: number;
let headset: AlertPlayer;
let outputs: AlertOutputs;

const open = (id: string, lose: (detail: string) => void): AudioStream => {
  if (refuse !== '') throw new Error(refuse);
  const stream: Opened = { id, frames: [], open: true, wants: true, lose };
  opened.push(stream);
  return {
    captured: 0,
    queued: 0,
    read: () => false,
    wants: () => stream.wants,
    write: (frame) => void stream.frames.push(Math.max(...frame)),
    stats: () => ({ captureCallbacks: 0, playbackCallbacks: 0, underruns: 0, overruns: 0 }),
    close: () => {
      stream.open = false;
    },
  };
};
/** The sound service has answered. */
const listed = () => outputs.place({ headset: 'ear', system: 'speaker', ringer: 'bell' });
const ring = (alerts: readonly PlayedAlert[]) => {
  outputs.set(alerts);
  listed();
};
const openIds = () => opened.filter((it) => it.open).map(({ id }) => id);
const tick = (times: number) => {
  for (let i = 0; i < times; i++) outputs.tick();
};

beforeEach(() => {
  opened = [];
  refuse = '';
  warnings = [];
  looks = 0;
  headset = new AlertPlayer();
  outputs = new AlertOutputs({
    headset,
    open,
    look: () => {
      looks += 1;
    },
    warn: (text) => void warnings.push(text),
  });
  listed();
});

describe('alerts', () => {
  it('are heard at the devices of their roles, which are open for as long as they ring', () => {
    ring([alert('system'), alert('headset'), alert('ringer')]);
    expect(openIds()).toEqual(['speaker', 'bell']);
    expect(headset.active && outputs.active).toBe(true);
    tick(3);
    expect(opened.map(({ frames }) => frames.length)).toEqual([3, 3]);
    expect(opened[0]?.frames.at(-1)).toBeGreaterThan(7_500);
    ring([alert('ringer')]);
    tick(3);
    expect(openIds()).toEqual(['bell']);
    outputs.set([]);
    tick(3);
    expect(openIds()).toEqual([]);
    expect(outputs.active).toBe(false);
  });

  it('keep the beat until their device is closed', () => {
    outputs.set([alert('ringer')]);
    tick(2);
    outputs.set([]);
    while (outputs.active) tick(1);
    expect(openIds()).toEqual([]);
  });

  it('fade out before their device is closed', () => {
    ring([alert('ringer')]);
    tick(2);
    outputs.set([]);
    tick(1);
    expect(opened[0]?.frames).toHaveLength(3);
    expect(openIds()).toEqual(['bell']);
    tick(1);
    expect(openIds()).toEqual([]);
  });

  it('share the mix of the calls where the device is the same, or where there is none', () => {
    outputs.place({ headset: 'ear', system: 'ear', ringer: null });
    outputs.set([alert('system')]);
    expect(opened).toEqual([]);
    expect(headset.active).toBe(true);
  });

  it('move when the devices do', () => {
    ring([alert('ringer')]);
    tick(1);
    outputs.place({ headset: 'ear', system: 'speaker', ringer: 'gong' });
    tick(3);
    expect(openIds()).toEqual(['gong']);
  });

  it('give a device back once what is heard once is over, and are not heard again', () => {
    ring([alert('ringer', { loop: false })]);
    tick(2);
    expect([outputs.active, openIds()]).toEqual([false, []]);
    listed();
    expect([outputs.active, opened.length]).toEqual([false, 1]);
    outputs.set([]);
    ring([alert('ringer', { loop: false })]);
    expect(openIds()).toEqual(['bell']);
  });

  it('open nothing before the sound service has answered', () => {
    outputs.set([alert('ringer')]);
    expect([opened.length, looks, outputs.active]).toEqual([0, 1, false]);
    listed();
    expect([openIds(), outputs.active]).toEqual([['bell'], true]);
    outputs.set([alert('ringer'), alert('ringer', { key: 'more' })]);
    expect(looks).toBe(1);
  });

  it('of two roles of one device are heard once', () => {
    outputs.place({ headset: 'ear', system: 'speaker', ringer: 'speaker' });
    const { sound } = alert('system');
    outputs.set([alert('system', { sound }), alert('ringer', { sound }), alert('ringer', { key: 'other' })]);
    outputs.place({ headset: 'ear', system: 'speaker', ringer: 'speaker' });
    tick(2);
    expect(openIds()).toEqual(['speaker']);
    const loudest = opened[0]?.frames.at(-1) ?? 0;
    expect([loudest > 15_000, loudest < 17_000]).toEqual([true, true]);
  });

  it('wait for the device to want sound', () => {
    ring([alert('ringer')]);
    const [bell] = opened;
    if (bell) bell.wants = false;
    tick(5);
    expect(bell?.frames).toEqual([]);
    expect(outputs.active).toBe(true);
  });
});

describe('a device', () => {
  it("that can't be opened is told of once, and tried again with each listing", () => {
    refuse = 'it is busy';
    ring([alert('ringer')]);
    listed();
    expect(warnings).toEqual(['no ringing at bell: it is busy']);
    expect(outputs.active).toBe(false);
    refuse = '';
    listed();
    expect(openIds()).toEqual(['bell']);
  });

  it('that is lost is closed, and tried again with the next listing', () => {
    ring([alert('ringer')]);
    opened[0]?.lose('it was unplugged');
    tick(1);
    expect([openIds(), outputs.active]).toEqual([[], false]);
    listed();
    expect(openIds()).toEqual(['bell']);
  });

  it('is closed at the end', () => {
    ring([alert('ringer'), alert('system')]);
    outputs.stop();
    expect(openIds()).toEqual([]);
  });
});
