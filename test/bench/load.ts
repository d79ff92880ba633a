/** What a call takes of the machine: both phones in the same call at the same time, sound both ways. */
import { setTimeout as pause } from 'node:timers/promises';
import { startBaresip } from '../peers/baresip.ts';
import { startKamailio } from '../peers/kamailio.ts';
import { startSoundLab } from '../peers/pulse.ts';
import { startPhone } from '../phone.ts';
import type { BenchmarkOptions, Figure } from './benchmark.ts';
import { whileOpen } from './open.ts';
import { summary } from './statistics.ts';
import { type Usage, usageOf } from './usage.ts';

/** Long, as the kernel tells CPU time in steps of 10 ms. */
const windowMs = 5_000;
const windows = 4;
const toneDbfs = -12;
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

const states = [
  { codec: 'pcmu', name: 'PCMU' },
  { codec: 'opus', name: 'opus' },
] as const;

export function load({ progress }: BenchmarkOptions): Promise<Figure[]> {
  return whileOpen(async (open) => {
    const sound = await open.keep(startSoundLab());
    const server = await open.keep(startKamailio({ users }));
    const address = `${server.host}:${server.udpPort}`;
    const phone = await open.keep(
      startPhone({
        lines: [{ ...users[0], server: address }],
        audio: 'miniaudio',
        env: { PULSE_SERVER: sound.server },
      }),
    );
    await phone.registered();
    // Tones that differ, so that neither can be taken for the other.
    for (const [mouth, hz] of [
      ['mouthA', 1000],
      ['mouthB', 600],
    ] as const) {
      await open.keep(sound.playTone(mouth, hz, toneDbfs));
    }

    const figures: Figure[] = [];
    for (const { codec, name } of states) {
      const found = await whileOpen(async (inner) => {
        const baresip = await inner.keep(
          startBaresip({
            ...users[1],
            server: address,
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
        const idle = codec === 'pcmu' ? await watch('idle', 'registered, no call', pids, progress) : [];
        await phone.does('dial', users[1].user);
        const talking = await phone.call('TALKING');
        if (talking.codec !== name) throw new Error(`The call has ${talking.codec}, not ${name}.`);
        await sound.waitForTone('earB.monitor', 1000, toneDbfs - 3);
        await sound.waitForTone('earA.monitor', 600, toneDbfs - 3);
        const inCall = await watch(codec, `in a call with ${name}`, pids, progress);
        await phone.does('hangup');
        await phone.noCalls();
        await baresip.waitForEvent('CALL_CLOSED');
        return [...idle, ...inCall];
      });
      figures.push(...found);
    }
    return figures;
  });
}
