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
const openIds = () => opened.filter((it) => it.open).map(({ id }) => id);
const tick = (times: number) => {
  for (let i = 0; i < times; i++) outputs.tick();
};

beforeEach(() => {
  opened = [];
  refuse = '';
  warnings = [];
  headset = new AlertPlayer();
  outputs = new AlertOutputs({
    headset,
    open,
    warn: (text) => void warnings.push(text),
  });
  outputs.place({ headset: 'ear', system: 'speaker', ringer: 'bell' });
});

describe('alerts', () => {
  it('are heard at the devices of their roles, which are open for as long as they ring', () => {
    outputs.set([alert('system'), alert('headset'), alert('ringer')]);
    expect(openIds()).toEqual(['speaker', 'bell']);
    expect(headset.active && outputs.active).toBe(true);
    tick(3);
    expect(opened.map(({ frames }) => frames.length)).toEqual([3, 3]);
    expect(opened[0]?.frames.at(-1)).toBeGreaterThan(7_500);
    outputs.set([alert('ringer')]);
    tick(3);
    expect(openIds()).toEqual(['bell']);
    outputs.set([]);
    tick(3);
    expect(openIds()).toEqual([]);
    expect(outputs.active).toBe(false);
  });

  it('fade out before their device is closed', () => {
    outputs.set([alert('ringer')]);
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
    outputs.set([alert('ringer')]);
    tick(1);
    outputs.place({ headset: 'ear', system: 'speaker', ringer: 'gong' });
    tick(3);
    expect(openIds()).toEqual(['gong']);
  });

  it('give a device back once what is heard once is over', () => {
    outputs.set([alert('ringer', { loop: false })]);
    tick(2);
    expect([outputs.active, openIds()]).toEqual([false, []]);
  });

  it('wait for the device to want sound', () => {
    outputs.set([alert('ringer')]);
    const [bell] = opened;
    if (bell) bell.wants = false;
    tick(5);
    expect(bell?.frames).toEqual([]);
    expect(outputs.active).toBe(true);
  });
});

describe('a device', () => {
  it("that can't be opened is told of, and tried again when the devices change", () => {
    refuse = 'it is busy';
    outputs.set([alert('ringer')]);
    expect(warnings).toEqual(['no ringing at bell: it is busy']);
    expect(outputs.active).toBe(false);
    refuse = '';
    outputs.place({ headset: 'ear', system: 'speaker', ringer: 'bell' });
    expect(openIds()).toEqual(['bell']);
  });

  it('that is lost is closed, and tried again when the devices change', () => {
    outputs.set([alert('ringer')]);
    opened[0]?.lose('it was unplugged');
    tick(1);
    expect([openIds(), outputs.active]).toEqual([[], false]);
    outputs.place({ headset: 'ear', system: 'speaker', ringer: 'bell' });
    expect(openIds()).toEqual(['bell']);
  });

  it('is closed at the end', () => {
    outputs.set([alert('ringer'), alert('system')]);
    outputs.stop();
    expect(openIds()).toEqual([]);
  });
});
