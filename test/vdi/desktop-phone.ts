/** The app layer in a session of the desktop, watched and commanded as its own panel would, over its control socket. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { get, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PhoneState } from '@thinline/app-layer/endpoint/replica.ts';
import type { CommandAnswer, FailureAnswer, PanelCommand } from '@thinline/app-layer/panel/api.ts';
import type { Call } from '@thinline/shared/contract/types.ts';
import type { Peer } from '../peers/process.ts';
import { type PhoneOptions, softphoneConfig } from '../phone.ts';
import type { Desktop } from './desktop.ts';

const program = join(import.meta.dirname, '../../packages/app-layer/bin/thinline.mjs');

export interface DesktopPhoneOptions extends Pick<PhoneOptions, 'lines' | 'settings'> {
  desktop: Desktop;
  logLevel?: string;
  /** The app layer, and its first words; that of the sources when not said. */
  command?: readonly string[];
}

/** A change of the link, and when it was seen, by performance.now(). */
export interface LinkChange {
  state: PhoneState['link']['state'];
  at: number;
}

export interface DesktopPhone {
  readonly log: string;
  state(): PhoneState;
  /** The first state, now or later, for which the condition holds. Rejects at the deadline (ms) with the last state. */
  waitFor(what: string, holds: (state: PhoneState) => boolean, deadline?: number): Promise<PhoneState>;
  /** The only call, once it is in that state. */
  call(state: Call['state'], deadline?: number): Promise<Call>;
  /** Every change of the link's state since the app layer was started first. */
  readonly changes: readonly LinkChange[];
  /** Calls of which the panel was told that they ended. */
  readonly released: readonly Call[];
  /** Null: done; else why not, as the phone says it. */
  command(command: PanelCommand): Promise<string | null>;
  /** thinline ctl with these words, in the session: its output. Rejects where it fails. */
  does(...words: string[]): Promise<string>;
  /** kill -9 */
  kill(): Promise<void>;
  /** A new one, after kill(). */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function startDesktopPhone(options: DesktopPhoneOptions): Promise<DesktopPhone> {
  const { desktop, logLevel = 'info' } = options;
  const folder = join(desktop.home, 'thinline');
  const config = join(desktop.home, 'Softphone.config');
  const socketPath = join(folder, 'control.sock');
  const command = (options.command ?? [process.execPath, program]).map((it) => desktop.inside(it));
  const env = { THINLINE_RUNTIME_DIR: folder, THINLINE_STATE_DIR: `${folder}/state` };
  await writeFile(config, softphoneConfig(options), { mode: 0o644 });

  const logs: string[] = [];
  const changes: LinkChange[] = [];
  const released: Call[] = [];
  let app: Peer;
  let events: IncomingMessage | null = null;
  let state: PhoneState | null = null;
  let wake = (): void => {};

  const take = (event: string, data: string): void => {
    if (event === 'released') released.push(JSON.parse(data) as Call);
    if (event !== 'state') return;
    state = JSON.parse(data) as PhoneState;
    if (state.link.state !== changes.at(-1)?.state) changes.push({ state: state.link.state, at: performance.now() });
    wake();
  };

  async function follow(): Promise<void> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get({ socketPath, path: '/api/events', host: 'localhost' }, resolve).once('error', reject);
    });
    let event = '';
    events = response;
    response.on('error', () => {});
    createInterface({ input: response }).on('line', (line) => {
      if (line.startsWith('event: ')) event = line.slice(7);
      else if (line.startsWith('data: ')) take(event, line.slice(6));
    });
  }

  async function start(): Promise<void> {
    const argv = ['--config', config, '--port', '0', '--log-level', logLevel];
    app = await desktop.inSession([...command, ...argv], { env });
    await app.waitForLine(/^Panel: \S+/);
    await follow();
    await waitFor('the panel tells a state', () => true);
  }

  const waitFor: DesktopPhone['waitFor'] = async (what, holds, deadline = 10_000) => {
    const end = performance.now() + deadline;
    for (;;) {
      if (state && holds(state)) return state;
      const left = end - performance.now();
      if (left <= 0) {
        throw new Error(`Not within ${deadline} ms: ${what}. ${JSON.stringify(state)}\n${app.output.slice(-4000)}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  await start();
  return {
    get log() {
      return [...logs, app.output].join('\n');
    },
    state() {
      if (!state) throw new Error('no state yet');
      return state;
    },
    waitFor,
    async call(wanted, deadline) {
      const { phone } = await waitFor(
        `one call, ${wanted}`,
        (it) => it.phone?.calls.length === 1 && it.phone.calls[0]?.state === wanted,
        deadline,
      );
      const call = phone?.calls[0];
      if (!call) throw new Error('unreachable: the condition held');
      return call;
    },
    changes,
    released,
    command(command) {
      const body = JSON.stringify({ id: randomUUID(), command });
      return new Promise((resolve, reject) => {
        const headers = { 'content-type': 'application/json' };
        const path = '/api/commands';
        const call = request({ socketPath, path, host: 'localhost', method: 'POST', headers }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => {
            text += part;
          });
          response.once('error', reject).once('end', () => {
            const answer = JSON.parse(text) as CommandAnswer | FailureAnswer;
            resolve('failure' in answer ? answer.failure.message : null);
          });
        });
        call.once('error', reject);
        call.end(body);
      });
    },
    async does(...words) {
      const ctl = await desktop.inSession([...command, 'ctl', ...words], { env });
      const { code } = await ctl.exited;
      if (code !== 0) throw new Error(`ctl ${words.join(' ')} ended with ${code}: ${ctl.output}`);
      return ctl.output;
    },
    async kill() {
      events?.destroy();
      process.kill(app.pid, 'SIGKILL');
      await app.exited;
      logs.push(app.output);
      state = null;
    },
    start,
    async stop() {
      events?.destroy();
      await app.stop();
    },
  };
}
