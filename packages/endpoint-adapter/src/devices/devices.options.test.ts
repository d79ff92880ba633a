/** What each option of devices changes, from the file to which ones are chosen, and when they are open. */

import type { Settings } from '@thinline/shared/config/testing/configured.ts';
import type { DeviceSettings } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AudioDriver, OpenOptions } from '../audio/driver.ts';
import { Sound } from '../media/sound.ts';
import { openConfiguredPhone } from '../testing/configured-phone.ts';
import { readDeviceRules } from './device-rules.ts';
import { nextDevices } from './in-call.ts';
import { chooseDevices, type DeviceChoice } from './selection.ts';
import { mic, speaker } from './testing/devices.ts';

vi.mock('../sip/stack.ts', () => import('../testing/fake-stack.ts'));

/** What the media worker is told. */
async function devicesOf(settings: Settings): Promise<DeviceSettings> {
  const { media } = await openConfiguredPhone(settings);
  if (!media.devices) throw new Error('it is told nothing');
  return media.devices;
}

const rulesOf = async (settings: Settings) => readDeviceRules(await devicesOf(settings)).rules;

const a = [mic('Headset A Microphone'), speaker('Headset A Speaker')];
const b = [mic('Headset B Microphone'), speaker('Headset B Speaker')];
const webcam = mic('Webcam');
const builtIn = [
  { ...mic('Realtek Mic'), isDefault: true },
  { ...speaker('Realtek Speaker'), isDefault: true },
];
const all = [...a, ...b, ...builtIn, webcam];

const namesOf = ({ capture, playback }: Pick<DeviceChoice, 'capture' | 'playback'>): string[] =>
  [capture, playback].map((it) => it?.device.name.replace(/ Microphone| Speaker| Mic$/, '') ?? 'none');

/** Microphone and loudspeaker. */
const chosenOf = async (settings: Settings): Promise<string[]> => namesOf(chooseDevices(all, await rulesOf(settings)));

it('policy.device.use_headset: 1 takes a headset, 0 what each of the two others says', async () => {
  const settings = {
    'policy.device.headset_name': 'Headset A',
    'policy.device.audio_in_device': 'Webcam',
    'policy.device.audio_out_device': 'Headset B',
  };
  expect(await chosenOf({ ...settings, 'policy.device.use_headset': '1' })).toEqual(['Headset A', 'Headset A']);
  expect(await chosenOf({ ...settings, 'policy.device.use_headset': '0' })).toEqual(['Webcam', 'Headset B']);
});

const headset = { 'policy.device.use_headset': '1' };

it.each([
  ['Headset B', 'Headset B'],
  ['Poly, Headset A', 'Headset A'],
  ['Headset [BC]', 'Headset B'],
])('policy.device.headset_name: "%s" is the headset that is taken', async (name, taken) => {
  expect(await chosenOf({ ...headset, 'policy.device.headset_name': name })).toEqual([taken, taken]);
});

it('policy.device.audio_in_device: is the microphone', async () => {
  expect(await chosenOf({ 'policy.device.audio_in_device': 'Webcam' })).toEqual(['Webcam', 'Realtek']);
  expect(await chosenOf({ 'policy.device.audio_in_device': 'Poly, Headset B' })).toEqual(['Headset B', 'Realtek']);
  expect(await chosenOf({})).toEqual(['Realtek', 'Realtek']);
});

it('policy.device.audio_out_device: is the loudspeaker', async () => {
  expect(await chosenOf({ 'policy.device.audio_out_device': 'Headset A' })).toEqual(['Realtek', 'Headset A']);
  expect(await chosenOf({ 'policy.device.audio_out_device': 'Headset B' })).toEqual(['Realtek', 'Headset B']);
});

it('policy.device.ringer_device: is what rings', async () => {
  const ringer = async (name: string) =>
    chooseDevices(all, await rulesOf({ 'policy.device.ringer_device': name })).ringer?.device.name;
  expect([await ringer('Headset B'), await ringer('Headset A'), await ringer('')]).toEqual([
    'Headset B Speaker',
    'Headset A Speaker',
    'Realtek Speaker',
  ]);
});

it('policy.device.include_headset: is a pair that counts as a headset too', async () => {
  const settings = { ...headset, 'policy.device.headset_name': 'Webcam' };
  expect(await chosenOf(settings)).toEqual(['Realtek', 'Realtek']);
  expect(await chosenOf({ ...settings, 'policy.device.include_headset': 'Webcam:Headset B Speaker' })).toEqual([
    'Webcam',
    'Headset B',
  ]);
});

it('policy.device.exclude_headset: is no headset, whatever its name', async () => {
  const settings = { ...headset, 'policy.device.headset_name': 'Headset A, Headset B' };
  expect(await chosenOf(settings)).toEqual(['Headset A', 'Headset A']);
  expect(await chosenOf({ ...settings, 'policy.device.exclude_headset': 'Headset A' })).toEqual([
    'Headset B',
    'Headset B',
  ]);
});

it('policy.device.follow: 1 leaves what stood in when the headset appears in a call, 0 does not', async () => {
  const inUse = async (follow: string): Promise<string[]> => {
    const rules = await rulesOf({
      ...headset,
      'policy.device.headset_name': 'Headset A',
      'policy.device.follow': follow,
    });
    const before = chooseDevices(builtIn, rules);
    return namesOf(nextDevices({ before, inCall: true, devices: all, rules }).choice);
  };
  expect(await inUse('1')).toEqual(['Headset A', 'Headset A']);
  expect(await inUse('0')).toEqual(['Realtek', 'Realtek']);
});

describe('open devices', () => {
  let opened: OpenOptions[];
  let open: number;
  let sound: Sound;

  const driver: AudioDriver = {
    name: 'miniaudio',
    unavailable: async () => null,
    devices: async () => structuredClone(builtIn),
    close: () => {},
    open(options) {
      opened.push(options);
      open++;
      return {
        captured: 0,
        queued: 0,
        read: () => false,
        wants: () => true,
        write: () => {},
        stats: () => ({ captureCallbacks: 0, playbackCallbacks: 0, underruns: 0, overruns: 0 }),
        close: () => void open--,
      };
    },
  };

  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  async function start(settings: Settings): Promise<void> {
    opened = [];
    open = 0;
    sound = new Sound({
      chosen: { driver, reason: 'the test' },
      asWanted: true,
      log: silent,
      onCaptured: () => {},
      onChanged: () => {},
      onListed: () => {},
    });
    await sound.start();
    sound.configure(await devicesOf(settings));
    await pass(0);
  }

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    sound.stop();
    vi.useRealTimers();
  });

  it.each([
    ['0', 0],
    ['2', 0],
    ['1000', 1],
    ['2000', 1],
    ['3000', 1],
  ])('policy.endpoint.webrtc_audio_layer: with %s, %i streams are open without a call', async (layer, streams) => {
    await start({ 'policy.endpoint.webrtc_audio_layer': layer });
    expect(open).toBe(streams);
  });

  it.each([0, 200, 5_000])(
    'policy.endpoint.defer_device_release: devices are closed %i ms after the last sound',
    async (ms) => {
      await start({ 'policy.endpoint.defer_device_release': String(ms) });
      sound.use(true);
      await pass(0);
      sound.use(false);
      await pass(Math.max(0, ms - 1));
      expect(open).toBe(ms === 0 ? 0 : 1);
      await pass(1);
      expect(open).toBe(0);
    },
  );

  it('policy.session.restart_audio_if_stuck: 1 opens a device that is stuck again and again, 0 once', async () => {
    const openedIn = async (restart: string): Promise<number> => {
      await start({ 'policy.session.restart_audio_if_stuck': restart });
      sound.use(true);
      await pass(0);
      for (let times = 0; times < 3; times++) {
        opened.at(-1)?.onLost('it stands still', true);
        await pass(10_000);
      }
      sound.stop();
      return opened.length;
    };
    expect([await openedIn('1'), await openedIn('0')]).toEqual([4, 2]);
  });
});
