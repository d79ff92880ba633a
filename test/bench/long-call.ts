/**
 * A long call of our two phones, whose loudspeakers' clocks run faster than their microphones': whether the delay grows,
 * whether anything is dropped or dips, and what the media workers leave for garbage collection. One says bursts, by which
 * the delay's growth is measured, the other one a tone. The devices are virtual, so the drift is exact and no sound
 * service adds gaps of its own; `mouth-to-ear seconds=600` is the call with real ones.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { loadWav, WavWriter } from '@thinline/endpoint-adapter/audio/wav.ts';
import { freePort } from '../peers/ports.ts';
import { startPeer } from '../peers/process.ts';
import { lateness, meterRate, pulse, pulseMs } from '../tools/mouth-to-ear.ts';
import { type Steadiness, steadiness, steadyHz } from '../tools/steady-tone.ts';
import type { Benchmark, BenchmarkOptions, Figure } from './benchmark.ts';
import { type Codec, choices, planOf } from './long-call/plan.ts';
import { type OwnPhone, startOwnPhone } from './loss/phones.ts';
import { whileOpen } from './open.ts';
import { makeProbe, type Probe, probeFigures } from './probe/probe.ts';
import type { ProbeReport } from './probe/report.ts';
import { percentile, summary } from './statistics.ts';
import { usageOf } from './usage.ts';

/** s; before anything counts: the jitter buffer learns the network, the drift is found out, what runs is compiled. */
const settling = 10;
/** s; the call's end, cut off: one phone hangs up before the other. */
const ending = 1;
/** s, or a quarter of a short call: its beginning and end, whose delays are compared, and how long the heap is profiled. */
const longestPart = 60;
/** A port where nobody is: the one who is called calls nobody. */
const nobody = 9;
const users = ['anna', 'ben'] as const;
const toneDbfs = -12;

interface Measured {
  /** Later less earlier delay, ms. */
  grown: number;
  /** Of the whole call: 95th percentile less the median, ms. */
  spread: number;
  bursts: number;
  tone: Steadiness;
  cpu: number[];
  reports: ProbeReport[];
}

function writeSound(file: string, samples: Int16Array): void {
  const writer = new WavWriter(file);
  writer.write(samples);
  writer.close();
}

/** One second, which fits into itself without a seam. */
const toneSound = (): Int16Array => {
  const peak = 32_767 * 10 ** (toneDbfs / 20);
  return Int16Array.from({ length: meterRate }, (_, i) => peak * Math.sin((2 * Math.PI * steadyHz * i) / meterRate));
};

/** From when all has settled to the call's end. */
const heardPart = (file: string): Int16Array => {
  const samples = loadWav(file);
  const first = samples.findIndex((it) => Math.abs(it) > 1_000);
  return samples.subarray(Math.max(0, first) + settling * meterRate, samples.length - ending * meterRate);
};

async function cpuOf(phones: readonly OwnPhone[], during: () => Promise<unknown>): Promise<number[]> {
  const usages = () => Promise.all(phones.map(async ({ adapterPid }) => (await usageOf(adapterPid)).cpuSeconds));
  const [start, before] = [performance.now(), await usages()];
  await during();
  const [seconds, after] = [(performance.now() - start) / 1000, await usages()];
  return after.map((it, i) => (100 * (it - (before[i] ?? 0))) / seconds);
}

/** The caller says bursts, the one who is called a tone. */
async function makeCall(
  codec: Codec,
  seconds: number,
  drift: number,
  progress: (text: string) => void,
): Promise<Measured> {
  const part = Math.min(longestPart, seconds / 4);
  return whileOpen(async (open) => {
    const folder = await mkdtemp(join(tmpdir(), 'thinline-long-call-'));
    open.later(() => rm(folder, { recursive: true, force: true }));
    const file = (name: string): string => join(folder, `${name}.wav`);
    writeSound(file('bursts'), pulse());
    writeSound(file('tone'), toneSound());
    const ports = [await freePort(), await freePort()] as const;
    const probes: Probe[] = [];
    const start = async (side: 0 | 1): Promise<OwnPhone> => {
      const probe = await open.keep(makeProbe());
      probes.push(probe);
      const [says, hears] = side === 0 ? [file('bursts'), file('anna')] : [file('tone'), file('ben')];
      const server = side === 0 ? ports[1] : nobody;
      return startOwnPhone(
        { user: users[side], sipPort: ports[side], server, codec, says, hears },
        {
          env: probe.env,
          start: (program, args, options) => startPeer(program, args, { ...options, urgent: true }),
          sound: drift === 0 ? '' : `,drift=${drift}`,
        },
      );
    };
    const { cpu, reports } = await whileOpen(async (inner) => {
      const phones: OwnPhone[] = [];
      // Both at once, so that neither hears that the other has gone.
      inner.later(() => Promise.all(phones.map((it) => it.stop())));
      for (const side of [1, 0] as const) phones.unshift(await start(side));
      probes.reverse();
      const [caller, callee] = phones;
      if (!caller || !callee) throw new Error('unreachable: there are two');
      await caller.dial(users[1]);
      await callee.answer();
      await Promise.all([caller.talking(), callee.talking()]);
      await pause(settling * 1000);
      for (const [i, { adapterPid }] of phones.entries()) probes[i]?.watch(adapterPid);
      progress(`${codec}: the call stands; ${seconds} s of it are measured`);
      const used = await cpuOf(phones, () => pause((seconds - part) * 1000));
      for (const probe of probes) probe.profile();
      await pause(part * 1000);
      return { cpu: used, reports: await Promise.all(probes.map((it) => it.report())) };
    });
    const late = lateness(heardPart(file('ben')), drift);
    const partBursts = Math.round((part * 1000) / pulseMs);
    if (late.length < 2 * partBursts) throw new Error(`Only ${late.length} bursts were heard.`);
    const median = (values: readonly number[]): number => percentile(values, 50);
    return {
      grown: median(late.slice(-partBursts)) - median(late.slice(0, partBursts)),
      spread: percentile(late, 95) - median(late),
      bursts: late.length,
      tone: steadiness(heardPart(file('anna')), meterRate),
      cpu,
      reports,
    };
  });
}

function figures(name: string, { grown, spread, bursts, tone, cpu, reports }: Measured): Figure[] {
  const figure = (what: string, unit: Figure['unit'], values: readonly number[]): Figure => ({
    name: `${name}: ${what}`,
    what: `${name}: ${what}`,
    unit,
    results: { adapter: summary(values) },
  });
  return [
    figure('more delay at the end of the call', 'ms', [grown]),
    figure(`delay, 95th percentile of ${bursts} bursts above the median`, 'ms', [spread]),
    figure(`steps in a steady tone of ${Math.round(tone.heardMs / 1000)} s: sound dropped or put in`, 'times', [
      tone.steps,
    ]),
    figure('dips of 3 dB in it, pieces of 5 ms', 'times', [tone.dips]),
    figure('the longest of them', 'ms', [tone.longestDipMs]),
    figure('CPU of one call end', '% of a core', cpu),
    ...probeFigures(name, reports),
  ];
}

async function run({ words, progress }: BenchmarkOptions): Promise<Figure[]> {
  const { codecs, seconds, drift } = planOf(words);
  const found: Figure[] = [];
  for (const codec of codecs) {
    const name = `${codec}, ${seconds} s, drift ${drift} ppm`;
    const measured = await makeCall(codec, seconds, drift, progress);
    const { grown, tone } = measured;
    progress(`${name}: grown by ${grown.toFixed(1)} ms, ${tone.steps} steps and ${tone.dips} dips in the tone`);
    found.push(...figures(name, measured));
  }
  return found;
}

export const longCall: Benchmark = {
  name: 'long-call',
  meaning:
    'one call of ours for 10 min with devices that drift: growth of delay, drops, dips, CPU, garbage and who makes it',
  peers: [],
  choices,
  run,
};
