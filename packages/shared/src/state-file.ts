/** A small file that a program keeps something in: its user's alone, and whole at any moment. */
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';

export interface StateFile {
  /** Empty: there is none yet. Rejects with the error of the system, or one that says why it isn't read. */
  read(): Promise<string>;
  /** Afterwards the file holds either what it held, or all of the text. Writings follow one another. */
  write(text: string): Promise<void>;
  /** Whether there was one or not. */
  remove(): Promise<void>;
}

/** A file of more than mostBytes isn't ours. */
export function stateFile(path: string, mostBytes: number): StateFile {
  let last: Promise<void> = Promise.resolve();
  const afterThat = (next: () => Promise<void>): Promise<void> => {
    last = last.then(next, next);
    return last;
  };
  return {
    read: () => readOwn(path, mostBytes),
    write: (text) => afterThat(() => replace(path, text)),
    remove: () => afterThat(() => rm(path, { force: true })),
  };
}

async function readOwn(path: string, mostBytes: number): Promise<string> {
  const there = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!there) return '';
  const isOwn = process.platform === 'win32' || there.uid === userInfo().uid;
  if (!there.isFile() || !isOwn || there.size > mostBytes) throw new Error(`${path} is not a file of this program`);
  const file = await open(path, 'r');
  try {
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

async function replace(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.new`;
  // What a run that was cut off left behind; a link in its place is not followed.
  await rm(fresh, { force: true });
  const file = await open(fresh, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
}
