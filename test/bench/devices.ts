/**
 * Headsets that are pulled out of a call and plugged in again, at a real PulseAudio: how soon the phone chooses another, and
 * how long the far end hears nothing. Once with the sound service's own news of plugs, and once by looking alone.
 */
import { startPlugs } from '../audio/headsets.ts';
import { gapBetween } from '../audio/meter.ts';
import { startSoundLab } from '../peers/pulse.ts';
import { until } from '../peers/until.ts';
import { startPhone } from '../phone.ts';
import { startFarEnd } from '../tools/far-end.ts';
import { toneLevel } from '../tools/tone.ts';
import type { Benchmark, BenchmarkOptions, Figure } from './benchmark.ts';
import { openControl } from './control.ts';
import { whileOpen } from './open.ts';
import { summary } from './statistics.ts';

/** Whole waves in 5 ms. */
const tones = { a: 1000, b: 1600 } as const;
/** Far above what is left of a tone that isn't there. */
const there = -24;
const packetMs = 20;
/** Heard before the headset is pulled out, and for how long the next one's tone must be there, ms. */
const settledMs = 1_000;
const steadyMs = 200;
/** Heard without the tone for longer, there is none, ms. */
const longestMs = 10_000;

interface Switch {
  /** Pulled out → another is chosen; plugged in, without a call → it is chosen. */
  afterUnplug: number;
  afterPlug: number;
  /** Of the far end. */
  silence: number;
}

const ways = {
  events: { name: 'with its news of plugs', env: {} },
  // Where the command for them can't be found, the phone looks once a second.
  polling: { name: 'by looking once a second alone', env: { PATH: '/' } },
} as const;

function measure(way: keyof typeof ways, count: number, progress: (text: string) => void): Promise<Switch[]> {
  return whileOpen(async (open) => {
    const lab = await open.keep(startSoundLab());
    const plugs = await startPlugs(lab);
    open.later(() => plugs.stop());
    const a = await plugs.headset('Headset A', tones.a);
    const b = await plugs.headset('Headset B', tones.b);
    const far = await startFarEnd();
    open.later(() => far.close());
    far.answers();
    await Promise.all([a.plug(), b.plug()]);
    const phone = await open.keep(
      startPhone({
        lines: [{ user: 'agent', server: far.address, registerTimeout: 0 }],
        audio: 'miniaudio',
        env: { PULSE_SERVER: lab.server, ...ways[way].env },
        settings: { 'policy.device.use_headset': '1', 'policy.device.headset_name': 'Headset A, Headset B' },
      }),
    );
    await phone.waitFor('the line is there', (it) => it.phone?.lines[0]?.state === 'STANDALONE');
    const control = openControl(phone.folder);
    open.later(() => control.close());

    /** When the phone says so (performance.now()). */
    const chosen = async ({ microphone, speaker }: typeof a): Promise<number> => {
      await phone.waitFor(`${microphone.id} is chosen`, ({ phone: it }) => {
        return it?.audio?.captureId === microphone.id && it.audio.playbackId === speaker.id;
      });
      return performance.now();
    };
    const hears = async (hz: number): Promise<void> => {
      const window = (far.rate * steadyMs) / 1000;
      for (const end = far.heardMs() + longestMs; far.heardMs() < end; await far.heard(far.heardMs() + packetMs)) {
        const last = far.samples().slice(-window);
        if (last.length === window && toneLevel(last, hz, far.rate) > there) return;
      }
      throw new Error(`The far end does not hear ${hz} Hz.`);
    };

    const switches: Switch[] = [];
    await chosen(a);
    for (let i = 0; i < count; i++) {
      const { callId } = await control.send({
        dial: { lineId: '', target: far.user, anonymous: false, appearance: 0 },
      });
      await phone.call('TALKING');
      await far.heard(settledMs);
      await hears(tones.a);
      far.longestWait();
      const unpluggedAt = await a.unplug();
      const afterUnplug = (await chosen(b)) - unpluggedAt;
      await hears(tones.b);
      // What wasn't sent at all, and what was sent without a tone in it.
      const silence = far.longestWait() - packetMs + gapBetween(far.samples(), far.rate, tones.a, tones.b, there);
      await control.send({ hangUp: { callId } });
      await phone.noCalls();
      // Devices are let go a little after the call, and the best ones chosen.
      await until('the devices are closed', async () => (await plugs.ourStreams()).every((it) => it === 0));
      const afterPlug = -(await a.plug()) + (await chosen(a));
      switches.push({ afterUnplug, afterPlug, silence });
      progress(
        `${way} ${i + 1} of ${count}: unplugged ${afterUnplug.toFixed(0)}, silent ${silence.toFixed(0)}, plugged ${afterPlug.toFixed(0)} ms`,
      );
    }
    return switches;
  });
}

async function figuresOf(way: keyof typeof ways, { runs, progress }: BenchmarkOptions): Promise<Figure[]> {
  const switches = await measure(way, Math.ceil(runs / 2), progress);
  const figure = (name: string, what: string, key: keyof Switch): Figure => ({
    name: `${name}, ${way}`,
    what: `${what}; ${ways[way].name}`,
    unit: 'ms',
    results: { thinline: summary(switches.map((it) => it[key])) },
  });
  return [
    figure('unplugged', 'headset in a call pulled out → the phone shows the next one', 'afterUnplug'),
    figure('silence', 'the same, without sound for the far end', 'silence'),
    figure('plugged', 'preferred headset plugged in without a call → the phone shows it', 'afterPlug'),
  ];
}

export const devices: Benchmark = {
  name: 'devices',
  meaning: 'headsets pulled out of a call and plugged in: until another is chosen, and heard',
  peers: ['pulseaudio', 'pactl'],
  async run(options) {
    return [...(await figuresOf('events', options)), ...(await figuresOf('polling', options))];
  },
};
