/** Looks into a phone's media worker from outside: pauses for garbage collection, and who makes the garbage. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { until } from '../../peers/until.ts';
import type { Figure } from '../benchmark.ts';
import { summary } from '../statistics.ts';
import { allocatedBy, allocationRows, type Owner, type ProbeReport, reportVariable, stepSignal } from './report.ts';

export interface Probe {
  /** For the phone to be started with. */
  readonly env: Record<string, string>;
  /** From now on pauses are counted. */
  watch(adapterPid: number): void;
  /** Pauses no longer, but what is allocated. */
  profile(): void;
  /** What was found. */
  report(): Promise<ProbeReport>;
  stop(): Promise<void>;
}

const patience = 10_000;
const preload = pathToFileURL(join(import.meta.dirname, 'thread.ts')).href;

export async function makeProbe(): Promise<Probe> {
  const folder = await mkdtemp(join(tmpdir(), 'thinline-probe-'));
  const file = join(folder, 'report.json');
  let pid = 0;
  return {
    env: { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${preload}`.trim(), [reportVariable]: file },
    watch(adapterPid) {
      pid = adapterPid;
      process.kill(pid, stepSignal);
    },
    profile: () => void process.kill(pid, stepSignal),
    async report() {
      process.kill(pid, stepSignal);
      await until('the media worker has written what was found in it', () => existsSync(file), patience);
      return JSON.parse(await readFile(file, 'utf8')) as ProbeReport;
    },
    stop: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A pause longer than this may be heard, ms. */
const audible = 5;
const rowsOf = 12;
const owners: readonly Owner[] = ['ours', 'Node', 'libraries', 'virtual devices'];

/** One report for each side of a call, or of several. */
export function probeFigures(name: string, reports: readonly ProbeReport[]): Figure[] {
  if (reports.length === 0) return [];
  const figure = (what: string, unit: Figure['unit'], values: readonly number[]): Figure => ({
    name: `${name}: ${what}`,
    what: `${name}: ${what}`,
    unit,
    results: { adapter: summary(values.length === 0 ? [0] : values) },
  });
  const minutes = reports.map(({ watchedMs }) => watchedMs / 60_000);
  const merged: ProbeReport = {
    watchedMs: 0,
    pauses: [],
    profiledMs: reports.reduce((sum, it) => sum + it.profiledMs, 0),
    allocations: reports.flatMap(({ allocations }) => allocations),
  };
  return [
    figure(
      'pauses for garbage collection in the media worker, each',
      'ms',
      reports.flatMap(({ pauses }) => pauses),
    ),
    figure(
      `longest of them in ${minutes.map((it) => it.toFixed(1)).join(', ')} min`,
      'ms',
      reports.map(({ pauses }) => Math.max(0, ...pauses)),
    ),
    figure(
      `of them over ${audible} ms`,
      'times',
      reports.map(({ pauses }) => pauses.filter((it) => it > audible).length),
    ),
    ...owners.map((owner) =>
      figure(
        `heap for 10 ms of sound, ${owner} together`,
        'bytes',
        reports.map((it) => allocatedBy(owner, it)),
      ),
    ),
    ...allocationRows(merged, rowsOf).map(({ owner, what, bytesPerFrame }) =>
      figure(`heap for 10 ms of sound, of ${owner}: ${what}`, 'bytes', [bytesPerFrame]),
    ),
  ];
}
