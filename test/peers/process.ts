/** A child process of a test: bounded output, waiting for a line of it, and an end that comes even if the test fails. */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const maxLines = 5_000;
const maxLineLength = 4_096;

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Peer {
  readonly pid: number;
  /** What it has printed so far (both streams, the last 5000 lines). */
  readonly output: string;
  /** Settles when the process has ended, whatever its exit status. */
  readonly exited: Promise<Exit>;
  /** The first line, printed already or yet to come, that matches. Rejects at the deadline (ms) or when the process ends. */
  waitForLine(pattern: RegExp, deadline?: number): Promise<RegExpMatchArray>;
  /** SIGTERM, then SIGKILL after `grace` ms. Safe to call twice. */
  stop(grace?: number): Promise<Exit>;
}

export interface PeerOptions {
  env?: Record<string, string>;
  cwd?: string;
  /** It has real-time sound to do: before all others, where this process may say so (root). */
  urgent?: boolean;
  /** What it gets when the test process ends or is killed: SIGKILL, or SIGTERM for one that has children or devices of its own to end. */
  deathSignal?: 'SIGKILL' | 'SIGTERM';
}

const living = new Map<ChildProcess, NodeJS.Signals>();
process.once('exit', () => {
  for (const [child, signal] of living) signalGroup(child, signal);
});

/** To the whole group, as servers have children of their own. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** Before all others, where this process may say so (root); the threads that it starts later inherit this. */
export function hurry(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_HIGH);
  } catch {
    // An ordinary user's tests have to do without.
  }
}

/** setpriv makes the kernel end the child even when the test process is killed and can't do it. */
function command(program: string, args: readonly string[], signal: NodeJS.Signals): [string, string[]] {
  const setpriv = '/usr/bin/setpriv';
  return existsSync(setpriv) ? [setpriv, ['--pdeathsig', signal.slice(3), program, ...args]] : [program, [...args]];
}

/** A phone remembers beside its sockets, so that each test's has a memory of its own. */
const stateBeside = ({ THINLINE_RUNTIME_DIR: runtime }: Record<string, string> = {}): Record<string, string> =>
  runtime === undefined ? {} : { THINLINE_STATE_DIR: join(runtime, 'state') };

/** Starts the program; when there is no such program, its output says so and it ends at once. */
export async function startPeer(program: string, args: readonly string[], options: PeerOptions = {}): Promise<Peer> {
  const { deathSignal = 'SIGKILL' } = options;
  const [file, argv] = command(program, args, deathSignal);
  const child = spawn(file, argv, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    // Debian keeps servers where the PATH of an ordinary user does not go.
    env: {
      ...process.env,
      PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin`,
      ...stateBeside(options.env),
      ...options.env,
    },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  if (options.urgent && child.pid !== undefined) hurry(child.pid);
  living.set(child, deathSignal);

  const lines: string[] = [];
  const watchers = new Set<(line: string) => void>();
  const take = (line: string): void => {
    const kept = line.slice(0, maxLineLength);
    lines.push(kept);
    if (lines.length > maxLines) lines.shift();
    for (const watcher of watchers) watcher(kept);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', take);

  let ended = false;
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      ended = true;
      living.delete(child);
      // The rest of its output, unless a child of its own that lives on holds the pipe.
      const settle = () => resolve({ code, signal });
      child.once('close', settle);
      setTimeout(settle, 200);
    });
  });
  const tail = (): string => lines.slice(-40).join('\n');

  return {
    pid: child.pid ?? 0,
    exited,
    get output() {
      return lines.join('\n');
    },
    waitForLine(pattern, deadline = 30_000) {
      const seen = lines.map((line) => line.match(pattern)).find((match) => match !== null);
      if (seen) return Promise.resolve(seen);
      return new Promise((resolve, reject) => {
        const finish = (match: RegExpMatchArray | null, why: string): void => {
          clearTimeout(timer);
          watchers.delete(watcher);
          if (match) resolve(match);
          else reject(new Error(`${program}: no line ${pattern} ${why}. Its last lines:\n${tail()}`));
        };
        const watcher = (line: string): void => {
          const match = line.match(pattern);
          if (match) finish(match, '');
        };
        const timer = setTimeout(() => finish(null, `within ${deadline} ms`), deadline);
        watchers.add(watcher);
        void exited.then(() => finish(null, 'before it ended'));
      });
    },
    async stop(grace = 3_000) {
      if (!ended) {
        child.kill('SIGTERM');
        const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), grace);
        await exited;
        clearTimeout(timer);
      }
      return exited;
    },
  };
}
