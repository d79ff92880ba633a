/** What can be heard at a source of a sound lab, as it comes. */
import { spawn } from 'node:child_process';
import { hurry } from '../../peers/process.ts';
import { labRate } from '../../peers/pulse.ts';

export interface Recorder {
  stop(): Promise<void>;
}

/** Small, as PulseAudio fills a sink in as large pieces as the one wants who listens most often. */
const latency = 10;

/** Settles with the first sound, or rejects when there is none. hear: whole samples, and when they came (performance.now()). */
export async function record(
  server: string,
  source: string,
  hear: (samples: Int16Array, now: number) => void,
): Promise<Recorder> {
  const format = ['--raw', '--format=s16le', `--rate=${labRate}`, '--channels=1'];
  const child = spawn('pacat', ['--record', ...format, `--latency-msec=${latency}`, `--device=${source}`], {
    env: { ...process.env, PULSE_SERVER: server },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (child.pid !== undefined) hurry(child.pid);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const begun = Promise.withResolvers<void>();
  void ended.then(() => begun.reject(new Error(`${source} can't be recorded.`)));
  begun.promise.catch(() => {});
  let rest: Buffer = Buffer.alloc(0);
  child.stdout.on('data', (data: Buffer) => {
    const now = performance.now();
    begun.resolve();
    const bytes = rest.length === 0 ? data : Buffer.concat([rest, data]);
    const count = bytes.length >> 1;
    rest = bytes.subarray(count * 2);
    hear(
      Int16Array.from({ length: count }, (_, i) => bytes.readInt16LE(i * 2)),
      now,
    );
  });
  await begun.promise;
  return {
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
