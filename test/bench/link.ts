/**
 * The link between the halves: latency, throughput and a stuck reader, beside gRPC on the same pipe without a session layer;
 * and calls, from the panel to the wire and back.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { hasPeers } from '../peers/required.ts';
import type { Benchmark, BenchmarkOptions, Figure } from './benchmark.ts';
import { measureCalls } from './link/calls.ts';
import { clock, type Round } from './link/job.ts';
import { waysWithCalls } from './link/phones.ts';
import { type BenchServer, startServer } from './link/server.ts';
import { type Way, type WayOpened, ways } from './link/ways.ts';
import { whileOpen } from './open.ts';
import { summary } from './statistics.ts';
import { usageOf } from './usage.ts';
import { oneOfEach, readWords, WrongWord } from './words.ts';

type Mode = 'link' | 'bare';

const parts = ['pipe', 'calls'] as const;
type Part = (typeof parts)[number];
const choices = `way=${ways.map(({ name }) => name).join(',')} what=${parts.join(',')}`;
/** How long a reader stands still, ms. */
const stuckFor = 4000;
/** A round takes 4 s to 8 s, and the machine's other work falls into it. */
const longestRound = 60_000;
/** Rounds from these runs. */
const runsPerRound = 5;

const latencies = {
  unary: 'a call of 64 bytes and its answer',
  event: 'an event, from sent to received',
  unaryUnderBulk: 'a call of 64 bytes and its answer, under a bulk transfer',
  eventUnderBulk: 'an event, from sent to received, under a bulk transfer',
} as const;

const throughputs = { down: 'to the app layer', up: 'to the endpoint' } as const;

async function measureRound(opened: WayOpened, isBare: boolean): Promise<Round> {
  const peer = await opened.start({ isBare, work: 'measure' });
  try {
    const [line] = await peer.waitForLine(/^\{.*\}$/, longestRound);
    return JSON.parse(line) as Round;
  } finally {
    await peer.stop();
  }
}

/** What a reader that stands still costs the server and the remoting client, MB; and when the server notices, ms. */
interface Stuck {
  server: number;
  client: number | null;
  noticed: number | null;
}

async function measureStuck(opened: WayOpened, server: BenchServer, isBare: boolean): Promise<Stuck> {
  const peer = await opened.start({ isBare, work: 'hold' });
  const clientMb = async () => (opened.clientPid === null ? null : (await usageOf(opened.clientPid)).residentMb);
  try {
    await peer.waitForLine(/^reading$/, longestRound);
    const before = { server: process.memoryUsage().rss, client: await clientMb() };
    const at = clock();
    process.kill(peer.pid, 'SIGSTOP');
    await pause(stuckFor);
    const client = await clientMb();
    return {
      server: (process.memoryUsage().rss - before.server) / 1e6,
      client: client === null || before.client === null ? null : client - before.client,
      noticed: server.lostAt === null ? null : server.lostAt - at,
    };
  } finally {
    await peer.stop(0);
  }
}

function figuresOf(way: Way, mode: Mode, rounds: readonly Round[], stuck: readonly Stuck[]): Figure[] {
  const name = (what: string) => `${way.name}.${mode}.${what}`;
  const over = `${way.meaning}${mode === 'bare' ? ', gRPC alone' : ''}`;
  const figure = (what: string, text: string, unit: Figure['unit'], samples: readonly number[]): Figure[] =>
    samples.length === 0
      ? []
      : [{ name: name(what), what: `${over}: ${text}`, unit, results: { thinline: summary(samples) } }];
  const latencyNames = ['unary', 'event', 'unaryUnderBulk', 'eventUnderBulk'] as const;
  const throughputNames = ['down', 'up'] as const;
  return [
    ...latencyNames.flatMap((key) =>
      (['p50', 'p99'] as const).flatMap((rank) => {
        const samples = rounds.map((round) => round[key][rank]);
        return figure(`${key}.${rank}`, `${latencies[key]}, ${rank} of a round`, 'ms', samples);
      }),
    ),
    ...throughputNames.flatMap((key) =>
      figure(
        key,
        `throughput ${throughputs[key]}`,
        'MiB/s',
        rounds.map((round) => round[key]),
      ),
    ),
    ...figure(
      'stuck.server',
      `growth of the endpoint while the app layer stands still for ${stuckFor / 1000} s`,
      'MB',
      stuck.map((it) => it.server),
    ),
    ...figure(
      'stuck.client',
      `growth of the remoting client meanwhile`,
      'MB',
      stuck.flatMap((it) => it.client ?? []),
    ),
    ...figure(
      'stuck.noticed',
      'until the endpoint notices',
      'ms',
      stuck.flatMap((it) => it.noticed ?? []),
    ),
  ];
}

function measurePipe(way: Way, { runs, progress }: BenchmarkOptions): Promise<Figure[]> {
  return whileOpen(async (open) => {
    const server = startServer();
    open.later(() => server.close());
    let mode: Mode = 'link';
    const opened = await way.open(open, (pipe) => server.accept[mode](pipe));
    const rounds: Record<Mode, Round[]> = { link: [], bare: [] };
    const stuck: Record<Mode, Stuck[]> = { link: [], bare: [] };
    const modes: readonly Mode[] = way.isBareToo ? ['link', 'bare'] : ['link'];
    const count = Math.max(1, Math.round(runs / runsPerRound));
    for (let i = 0; i < count; i++) {
      for (mode of modes) {
        rounds[mode].push(await measureRound(opened, mode === 'bare'));
        progress(`${way.name}, ${mode}: round ${i + 1} of ${count}`);
      }
    }
    for (mode of modes) stuck[mode].push(await measureStuck(opened, server, mode === 'bare'));
    return modes.flatMap((it) => figuresOf(way, it, rounds[it], stuck[it]));
  });
}

function waysOf(named: readonly string[] | undefined): readonly Way[] {
  if (!named) return ways.filter(({ peers }) => hasPeers(...peers));
  const names = oneOfEach(
    named,
    ways.map(({ name }) => name),
  );
  const found = ways.filter(({ name }) => names.includes(name));
  const missing = found.flatMap(({ peers }) => peers).filter((it) => !hasPeers(it));
  if (missing.length > 0) throw new WrongWord(`There must be ${missing.join(', ')} for that.`);
  return found;
}

const measures: Record<Part, (way: Way, options: BenchmarkOptions) => Promise<Figure[]>> = {
  pipe: measurePipe,
  calls: measureCalls,
};

export const link: Benchmark = {
  name: 'link',
  meaning: 'the link between the halves, beside gRPC on the same pipe without it; and calls over it',
  peers: [],
  choices,
  run: async (options) => {
    const words = readWords(options.words, ['way', 'what'], choices);
    const what = oneOfEach(words.get('what') ?? parts, parts);
    const figures: Figure[] = [];
    for (const way of waysOf(words.get('way'))) {
      for (const part of what) figures.push(...(await measures[part](way, options)));
    }
    if (figures.length === 0) throw new WrongWord(`Calls are measured over ${waysWithCalls.join(', ')}.`);
    return figures;
  },
};
