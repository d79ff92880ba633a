/** Both halves on one machine: starts the endpoint adapter where none runs, and starts it anew when it dies. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { Log } from '@thinline/shared/log/log.ts';
import { connectOwn } from '@thinline/shared/own-socket.ts';
import { adapterProgram } from './adapter-program.ts';
import type { ChannelProvider } from './channel/provider.ts';
import type { DesktopSound } from './endpoint/placement.ts';

/** How long a new adapter gets to open its socket, and how often we look, ms. */
const startDeadline = 5000;
const lookEvery = 20;
/** An adapter whose app layer died and did not come back ends after that, s. */
const linger = 300;

export interface StandaloneOptions {
  socket: string;
  /** Beside another adapter, whose other ways in it leaves alone. */
  socketOnly?: boolean;
  audio: string | undefined;
  /** Of the command line; null: the configuration says it. */
  logLevel: string | null;
  log: Log;
}

/** A provider whose opening brings the adapter up first. The adapter outlives this process, and with it the calls. */
export function standalone(options: StandaloneOptions): ChannelProvider {
  return {
    name: 'standalone',
    placement: 'this machine',
    mostWaitMs: 4000,
    async open() {
      const running = await tryConnect(options.socket);
      if (running) return running;
      const failed = startAdapter(options);
      const deadline = Date.now() + startDeadline;
      for (;;) {
        const socket = await tryConnect(options.socket);
        if (socket) return socket;
        if (failed.reason) throw new Error(failed.reason);
        if (Date.now() > deadline) throw new Error('the endpoint adapter was started and did not come up');
        await new Promise((resolve) => setTimeout(resolve, lookEvery));
      }
    },
  };
}

/** The same inside a remote desktop, for agents whose own machine has no adapter. */
export function desktopSound(options: StandaloneOptions): DesktopSound {
  const socket = desktopSocket(options.socket);
  return {
    provider: {
      ...standalone({ ...options, socket, socketOnly: true }),
      name: 'desktop',
      placement: 'inside the desktop',
    },
    isRunning: async () => {
      const running = await tryConnect(socket);
      running?.destroy();
      return running !== null;
    },
  };
}

/** Beside that of an adapter that may be here for other reasons. */
const desktopSocket = (socket: string): string =>
  process.platform === 'win32' ? `${socket}-desktop` : join(dirname(socket), 'desktop.sock');

const tryConnect = (path: string): Promise<Duplex | null> => connectOwn(path).catch(() => null);

function startAdapter({ socket, socketOnly, audio, logLevel, log }: StandaloneOptions): { reason: string } {
  const failed = { reason: '' };
  const given = ['--socket', socket, '--linger', String(linger)];
  if (socketOnly) given.push('--socket-only');
  if (logLevel !== null) given.push('--log-level', logLevel);
  if (audio) given.push('--audio', audio);
  const { program, words } = adapterProgram();
  const child = spawn(program, [...words, ...given], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    // glibc keeps a heap for each thread that ever asked for memory; two are enough, and give theirs back sooner.
    env: { MALLOC_ARENA_MAX: '2', ...process.env },
  });
  log.info(`started the endpoint adapter, process ${child.pid}`);
  child.once('error', (error) => {
    failed.reason = `the endpoint adapter could not be started: ${error.message}`;
  });
  child.once('exit', (code, signal) => {
    failed.reason = `the endpoint adapter ended (${signal ?? `exit code ${code}`})`;
    log.warning(failed.reason);
  });
  child.unref();
  return failed;
}
