/** The phone under test: both halves as separate processes, driven and watched from outside as a user's programs would. */
import { execFile } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { PhoneState } from '@thinline/app-layer/endpoint/replica.ts';
import type { Call } from '@thinline/shared/contract/types.ts';
import type { Host } from './peers/namespaces.ts';
import { type Peer, startPeer } from './peers/process.ts';
import { waitForToneIn } from './peers/recording.ts';
import { until } from './peers/until.ts';

const program = join(import.meta.dirname, '../packages/app-layer/bin/thinline.mjs');

export interface LineSetting {
  user: string;
  /** host:port, a name that DNS knows, or "A;B" for a primary and its fallback. */
  server: string;
  transport?: 'udp' | 'tcp' | 'tls' | 'wss';
  password?: string;
  /** s; 0: calls without registration. */
  registerTimeout?: number;
  registerInterval?: number;
}

export interface PhoneOptions {
  lines: readonly LineSetting[];
  /** As thinline-adapter's --audio, or a tone (Hz) that it says all the time; a silent virtual device when not said. */
  audio?: string | { tone: number };
  /** Any free ones when not said. */
  sipPorts?: { min: number; max: number };
  /** More settings by their path, as 'policy.endpoint.public_address'; they win over what follows from the rest. */
  settings?: Readonly<Record<string, string>>;
  env?: Record<string, string>;
  logLevel?: string;
  /** A host that is not this machine's own network. */
  on?: Host;
  /** How its processes are started on this machine, as with a DNS server of their own. */
  start?: typeof startPeer;
}

export interface ControlResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface Phone {
  readonly url: string;
  readonly app: Peer;
  /** The app layer's folder: sockets and configuration. */
  readonly folder: string;
  readonly log: string;
  state(): PhoneState;
  /** The first state, now or later, for which the condition holds. Rejects at the deadline (ms) with the last state. */
  waitFor(what: string, holds: (state: PhoneState) => boolean, deadline?: number): Promise<PhoneState>;
  registered(deadline?: number): Promise<void>;
  /** The only call, once it is in that state. */
  call(state: Call['state'], deadline?: number): Promise<Call>;
  noCalls(deadline?: number): Promise<void>;
  /** Until 200 ms on end of the tone have been heard, from now on; needs `audio.tone`. */
  waitForTone(hz: number, deadline?: number): Promise<void>;
  /** The next call that ends, as it ended. */
  released(deadline?: number): Promise<Call>;
  /** thinline ctl with these words. */
  ctl(...words: string[]): Promise<ControlResult>;
  /** The same, and it must succeed: its standard output. */
  does(...words: string[]): Promise<string>;
  /** A second one beside it, of the same user and with the same folder. */
  second(): Promise<ControlResult>;
  /** kill -9 of the app layer, and a new one: when that was started, by performance.now(). */
  restartApp(): Promise<number>;
  stop(): Promise<void>;
}

const escapeXml = (text: string): string => text.replace(/[&"<]/g, (it) => `&#${it.charCodeAt(0)};`);

/** The elements of the settings that have these names in common: "domain.section.name", with any number of sections. */
function elements(settings: readonly { names: readonly string[]; value: string }[], element = 'domain'): string {
  const groups = Map.groupBy(settings, ({ names: [first = ''] }) => first);
  const lines = [...groups].map(([name, group]) => {
    const inside = group.filter(({ names }) => names.length > 1);
    const own = group.filter(({ names }) => names.length === 1);
    return [
      ...own.map(({ value }) => `<setting name="${name}" value="${escapeXml(value)}"/>`),
      inside.length === 0
        ? ''
        : `<${element} name="${name}">${elements(
            inside.map(({ names, value }) => ({ names: names.slice(1), value })),
            'section',
          )}</${element}>`,
    ].join('');
  });
  return lines.join('\n');
}

export function softphoneConfig({
  lines,
  sipPorts,
  settings = {},
}: Pick<PhoneOptions, 'lines' | 'sipPorts' | 'settings'>): string {
  const connectivity = lines.map(
    (it) => `<Connectivity user="${it.user}" server="${it.server}" protocol="${it.transport ?? 'udp'}"/>`,
  );
  const ofLine = (it: LineSetting, n: number): [string, string][] => [
    [`proxies.proxy${n}.display_name`, `Agent ${it.user}`],
    [`proxies.proxy${n}.password`, it.password ?? ''],
    [`proxies.proxy${n}.reg_timeout`, String(it.registerTimeout ?? 60)],
    [`proxies.proxy${n}.reg_interval`, String(it.registerInterval ?? 1)],
  ];
  // Below the ports that the tests' peers are given, so that nobody takes another's.
  const ports = sipPorts ?? { min: 17_000, max: 19_999 };
  const all = new Map<string, string>([
    // Levels are measured; gain control has its own tests.
    ['policy.session.agc_mode', '0'],
    ['policy.endpoint.sip_port_min', String(ports.min)],
    ['policy.endpoint.sip_port_max', String(ports.max)],
    ...lines.flatMap(ofLine),
    ...Object.entries(settings),
  ]);
  return `<Softphone><Container name="Basic">${connectivity.join('')}</Container>
    <Container name="Genesys"><settings>
    ${elements([...all].map(([path, value]) => ({ names: path.split('.'), value })))}
    </settings></Container></Softphone>\n`;
}

export async function startPhone(options: PhoneOptions): Promise<Phone> {
  const folder = await mkdtemp(join(tmpdir(), 'thinline-phone-'));
  const config = join(folder, 'Softphone.config');
  await writeFile(config, softphoneConfig(options), { mode: 0o600 });
  const env = { THINLINE_RUNTIME_DIR: folder, ...options.env };
  const ear = join(folder, 'ear.wav');
  const { audio = 'virtual' } = options;
  const sound = typeof audio === 'string' ? audio : `virtual:in=tone:${audio.tone}:-10,out=file:${ear}`;
  const argv = ['--standalone', '--config', config, '--port', '0', '--audio', sound];
  const logs: string[] = [];

  const startApp = () =>
    (options.on?.start ?? options.start ?? startPeer)(
      process.execPath,
      [program, ...argv, '--log-level', options.logLevel ?? 'info'],
      {
        env,
      },
    );
  let app = await startApp();
  let follow = await followState(app, folder);

  const waitFor: Phone['waitFor'] = async (what, holds, deadline = 20_000) => {
    const found = await follow.until(holds, deadline);
    if (found) return found;
    throw new Error(`Not within ${deadline} ms: ${what}. ${JSON.stringify(follow.state)}\n${app.output.slice(-4000)}`);
  };

  const run = (...words: string[]): Promise<ControlResult> => {
    const ran = promisify(execFile)(process.execPath, [program, ...words], { env: { ...process.env, ...env } });
    return ran.then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { code?: number; stdout?: string; stderr?: string }) => ({
        code: error.code ?? -1,
        stdout: error.stdout ?? '',
        stderr: error.stderr ?? String(error),
      }),
    );
  };

  const ctl: Phone['ctl'] = (...words) => run('ctl', ...words);

  return {
    folder,
    get url() {
      return follow.url;
    },
    get app() {
      return app;
    },
    get log() {
      return [...logs, app.output].join('\n');
    },
    state() {
      if (!follow.state) throw new Error('no state yet');
      return follow.state;
    },
    waitFor,
    async registered(deadline) {
      const up = (it: PhoneState) => it.phone !== null && it.phone.lines.length > 0;
      await waitFor(
        'every line registered',
        (it) => up(it) && (it.phone?.lines ?? []).every((line) => line.state === 'REGISTERED'),
        deadline,
      );
    },
    async call(state, deadline) {
      const found = await waitFor(
        `one call, ${state}`,
        ({ phone }) => phone?.calls.length === 1 && phone.calls[0]?.state === state,
        deadline,
      );
      const call = found.phone?.calls[0];
      if (!call) throw new Error('unreachable: the condition held');
      return call;
    },
    async noCalls(deadline) {
      await waitFor('no calls', ({ phone }) => phone?.calls.length === 0, deadline);
    },
    waitForTone: (hz, deadline) => waitForToneIn('the phone', { file: async () => ear, rate: 48_000 }, hz, deadline),
    released(deadline = 20_000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`No call ended within ${deadline} ms.`)), deadline);
        follow.released.once('call', (call) => {
          clearTimeout(timer);
          resolve(call);
        });
      });
    },
    ctl,
    second: () => run(...argv),
    async does(...words) {
      const { code, stdout, stderr } = await ctl(...words);
      if (code !== 0) throw new Error(`ctl ${words.join(' ')} ended with ${code}: ${stderr}`);
      return stdout;
    },
    async restartApp() {
      follow.close();
      process.kill(app.pid, 'SIGKILL');
      await app.exited;
      logs.push(app.output);
      const startedAt = performance.now();
      app = await startApp();
      follow = await followState(app, folder);
      return startedAt;
    },
    async stop() {
      const adapter = follow.state?.phone?.endpoint?.pid;
      follow.close();
      await app.stop(8_000);
      if (adapter !== undefined) await ended(adapter);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Following {
  url: string;
  state: PhoneState | null;
  released: EventEmitter<{ call: [Call] }>;
  /** The first state from now on in which that holds, however soon the next one follows; null: none within `ms`. */
  until(holds: (state: PhoneState) => boolean, ms: number): Promise<PhoneState | null>;
  close(): void;
}

/** The panel's own event stream, over the control socket. */
async function followState(app: Peer, folder: string): Promise<Following> {
  const [, url = ''] = await app.waitForLine(/^Panel: (\S+)/);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = get({ socketPath: join(folder, 'control.sock'), path: '/api/events', host: 'localhost' }, resolve);
    request.once('error', reject);
  });
  const states = new EventEmitter<{ state: [PhoneState] }>();
  states.setMaxListeners(0);
  const following: Following = {
    url,
    state: null,
    released: new EventEmitter(),
    until: (holds, ms) =>
      new Promise((resolve, reject) => {
        const end = (found: PhoneState | null) => {
          clearTimeout(timer);
          states.off('state', look);
          resolve(found);
        };
        const look = (state: PhoneState) => {
          try {
            if (holds(state)) end(state);
          } catch (error) {
            reject(error);
            end(null);
          }
        };
        const timer = setTimeout(end, ms, null);
        states.on('state', look);
        if (following.state) look(following.state);
      }),
    close: () => response.destroy(),
  };
  let event = '';
  response.on('error', () => {});
  createInterface({ input: response }).on('line', (line) => {
    if (line.startsWith('event: ')) event = line.slice(7);
    if (!line.startsWith('data: ')) return;
    if (event === 'released') following.released.emit('call', JSON.parse(line.slice(6)) as Call);
    if (event !== 'state') return;
    following.state = JSON.parse(line.slice(6)) as PhoneState;
    states.emit('state', following.state);
  });
  return following;
}

/** The adapter is nobody's child: it must be gone when the phone is stopped, by itself or by force. */
async function ended(pid: number): Promise<void> {
  const alive = () => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  await until(`the adapter ${pid} has ended`, () => !alive(), 15_000).catch((error: unknown) => {
    process.kill(pid, 'SIGKILL');
    throw error;
  });
}
