/** The endpoint's remoting client: xfreerdp with our add-in, on a screen that nobody sees. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Exit, startPeer } from '../peers/process.ts';
import type { Desktop } from './desktop.ts';

/** By this name the client is told to load the add-in. */
const addInName = 'thinline';
const libraries = '/usr/lib';

export interface Screen {
  /** For DISPLAY. */
  readonly display: string;
  stop(): Promise<void>;
}

export async function startScreen(): Promise<Screen> {
  const screen = ['-screen', '0', '800x600x16', '-nolisten', 'tcp', '-displayfd', '1'];
  const peer = await startPeer('Xvfb', screen);
  const [, number = ''] = await peer.waitForLine(/^(\d+)$/);
  return { display: `:${number}`, stop: async () => void (await peer.stop()) };
}

const switches = { none: [], dynamic: ['dvc'], static: ['vc'], both: ['dvc', 'vc'] } as const;

export interface ClientOptions {
  desktop: Desktop;
  screen: Screen;
  /** The add-in, a shared library. */
  addIn: string;
  /** Which of its channels the client opens. */
  channel: keyof typeof switches;
  /** Where the add-in finds the adapter's plugin socket. */
  runtimeFolder: string;
}

export interface Client {
  readonly pid: number;
  readonly log: string;
  readonly exited: Promise<Exit>;
  /** The dynamic channel can be opened. */
  hasDynamic(): Promise<void>;
  /** It stands still, and its network connection with it. */
  freeze(): void;
  thaw(): void;
  /** kill -9 */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * FreeRDP 2 looks for add-ins in one folder beside its own library, so this one process gets that folder with one more in
 * it. $0: a folder of ours with add-ins in it; $1: that of the library.
 */
const withAddIns = `
mkdir "$0/all" "$0/seen"
mount --bind "$1" "$0/all"
ln -s "$0"/all/* "$0/seen"
ln -sfn "$0/add-ins" "$0/seen/freerdp2"
mount --bind "$0/seen" "$1"
shift
exec "$@"
`;

async function libraryFolder(): Promise<string> {
  const folders = (await readdir(libraries)).map((name) => join(libraries, name));
  const found = folders.find((folder) => existsSync(join(folder, 'libfreerdp2.so.2')));
  if (found === undefined) throw new Error(`FreeRDP 2 is not below ${libraries}.`);
  return found;
}

/** Connects as the desktop's user: makes the session, or takes it, also from another client. */
export async function startClient(options: ClientOptions): Promise<Client> {
  const { desktop, screen, addIn, channel, runtimeFolder } = options;
  const folder = await mkdtemp(join(tmpdir(), 'thinline-client-'));
  const addIns = join(folder, 'add-ins');
  await mkdir(addIns);
  await copyFile(addIn, join(addIns, `lib${addInName}-client.so`));
  const where = [`/v:127.0.0.1:${desktop.port}`, `/u:${desktop.user}`, `/p:${desktop.password}`, '/cert:ignore'];
  const how = ['/w:640', '/h:480', '/bpp:16', ...switches[channel].map((it) => `/${it}:${addInName}`)];
  // What it logs comes line by line with stdbuf.
  const argv = ['stdbuf', '-oL', 'xfreerdp', ...where, ...how];
  const peer = await startPeer(
    'unshare',
    ['--mount', '--propagation', 'slave', 'sh', '-ec', withAddIns, folder, await libraryFolder(), ...argv],
    { env: { DISPLAY: screen.display, HOME: folder, XDG_CONFIG_HOME: folder, THINLINE_RUNTIME_DIR: runtimeFolder } },
  );
  let frozen = false;
  const thaw = (): void => {
    if (frozen) process.kill(peer.pid, 'SIGCONT');
    frozen = false;
  };
  const stop = async (): Promise<void> => {
    thaw();
    await peer.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    pid: peer.pid,
    get log() {
      return peer.output;
    },
    exited: peer.exited,
    async hasDynamic() {
      await peer.waitForLine(/Loading Dynamic Virtual Channel thinline/);
    },
    freeze: () => {
      process.kill(peer.pid, 'SIGSTOP');
      frozen = true;
    },
    thaw,
    async kill() {
      process.kill(peer.pid, 'SIGKILL');
      await peer.exited;
      await stop();
    },
    stop,
  };
}
