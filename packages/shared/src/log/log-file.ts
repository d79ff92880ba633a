/** One file output of a log: a series of segments, written behind the back of whoever logs. */
import type { LogSettings } from '../contract/types.ts';
import type { LogFolder, OpenFile } from './log-folder.ts';
import { expired, isOver, type Segment, segmentName } from './segments.ts';

/** What waits for a slow disk; more is dropped, characters. */
const mostWaiting = 1_000_000;
/** Names that may be taken already, by another program that was started in the same millisecond. */
const mostTaken = 100;
const sweepEvery = 86_400_000;

export type FilePolicy = Pick<LogSettings, 'segmentKb' | 'segmentHours' | 'expireFiles' | 'expireDays' | 'utc'>;

export interface LogFileOptions {
  folder: LogFolder;
  name: string;
  policy: FilePolicy;
  /** Lines at the top of each segment. */
  header: (at: Date) => string[];
  /** What is said where records are missing. */
  missing: (count: number) => string;
  /** The file takes nothing any more; lines: what it has not taken. */
  failed: (error: Error, lines: readonly string[]) => void;
  /** ms; by default the clock's. */
  now?: () => number;
}

export class LogFile {
  readonly #options: LogFileOptions;
  readonly #now: () => number;
  #policy: FilePolicy;
  #file: OpenFile | null = null;
  #fileName = '';
  #segment: Segment = { begunMs: 0, bytes: 0, records: 0 };
  #lastSweep = 0;
  #waiting: string[] = [];
  #waitingLength = 0;
  #dropped = 0;
  #work: Promise<void> | null = null;
  #ended = false;

  constructor(options: LogFileOptions) {
    this.#options = options;
    this.#policy = options.policy;
    this.#now = options.now ?? Date.now;
  }

  set policy(policy: FilePolicy) {
    this.#policy = policy;
    this.#lastSweep = 0;
  }

  /** Makes the file: whoever looks for it finds it, if only with its header. */
  open(): void {
    this.#work ??= this.#writeAll();
  }

  /** Never throws, never waits. */
  write(line: string): void {
    if (this.#ended) return;
    if (this.#waitingLength + line.length > mostWaiting) {
      this.#dropped += 1;
      return;
    }
    this.#waiting.push(line);
    this.#waitingLength += line.length;
    this.#work ??= this.#writeAll();
  }

  /** Settles when what was said is written; what is said from now on is not. */
  async close(): Promise<void> {
    this.#ended = true;
    await this.#work;
    const file = this.#file;
    this.#file = null;
    await file?.close().catch(() => {});
  }

  /** What still waits while the process ends; it may come to stand before what was being written. */
  flushNow(): void {
    const lines = this.#take();
    try {
      if (lines.length > 0) this.#file?.appendNow(joined(lines));
    } catch {
      // There is nobody left to be told.
    }
  }

  async #writeAll(): Promise<void> {
    // What is said in one turn is written at once.
    await Promise.resolve();
    do await this.#writeLines(this.#take());
    while (this.#waiting.length > 0);
    this.#work = null;
  }

  #take(): string[] {
    const lines = this.#waiting;
    // Records were dropped behind those that waited, and before any that come now.
    if (this.#dropped > 0) lines.push(this.#options.missing(this.#dropped));
    this.#waiting = [];
    this.#waitingLength = 0;
    this.#dropped = 0;
    return lines;
  }

  async #writeLines(lines: readonly string[]): Promise<void> {
    let written = 0;
    try {
      if (this.#file === null) await this.#begin();
      while (written < lines.length) {
        if (this.#isOver(lines[written] ?? '')) await this.#begin();
        const end = this.#fitting(lines, written);
        await this.#file?.append(joined(lines.slice(written, end)));
        written = end;
      }
      if (this.#now() - this.#lastSweep >= sweepEvery) await this.#sweep();
    } catch (error) {
      this.#ended = true;
      void this.#file?.close().catch(() => {});
      this.#file = null;
      const rest = [...lines.slice(written), ...this.#take()];
      this.#options.failed(error instanceof Error ? error : new Error(String(error)), rest);
    }
  }

  #isOver(line: string): boolean {
    return isOver(this.#segment, lengthOf(line), this.#policy, this.#now());
  }

  /** How far the lines go into this segment, the first of them in any case. */
  #fitting(lines: readonly string[], from: number): number {
    let end = from;
    do {
      this.#segment.bytes += lengthOf(lines[end] ?? '');
      this.#segment.records += 1;
      end += 1;
    } while (end < lines.length && !this.#isOver(lines[end] ?? ''));
    return end;
  }

  async #begin(): Promise<void> {
    const last = this.#file;
    this.#file = null;
    await last?.close();
    const { folder, name, header } = this.#options;
    const begunMs = Math.max(this.#now(), this.#segment.begunMs + 1);
    let file: OpenFile | null = null;
    for (let taken = 0; file === null; taken += 1) {
      if (taken > mostTaken) throw new Error('all names are taken');
      this.#fileName = segmentName(name, new Date(begunMs + taken), this.#policy.utc);
      file = await folder.create(this.#fileName);
    }
    this.#file = file;
    const head = joined(header(new Date(begunMs)));
    this.#segment = { begunMs, bytes: Buffer.byteLength(head), records: 0 };
    await file.append(head);
    await this.#sweep();
  }

  /** Old files that can't be deleted are no reason to write no new ones. */
  async #sweep(): Promise<void> {
    const { folder, name } = this.#options;
    this.#lastSweep = this.#now();
    const files = await folder.list(name).catch(() => []);
    for (const file of expired(files, this.#fileName, this.#policy, this.#now())) {
      await folder.remove(file).catch(() => {});
    }
  }
}

const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

const lengthOf = (line: string): number => Buffer.byteLength(line) + 1;
