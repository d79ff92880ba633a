/** Plugins under test, each in a process of its own that plays its remoting client (host.c). */
import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { buildPlugin, headersOf } from '../../../../scripts/build-plugins.mjs';
import { CannotBuild, findCompiler, run } from '../../../../scripts/build-step.mjs';

export type Plugin = 'freerdp2' | 'horizon';
/** What watches over the plugin and its host: nothing, for addresses and leaks, or for races between threads. */
export type Watch = 'nothing' | 'addresses' | 'races';
export type Kind = 'static' | 'dynamic';

const packages: Record<Plugin, string[]> = { freerdp2: ['freerdp2', 'winpr2'], horizon: [] };
const watching: Record<Watch, string[]> = {
  nothing: [],
  addresses: ['-g', '-fno-omit-frame-pointer', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'],
  races: ['-g', '-fsanitize=thread'],
};

/** Why this plugin can't be built here, as a sentence; null when it can. */
export function pluginMissing(plugin: Plugin): string | null {
  try {
    if (process.platform !== 'linux') throw new CannotBuild('it is for Linux');
    findCompiler();
    headersOf(packages[plugin]);
    return null;
  } catch (error) {
    if (!(error instanceof CannotBuild)) throw error;
    return `the plugin ${plugin} can't be built here: ${error.message}`;
  }
}

/** Paths of both. */
export interface Built {
  readonly library: string;
  readonly host: string;
}

/** The plugin and its host, built below `folder` if they aren't yet. */
export function buildForTest(plugin: Plugin, watch: Watch, folder: string): Built {
  const out = join(folder, plugin, watch);
  return built.get(out) ?? build(plugin, watch, out);
}

const built = new Map<string, Built>();

function build(plugin: Plugin, watch: Watch, out: string): Built {
  const library = buildPlugin(plugin, out, watching[watch]);
  const host = join(out, 'host');
  const flags = ['-std=c11', '-O1', '-Wall', '-Wextra', '-Werror', ...watching[watch], ...headersOf(packages[plugin])];
  if (plugin === 'freerdp2') flags.push('-DHOST_FREERDP');
  run(findCompiler(), [...flags, join(import.meta.dirname, 'host.c'), '-o', host, '-pthread', '-ldl']);
  built.set(out, { library, host });
  return { library, host };
}

export interface Answer {
  readonly ok: boolean;
  readonly longestUs: number;
  readonly received: number;
  readonly hash: number;
  readonly held: number;
  readonly heldBytes: number;
  readonly threads: number;
  readonly descriptors: number;
  readonly residentKiB: number;
  readonly opened: number;
  readonly count: number;
}

/** A remoting client with a plugin. */
export class RemotingClient {
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  readonly #exit: Promise<number | string>;
  #errors = '';

  constructor(child: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.#process = child;
    this.#reader = createInterface({ input: child.stdout });
    this.#lines = this.#reader[Symbol.asyncIterator]();
    this.#exit = once(child, 'exit').then(([code, signal]) => code ?? signal);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors += text;
    });
    // It has perhaps ended already; end() tells why.
    child.stdin.on('error', () => {});
  }

  static start({ host, library }: Built, kind: Kind, environment: Record<string, string>): RemotingClient {
    const env = { PATH: process.env.PATH, TSAN_OPTIONS: 'halt_on_error=1 atexit_sleep_ms=0', ...environment };
    return new RemotingClient(spawn(host, [library, kind], { env, stdio: ['pipe', 'pipe', 'pipe'] }));
  }

  /** What it answers to one line; see host.c. */
  async ask(line: string): Promise<Answer> {
    this.#process.stdin.write(`${line}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`The client ended (${await this.#exit}) at "${line}": ${this.#errors}`);
    return JSON.parse(value);
  }

  /** As ask(), and it must be answered with yes. */
  async must(line: string): Promise<Answer> {
    const answer = await this.ask(line);
    if (!answer.ok) throw new Error(`The client said no to "${line}".`);
    return answer;
  }

  /** Ends it, as the user would; how that went, with what the watch found. */
  async end(): Promise<{ code: number | string; errors: string }> {
    this.#process.stdin.end();
    const code = await this.#exit;
    this.#reader.close();
    return { code, errors: this.#errors };
  }
}

/** Whether a program that is watched for races runs at all: not with every kernel's layout of memory. */
export function racesCanBeSeen(folder: string): boolean {
  const program = join(folder, 'watched');
  try {
    execFileSync(findCompiler(), ['-fsanitize=thread', '-x', 'c', '-', '-o', program], {
      input: 'int main(void) { return 0; }',
      stdio: 'pipe',
    });
    execFileSync(program, { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}
