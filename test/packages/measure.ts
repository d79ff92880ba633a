/**
 * node test/packages/measure.ts FOLDER: the table of the README. FOLDER has the archives of both halves for linux-x64; they are
 * unpacked, started, and called with. Sizes are of every file in the folders beside it, too.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startLab } from '../../scripts/lab/lab.ts';
import { startPeer } from '../peers/process.ts';
import { startPhone } from '../phone.ts';

const runs = 5;
const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** What it has of its own and its share of the rest, MB (proportional set size). */
function memory(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return (Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1]) * 1024) / 1e6;
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

interface Measured {
  registeredMs: number;
  idle: [app: number, adapter: number];
  inCall: [app: number, adapter: number];
}

async function measure(program: string, pause: () => Promise<void>): Promise<Measured> {
  const lab = await startLab();
  const started = performance.now();
  const phone = await startPhone({
    lines: [{ user: lab.user, server: `${lab.host}:${lab.port}`, password: lab.password }],
    audio: { tone: 1000 },
    start: (_node, [, ...words], options) => startPeer(program, words, options),
  });
  try {
    await phone.registered();
    const registeredMs = performance.now() - started;
    const adapter = phone.state().phone?.endpoint?.pid;
    if (adapter === undefined) throw new Error('The adapter has no process.');
    const both = (): [number, number] => [memory(phone.app.pid), memory(adapter)];
    await pause();
    const idle = both();
    await phone.does('dial', '600');
    await phone.call('TALKING');
    await phone.waitForTone(1000);
    await pause();
    return { registeredMs, idle, inCall: both() };
  } finally {
    await phone.stop();
    await lab.close();
  }
}

const folder = resolve(process.argv[2] ?? 'build/packages/linux-x64');
const installed = mkdtempSync(join(tmpdir(), 'thinline-measured-'));
try {
  for (const name of readdirSync(folder).filter((it) => /^thinline-(adapter-)?\d.*linux-x64\.tar\.gz$/.test(it))) {
    const words = ['-C', installed, '--strip-components=2', '--wildcards', '*/files/*'];
    mkdirSync(installed, { recursive: true });
    execFileSync('tar', ['-xzf', join(folder, name), ...words]);
  }
  const pause = () => new Promise<void>((done) => setTimeout(done, 5000));
  const all: Measured[] = [];
  for (let run = 0; run < runs; run++) all.push(await measure(join(installed, 'thinline'), pause));
  const each = (of: (it: Measured) => number): string => middle(all.map(of)).toFixed(0);
  console.log('| both halves on this machine, linux-x64 | |\n|---|---|');
  console.log(`| from start to registered | ${each((it) => it.registeredMs)} ms |`);
  console.log(
    `| memory, app layer, idle and in a call | ${each((it) => it.idle[0])} and ${each((it) => it.inCall[0])} MB |`,
  );
  console.log(
    `| memory, adapter, idle and in a call | ${each((it) => it.idle[1])} and ${each((it) => it.inCall[1])} MB |`,
  );
} finally {
  rmSync(installed, { recursive: true, force: true });
}

console.log('\n| artefact | size |\n|---|---|');
for (const target of readdirSync(join(folder, '..')).sort()) {
  for (const name of readdirSync(join(folder, '..', target)).sort()) {
    if (!/^SHA256SUMS|\.sig$/.test(name))
      console.log(`| \`${name}\` | ${mb(statSync(join(folder, '..', target, name)).size)} |`);
  }
}
