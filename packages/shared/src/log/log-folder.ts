/** What a log's files are to the file system. Everything rejects with the error of the system. */
import { writeSync } from 'node:fs';
import { lstat, mkdir, open, readdir, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { isSegment, type WrittenFile } from './segments.ts';

export interface OpenFile {
  append(text: string): Promise<void>;
  /** While the process ends. */
  appendNow(text: string): void;
  close(): Promise<void>;
}

export interface LogFolder {
  /** null: there is a file of that name already. */
  create(file: string): Promise<OpenFile | null>;
  /** Files of this user that are segments of the log of that name. */
  list(name: string): Promise<WrittenFile[]>;
  remove(file: string): Promise<void>;
}

/** Made with its first file. */
export const logFolder = (folder: string): LogFolder => ({
  async create(file) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(join(folder, file), 'ax', 0o600).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return null;
      throw error;
    });
    return (
      handle && {
        append: (text) => handle.appendFile(text),
        appendNow: (text) => void writeSync(handle.fd, text),
        close: () => handle.close(),
      }
    );
  },

  async list(name) {
    const names = (await readdir(folder)).filter((it) => isSegment(name, it));
    const { uid } = userInfo();
    const files = await Promise.all(names.map(async (it) => ({ name: it, stat: await lstat(join(folder, it)) })));
    const own = files.filter(({ stat }) => stat.isFile() && (process.platform === 'win32' || stat.uid === uid));
    return own.map(({ name: it, stat }) => ({ name: it, modifiedMs: stat.mtimeMs }));
  },

  remove: (file) => rm(join(folder, file)),
});
