/** The calls that ended, kept on this machine: what panel and desktop show of them, until it is old or erased. */
import { EventEmitter } from 'node:events';
import type { Call } from '@thinline/shared/contract/types.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { StateFile } from '@thinline/shared/state-file.ts';
import type { Replica } from '../endpoint/replica.ts';
import { added, entryOf, type HistoryEntry, kept, readEntries, writeEntries } from './entry.ts';

/** More than the most entries at their longest: a file that is bigger is none of ours. */
export const mostHistoryBytes = 4_000_000;

export interface HistoryOptions {
  replica: Replica;
  file: StateFile;
  log: Log;
  /** ms since 1970; by default the clock's. */
  now?: () => number;
}

export interface HistoryEvents {
  changed: [];
}

export class CallHistory extends EventEmitter<HistoryEvents> {
  readonly #options: HistoryOptions;
  readonly #now: () => number;
  #entries: HistoryEntry[] = [];
  /** Nothing is written before the file is read. */
  #isRead = false;
  #stale = false;
  #work: Promise<void> | null = null;
  #failed = false;

  constructor(options: HistoryOptions) {
    super();
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Begins to listen at once; settles when what was kept before is read. */
  async start(): Promise<void> {
    const { replica, file, log } = this.#options;
    replica.on('released', this.#onReleased);
    const text = await file.read().catch((error: unknown) => {
      log.warning(() => `the history of calls can't be read: ${String(error)}`);
      return '';
    });
    const before = text === '' ? [] : readEntries(text);
    if (!before) log.warning('the history of calls makes no sense, and begins anew');
    const known = new Set(this.#entries.map(({ id }) => id));
    const all = [...this.#entries, ...(before ?? []).filter(({ id }) => !known.has(id))];
    this.#isRead = true;
    this.#entries = kept(all, this.#now());
    // What is too old leaves the file too.
    if (this.#stale || this.#entries.length < all.length) this.#save();
    if (this.#entries.length > 0) this.emit('changed');
  }

  /** Newest first. */
  list(): readonly HistoryEntry[] {
    return kept(this.#entries, this.#now());
  }

  /** Forgets one, or all. Answers whether there was such a one. */
  erase(id?: string): boolean {
    const rest = id === undefined ? [] : this.#entries.filter((it) => it.id !== id);
    const found = id === undefined || rest.length < this.#entries.length;
    if (found) this.#set(rest);
    return found;
  }

  /** Settles when all is written. */
  async close(): Promise<void> {
    this.#options.replica.off('released', this.#onReleased);
    await this.#work;
  }

  readonly #onReleased = (call: Call): void => this.#set(added(this.#entries, entryOf(call, this.#now())));

  #set(entries: readonly HistoryEntry[]): void {
    this.#entries = kept(entries, this.#now());
    this.#save();
    this.emit('changed');
  }

  #save(): void {
    this.#stale = true;
    if (this.#isRead) this.#work ??= this.#write();
  }

  async #write(): Promise<void> {
    const { file, log } = this.#options;
    while (this.#stale) {
      this.#stale = false;
      try {
        await file.write(writeEntries(this.#entries));
        this.#failed = false;
      } catch (error) {
        // Said once: the disk stays full for longer than one call.
        if (!this.#failed) log.warning(() => `the history of calls can't be written: ${String(error)}`);
        this.#failed = true;
      }
    }
    this.#work = null;
  }
}
