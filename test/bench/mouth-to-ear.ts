/**
 * From one phone's microphone to the other's loudspeaker: both phones of the same maker, each with a sound service of its
 * own, whose null sinks take no time. One of them hears bursts, by which the delay is measured, and says a tone, in which
 * gaps are counted; in every other call it is the other way round.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type SoundLab, startSoundLab } from '../peers/pulse.ts';
import { type Burst, BurstListener, bursts, delays, GapListener, type Gaps } from '../tools/mouth-to-ear.ts';
import { startRtpLink } from '../tools/rtp-link.ts';
import type { Benchmark, BenchmarkOptions, Figure, Who } from './benchmark.ts';
import { type Codec, choices, type Maker, planOf } from './mouth-to-ear/cells.ts';
import { type DevicePhone, type DevicePhoneOptions, startDevicePhone } from './mouth-to-ear/phones.ts';
import { record } from './mouth-to-ear/record.ts';
import { whileOpen } from './open.ts';
import { probeFigures } from './probe/probe.ts';
import type { ProbeReport } from './probe/report.ts';
import { percentile, summary } from './statistics.ts';
import { usageOf } from './usage.ts';

const users = ['anna', 'ben'] as const;
const toneHz = 1000;
const toneDbfs = -12;
/** s; before anything counts, what the jitter buffer needs to know the network. */
const settling = 2;
/** s; after that, nothing of a program is still being compiled, and CPU is metered, 4 s at the least. */
const young = 6;
const leastMetered = 4;
/** s; how long a phone stands still, how long it may take after that, and how long is measured then. */
const stall = { still: 2, recovery: 5, after: 3 };
/** s; bursts are made for so long at a time. */
const lap = 60;
/** s; beginning and end of a long call, which are compared. */
const end = 30;
/** A shorter call's beginning and end are not compared, nor its media workers looked into, s. */
const long = 4 * end;
/** A port where nobody is: the one who is called calls nobody. */
const nobody = 9;

/** s that are measured of a call when nothing else is said: CPU only where the network makes no difference. */
const usualSeconds = ({ jitter }: Cell): number => (jitter === 0 ? 2 * young : young);

interface Cell {
  codec: Codec;
  jitter: number;
}

/** Which side's phone stands still for a while. */
type Still = 'speaking' | 'hearing';

interface Measured {
  maker: Maker;
  delays: number[];
  said: number;
  gaps: Gaps;
  cpu: { who: Who; percent: number }[];
  /** After less before, ms. */
  grown: number | null;
  /** Of each media worker of ours in a long call. */
  reports: ProbeReport[];
  back: { still: Still; delay: number } | null;
}

const median = (values: readonly number[]): number => percentile(values, 50);

/** CPU of each process from now on, % of a core. */
async function meterCpu(phones: readonly DevicePhone[]): Promise<() => Promise<Measured['cpu']>> {
  const processes = phones.flatMap((it) => it.processes);
  const usages = () => Promise.all(processes.map(async ({ pid }) => (await usageOf(pid)).cpuSeconds));
  const start = performance.now();
  const before = await usages();
  return async () => {
    const after = await usages();
    const seconds = (performance.now() - start) / 1000;
    return processes.map(({ who }, i) => ({ who, percent: (100 * ((after[i] ?? 0) - (before[i] ?? 0))) / seconds }));
  };
}

/** bursts go from the speaking lab's phone to the hearing one's; a tone comes back. */
async function measure(
  maker: Maker,
  { labs, phones }: { labs: { speaking: SoundLab; hearing: SoundLab }; phones: Record<Still, DevicePhone> },
  seconds: number,
  still: Still | null,
  progress: (text: string) => void,
): Promise<Measured> {
  return whileOpen(async (open) => {
    const said = new BurstListener();
    const heard = new BurstListener();
    const saidTone = new GapListener(toneHz);
    const heardTone = new GapListener(toneHz);
    const { speaking, hearing } = labs;
    await Promise.all([
      open.keep(record(speaking.server, 'mouthA.monitor', (samples, now) => said.process(samples, now))),
      open.keep(record(hearing.server, 'earA.monitor', (samples, now) => heard.process(samples, now))),
      open.keep(record(hearing.server, 'mouthA.monitor', (samples) => saidTone.process(samples))),
      open.keep(record(speaking.server, 'earA.monitor', (samples) => heardTone.process(samples))),
    ]);
    await open.keep(hearing.playTone('mouthA', toneHz, toneDbfs));
    await pause(settling * 1000);

    /** Those of the bursts that are said meanwhile. */
    const sayBursts = async (forSeconds: number): Promise<number[]> => {
      const from = said.bursts.length;
      for (let left = forSeconds; left > 0; left -= lap) {
        await speaking.play('mouthA', bursts(Math.min(lap, left), left));
      }
      await pause(500);
      return delays(said.bursts.slice(from), heard.bursts);
    };
    const from = said.bursts.length;
    saidTone.start();
    heardTone.start();
    const found = await sayBursts(Math.min(young, seconds));
    let used: Measured['cpu'] = [];
    const probed = [phones.speaking, phones.hearing].flatMap(({ probe, soundPid }) =>
      probe === null ? [] : [{ probe, soundPid }],
    );
    for (const { probe, soundPid } of probed) probe.watch(soundPid);
    // A heap profile takes time of its own, so it has the end of the call to itself.
    const profiled = probed.length === 0 ? 0 : end;
    if (seconds >= young + leastMetered) {
      const cpu = await meterCpu([phones.speaking, phones.hearing]);
      found.push(...(await sayBursts(seconds - young - profiled)));
      used = await cpu();
    }
    for (const { probe } of probed) probe.profile();
    if (profiled > 0) found.push(...(await sayBursts(profiled)));
    const reports = await Promise.all(probed.map(({ probe }) => probe.report()));
    const gaps = heardTone.stop();
    const own = saidTone.stop();
    if (own.missingMs > 0) progress(`  the tone itself had ${own.missingMs} ms of gaps when it was said`);
    if (found.length === 0) throw new Error('No burst was heard.');
    const tellAccounts = (when: string): void => {
      const all = [phones.speaking, phones.hearing].map((it) => it.account());
      if (all.some((it) => it !== '')) progress(`  ${when} it says itself: ${all.join('; ')}`);
    };
    tellAccounts('at the end');
    const result: Measured = {
      maker,
      delays: found,
      said: said.bursts.length - from,
      gaps,
      cpu: used,
      grown: seconds < long ? null : growth(said.bursts.slice(from), heard.bursts),
      reports,
      back: null,
    };
    if (still !== null) {
      const { soundPid } = phones[still];
      process.kill(soundPid, 'SIGSTOP');
      await pause(stall.still * 1000).finally(() => process.kill(soundPid, 'SIGCONT'));
      await sayBursts(stall.recovery - 0.5);
      const after = await sayBursts(stall.after);
      tellAccounts(`after the ${still} end stood still`);
      if (after.length > 0) result.back = { still, delay: median(after) - median(found) };
      else progress(`  nothing is heard any more after ${stall.still} s at a stand, the ${still} end`);
    }
    return result;
  });
}

/** How much longer the delay is in the last half minute than in the first, ms. */
function growth(said: readonly Burst[], heard: readonly Burst[]): number {
  const first = said[0]?.at ?? 0;
  const last = said.at(-1)?.at ?? 0;
  const at = (from: number): number =>
    median(
      delays(
        said.filter((it) => it.at >= from && it.at <= from + end * 1000),
        heard,
      ),
    );
  return at(last - end * 1000) - at(first);
}

async function makeCall(
  maker: Maker,
  { codec, jitter }: Cell,
  order: number,
  labs: readonly [SoundLab, SoundLab],
  seconds: number,
  stands: boolean,
  progress: (text: string) => void,
): Promise<Measured> {
  return whileOpen(async (open) => {
    const stops: Promise<unknown>[] = [];
    open.later(() => Promise.all(stops));
    const startPhone = async (options: Omit<DevicePhoneOptions, 'probed'>): Promise<DevicePhone> => {
      const phone = await startDevicePhone(maker, { ...options, probed: seconds >= long });
      // None waits for the other.
      open.later(() => void stops.push(phone.stop()));
      return phone;
    };
    const callee = await startPhone({ user: users[1], server: nobody, codec, sound: labs[1] });
    const link = await startRtpLink(callee.sipPort, { loss: 0, burst: 1, jitter }, 1 + order);
    open.later(() => void stops.push(link.stop()));
    const caller = await startPhone({ user: users[0], server: link.caller, codec, sound: labs[0] });
    await caller.dial(users[1]);
    await callee.answer();
    await Promise.all([caller.talking(), callee.talking()]);
    const turned = order % 2 === 1;
    const rig = turned
      ? { labs: { speaking: labs[1], hearing: labs[0] }, phones: { speaking: callee, hearing: caller } }
      : { labs: { speaking: labs[0], hearing: labs[1] }, phones: { speaking: caller, hearing: callee } };
    return measure(maker, rig, seconds, stands ? (turned ? 'speaking' : 'hearing') : null, progress);
  });
}

const makers: readonly Maker[] = ['us', 'baresip'];
const whoOf = (maker: Maker): Who => (maker === 'us' ? 'thinline' : 'baresip');

function told({ delays: found, said, gaps, cpu, grown, back }: Measured): string {
  const parts = [
    `delay ${median(found).toFixed(1)} ms (95 % ${percentile(found, 95).toFixed(1)}), ${found.length} of ${said} bursts heard`,
    `gaps ${gaps.missingMs} ms of ${gaps.heardMs}, longest ${gaps.longestMs} ms`,
    ...(cpu.length === 0 ? [] : [`CPU ${cpu.map(({ who, percent }) => `${who} ${percent.toFixed(1)} %`).join(', ')}`]),
    ...(grown === null ? [] : [`grown by ${grown.toFixed(1)} ms`]),
    ...(back === null ? [] : [`after the ${back.still} end stood still: ${back.delay.toFixed(1)} ms more`]),
  ];
  return parts.join('; ');
}

/** A row for whatever there are samples of. */
function figure(what: string, unit: Figure['unit'], samples: readonly (readonly [Who, number])[]): Figure[] {
  const of = Map.groupBy(samples, ([who]) => who);
  if (of.size === 0) return [];
  const results = Object.fromEntries([...of].map(([who, them]) => [who, summary(them.map(([, value]) => value))]));
  return [{ name: what, what, unit, results }];
}

function figures({ codec, jitter }: Cell, all: readonly Measured[]): Figure[] {
  const name = `${codec}, ${jitter} ms jitter`;
  const each = (value: (it: Measured) => readonly number[]): (readonly [Who, number])[] =>
    all.flatMap((it) => value(it).map((one) => [whoOf(it.maker), one] as const));
  const back = (still: Still) => each((it) => (it.back?.still === still ? [it.back.delay] : []));
  return [
    ...figure(
      `${name}: from mouth to ear`,
      'ms',
      each((it) => it.delays),
    ),
    ...figure(
      `${name}: bursts not heard`,
      '%',
      each((it) => [100 * (1 - it.delays.length / it.said)]),
    ),
    ...figure(
      `${name}: of a steady tone missing`,
      '%',
      each((it) => [(100 * it.gaps.missingMs) / it.gaps.heardMs]),
    ),
    ...figure(
      `${name}: longest gap in a steady tone`,
      'ms',
      each((it) => [it.gaps.longestMs]),
    ),
    ...figure(
      `${name}: CPU of one call end`,
      '% of a core',
      all.flatMap(({ cpu }) => cpu.map(({ who, percent }) => [who, percent] as const)),
    ),
    ...figure(
      `${name}: more delay at the end of the call`,
      'ms',
      each((it) => (it.grown === null ? [] : [it.grown])),
    ),
    ...figure(
      `${name}: more delay ${stall.recovery} s after the hearing end stood still for ${stall.still} s`,
      'ms',
      back('hearing'),
    ),
    ...figure(`${name}: the same, the speaking end`, 'ms', back('speaking')),
    ...probeFigures(
      name,
      all.flatMap(({ reports }) => reports),
    ),
  ];
}

async function run({ words, progress }: BenchmarkOptions): Promise<Figure[]> {
  const { codecs, jitter: jitters, seconds } = planOf(words);
  const cells = codecs.flatMap((codec) => jitters.map((jitter) => ({ codec, jitter })));
  return whileOpen(async (open) => {
    const labs = [await open.keep(startSoundLab()), await open.keep(startSoundLab())] as const;
    const found: Figure[] = [];
    for (const cell of cells) {
      // What queues up while a phone stands still doesn't depend on the codec.
      const stands = cell === cells[0];
      const all: Measured[] = [];
      for (const [order, maker] of [...makers, ...makers.toReversed()].entries()) {
        const name = `${cell.codec}, ${cell.jitter} ms jitter, ${maker} to ${maker}`;
        const turn = order < makers.length ? 0 : 1;
        try {
          const measured = await makeCall(maker, cell, turn, labs, seconds ?? usualSeconds(cell), stands, progress);
          progress(`${name}: ${told(measured)}`);
          all.push(measured);
        } catch (error) {
          progress(`${name}: no result, ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      found.push(...figures(cell, all));
    }
    return found;
  });
}

export const mouthToEar: Benchmark = {
  name: 'mouth-to-ear',
  meaning:
    'delay, gaps and CPU from one sound device to the other, and after a standstill, beside baresip in the same run',
  peers: ['baresip', 'pulseaudio', 'pactl', 'pacat'],
  choices,
  run,
};
