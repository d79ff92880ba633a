/** What a call takes of the machine: both phones in the same call at the same time, sound both ways. */
import { setTimeout as pause } from 'node:timers/promises';
import { startBaresip } from '../peers/baresip.ts';
import { startKamailio } from '../peers/kamailio.ts';
import { type SoundLab, startSoundLab } from '../peers/pulse.ts';
import { type Phone, startPhone } from '../phone.ts';
import type { BenchmarkOptions, Figure } from './benchmark.ts';
import { whileOpen } from './open.ts';
import { summary } from './statistics.ts';
import { type Usage, usageOf } from './usage.ts';

/** Long, as the kernel tells CPU time in steps of 10 ms. */
const windowMs = 5_000;
const windows = 4;
const toneDbfs = -12;
/** What is left of a steady tone when noise is suppressed: enough to know that sound goes through. */
const audibleDbfs = -60;
const users = [
  { user: '701', password: 'seven-zero-one' },
  { user: '702', password: 'seven-zero-two' },
] as const;

type Measured = 'adapter' | 'app layer' | 'baresip';
type Pids = Record<Measured, number>;
const measured: readonly Measured[] = ['adapter', 'app layer', 'baresip'];

async function usages(pids: Pids): Promise<{ at: number; of: Record<Measured, Usage> }> {
  const at = performance.now();
  const [adapter, app, baresip] = await Promise.all([
    usageOf(pids.adapter),
    usageOf(pids['app layer']),
    usageOf(pids.baresip),
  ]);
  return { at, of: { adapter, 'app layer': app, baresip } };
}

async function watch(name: string, what: string, pids: Pids, progress: (text: string) => void): Promise<Figure[]> {
  const cpu: Record<Measured, number[]> = { adapter: [], 'app layer': [], baresip: [] };
  const memory: Record<Measured, number[]> = { adapter: [], 'app layer': [], baresip: [] };
  let before = await usages(pids);
  for (let i = 0; i < windows; i++) {
    await pause(windowMs);
    const now = await usages(pids);
    for (const who of measured) {
      const used = now.of[who].cpuSeconds - before.of[who].cpuSeconds;
      cpu[who].push((100 * used) / ((now.at - before.at) / 1000));
      memory[who].push(now.of[who].residentMb);
    }
    before = now;
  }
  const results = (samples: Record<Measured, number[]>) =>
    Object.fromEntries(measured.map((who) => [who, summary(samples[who])]));
  const figures: Figure[] = [
    { name: `${name}Cpu`, what: `CPU ${what}`, unit: '% of a core', results: results(cpu) },
    { name: `${name}Memory`, what: `memory ${what}`, unit: 'MB', results: results(memory) },
  ];
  progress(`${what}: ${measured.map((who) => `${who} ${summary(cpu[who]).median} %`).join(', ')}`);
  return figures;
}

const codecs = [
  { codec: 'pcmu', name: 'PCMU' },
  { codec: 'opus', name: 'opus' },
] as const;

/** Of our phone; baresip has no voice processing here in any case. */
const states = [
  { voice: 'off', settings: {} },
  {
    voice: 'on',
    settings: {
      'policy.session.echo_control': '1',
      'policy.session.noise_suppression': '1',
      'policy.session.agc_mode': '1',
      'policy.session.rx_agc_mode': '1',
    },
  },
] as const;

interface Lab {
  sound: SoundLab;
  /** The server's address. */
  server: string;
}

/** A call of the phone with a baresip of its own. */
async function loadOf(
  phone: Phone,
  { sound, server }: Lab,
  { codec, name }: (typeof codecs)[number],
  voice: (typeof states)[number]['voice'],
  progress: (text: string) => void,
): Promise<Figure[]> {
  return whileOpen(async (open) => {
    const baresip = await open.keep(
      startBaresip({
        ...users[1],
        server,
        codecs: [codec],
        autoAnswer: true,
        audio: { server: sound.server, source: 'micB', player: 'earB' },
      }),
    );
    await baresip.registered();
    const pids = {
      adapter: phone.state().phone?.endpoint?.pid ?? 0,
      'app layer': phone.app.pid,
      baresip: baresip.pid,
    };
    const isFirst = codec === 'pcmu' && voice === 'off';
    const idle = isFirst ? await watch('idle', 'registered, no call', pids, progress) : [];
    await phone.does('dial', users[1].user);
    const talking = await phone.call('TALKING');
    if (talking.codec !== name) throw new Error(`The call has ${talking.codec}, not ${name}.`);
    await sound.waitForTone('earB.monitor', 1000, voice === 'off' ? toneDbfs - 3 : audibleDbfs);
    await sound.waitForTone('earA.monitor', 600, voice === 'off' ? toneDbfs - 3 : audibleDbfs);
    const what = `in a call with ${name}${voice === 'off' ? '' : ', voice processing on'}`;
    const inCall = await watch(voice === 'off' ? codec : `${codec}Voice`, what, pids, progress);
    await phone.does('hangup');
    await phone.noCalls();
    await baresip.waitForEvent('CALL_CLOSED');
    return [...idle, ...inCall];
  });
}

export function load({ progress }: BenchmarkOptions): Promise<Figure[]> {
  return whileOpen(async (open) => {
    const sound = await open.keep(startSoundLab());
    const kamailio = await open.keep(startKamailio({ users }));
    const lab: Lab = { sound, server: `${kamailio.host}:${kamailio.udpPort}` };
    // Tones that differ, so that neither can be taken for the other.
    for (const [mouth, hz] of [
      ['mouthA', 1000],
      ['mouthB', 600],
    ] as const) {
      await open.keep(sound.playTone(mouth, hz, toneDbfs));
    }
    const figures: Figure[] = [];
    for (const { voice, settings } of states) {
      const found = await whileOpen(async (inner) => {
        const phone = await inner.keep(
          startPhone({
            lines: [{ ...users[0], server: lab.server }],
            audio: 'miniaudio',
            env: { PULSE_SERVER: sound.server },
            settings,
          }),
        );
        await phone.registered();
        const each: Figure[] = [];
        for (const codec of codecs) each.push(...(await loadOf(phone, lab, codec, voice, progress)));
        return each;
      });
      figures.push(...found);
    }
    return figures;
  });
}
