/** The unix socket or named pipe that `thinline ctl` uses. Who may open it is decided by the file system alone. */
import { chmod, lstat, mkdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { FailureError } from '@thinline/shared/failures.ts';

const isPipe = (path: string): boolean => path.startsWith('\\\\');

const taken = (path: string, detail: string) => new FailureError('controlPathTaken', { path, detail });

/** Whether a process listens there. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}

async function prepareFolder(path: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = await lstat(folder);
  const octal = (mode & 0o777).toString(8);
  if (uid !== process.getuid?.()) throw taken(path, `The folder ${folder} belongs to another user.`);
  if (mode & 0o077) throw taken(path, `The folder ${folder} is open to other users: its mode is ${octal}, not 700.`);
}

/**
 * Makes the path free to listen on: the socket file of a dead process is removed, that of a live one is not.
 * @throws FailureError controlPathTaken
 */
export async function claimControlPath(path: string): Promise<void> {
  if (!isPipe(path)) await prepareFolder(path);
  if (await answers(path)) throw taken(path, 'Another Thinline answers there.');
  if (isPipe(path)) return;
  const there = await lstat(path).catch(() => undefined);
  if (there && !there.isSocket()) throw taken(path, 'A file that is not a socket is in the way.');
  if (there) await rm(path, { force: true });
}

/** Once it is listened on. */
export async function protectControlPath(path: string): Promise<void> {
  if (!isPipe(path)) await chmod(path, 0o600);
}
