/** Unix sockets and named pipes by which one user's programs find each other, and nobody else's. */
import { once } from 'node:events';
import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { FailureError } from './failures.ts';

const isPipe = (path: string): boolean => path.startsWith('\\\\');

/** Makes the folder where it is missing. Throws FailureError folderOpen where others may enter it. */
export function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  // Below a folder that everybody may write to, somebody else could have been first.
  const { uid, mode } = lstatSync(folder);
  if (uid !== userInfo().uid || (mode & 0o077) !== 0) throw new FailureError('folderOpen', { path: folder });
}

/**
 * Connects to what listens there, if it is this user's: passwords go over it.
 * Rejects with the error of the system, or with one that says whose it is.
 */
export async function connectOwn(path: string): Promise<Socket> {
  if (!isPipe(path) && lstatSync(path).uid !== userInfo().uid) throw new Error(`${path} belongs to another user`);
  const socket = connect(path);
  await once(socket, 'connect');
  return socket;
}

async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/**
 * Makes the path free to listen on: the socket of a dead process is removed, that of a live one is not, nor any other file.
 * Rejects with FailureError socketTaken or folderOpen.
 */
export async function claimSocket(path: string): Promise<void> {
  if (!isPipe(path)) ownFolder(dirname(path));
  if (await answers(path)) throw new FailureError('socketTaken', { path, detail: 'Another one answers there.' });
  if (isPipe(path)) return;
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there && !there.isSocket()) {
    throw new FailureError('socketTaken', { path, detail: 'A file that is not a socket is in the way.' });
  }
  rmSync(path, { force: true });
}

/** Once it is listened on. */
export function protectSocket(path: string): void {
  if (!isPipe(path)) chmodSync(path, 0o600);
}
