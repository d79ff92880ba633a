/** Where the parts of one user's phone find each other on a machine. */
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** THINLINE_RUNTIME_DIR, else the user's own runtime folder, else one below the temporary folder; see ownFolder. */
export function runtimeFolder(): string {
  const base = process.env.XDG_RUNTIME_DIR;
  const usual = base ? join(base, 'thinline') : join(tmpdir(), `thinline-${userInfo().uid}`);
  // An empty one counts as none, here and in the plugins.
  return process.env.THINLINE_RUNTIME_DIR || usual;
}

const socket = (name: string): string =>
  process.platform === 'win32'
    ? `\\\\.\\pipe\\thinline-${userInfo().username}-${name}`
    : join(runtimeFolder(), `${name}.sock`);

/** Where the endpoint adapter waits for the app layer. */
export const adapterSocket = (): string => socket('adapter');
/** Where the plugins of remoting clients hand channels to the endpoint adapter. */
export const pluginSocket = (): string => socket('plugin');
/** Where the endpoint adapter waits for `thinline-adapter ctl`. */
export const adapterControlSocket = (): string => socket('adapter-control');
/** Where the app layer waits for `thinline ctl`. */
export const controlSocket = (): string => socket('control');

/** THINLINE_CERTIFICATES, else a folder of ours where this system keeps configuration. */
export function certificateFolder(): string {
  const usual =
    process.platform === 'win32'
      ? join(process.env.ProgramData || homedir(), 'Thinline')
      : join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'thinline');
  return process.env.THINLINE_CERTIFICATES || join(usual, 'certificates');
}

/** THINLINE_STATE_DIR, else a folder of ours where this system keeps what programs remember of a user. */
export function stateFolder(): string {
  const usual = () => {
    if (process.platform === 'win32') return join(process.env.LOCALAPPDATA || homedir(), 'Thinline');
    if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Thinline');
    return join(process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'thinline');
  };
  return process.env.THINLINE_STATE_DIR || usual();
}
