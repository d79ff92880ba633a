/** A Kamailio process: started from a configuration, asked over its JSON-RPC, and what its log says of the requests. */
import { globSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bracketed } from './kamailio-core.ts';
import type { Host } from './namespaces.ts';
import { startPeer } from './process.ts';
import { until } from './until.ts';

/** A request that came in, of which its log has a line. */
export interface SeenRequest {
  method: string;
  uri: string;
  /** host:port */
  from: string;
  /** Over which it came: udp, tcp, tls, ws or wss. */
  transport: string;
  /** Where it came in: host:port. */
  at: string;
  callId: string;
  fromTag: string;
  /** '' outside a dialog. */
  toTag: string;
  /** Bytes of the whole message. */
  size: number;
  /** Of a Replaces header field (RFC 3891); '' where there is none. */
  replaces: string;
}

interface Reply {
  result?: unknown;
  error?: { code: number; message: string };
}

export interface KamailioProcess {
  /** Its log: one line for each request and response that passed. */
  readonly log: string;
  /** In order; what was sent again is here again. */
  readonly requests: readonly SeenRequest[];
  /** A command of its JSON-RPC interface: the result. */
  rpc(method: string, params?: readonly (string | number)[]): Promise<unknown>;
  /** Until a line of its log, past or to come, matches. */
  waitForLog(pattern: RegExp, deadline?: number): Promise<void>;
  /** Until a request has come in for which this holds; the first one. */
  waitForRequest(what: string, holds: (request: SeenRequest) => boolean, deadline?: number): Promise<SeenRequest>;
  /** kill -9 of all its processes. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface KamailioPlace {
  /** Where it takes JSON-RPC: any TCP listener. */
  host: string;
  port: number;
  /** A host that is not this machine's own network. */
  on?: Host | undefined;
  /** How it is started on this machine, as with a DNS server of its own. */
  start?: typeof startPeer | undefined;
}

const line =
  /<script>: request (?<method>\S+) (?<uri>\S+) from (?<from>\S+) over (?<transport>\S+) to (?<at>\S+), call (?<callId>\S+), from tag (?<fromTag>\S+), to tag (?<toTag>\S+), (?<size>\d+) bytes, replaces (?<replaces>.+)$/;

function seenRequest(text: string): SeenRequest | null {
  const groups = text.match(line)?.groups;
  if (!groups) return null;
  // Kamailio writes "<null>" for what is not there.
  const of = (name: string): string => (groups[name] ?? '').replace('<null>', '');
  return {
    method: of('method'),
    uri: of('uri'),
    from: of('from'),
    transport: of('transport').toLowerCase(),
    at: of('at'),
    callId: of('callId'),
    fromTag: of('fromTag'),
    toTag: of('toTag'),
    size: Number(of('size')),
    replaces: of('replaces'),
  };
}

/** Whether these modules are here; Debian has those for TLS and WebSocket in packages of their own. */
export const hasKamailioModules = (...names: readonly string[]): boolean =>
  names.every((name) => globSync(`/usr/lib/{*/,}kamailio/modules/${name}.so`).length > 0);

/** For a Kamailio on another host: asks it from there. */
const askThere = `fetch(process.argv[1], { method: 'POST', headers: { 'content-type': 'application/json' },
  body: process.argv[2] }).then((it) => it.text()).then(console.log)`;

async function askHere(url: string, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(2_000) });
  return reply.text();
}

/** Resolves when it answers. */
export async function runKamailio(config: string, { host, port, on, start }: KamailioPlace): Promise<KamailioProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'thinline-kamailio-'));
  const file = join(folder, 'kamailio.cfg');
  await writeFile(file, config, { mode: 0o600 });
  // TLS takes more memory than all the rest.
  const memory = config.includes('tls.so') ? ['-m', '32', '-M', '8'] : ['-m', '16', '-M', '4'];
  const peer = await (on?.start ?? start ?? startPeer)('kamailio', ['-DD', '-E', ...memory, '-Y', folder, '-f', file], {
    deathSignal: 'SIGTERM',
  });

  const ask = async (method: string, params: readonly (string | number)[]): Promise<Reply> => {
    const url = `http://${bracketed(host)}:${port}/rpc`;
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const reply = on ? await on.exec([process.execPath, '-e', askThere, url, body]) : await askHere(url, body);
    return JSON.parse(reply) as Reply;
  };
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const stop = async (): Promise<void> => {
    await peer.stop();
    await remove();
  };

  const ready = until(
    'Kamailio answers',
    () =>
      ask('core.version', []).then(
        () => true,
        () => false,
      ),
    10_000,
  );
  const gone = peer.exited.then(() => Promise.reject(new Error('Kamailio ended at its start.')));
  try {
    await Promise.race([ready, gone]);
  } catch (cause) {
    await stop();
    throw new Error(`${String(cause)}\n${peer.output}`);
  }

  const requests = (): SeenRequest[] => peer.output.split('\n').flatMap((text) => seenRequest(text) ?? []);
  return {
    get log() {
      return peer.output;
    },
    get requests() {
      return requests();
    },
    rpc: async (method, params = []) => {
      const { result, error } = await ask(method, params);
      if (error) throw new Error(`Kamailio refused ${method}: ${error.message}`);
      return result;
    },
    waitForLog: async (pattern, deadline) => void (await peer.waitForLine(pattern, deadline)),
    waitForRequest: async (what, holds, deadline) => {
      await until(`${what} at ${host}:${port}`, () => requests().some(holds), deadline);
      const found = requests().find(holds);
      if (!found) throw new Error('unreachable: the condition held');
      return found;
    },
    kill: async () => {
      // The whole group: it has a process for each listener.
      process.kill(-peer.pid, 'SIGKILL');
      await peer.exited;
      await remove();
    },
    stop,
  };
}
