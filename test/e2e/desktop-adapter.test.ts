/** The adapter that the app layer starts inside a desktop: it leaves everything but its own socket to a real one. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { desktopSound } from '@thinline/app-layer/standalone.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startPeer } from '../peers/process.ts';
import { until } from '../peers/until.ts';

const program = join(import.meta.dirname, '../../packages/endpoint-adapter/bin/thinline-adapter.mjs');

let folder: string;
const cleanUp: (() => unknown)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thinline-desktop-'));
  vi.stubEnv('THINLINE_RUNTIME_DIR', folder);
});
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const sockets = async () => (await readdir(folder)).filter((name) => name.endsWith('.sock')).sort();

test.skipIf(process.platform === 'win32')(
  'a real adapter that starts later beside it has all of its ways in',
  async () => {
    let started = 0;
    const log = { ...silent, info: (text: string | (() => string)) => note(typeof text === 'string' ? text : text()) };
    const note = (text: string) => {
      started = Number(/process (\d+)/.exec(text)?.[1] ?? started);
    };
    const { provider, isRunning } = desktopSound({
      socket: join(folder, 'adapter.sock'),
      audio: 'virtual',
      logLevel: 'error',
      log: { ...log, child: () => log },
    });
    const pipe = await provider.open();
    cleanUp.push(async () => {
      pipe.destroy();
      process.kill(started, 'SIGTERM');
      await until('it has ended', async () => !(await isRunning()));
    });
    const adapter = await startPeer(process.execPath, [program, '--audio', 'virtual'], {
      env: { THINLINE_RUNTIME_DIR: folder },
    });
    cleanUp.push(() => adapter.stop(10_000));
    await adapter.waitForLine(/ready, process/);
    expect(await sockets()).toEqual(['adapter-control.sock', 'adapter.sock', 'desktop.sock', 'plugin.sock']);
    expect(adapter.output).not.toMatch(/TL6005/);
  },
);
