/** The log of one half of the phone, as the command line and the configuration want it. */
import { homedir, hostname, release, tmpdir, type } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import type { Failure, LogSettings } from '../contract/types.ts';
import { failure, sentence } from '../failures.ts';
import { version } from '../version.ts';
import { hideDtmf } from './dtmf-filter.ts';
import { cleaned, isWithin, type Level, type Log, levels, logTo, recordLine, writeToStderr } from './log.ts';
import { LogFile } from './log-file.ts';
import { type LogFolder, logFolder } from './log-folder.ts';
import { timeWriter, timeZone } from './log-time.ts';
import { readModuleLevels } from './module-levels.ts';
import { type Output, outputsFrom, type Surroundings } from './outputs.ts';

const halves = {
  app: { title: 'app layer', suffix: '' },
  adapter: { title: 'endpoint adapter', suffix: '-adapter' },
} as const;

/** A disk that hangs must not hold up the end of the program for longer, ms. */
const longestClose = 1000;

export interface ProgramLogOptions {
  half: keyof typeof halves;
  /** Of the command line, and then for all parts; null: the configuration says it. */
  level: Level | null;
  /** By default this process's. */
  surroundings?: Surroundings;
  folder?: (path: string) => LogFolder;
  stdout?: (line: string) => void;
  stderr?: (line: string) => void;
  now?: () => number;
}

interface FileOutput {
  file: LogFile;
  path: string;
}

export class ProgramLog {
  readonly log: Log;
  readonly #options: ProgramLogOptions;
  readonly #stderr: (line: string) => void;
  readonly #now: () => number;
  readonly #startedAt: Date;
  #settings: LogSettings | null = null;
  /** The most that any part tells: most records that nobody wants go no further. */
  #most: Level;
  #limit: Level;
  #limits: ReadonlyMap<string, Level> = new Map();
  /** Of streams; none where there is no log. */
  #lines: readonly ((line: string) => void)[];
  #files: FileOutput[] = [];
  #fileTime = timeWriter('time', false);

  constructor(options: ProgramLogOptions) {
    this.#options = options;
    this.#stderr = options.stderr ?? writeToStderr;
    this.#now = options.now ?? Date.now;
    this.#startedAt = new Date(this.#now());
    this.#lines = [this.#stderr];
    this.#limit = options.level ?? 'info';
    this.#most = this.#limit;
    this.log = logTo(
      {
        wants: (level, name) => isWithin(level, this.#most) && isWithin(level, this.#limitOf(name)),
        record: (level, name, text) => this.#record(level, name, text),
      },
      options.half,
    );
  }

  /** Takes effect with the next record; what is the same as before is left alone. null: an endpoint was told nothing. */
  configure(settings: LogSettings | null): void {
    if (!settings || isDeepStrictEqual(settings, this.#settings)) return;
    this.#settings = settings;
    this.#setLevels(settings);
    this.#fileTime = timeWriter(settings.timeFormat, settings.utc);
    this.#setOutputs(settings);
  }

  /** Writes what still waits, as far as the disk lets it. */
  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, longestClose);
    });
    await Promise.race([Promise.all(this.#files.map(({ file }) => file.close())), late]);
    clearTimeout(timer);
    // What wasn't written by now may be where a write never ends.
    this.#files = [];
  }

  /** What still waits when the process ends without close. */
  flushNow(): void {
    for (const { file } of this.#files) file.flushNow();
  }

  /** "adapter.sip.line0" is of the part "sip". */
  #limitOf(name: string): Level {
    if (this.#limits.size === 0) return this.#limit;
    const [, part = ''] = name.split('.', 2);
    return this.#limits.get(part) ?? this.#limit;
  }

  #setLevels(settings: LogSettings): void {
    const { level, half } = this.#options;
    if (level !== null) return;
    const atMost = (wanted: Level): Level => {
      const most = levels[settings.level] ?? 'debug';
      return isWithin(wanted, most) ? wanted : most;
    };
    const adapter = half === 'adapter';
    // 5 is no level, and nothing is told.
    const own = adapter ? (levels[settings.endpointLevel] ?? 'fatal') : 'debug';
    const parts = adapter ? [...readModuleLevels(settings.moduleLevels).levels] : [];
    this.#limit = atMost(own);
    this.#limits = new Map(parts.map(([part, limit]) => [part, atMost(limit)]));
    const all = [this.#limit, ...this.#limits.values()];
    this.#most = all.reduce((most, limit) => (isWithin(limit, most) ? most : limit));
  }

  #setOutputs(settings: LogSettings): void {
    const { half, surroundings = ofThisProcess(), stdout = writeToStdout } = this.#options;
    const { outputs, unresolved } = outputsFrom(settings.outputs, halves[half].suffix, surroundings);
    const wanted = settings.enabled ? outputs : [];
    const streams = { stdout, stderr: this.#stderr };
    this.#lines = wanted.flatMap((it) => (it.kind === 'file' ? [] : [streams[it.kind]]));
    const before = this.#files;
    this.#files = wanted.flatMap((it) => (it.kind === 'file' ? [this.#fileOutput(it, before, settings)] : []));
    for (const old of before) if (!this.#files.includes(old)) void old.file.close();
    for (const { file } of this.#files) file.open();
    if (!settings.enabled) return;
    for (const name of unresolved) {
      this.#sayHere(failure('logUnresolved', { path: name }));
    }
  }

  #fileOutput(it: Extract<Output, { kind: 'file' }>, before: readonly FileOutput[], policy: LogSettings): FileOutput {
    const path = `${it.folder}/${it.name}`;
    const there = before.find((old) => old.path === path);
    if (there) {
      there.file.policy = policy;
      return there;
    }
    const output: FileOutput = {
      path,
      file: new LogFile({
        folder: (this.#options.folder ?? logFolder)(it.folder),
        name: it.name,
        policy,
        header: (at) => this.#header(at),
        missing: (count) =>
          recordLine(
            this.#fileTime(new Date(this.#now())),
            'warning',
            this.#options.half,
            `${count} records are missing here: the disk was too slow for them.`,
          ),
        failed: (error, lines) => this.#fileFailed(output, error, lines),
        now: this.#now,
      }),
    };
    return output;
  }

  #fileFailed(output: FileOutput, { message }: Error, lines: readonly string[]): void {
    const isNamed = this.#files.includes(output);
    this.#files = this.#files.filter((it) => it !== output);
    this.#sayHere(failure('logNotWritten', { path: output.path, detail: message }));
    if (!isNamed || this.#lines.includes(this.#stderr)) return;
    this.#lines = [...this.#lines, this.#stderr];
    for (const line of lines) this.#stderr(line);
  }

  /** On standard error, whatever the level. */
  #sayHere(told: Failure): void {
    const text = cleaned(sentence(told));
    this.#stderr(recordLine(new Date(this.#now()).toISOString(), 'error', this.#options.half, text));
  }

  #record(level: Level, name: string, text: string): void {
    const said = cleaned(this.#settings?.hideDtmf ? hideDtmf(text) : text);
    const at = new Date(this.#now());
    if (this.#lines.length > 0) {
      const line = recordLine(at.toISOString(), level, name, said);
      for (const write of this.#lines) write(line);
    }
    if (this.#files.length > 0) {
      const line = recordLine(this.#fileTime(at), level, name, said);
      for (const { file } of this.#files) file.write(line);
    }
  }

  #header(at: Date): string[] {
    const rows = {
      Program: `Thinline ${version}, ${halves[this.#options.half].title}, Node.js ${process.version}`,
      Process: String(process.pid),
      Host: hostname(),
      'Operating system': `${type()} ${release()}, ${process.arch}`,
      'Time zone': timeZone(at),
      Started: this.#startedAt.toISOString(),
      'This file': at.toISOString(),
    };
    return Object.entries(rows).map(([name, value]) => `# ${name}: ${cleaned(value)}`);
  }
}

const ofThisProcess = (): Surroundings => ({
  platform: process.platform,
  env: process.env,
  home: homedir(),
  temporary: tmpdir(),
  folder: process.cwd(),
});

const writeToStdout = (line: string): void => void process.stdout.write(`${line}\n`);
