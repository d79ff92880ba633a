/** Where the parts of one user's phone find each other on a machine. */
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** THINLINE_RUNTIME_DIR, else the user's own runtime folder, else one below the temporary folder; see ownFolder. */
export function runtimeFolder(): string {
  const base = process.env.XDG_RUNTIME_DIR;
  const usual = base ? join(base, 'thinline') : join(tmpdir(), `thinline-${userInfo().uid}`);
  return process.env.THINLINE_RUNTIME_DIR ?? usual;
}

const socket = (name: string): string =>
  process.platform === 'win32'
    ? `\\\\.\\pipe\\thinline-${userInfo().username}-${name}`
    : join(runtimeFolder(), `${name}.sock`);

/** Where the endpoint adapter waits for the app layer. */
export const adapterSocket = (): string => socket('adapter');
/** Where the app layer waits for `thinline ctl`. */
export const controlSocket = (): string => socket('control');
