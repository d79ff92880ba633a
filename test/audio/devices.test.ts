/** Headsets that come and go around a real call: what is heard where, by a real PulseAudio. Needs the addon. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WavWriter } from '@thinline/endpoint-adapter/audio/wav.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeRandom } from '../fuzz/random.ts';
import { type Baresip, startBaresip } from '../peers/baresip.ts';
import { type Kamailio, startKamailio } from '../peers/kamailio.ts';
import { labRate, type SoundLab, startSoundLab } from '../peers/pulse.ts';
import { hasPeers, hasSoundDriver } from '../peers/required.ts';
import { until } from '../peers/until.ts';
import { type Phone, startPhone } from '../phone.ts';
import { level, toneLevel } from '../tools/tone.ts';
import { desk, type Headset, type Plug, type Plugs, startPlugs } from './headsets.ts';
import { gapBetween, type Meter, startMeter } from './meter.ts';

const users = [
  { user: '701', password: 'seven-zero-one' },
  { user: '702', password: 'seven-zero-two' },
] as const;
/** What baresip says. */
const farHz = 700;
/** Far above what is left of a tone that isn't there, far below all that are. */
const there = -24;
const absent = -50;

const headsetRules = {
  'policy.device.use_headset': '1',
  'policy.device.headset_name': 'Headset A, Headset B',
};

interface Stoppable {
  stop(): unknown;
}
/** What all tests share, and what one has for itself. */
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

/** A machine that is busy with other things takes a few times as long. */
const patience = 120_000;

describe.skipIf(!hasSoundDriver() || !hasPeers('kamailio', 'baresip', 'pulseaudio', 'pacat', 'pactl'))(
  'devices',
  () => {
    let near: SoundLab;
    let farLab: SoundLab;
    let plugs: Plugs;
    let a: Headset;
    let b: Headset;
    let bell: Plug;
    let server: Kamailio;
    let baresip: Baresip;
    let phone: Phone;
    /** What baresip's user hears. */
    let far: Meter;

    beforeAll(async () => {
      // Each phone has a sound service of its own: ours is to find no devices but those that are plugged.
      near = await keep(startSoundLab(), shared);
      farLab = await keep(startSoundLab(), shared);
      plugs = await keep(startPlugs(near), shared);
      a = await plugs.headset('Headset A', 1000);
      b = await plugs.headset('Headset B', 1600);
      bell = plugs.speaker('Bell');
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
      await farLab.playTone('mouthB', farHz, -12);
    });
    beforeEach(async () => {
      far = await keep(startMeter(farLab, 'earB.monitor'));
    });
    afterEach(async () => {
      await stopAll(own);
      for (const it of [a.microphone, a.speaker, b.microphone, b.speaker, bell]) if (it.isIn) await it.unplug();
    });
    afterAll(() => stopAll(shared));

    const start = async (settings: Readonly<Record<string, string>>): Promise<void> => {
      phone = await keep(
        startPhone({
          lines: [{ ...users[0], server: `${server.host}:${server.udpPort}` }],
          audio: 'miniaudio',
          env: { PULSE_SERVER: near.server },
          settings: { ...headsetRules, ...settings },
        }),
      );
      await Promise.all([phone.registered(), baresip.registered()]);
    };
    const audio = () => phone.state().phone?.audio;
    const listedIds = (): string[] => audio()?.devices.map(({ id }) => id) ?? [];
    const chosen = (headset: Headset): boolean =>
      audio()?.captureId === headset.microphone.id &&
      audio()?.playbackId === headset.speaker.id &&
      audio()?.failure === null;
    const choosing = (headset: Headset) => phone.waitFor('the headset is chosen', () => chosen(headset));
    const talk = async (): Promise<void> => {
      await phone.does('dial', '702');
      await baresip.waitForEvent('CALL_INCOMING');
      await baresip.accept();
      await phone.call('TALKING');
    };
    /** Both ways, at this headset. */
    const hearing = async (headset: Headset): Promise<void> => {
      await far.tone(headset.hz, there);
      await near.waitForTone(`${headset.speaker.id}.monitor`, farHz, there);
    };
    const noStreams = () => until('no stream', async () => JSON.stringify(await plugs.ourStreams()) === '[0,0]');
    const silentFor = async (ms: number): Promise<void> => {
      const from = far.ms;
      await far.more(ms);
      for (const { hz } of [a, b]) expect(toneLevel(far.since(from), hz, labRate)).toBeLessThan(absent);
    };

    test(
      'a call goes on with the next headset, stays there, outlives a time without any, and stays muted',
      async () => {
        await Promise.all([a.plug(), b.plug()]);
        await start({});
        await choosing(a);
        await talk();
        await hearing(a);

        const unpluggedAtMs = far.ms;
        await a.unplug();
        await choosing(b);
        await far.tone(b.hz, there);
        const gap = gapBetween(far.since(unpluggedAtMs - 500), labRate, a.hz, b.hz, there);
        console.log(`headset pulled out in a call: ${gap} ms without sound for the far end`);
        expect(gap).toBeLessThanOrEqual(500);
        await hearing(b);

        await a.plug();
        await phone.waitFor('headset A is listed', () => listedIds().includes(a.speaker.id));
        const from = far.ms;
        await far.more(1000);
        expect(chosen(b)).toBe(true);
        expect(toneLevel(far.since(from), a.hz, labRate)).toBeLessThan(absent);
        await hearing(b);

        await phone.does('mute');
        await phone.waitFor('the call is muted', (it) => it.phone?.calls[0]?.muted === true);
        await b.unplug();
        await choosing(a);
        await near.waitForTone(`${a.speaker.id}.monitor`, farHz, there);
        await silentFor(500);
        await phone.does('unmute');
        await hearing(a);

        await a.unplug();
        await phone.waitFor('no microphone', () => audio()?.failure?.code === 'TL4001');
        await baresip.waitForPackets(50);
        await silentFor(500);
        expect((await phone.call('TALKING')).muted).toBe(false);

        const pluggedAtMs = far.ms;
        await b.plug();
        await choosing(b);
        const backAtMs = await far.tone(b.hz, there);
        console.log(`headset plugged in a call without any: ${(backAtMs - pluggedAtMs).toFixed(0)} ms to its sound`);
        await hearing(b);
        await phone.does('hangup');
        await phone.noCalls();
        await choosing(b);
      },
      patience,
    );

    test('a headset whose plug is pulled and put back before anybody looks is heard again, however often', async () => {
      await a.plug();
      await start({});
      await choosing(a);
      await talk();
      await hearing(a);
      for (let times = 0; times < 3; times++) {
        for (const half of [a.microphone, a.speaker]) {
          await half.unplug();
          await half.plug();
        }
        await hearing(a);
      }
      expect(chosen(a)).toBe(true);
      await phone.does('hangup');
      await phone.noCalls();
    });

    /** Hz of what rings at the system's device, and at the others. */
    const [systemHz, ringHz] = [600, 1200];
    const ready = async (mode: number): Promise<void> => {
      const folder = await mkdtemp(join(tmpdir(), 'thinline-rings-'));
      own.push({ stop: () => rm(folder, { recursive: true, force: true }) });
      const ring = (hz: number): string => {
        const file = join(folder, `${hz}.wav`);
        const wav = new WavWriter(file);
        wav.write(Int16Array.from({ length: labRate }, (_, i) => 8000 * Math.sin((2 * Math.PI * hz * i) / labRate)));
        wav.close();
        return file;
      };
      await Promise.all([a.plug(), bell.plug()]);
      await start({
        'policy.device.ringer_device': 'Bell',
        'policy.session.ringing_file': ring(ringHz),
        'system.media.ringing_file': ring(systemHz),
        'policy.session.ringing_enabled': String(mode),
      });
      await choosing(a);
      // Nothing tells that the sound files have been read, but a call takes far longer.
      await talk();
      await phone.does('hangup');
      await phone.noCalls();
      await noStreams();
    };
    const comesIn = async (): Promise<void> => {
      await baresip.dial(`sip:701@${server.host}:${server.udpPort}`);
      await phone.call('ALERTING');
    };
    const roles = ['headset', 'system', 'ringer'] as const;
    const placeOf = (role: (typeof roles)[number]): string =>
      `${{ headset: a.speaker.id, system: desk, ringer: bell.id }[role]}.monitor`;
    /** These alone. */
    const ringsAt = async (expected: Readonly<Partial<Record<(typeof roles)[number], number>>>): Promise<void> => {
      for (const role of roles) {
        const hz = expected[role];
        if (hz !== undefined) await near.waitForTone(placeOf(role), hz, there);
      }
      for (const role of roles) {
        if (expected[role] === undefined) expect(level(await near.record(placeOf(role), 0.4))).toBeLessThan(absent);
      }
    };

    const silentAt = (source: string) =>
      until(`${source} is silent`, async () => level(await near.record(source, 0.4)) < absent);

    test.each([
      { mode: 1, heard: { system: systemHz } },
      { mode: 2, heard: { headset: ringHz } },
      { mode: 4, heard: { ringer: ringHz } },
      { mode: 5, heard: { system: systemHz, ringer: ringHz } },
    ])('ringing_enabled $mode rings where it says, and no longer than the call does', async ({ mode, heard }) => {
      await ready(mode);
      await comesIn();
      await ringsAt(heard);
      await phone.does('answer');
      await phone.call('TALKING');
      await hearing(a);
      await phone.does('hangup');
      await phone.noCalls();
      for (const role of roles) await silentAt(placeOf(role));
    });

    test('a ringer that is pulled out while it rings goes on ringing at the default device', async () => {
      await ready(4);
      await comesIn();
      await ringsAt({ ringer: ringHz });
      await bell.unplug();
      await near.waitForTone(placeOf('system'), ringHz, there);
      await baresip.hangup();
      await phone.noCalls();
      await silentAt(placeOf('system'));
    });

    test('a call that comes while PulseAudio stands still is answered, and heard when it goes on', async () => {
      await ready(1);
      own.push({ stop: () => near.thaw() });
      near.freeze();
      await comesIn();
      await phone.does('answer');
      await phone.call('TALKING');
      await baresip.waitForPackets(50);
      near.thaw();
      await hearing(a);
      await phone.does('hangup');
      await phone.noCalls();
    });

    const events = 100;

    test(
      `${events} random plugs and unplugs in a call leave the phone healthy`,
      async () => {
        const seed = Number(process.env.THINLINE_SEED ?? Math.floor(Math.random() * 2 ** 31));
        console.log(`seed ${seed} (THINLINE_SEED=${seed} repeats it)`);
        const random = makeRandom(seed);
        const halves: readonly [Plug, Plug, Plug, Plug] = [a.microphone, a.speaker, b.microphone, b.speaker];
        await Promise.all([a.plug(), b.plug()]);
        await start({});
        await choosing(a);
        await talk();
        await hearing(a);
        const pid = phone.state().phone?.endpoint?.pid;

        const seen = () =>
          listedIds()
            .filter((id) => halves.some((it) => it.id === id))
            .toSorted();
        const inPlace = () => halves.flatMap((it) => (it.isIn ? [it.id] : [])).toSorted();
        const shown = () =>
          phone.waitFor(`${inPlace()} are listed`, () => JSON.stringify(seen()) === JSON.stringify(inPlace()));
        for (let i = 0; i < events; i++) {
          const half = random.pick(halves);
          await (half.isIn ? half.unplug() : half.plug());
          // Some come before the phone has seen the one before, or while it is opening a device; the call's own sound counts the time.
          if (random.chance(50)) await shown();
          await far.more(random.chance(35) ? random.below(40) : random.below(700));
        }
        for (const half of halves) if (!half.isIn) await half.plug();
        await shown();
        await phone.waitFor('a headset is chosen', () => chosen(a) || chosen(b));
        await hearing(chosen(a) ? a : b);
        await until('one stream each way', async () => JSON.stringify(await plugs.ourStreams()) === '[1,1]');
        expect((await phone.call('TALKING')).muted).toBe(false);

        await phone.does('hangup');
        await phone.noCalls();
        await noStreams();
        await choosing(a);
        await talk();
        await hearing(a);
        expect(phone.state().phone?.endpoint?.pid).toBe(pid);
        expect(phone.state().phone?.notices).toEqual([]);
      },
      patience,
    );
  },
);
