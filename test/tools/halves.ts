/** The two halves as separate processes that know of each other by a socket, each of whatever build, as at a desk and in a desktop. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PhoneState } from '@thinline/app-layer/endpoint/replica.ts';
import type { CommandAnswer, PanelCommand } from '@thinline/app-layer/panel/api.ts';
import { askAt } from '@thinline/shared/control-client.ts';
import { type Peer, startPeer } from '../peers/process.ts';
import { until } from '../peers/until.ts';
import { type LineSetting, softphoneConfig } from '../phone.ts';

const thisBuild = join(import.meta.dirname, '../..');

export interface Half {
  stop(): Promise<void>;
}

/** A folder that is nobody else's, for the sockets of one half. */
const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'thinline-half-'));

const startIn = (folder: string, build: string, program: string, args: readonly string[]): Promise<Peer> =>
  startPeer(process.execPath, [join(build, 'packages', program), ...args], { env: { THINLINE_RUNTIME_DIR: folder } });

async function endIn(folder: string, peer: Peer): Promise<void> {
  await peer.stop(8000);
  await rm(folder, { recursive: true, force: true });
}

/** build: a folder that has packages/. */
export async function startEndpoint({ socket, build = thisBuild }: { socket: string; build?: string }): Promise<Half> {
  const folder = await newFolder();
  // A desktop that waits configures it before it is ready, and a configuration's level may leave that line out.
  const args = ['--socket', socket, '--audio', 'virtual', '--log-level', 'info'];
  const peer = await startIn(folder, build, 'endpoint-adapter/bin/thinline-adapter.mjs', args);
  const stop = () => endIn(folder, peer);
  try {
    await peer.waitForLine(/ready, process/);
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What an app layer of an earlier protocol tells, too. */
export type DesktopState = Pick<PhoneState, 'phone' | 'link'> & Partial<PhoneState>;

export interface Desktop extends Half {
  state(): Promise<DesktopState>;
  /** The first state for which it holds. */
  waitFor(what: string, holds: (state: DesktopState) => boolean): Promise<DesktopState>;
  /** Rejects with Refused. */
  command(command: PanelCommand): Promise<CommandAnswer>;
  /** kill -9, and a new one. */
  restart(): Promise<void>;
}

export interface DesktopOptions {
  socket: string;
  line: LineSetting;
  /** By their paths. */
  settings?: Readonly<Record<string, string>>;
  build?: string;
}

export async function startDesktop({
  socket,
  line,
  settings = {},
  build = thisBuild,
}: DesktopOptions): Promise<Desktop> {
  const folder = await newFolder();
  const config = join(folder, 'Softphone.config');
  await writeFile(config, softphoneConfig({ lines: [line], settings }), { mode: 0o600 });
  const args = ['--socket', socket, '--config', config, '--port', '0', '--audio', 'virtual'];
  const start = () => startIn(folder, build, 'app-layer/bin/thinline.mjs', args);
  let peer = await start();
  const stop = () => endIn(folder, peer);
  const ask = <T>(path: string, body?: unknown) => askAt<T>(join(folder, 'control.sock'), path, body);
  const state = () => ask<DesktopState>('/api/state');
  try {
    await peer.waitForLine(/^Panel: /);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    stop,
    state,
    command: (command) => ask<CommandAnswer>('/api/commands', { command }),
    async restart() {
      process.kill(peer.pid, 'SIGKILL');
      await peer.exited;
      peer = await start();
      await peer.waitForLine(/^Panel: /);
    },
    async waitFor(what, holds) {
      let last = await state();
      const held = async () => {
        last = await state();
        return holds(last);
      };
      await until(what, held, 20_000).catch((error: Error) => {
        throw new Error(`${error.message} ${JSON.stringify(last)}\n${peer.output.slice(-4000)}`);
      });
      return last;
    },
  };
}
