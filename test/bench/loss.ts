/**
 * Speech through a lossy link: how much of it is understood at the other end, ours and baresip's, in calls that meet the
 * same losses and delays packet by packet. Both ends speak at once, so each call is measured twice.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../peers/ports.ts';
import { startSoundLab } from '../peers/pulse.ts';
import { type LinkCounts, startRtpLink } from '../tools/rtp-link.ts';
import type { Benchmark, BenchmarkOptions, Figure, Who } from './benchmark.ts';
import { type Cell, cellsOf, choices } from './loss/cells.ts';
import { codecNamed, type Maker, startFilePhone } from './loss/phones.ts';
import type { Band, Score, Sound } from './loss/score.ts';
import { type ScorePool, startScorePool } from './loss/score-pool.ts';
import { makeSpeech, saidAfter, writeMicrophone } from './loss/speech.ts';
import { whileOpen } from './open.ts';
import { summary } from './statistics.ts';

/** As many calls as two cores carry without a gap of their own. */
const atOnce = 4;
/** s; the most that a jitter buffer and devices may be late. */
const slack = 1.5;
/** The numbers of samples that make one run of a cell. */
const samplesPerRun = 20;

const users = ['anna', 'ben'] as const;

interface Heard extends Score {
  from: Maker;
  by: Maker;
}

interface Lab {
  folder: string;
  sound: string;
  speech: readonly [Sound, Sound];
  scores: ScorePool;
}

/** The file that a phone of this maker speaks from, which is written once. */
const microphone = (folder: string, side: number, rate: number, channels: number): string =>
  join(folder, `mouth-${side}-${rate}-${channels}.wav`);

const soundOf = (maker: Maker, codec: Cell['codec']): { rate: number; channels: number } =>
  maker === 'us' ? { rate: 48_000, channels: 1 } : codecNamed(codec);

/** One call, both ways; the files that were heard by the caller and by the one who is called. whenReady: settles when the phones of all calls are there. */
async function makeCall(
  { folder, sound }: Lab,
  { codec, quality, pair }: Cell,
  seed: number,
  whenReady: () => Promise<void>,
): Promise<{ heard: readonly [string, string]; carried: LinkCounts | null }> {
  const into = await mkdtemp(join(folder, 'call-'));
  const heard = [join(into, 'caller.wav'), join(into, 'callee.wav')] as const;
  let carried: LinkCounts | null = null;
  await whileOpen(async (open) => {
    const calleePort = await freePort();
    const link = await startRtpLink(calleePort, quality, seed);
    open.later(async () => {
      carried = await link.stop();
    });
    const phone = (side: 0 | 1, server: number, sipPort: number) => {
      const { rate, channels } = soundOf(pair[side], codec);
      const says = microphone(folder, side, rate, channels);
      return open.keep(
        startFilePhone(pair[side], { user: users[side], sipPort, server, codec, says, hears: heard[side], sound }),
      );
    };
    const callee = await phone(1, link.callee, calleePort);
    const caller = await phone(0, link.caller, await freePort());
    await whenReady();
    await caller.dial(users[1]);
    await callee.answer();
    await Promise.all([caller.talking(), callee.talking()]);
    await pause(1000 * (saidAfter + slack));
    // Both at once, so that neither hears that the other has gone.
    await Promise.all([caller.stop(), callee.stop()]);
  });
  return { heard, carried };
}

/** Settles for all when so many have come. */
function meeting(count: number): () => Promise<void> {
  let missing = count;
  const { promise, resolve } = Promise.withResolvers<void>();
  return () => {
    missing -= 1;
    if (missing <= 0) resolve();
    return promise;
  };
}

/** Makes the call; what it resolves with finds out how good it was. */
async function measure(
  lab: Lab,
  cell: Cell,
  seed: number,
  others: () => Promise<void>,
  progress: (text: string) => void,
): Promise<() => Promise<Heard[]>> {
  const name = nameOf(cell);
  const failed = (error: unknown): Heard[] => {
    progress(
      `${name}, ${cell.pair.join(' and ')}: no result, ${error instanceof Error ? error.message : String(error)}`,
    );
    return [];
  };
  let waited = false;
  const whenReady = (): Promise<void> => {
    waited = true;
    return others();
  };
  try {
    const { heard, carried } = await makeCall(lab, cell, seed, whenReady);
    const scoreOf = async (by: 0 | 1): Promise<Heard> => {
      const from = by === 1 ? 0 : 1;
      const it = await lab.scores.score({ sent: lab.speech[from], heard: heard[by], band: bandOf(cell) });
      const { lost = 0, passed = 0, bytes = 0 } = carried?.[by === 1 ? 'there' : 'back'] ?? {};
      const link = `${lost} of ${lost + passed} packets lost, ${Math.round(bytes / (lost + passed))} bytes each`;
      progress(`${name}, ${cell.pair[from]} to ${cell.pair[by]}: ${told(it)}; ${link}`);
      return { ...it, from: cell.pair[from], by: cell.pair[by] };
    };
    return () => Promise.all(([1, 0] as const).map(scoreOf)).catch(failed);
  } catch (error) {
    if (!waited) void others();
    const none = failed(error);
    return async () => none;
  }
}

const told = (it: Score): string =>
  `STOI ${it.stoi.toFixed(3)}, log-spectral distance ${it.distance.toFixed(2)} dB, match ${it.match.toFixed(2)}, delay moved by ${it.moved.toFixed(0)} ms`;

/** What a telephone band and a wide band surely carry, Hz. */
const bandOf = ({ codec }: Cell): Band => ({
  from: 200,
  to: codecNamed(codec).rate === 8_000 ? 3_400 : 7_000,
});

function nameOf({ codec, quality: { loss, burst, jitter } }: Cell): string {
  const how = burst > 1 && loss > 0 ? ` in bursts of ${burst}` : '';
  return `${codec}, ${loss} % lost${how}, ${jitter} ms jitter`;
}

/** One row for calls between two of the same maker, and one for those between two makers. */
function figures(name: string, all: readonly Heard[]): Figure[] {
  const rows = [
    { mixed: false, what: 'between two of the same' },
    { mixed: true, what: 'heard from the other' },
  ];
  return rows.flatMap(({ mixed, what }) => {
    const row = all.filter(({ from, by }) => (from !== by) === mixed);
    if (row.length === 0) return [];
    const results = (value: (it: Heard) => number): Figure['results'] => {
      const of = (maker: Maker): number[] => row.filter(({ by }) => by === maker).map(value);
      const makers: readonly (readonly [Who, number[]])[] = [
        ['thinline', of('us')],
        ['baresip', of('baresip')],
      ];
      return Object.fromEntries(makers.filter(([, it]) => it.length > 0).map(([who, it]) => [who, summary(it)]));
    };
    return [
      {
        name: `${name}, ${what}: STOI`,
        what: `${name}, ${what}: STOI`,
        unit: '%',
        results: results((it) => 100 * it.stoi),
      },
      {
        name: `${name}, ${what}: distance`,
        what: `${name}, ${what}: log-spectral distance`,
        unit: 'dB',
        results: results((it) => it.distance),
      },
    ] satisfies Figure[];
  });
}

async function run({ runs, words, progress }: BenchmarkOptions): Promise<Figure[]> {
  const cells = cellsOf(words);
  const rounds = Math.max(1, Math.round(runs / samplesPerRun));
  const calls = cells.flatMap((cell) => Array.from({ length: rounds }, (_, round) => ({ cell, seed: 1 + round })));
  const found = new Map<string, Heard[]>(cells.map((cell) => [nameOf(cell), []]));
  await whileOpen(async (open) => {
    const folder = await mkdtemp(join(tmpdir(), 'thinline-loss-'));
    open.later(() => rm(folder, { recursive: true, force: true }));
    const pulse = await open.keep(startSoundLab());
    await pulse.plugSpeaker('ear', 'Ear');
    const scores = startScorePool();
    open.later(() => scores.stop());
    const lab: Lab = { folder, sound: pulse.server, speech: await makeSpeech(folder), scores };
    for (const [side, speech] of lab.speech.entries()) {
      const sounds = cells.flatMap(({ codec, pair }) => pair.map((maker) => soundOf(maker, codec)));
      for (const { rate, channels } of sounds) {
        await writeMicrophone(microphone(folder, side, rate, channels), speech, rate, channels);
      }
    }
    progress(`${calls.length} calls, ${atOnce} at a time`);
    const began = performance.now();
    for (let i = 0; i < calls.length; i += atOnce) {
      const batch = calls.slice(i, i + atOnce);
      const others = meeting(batch.length);
      const scored = await Promise.all(batch.map(({ cell, seed }) => measure(lab, cell, seed, others, progress)));
      // Only now, as it takes the cores that the calls need.
      const heard = await Promise.all(scored.map((it) => it()));
      for (const [k, { cell }] of batch.entries()) found.get(nameOf(cell))?.push(...(heard[k] ?? []));
      const done = i + batch.length;
      const minutesLeft = ((performance.now() - began) / 60_000 / done) * (calls.length - done);
      progress(`${done} of ${calls.length} calls; ${Math.ceil(minutesLeft)} min left`);
    }
  });
  return [...found].flatMap(([name, all]) => figures(name, all));
}

export const loss: Benchmark = {
  name: 'loss',
  meaning:
    'speech through a lossy link: STOI and log-spectral distance, beside baresip in the same run; 160 calls without words',
  peers: ['baresip', 'pulseaudio', 'pactl', 'espeak-ng'],
  choices,
  run,
};
