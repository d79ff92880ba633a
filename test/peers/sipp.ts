/** SIPp as the far end, for what no real phone does on purpose: one scenario file, one call, and what went over the wire. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, freePorts } from './ports.ts';
import { startPeer } from './process.ts';
import { until } from './until.ts';

export interface SippOptions {
  /** What the scenario file says. */
  scenario: string;
  /** For reports. */
  name: string;
  /** Its own address; 127.0.0.1 when not said. */
  host?: string;
  /** host:port to send to. Without it SIPp waits for the phone's call. */
  remote?: string;
  /** The user part of the Request-URI (`[service]`). */
  service?: string;
  /** A free one when not said. */
  localPort?: number;
  transport?: 'udp' | 'tcp';
  /** For `[name]` in the scenario. */
  keys?: Record<string, string>;
  /** CSV file for `[field0]` and so on. */
  injection?: string;
  /** Of Digest authentication. */
  credentials?: { user: string; password: string };
  /** How many calls it makes or takes before it ends. */
  calls?: number;
  /** Seconds, after which it gives up and fails. */
  timeout?: number;
  /** false: it doesn't send again, and sees what the phone sends again as messages of their own. */
  retransmissions?: boolean;
}

export interface SippResult {
  passed: boolean;
  exitCode: number | null;
  /** Why it failed, and the messages that were sent and received (bounded); for an assertion's message. */
  report: string;
}

export interface Sipp {
  readonly host: string;
  readonly port: number;
  /** Settles when SIPp has ended, passed or not. */
  readonly ended: Promise<SippResult>;
  /** Settles when SIPp has ended; rejects with the report when its scenario failed. */
  passed(): Promise<void>;
  stop(): Promise<void>;
}

const maxReport = 24_000;

/** Read from /proc, as trying to bind the port could take it from SIPp. */
async function isBound(port: number, transport: 'udp' | 'tcp'): Promise<boolean> {
  const table = await readFile(`/proc/net/${transport}`, 'latin1');
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  return table.split('\n').some((line) => line.slice(0, 24).includes(local));
}

async function tail(file: string, size: number): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.length > size ? `…${text.slice(-size)}` : text;
}

export async function startSipp(options: SippOptions): Promise<Sipp> {
  const { name, host = '127.0.0.1', transport = 'udp', calls = 1, timeout = 20, keys = {} } = options;
  const port = options.localPort ?? (await freePort(host));
  // It takes the one for video too, two above.
  const mediaPort = await freePorts(4, host);
  const folder = await mkdtemp(join(tmpdir(), 'thinline-sipp-'));
  const scenario = join(folder, 'scenario.xml');
  await writeFile(scenario, options.scenario);
  const messages = join(folder, 'messages.log');
  const errors = join(folder, 'errors.log');
  const args = [
    ...(options.remote === undefined ? [] : [options.remote]),
    ...['-sf', scenario, '-m', String(calls), '-r', '20', '-nostdin', '-skip_rlimit'],
    ...['-i', host, '-bind_local', '-p', String(port), '-mi', host, '-mp', String(mediaPort)],
    ...['-t', transport === 'udp' ? 'u1' : 't1', '-timeout', `${timeout}s`, '-timeout_error'],
    ...['-trace_msg', '-message_file', messages, '-trace_err', '-error_file', errors],
    ...(options.retransmissions === false ? ['-nr'] : []),
    ...(options.service === undefined ? [] : ['-s', options.service]),
    ...(options.injection === undefined ? [] : ['-inf', options.injection]),
    ...(options.credentials ? ['-au', options.credentials.user, '-ap', options.credentials.password] : []),
    ...Object.entries(keys).flatMap(([key, value]) => ['-key', key, value]),
  ];
  const peer = await startPeer('sipp', args, { cwd: folder, env: { TERM: 'dumb' } });

  const ended = (async (): Promise<SippResult> => {
    const { code } = await peer.exited;
    const passed = code === 0;
    const report = passed
      ? ''
      : [
          `SIPp ended with ${code} in ${name}.`,
          await tail(errors, maxReport / 3),
          await tail(messages, maxReport),
          ...(code === 1 ? [] : [peer.output.slice(-2_000)]),
        ].join('\n');
    await rm(folder, { recursive: true, force: true });
    return { passed, exitCode: code, report };
  })();

  let over = false;
  void peer.exited.then(() => {
    over = true;
  });
  await until('SIPp listens', async () => over || isBound(port, transport));

  return {
    host,
    port,
    ended,
    async passed() {
      const result = await ended;
      if (!result.passed) throw new Error(result.report);
    },
    async stop() {
      await peer.stop();
      await ended;
    },
  };
}
