/** Where the parts of one user's phone find each other on a machine. */
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { FailureError } from './failures.ts';

/** THINLINE_RUNTIME_DIR, else the user's own runtime folder, else one below the temporary folder; mode 0700. Throws FailureError runtimeFolderOpen. */
export function runtimeFolder(): string {
  const base = process.env.XDG_RUNTIME_DIR;
  const folder =
    process.env.THINLINE_RUNTIME_DIR ?? (base ? join(base, 'thinline') : join(tmpdir(), `thinline-${userInfo().uid}`));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Below a folder that everybody may write to, somebody else could have been first.
  const { uid, mode } = lstatSync(folder);
  if (process.platform !== 'win32' && (uid !== userInfo().uid || (mode & 0o077) !== 0)) {
    throw new FailureError('runtimeFolderOpen', { path: folder });
  }
  return folder;
}

const socket = (name: string): string =>
  process.platform === 'win32'
    ? `\\\\.\\pipe\\thinline-${userInfo().username}-${name}`
    : join(runtimeFolder(), `${name}.sock`);

/** Where the endpoint adapter waits for the app layer. */
export const adapterSocket = (): string => socket('adapter');
/** Where the app layer waits for `thinline ctl`. */
export const controlSocket = (): string => socket('control');
