/** The adapter beside the remoting client, as a process of its own that can be killed and started again. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Peer, startPeer } from '../peers/process.ts';

/** Before the sound of a WAV file, which only says at its end how long it is. */
const headerBytes = 44;

const program = join(import.meta.dirname, '../../packages/endpoint-adapter/bin/thinline-adapter.mjs');

export interface Endpoint {
  /** THINLINE_RUNTIME_DIR */
  readonly folder: string;
  /** Where add-ins hand channels over. */
  readonly pluginSocket: string;
  /** What it plays, as a sound file. */
  readonly recording: string;
  /** All of that so far, at 48 kHz. */
  heard(): Promise<Int16Array>;
  readonly pid: number;
  readonly log: string;
  /** kill -9 */
  kill(): Promise<void>;
  /** A new one, after kill(); settles when it is ready. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface EndpointOptions {
  /** Its microphone hears this tone all the time. */
  hz: number;
  dbfs?: number;
  /** The adapter, and its first words; that of the sources when not said. */
  command?: readonly string[];
}

export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { hz, dbfs = -10, command: [first = '', ...words] = [process.execPath, program] } = options;
  const folder = await mkdtemp(join(tmpdir(), 'thinline-endpoint-'));
  const recording = join(folder, 'heard.wav');
  const argv = ['--audio', `virtual:in=tone:${hz}:${dbfs},out=file:${recording}`, '--log-level', 'info'];
  const logs: string[] = [];
  let peer: Peer;
  // In truth it has a machine of its own.
  const start = async (): Promise<void> => {
    peer = await startPeer(first, [...words, ...argv], {
      env: { THINLINE_RUNTIME_DIR: folder },
      urgent: true,
    });
    await peer.waitForLine(/ ready, process /);
  };
  await start();
  return {
    folder,
    pluginSocket: join(folder, 'plugin.sock'),
    recording,
    async heard() {
      const sound = (await readFile(recording)).subarray(headerBytes);
      return Int16Array.from({ length: sound.length >> 1 }, (_, i) => sound.readInt16LE(i * 2));
    },
    get pid() {
      return peer.pid;
    },
    get log() {
      return [...logs, peer.output].join('\n');
    },
    async kill() {
      process.kill(peer.pid, 'SIGKILL');
      await peer.exited;
      logs.push(peer.output);
    },
    start,
    async stop() {
      await peer.stop(10_000);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
