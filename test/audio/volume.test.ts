/** What the agent sets of the sound: devices, volumes, mutes, and trying them out; by a real PulseAudio. Needs the addon. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Levels } from '@thinline/shared/contract/types.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Baresip, startBaresip } from '../peers/baresip.ts';
import { type Kamailio, startKamailio } from '../peers/kamailio.ts';
import { labRate, type SoundLab, startSoundLab } from '../peers/pulse.ts';
import { hasPeers, hasSoundDriver } from '../peers/required.ts';
import { until } from '../peers/until.ts';
import { type Phone, startPhone } from '../phone.ts';
import { level, toneLevel } from '../tools/tone.ts';
import { type Meter, startMeter } from './meter.ts';

const users = [
  { user: '701', password: 'seven-zero-one' },
  { user: '702', password: 'seven-zero-two' },
] as const;
/** What the microphones of the lab's headsets A and B hear, and what baresip says. */
const [hzA, hzB, farHz] = [1000, 1600, 700];
const [saidDbfs, farDbfs] = [-12, -15];
/** docs/audio-drivers.md: what volume 50 takes away. */
const halfDb = 10;
/** Of the lower tone that is played to try a loudspeaker out, and of the ring. */
const [testHz, ringHz] = [400, 480];
const there = -24;
const absent = -60;
/** A machine that is busy with other things takes a few times as long. */
const patience = 120_000;

interface Stoppable {
  stop(): unknown;
}
const shared: Stoppable[] = [];
const own: Stoppable[] = [];
async function keep<T extends Stoppable>(starting: Promise<T>, list = own): Promise<T> {
  const it = await starting;
  list.push(it);
  return it;
}
async function stopAll(list: Stoppable[]): Promise<void> {
  for (const it of list.splice(0).reverse()) await it.stop();
}

/** Until a third of a second has the tone at that level, within 1 dB, in what is heard from now on. */
async function settles(meter: Meter, hz: number, dbfs: number): Promise<void> {
  const end = meter.ms + 10_000;
  for (let last = Number.NaN; Math.abs(last - dbfs) > 1 || Number.isNaN(last); ) {
    if (meter.ms > end) throw new Error(`${hz} Hz is at ${last.toFixed(1)} dBFS, and not at ${dbfs.toFixed(1)}.`);
    const from = meter.ms;
    await meter.more(340);
    last = toneLevel(meter.since(from), hz, labRate);
  }
}

/** Until nothing at all is heard for a third of a second. */
async function fallsSilent(meter: Meter): Promise<void> {
  const end = meter.ms + 10_000;
  for (let last = 0; last > absent; ) {
    if (meter.ms > end) throw new Error(`There is still sound of ${last.toFixed(1)} dBFS.`);
    const from = meter.ms;
    await meter.more(340);
    last = level(meter.since(from));
  }
}

/** How many streams the phone has at its sound service. */
async function streamsOf({ server }: SoundLab): Promise<number> {
  const list = (what: string) =>
    promisify(execFile)('pactl', ['list', what], { env: { ...process.env, LC_ALL: 'C', PULSE_SERVER: server } });
  const lists = await Promise.all([list('source-outputs'), list('sink-inputs')]);
  return lists.map(({ stdout }) => stdout.split('application.name = "Thinline"').length - 1).reduce((a, b) => a + b);
}

/** The levels that the panel gets to show. */
async function listenToLevels(
  phone: Phone,
): Promise<{ next(holds: (it: Levels) => boolean): Promise<Levels> } & Stoppable> {
  const request = get({ socketPath: join(phone.folder, 'control.sock'), path: '/api/events', host: 'localhost' });
  const [response]: IncomingMessage[] = await once(request, 'response');
  if (!response) throw new Error('no events');
  const waiting = new Set<(levels: Levels) => void>();
  let event = '';
  response.on('error', () => {});
  createInterface({ input: response }).on('line', (line) => {
    if (line.startsWith('event: ')) event = line.slice(7);
    if (event !== 'levels' || !line.startsWith('data: ')) return;
    for (const told of waiting) told(JSON.parse(line.slice(6)));
  });
  return {
    next: (holds) =>
      new Promise((resolve, reject) => {
        let last: Levels | undefined;
        const timer = setTimeout(() => reject(new Error(`The last levels were ${JSON.stringify(last)}.`)), 10_000);
        const told = (levels: Levels) => {
          last = levels;
          if (!holds(levels)) return;
          clearTimeout(timer);
          waiting.delete(told);
          resolve(levels);
        };
        waiting.add(told);
      }),
    stop: () => response.destroy(),
  };
}

describe.skipIf(!hasSoundDriver() || !hasPeers('kamailio', 'baresip', 'pulseaudio', 'pacat', 'pactl'))(
  'what the agent sets of the sound',
  () => {
    let near: SoundLab;
    let farLab: SoundLab;
    let server: Kamailio;
    let baresip: Baresip;
    let phone: Phone;
    let state: string;

    beforeAll(async () => {
      [near, farLab] = await Promise.all([keep(startSoundLab(), shared), keep(startSoundLab(), shared)]);
      server = await keep(startKamailio({ users }), shared);
      baresip = await keep(
        startBaresip({
          ...users[1],
          server: `${server.host}:${server.udpPort}`,
          codecs: ['pcmu'],
          audio: { server: farLab.server, source: 'micB', player: 'earB' },
        }),
        shared,
      );
      await Promise.all([
        near.playTone('mouthA', hzA, saidDbfs),
        near.playTone('mouthB', hzB, saidDbfs),
        farLab.playTone('mouthB', farHz, farDbfs),
      ]);
    });
    beforeEach(async () => {
      state = await mkdtemp(join(tmpdir(), 'thinline-state-'));
      own.push({ stop: () => rm(state, { recursive: true, force: true }) });
    });
    afterEach(() => stopAll(own));
    afterAll(() => stopAll(shared));

    const start = async (): Promise<void> => {
      phone = await keep(
        startPhone({
          lines: [{ ...users[0], server: `${server.host}:${server.udpPort}` }],
          audio: 'miniaudio',
          env: { PULSE_SERVER: near.server, THINLINE_STATE_DIR: state },
        }),
      );
      await Promise.all([phone.registered(), baresip.registered()]);
      // A phone lists its devices when it has the time.
      const ids = ['micB', 'earB', 'ringer'];
      await phone.waitFor('all devices are listed', () =>
        ids.every((id) => audio()?.devices.some((device) => device.id === id)),
      );
    };
    const audio = () => phone.state().phone?.audio;
    const uses = (captureId: string, playbackId: string) =>
      phone.waitFor(
        `${captureId} and ${playbackId} are in use`,
        () => audio()?.captureId === captureId && audio()?.playbackId === playbackId && audio()?.failure === null,
      );
    const tries = (kind: string) => phone.waitFor(`${kind} is tried out`, () => audio()?.test === kind);
    const closed = () => until('no stream is left', async () => (await streamsOf(near)) === 0);
    const hears = (lab: SoundLab, ear: string) => keep(startMeter(lab, `${ear}.monitor`));
    const talk = async (): Promise<void> => {
      await phone.does('dial', '702');
      await baresip.waitForEvent('CALL_INCOMING');
      await baresip.accept();
      await phone.call('TALKING');
    };

    test(
      'chosen devices and volumes go for a call at once, and for the next start',
      async () => {
        await start();
        await uses('micA', 'earA');
        const [far, ear] = await Promise.all([hears(farLab, 'earB'), hears(near, 'earB')]);
        await talk();
        await settles(far, hzA, saidDbfs);
        expect(await phone.does('devices', '--microphone', 'Headset B', '--speaker', 'headset b speaker')).toBe(
          'done\n',
        );
        await uses('micB', 'earB');
        await Promise.all([settles(far, hzB, saidDbfs), settles(ear, farHz, farDbfs)]);

        await phone.does('volume', '--microphone', '50', '--speaker', '50');
        await Promise.all([settles(far, hzB, saidDbfs - halfDb), settles(ear, farHz, farDbfs - halfDb)]);
        await phone.does('volume', '--microphone', 'mute', '--speaker', 'mute');
        expect(await phone.does('volume')).toBe('microphone  50  muted\nspeaker  50  muted\n');
        await Promise.all([fallsSilent(far), fallsSilent(ear)]);
        await baresip.waitForPackets(50);
        await phone.does('volume', '--microphone', 'unmute', '--speaker', 'unmute');
        await Promise.all([settles(far, hzB, saidDbfs - halfDb), settles(ear, farHz, farDbfs - halfDb)]);
        await phone.does('volume', '--speaker', 'mute');
        await phone.does('hangup');
        await phone.noCalls();
        await closed();

        await phone.stop();
        own.splice(own.indexOf(phone), 1);
        await start();
        await uses('micB', 'earB');
        expect(audio()).toMatchObject({
          microphoneVolume: 50,
          speakerVolume: 50,
          microphoneMuted: false,
          speakerMuted: false,
          chosenCaptureId: 'micB',
          chosenPlaybackId: 'earB',
          chosenRingerId: '',
        });
        await phone.does('devices', '--microphone', '', '--speaker', '');
        await uses('micA', 'earA');
      },
      patience,
    );

    test(
      'devices are tried out without a call, by themselves alone, and closed again',
      async () => {
        await start();
        await phone.does('devices', '--microphone', 'Headset B', '--speaker', 'Headset B', '--ringer', 'Ringer');
        await uses('micB', 'earB');
        const [ear, other, bell] = await Promise.all([hears(near, 'earB'), hears(near, 'earA'), hears(near, 'ringer')]);
        const heardElsewhere = (...meters: Meter[]) => meters.map((meter) => level(meter.since(0)) > absent);

        await phone.does('test', 'tone');
        await ear.tone(testHz, there);
        await tries('NONE');
        await closed();
        expect(heardElsewhere(other, bell)).toEqual([false, false]);

        const from = ear.ms;
        await phone.does('test', 'ringer');
        await bell.tone(ringHz, there);
        await phone.does('test', 'off');
        await closed();
        expect([level(ear.since(from)) > absent, ...heardElsewhere(other)]).toEqual([false, false]);

        const levels = await keep(listenToLevels(phone));
        await phone.does('test', 'microphone');
        await levels.next(({ microphoneDbfs }) => Math.abs(microphoneDbfs - saidDbfs) < 1);
        await tries('MICROPHONE');
        await phone.does('test', 'off');
        await tries('NONE');
        await closed();
        expect(phone.state().phone?.calls).toEqual([]);
      },
      patience,
    );
  },
);
