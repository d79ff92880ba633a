/** The jitter buffer over 8 hours of virtual time on five kinds of networks, and over one hour of other troubles. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simulate } from '@thinline/endpoint-adapter/media/testing/simulation.ts';
import { makeRandom } from '@thinline/endpoint-adapter/media/testing/sound.ts';
import { networks, scattered, type Trace } from '@thinline/endpoint-adapter/media/testing/traces.ts';
import type { Benchmark, BenchmarkOptions, Figure } from './benchmark.ts';
import { summary } from './statistics.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;
const folder = join(import.meta.dirname, '../../build/bench');

interface Situation {
  name: string;
  hours: number;
  makeTrace: (random: () => number) => Trace;
  driftPpm?: number;
  redundant?: boolean;
  recovers?: boolean;
}

const lossy = scattered(3, 0.05);
const situations: readonly Situation[] = [
  ...Object.entries(networks).map(([name, makeTrace]) => ({ name, hours: 8, makeTrace })),
  { name: 'jitter 40 ms', hours: 1, makeTrace: scattered(40) },
  { name: 'jitter 80 ms', hours: 1, makeTrace: scattered(80) },
  { name: 'drift, faster by 100 ppm', hours: 1, makeTrace: networks.wired, driftPpm: 100 },
  { name: 'drift, slower by 100 ppm', hours: 1, makeTrace: networks.wired, driftPpm: -100 },
  { name: '5 % lost', hours: 1, makeTrace: lossy },
  { name: '5 % lost, RED', hours: 1, makeTrace: lossy, redundant: true },
  { name: '5 % lost, FEC', hours: 1, makeTrace: lossy, recovers: true },
];

interface Point {
  delayMs: number;
  madeUpMs: number;
}

/** Means of the seconds of each minute, or sums of what was made up. */
function measure(situation: Situation): Point[] {
  const { hours, makeTrace, driftPpm = 0, redundant = false, recovers = false } = situation;
  const points: Point[] = [];
  let delays: number[] = [];
  let madeUp = 0;
  simulate({
    trace: makeTrace(makeRandom(1)),
    untilMs: hours * hourMs + 1_000,
    driftPpm,
    redundant,
    recovers,
    onSecond: (nowMs, delayMs, madeUpMs) => {
      if (delayMs > 0) delays.push(delayMs);
      madeUp += madeUpMs;
      if (nowMs % minuteMs !== 0) return;
      points.push({ delayMs: delays.reduce((sum, it) => sum + it, 0) / Math.max(1, delays.length), madeUpMs: madeUp });
      delays = [];
      madeUp = 0;
    },
  });
  return points;
}

const width = 960;
const height = 160;
const left = 60;

/** One curve over the minutes, in its own frame `top` units down. */
function curve(title: string, values: readonly number[], top: number, colour: string): string {
  const most = Math.max(1, ...values);
  const x = (i: number): string => (left + (i * (width - left)) / Math.max(1, values.length - 1)).toFixed(1);
  const y = (value: number): string => (top + height - (value / most) * height).toFixed(1);
  const points = values.map((value, i) => `${x(i)},${y(value)}`).join(' ');
  return `<text x="${left}" y="${top - 8}">${title}</text>
<text x="${left - 6}" y="${top + 10}" text-anchor="end">${most.toFixed(0)}</text>
<text x="${left - 6}" y="${top + height}" text-anchor="end">0</text>
<rect x="${left}" y="${top}" width="${width - left}" height="${height}" fill="none" stroke="#bbb"/>
<polyline points="${points}" fill="none" stroke="${colour}"/>`;
}

function plot({ name, hours }: Situation, points: readonly Point[]): string {
  const delays = curve(
    `${name}: delay from sending to playing, ms, minute by minute over ${hours} h`,
    points.map((it) => it.delayMs),
    30,
    '#06c',
  );
  const concealed = curve(
    'made up, ms of each minute',
    points.map((it) => it.madeUpMs),
    60 + height,
    '#c30',
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 10}" height="${2 * height + 80}" font-family="sans-serif" font-size="13">
${delays}
${concealed}
</svg>
`;
}

async function run({ progress }: BenchmarkOptions): Promise<Figure[]> {
  mkdirSync(folder, { recursive: true });
  const figures: Figure[] = [];
  for (const situation of situations) {
    const points = measure(situation);
    const file = join(folder, `jitter-${situation.name.replace(/[^a-z0-9]+/gi, '-')}.svg`);
    writeFileSync(file, plot(situation, points));
    progress(`${situation.name}: ${points.length} min, ${file}`);
    const over = `of each minute of ${situation.hours} h`;
    figures.push(
      {
        name: `${situation.name}: delay`,
        what: `from sending to playing, mean ${over}`,
        unit: 'ms',
        results: { thinline: summary(points.map((it) => it.delayMs)) },
      },
      {
        name: `${situation.name}: made up`,
        what: `sound that was lost or late, ${over}`,
        unit: 'ms',
        results: { thinline: summary(points.map((it) => it.madeUpMs)) },
      },
    );
  }
  return figures;
}

export const jitter: Benchmark = {
  name: 'jitter',
  meaning: '8 hours of virtual time for the jitter buffer, on five kinds of networks; plots to build/bench',
  peers: [],
  run,
};
