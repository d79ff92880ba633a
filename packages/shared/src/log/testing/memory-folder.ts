/** A folder in memory, whose disk can be slow, full, or not there. */
import type { LogFolder } from '../log-folder.ts';
import { isSegment } from '../segments.ts';

export class MemoryFolder implements LogFolder {
  readonly files = new Map<string, { text: string; modifiedMs: number; open: boolean }>();
  /** What each write waits for. */
  slow: Promise<void> = Promise.resolve();
  /** What becomes of everything. */
  broken: Error | null = null;
  writes = 0;

  get names(): string[] {
    return [...this.files.keys()];
  }

  /** Of all files, one after the other, without the headers. */
  get lines(): string[] {
    const lines = [...this.files.values()].flatMap(({ text }) => text.split('\n').slice(0, -1));
    return lines.filter((it) => !it.startsWith('#'));
  }

  async create(name: string) {
    if (this.broken) throw this.broken;
    if (this.files.has(name)) return null;
    const file = { text: '', modifiedMs: Date.now(), open: true };
    this.files.set(name, file);
    const appendNow = (text: string): void => {
      if (this.broken) throw this.broken;
      if (!file.open) throw new Error('closed');
      file.text += text;
    };
    return {
      append: async (text: string) => {
        this.writes += 1;
        await this.slow;
        appendNow(text);
      },
      appendNow,
      close: async () => {
        file.open = false;
      },
    };
  }

  async list(name: string) {
    const all = [...this.files].filter(([file]) => isSegment(name, file));
    return all.map(([file, { modifiedMs }]) => ({ name: file, modifiedMs }));
  }

  async remove(name: string): Promise<void> {
    this.files.delete(name);
  }
}
