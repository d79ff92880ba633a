/** A Kamailio of our own, as registrar and proxy: the server that phones under test register at. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KamailioUser, kamailioConfig } from './kamailio-config.ts';
import type { Host } from './namespaces.ts';
import { freePort } from './ports.ts';
import { startPeer } from './process.ts';
import { until } from './until.ts';

export interface KamailioOptions {
  users: readonly KamailioUser[];
  /** Of the digest challenges; MD5 when not said. */
  algorithm?: 'MD5' | 'SHA-256';
  /** 127.0.0.1 when not said; '::1' for IPv6. */
  host?: string;
  /** A host that is not this machine's own network; takes the place of `host`. */
  on?: Host;
  /** A free one when not said; say it to start the same server again. */
  port?: number;
  /**
   * UDP ports: one more of its own, for phones behind a relay, and that relay's. Record-Route then names the relay, so that
   * their requests within a dialog pass through it too.
   */
  relayed?: { port: number; relay: number };
}

export interface Kamailio {
  readonly host: string;
  readonly udpPort: number;
  readonly tcpPort: number;
  /** Its log: one line for each request and response that passed. */
  readonly log: string;
  /** How many contacts the user has registered. */
  registered(user: string): Promise<number>;
  /** Until the user has that many contacts; rejects at the deadline (ms). */
  waitForContacts(user: string, contacts: number, deadline?: number): Promise<void>;
  /** Until a line of its log, past or to come, matches. */
  waitForLog(pattern: RegExp, deadline?: number): Promise<void>;
  stop(): Promise<void>;
}

interface Reply {
  result?: { Contacts?: unknown[] };
  error?: { code: number; message: string };
}

/** On another host every port is free; fetch refuses to talk to 5060. */
const portThere = 5070;

/** For a Kamailio on another host: asks it from there. */
const askThere = `fetch(process.argv[1], { method: 'POST', headers: { 'content-type': 'application/json' },
  body: process.argv[2] }).then((it) => it.text()).then(console.log)`;

async function askHere(url: string, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(2_000) });
  return reply.text();
}

export async function startKamailio(options: KamailioOptions): Promise<Kamailio> {
  const { users, algorithm = 'MD5', on, relayed } = options;
  const host = on?.address ?? options.host ?? '127.0.0.1';
  const port = options.port ?? (on ? portThere : await freePort(host));
  const folder = await mkdtemp(join(tmpdir(), 'thinline-kamailio-'));
  const file = join(folder, 'kamailio.cfg');
  await writeFile(file, kamailioConfig({ host, port, users, algorithm, ...(relayed ? { relayed } : {}) }), {
    mode: 0o600,
  });
  const peer = await (on?.start ?? startPeer)(
    'kamailio',
    ['-DD', '-E', '-m', '16', '-M', '4', '-Y', folder, '-f', file],
    {
      deathSignal: 'SIGTERM',
    },
  );

  const rpc = async (method: string, params: string[]): Promise<Reply> => {
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/rpc`;
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const reply = on ? await on.exec([process.execPath, '-e', askThere, url, body]) : await askHere(url, body);
    return JSON.parse(reply) as Reply;
  };
  const registered = async (user: string): Promise<number> => {
    const reply = await rpc('ul.lookup', ['location', user]);
    return reply.result?.Contacts?.length ?? 0;
  };
  const stop = async (): Promise<void> => {
    await peer.stop();
    await rm(folder, { recursive: true, force: true });
  };

  const ready = until(
    'Kamailio answers',
    () =>
      rpc('core.version', []).then(
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

  return {
    host,
    udpPort: port,
    tcpPort: port,
    get log() {
      return peer.output;
    },
    registered,
    waitForContacts: (user, contacts, deadline = 10_000) =>
      until(`${user} has ${contacts} contacts`, async () => (await registered(user)) === contacts, deadline),
    waitForLog: async (pattern, deadline) => void (await peer.waitForLine(pattern, deadline)),
    stop,
  };
}
