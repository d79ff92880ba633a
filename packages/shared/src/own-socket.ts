/** Unix sockets and named pipes by which one user's programs find each other, and nobody else's. */
import { once } from 'node:events';
import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { FailureError } from './failures.ts';
import { takeTurn } from './turn.ts';

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

/** Whether somebody lives there: also one that takes no more connections just now. */
async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ECONNREFUSED'));
  } finally {
    socket.destroy();
  }
}

/**
 * Lets `listen` listen at the path, for this user alone, and by turns: the socket of a dead process is removed, that of a
 * live one is not, nor any other file. Rejects with FailureError socketTaken or folderOpen, or as `listen` does.
 */
export async function listenOwn(path: string, listen: () => Promise<unknown>): Promise<void> {
  if (isPipe(path)) {
    if (await answers(path)) throw taken(path);
    await listen();
    return;
  }
  ownFolder(dirname(path));
  const leave = await takeTurn(dirname(path));
  try {
    if (await answers(path)) throw taken(path);
    const there = lstatSync(path, { throwIfNoEntry: false });
    if (there && !there.isSocket()) throw taken(path, 'A file that is not a socket is in the way.');
    rmSync(path, { force: true });
    await listen();
    chmodSync(path, 0o600);
  } finally {
    leave();
  }
}

const taken = (path: string, detail = 'Another one answers there.'): FailureError =>
  new FailureError('socketTaken', { path, detail });
