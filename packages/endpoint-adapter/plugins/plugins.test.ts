import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pluginSocket } from '@thinline/shared/paths.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { byteAt, FakeAdapter, hashOf, type PluginConnection } from './testing/adapter.ts';
import {
  type Built,
  buildForTest,
  type Kind,
  type Plugin,
  pluginMissing,
  RemotingClient,
  racesCanBeSeen,
  type Watch,
} from './testing/host.ts';

const KIB = 1024;
const QUEUE_BYTES = 256 * KIB;
/** No call may wait for anybody; other processes may take the processor away for a while. */
const CALL_US = 1_000_000;

let folder: string;
let adapter: FakeAdapter | null = null;
let client: RemotingClient | null = null;

const builds = mkdtempSync(join(tmpdir(), 'thinline-plugins-'));
afterAll(() => rmSync(builds, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thinline-plugin-'));
});

/** Whatever a test did, nothing may be left over. */
afterEach(async () => {
  const ended = await client?.end();
  client = null;
  await adapter?.close();
  adapter = null;
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
  if (ended) expect(ended).toEqual({ code: 0, errors: '' });
});

function start(built: Built, kind: Kind, environment: Record<string, string> = {}): RemotingClient {
  client = RemotingClient.start(built, kind, { THINLINE_RUNTIME_DIR: folder, ...environment });
  return client;
}

async function listen(): Promise<FakeAdapter> {
  adapter = await FakeAdapter.listen(folder);
  return adapter;
}

async function goAway(): Promise<void> {
  await adapter?.close();
  adapter = null;
}

const pushed = (from: number, to: number): Buffer =>
  Buffer.from(Uint8Array.from({ length: to - from }, (_, i) => byteAt(from + i)));

const noise = (length: number): Buffer => Buffer.from(Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 7)) & 255));

/** The plugin's next connection. What is pushed from now on reaches it. */
async function nextConnection(): Promise<PluginConnection> {
  if (!adapter) throw new Error('there is no adapter');
  return (await adapter.connection()).read();
}

async function connected(session: number): Promise<PluginConnection> {
  await client?.must(`connect ${session}`);
  return nextConnection();
}

/** As connected(), and the session has said one byte, before which nothing is read from the adapter. */
async function talking(session: number): Promise<PluginConnection> {
  const connection = await connected(session);
  await client?.must(`push ${session} 1 1`);
  await connection.until(1);
  return connection;
}

describe.each<[Plugin, Kind]>([
  ['freerdp2', 'static'],
  ['freerdp2', 'dynamic'],
  ['horizon', 'static'],
])('the plugin for %s, %s channel', (plugin, kind) => {
  const missing = pluginMissing(plugin);
  describe.skipIf(missing !== null)(missing ?? 'built here', () => {
    describe.each<Watch>(['nothing', 'addresses', 'races'])('watched for %s', (watch) => {
      const canRun = watch !== 'races' || missing !== null || racesCanBeSeen(builds);
      describe.skipIf(!canRun)(canRun ? 'here' : 'programs that are watched for races do not run here', () => {
        let built: Built;

        beforeAll(() => {
          built = buildForTest(plugin, watch, builds);
        });

        it('carries bytes both ways, however they are cut', async () => {
          await listen();
          const host = start(built, kind);
          await host.must('begin');
          const connection = await connected(0);
          let there = 0;
          let back = 0;
          const sent: Buffer[] = [];
          for (const [total, chunk] of [
            [500, 1],
            [5_000, 7],
            [50_000, 700],
            [QUEUE_BYTES - 1, 1590],
            [QUEUE_BYTES, 1600],
            [QUEUE_BYTES, QUEUE_BYTES],
            [70_000, 4099],
          ] as const) {
            const { longestUs } = await host.must(`push 0 ${total} ${chunk}`);
            expect(longestUs).toBeLessThan(CALL_US);
            there += total;
            await connection.until(there);
            // Once a byte comes back, the plugin has also taken note that its queue is empty.
            sent.push(Buffer.from([0]));
            back++;
            await connection.send(Buffer.from([0]));
            await host.must(`await 0 ${back}`);
          }
          expect(connection.received.equals(pushed(0, there))).toBe(true);
          for (const how of ['now', 'later']) {
            await host.must(`writes ${how}`);
            for (const length of [1, 2, 1590, 1600, 16 * KIB - 1, 16 * KIB, 16 * KIB + 1, 300_000]) {
              const bytes = noise(length);
              sent.push(bytes);
              back += length;
              await Promise.all([connection.send(bytes), host.must(`await 0 ${back}`)]);
            }
          }
          const { received, hash } = await host.must('facts 0');
          expect({ received, hash }).toEqual({ received: back, hash: hashOf(Buffer.concat(sent)) });
          await host.must('disconnect 0');
          await connection.closed;
          await host.must('terminate 0');
        });

        it('keeps two sessions apart', async () => {
          await listen();
          const host = start(built, kind);
          await host.must('begin');
          await host.must('begin');
          const first = await connected(0);
          const second = await connected(1);
          await host.must('push 0 3000 1000');
          await host.must('push 1 5000 1000');
          await Promise.all([first.until(3000), second.until(5000)]);
          expect([first.received.length, second.received.length]).toEqual([3000, 5000]);
          await second.send(noise(100));
          await host.must('await 1 100');
          expect((await host.must('facts 0')).received).toBe(0);
          await host.must('terminate 0');
          await host.must('push 1 10 10');
          await second.until(5010);
          await host.must('terminate 1');
        });

        it('is accepted without an adapter, finds it whenever it comes, and drops what comes meanwhile', async () => {
          const host = start(built, kind);
          await host.must('begin');
          await host.must('connect 0');
          await host.must('push 0 1000000 1600');
          for (const times of [0, 1, 2]) {
            await listen();
            const connection = await nextConnection();
            await host.must('push 0 5000 1600');
            const from = 1_000_000 + times * 5000;
            expect((await connection.until(5000)).equals(pushed(from, from + 5000))).toBe(true);
            await connection.send(noise(100));
            await host.must(`await 0 ${(times + 1) * 100}`);
            await goAway();
          }
          await host.must('terminate 0');
        });

        it('reads nothing before the session has said something', async () => {
          (await listen()).greet(noise(100));
          const host = start(built, kind);
          await host.must('begin');
          await host.must('begin');
          const silent = await connected(0);
          // The other session's bytes come only after these could have come, too.
          await talking(1);
          await host.must('await 1 100');
          expect((await host.must('facts 0')).received).toBe(0);
          await host.must('push 0 1 1');
          await silent.until(1);
          await host.must('await 0 100');
          await host.must('terminate 0');
          await host.must('terminate 1');
        });

        it('keeps little for an adapter that does not read, and holds up nobody', async () => {
          const unread = await listen();
          const host = start(built, kind);
          await host.must('begin');
          await host.must('connect 0');
          await unread.connection();
          const before = await host.must('facts 0');
          const total = (watch === 'nothing' ? 64 : 4) * KIB * KIB;
          const { longestUs } = await host.must(`push 0 ${total} 1600`);
          expect(longestUs).toBeLessThan(CALL_US);
          const after = await host.must('facts 0');
          if (watch === 'nothing') expect(after.residentKiB - before.residentKiB).toBeLessThan(2 * KIB);
          await host.must('terminate 0');
        });

        it('gives up the connection to an adapter that does not keep up', async () => {
          const slow = await listen();
          const host = start(built, kind);
          await host.must('begin');
          await host.must('connect 0');
          const connection = await slow.connection();
          // More than one connection takes, and less than two.
          await host.must('push 0 800000 1600');
          const next = await nextConnection();
          await host.must('push 0 10 10');
          await next.until(10);
          connection.read();
          await connection.closed;
          expect(connection.received.length).toBeLessThan(QUEUE_BYTES + 512 * KIB);
          expect(connection.received.equals(pushed(0, connection.received.length))).toBe(true);
          await host.must('terminate 0');
        });

        it('ends in every state', async () => {
          const host = start(built, kind);
          // Never connected.
          await host.must('begin');
          await host.must('terminate 0');
          // Without an adapter.
          await host.must('begin');
          await host.must('connect 1');
          await host.must('disconnect 1');
          await host.must('connect 1');
          await host.must('terminate 1');
          await listen();
          // Just connecting.
          await host.must('begin');
          await host.must('connect 2');
          await host.must('disconnect 2');
          await host.must('connect 2');
          await host.must('terminate 2');
          // With bytes for an adapter that doesn't read.
          await goAway();
          const unread = await listen();
          await host.must('begin');
          await host.must('connect 3');
          await unread.connection();
          await host.must('push 3 250000 1600');
          await host.must('disconnect 3');
          await host.must('disconnect 3');
          await host.must('terminate 3');
          // Without its adapter.
          await goAway();
          await listen();
          await host.must('begin');
          await talking(4);
          await goAway();
          await host.must('disconnect 4');
          await host.must('terminate 4');
          expect((await host.must('facts 0')).threads).toBe(baseThreads(watch));
          expect((await host.must('unload')).ok).toBe(true);
        });

        it('leaves nothing behind, a thousand times', async () => {
          await listen();
          const host = start(built, kind);
          await host.must('begin');
          await host.must('cycle 0 1 1000');
          const before = await host.must('facts 0');
          expect((await host.must('cycle 0 1000 1000')).opened).toBe(1000);
          const after = await host.must('facts 0');
          expect([after.threads, after.descriptors]).toEqual([before.threads, before.descriptors]);
          if (watch === 'nothing') expect(after.residentKiB - before.residentKiB).toBeLessThan(2 * KIB);
          await host.must('terminate 0');
        }, 120_000);

        it('calls the client no more once it has been told the end', async () => {
          (await listen()).greet(noise(KIB * KIB));
          const host = start(built, kind);
          await host.must('begin');
          await host.must('interrupt 0 30');
          await host.must('terminate 0');
        });

        if (kind === 'dynamic') return;

        it('reads no more than the client can write', async () => {
          await listen();
          const host = start(built, kind);
          await host.must('begin');
          const connection = await talking(0);
          await host.must('writes held');
          const bytes = noise(4 * KIB * KIB);
          const sent = connection.send(bytes);
          await host.must('await-held 4');
          const { held, heldBytes, received } = await host.must('facts 0');
          expect([held, received]).toEqual([4, 0]);
          expect(heldBytes).toBeLessThanOrEqual(64 * KIB);
          expect(connection.socket.writableLength).toBeGreaterThan(3 * KIB * KIB);
          // The other way it goes on meanwhile.
          await host.must('push 0 1000 100');
          await connection.until(1001);
          expect((await host.must('complete')).count).toBeGreaterThanOrEqual(4);
          await host.must('writes later');
          await Promise.all([sent, host.must(`await 0 ${bytes.length}`)]);
          expect((await host.must('facts 0')).hash).toBe(hashOf(bytes));
          await host.must('terminate 0');
        });

        it.each(['complete', 'cancel'])('waits for the last writes after its end: %s', async (verb) => {
          await listen();
          const host = start(built, kind);
          await host.must('begin');
          const connection = await talking(0);
          await host.must('writes held');
          const sent = connection.send(noise(4 * KIB * KIB)).catch(() => 'closed');
          await host.must('await-held 4');
          await host.must('disconnect 0');
          await connection.closed;
          await sent;
          await host.must('terminate 0');
          expect((await host.must(verb)).count).toBe(4);
        });

        it('lets a client go that holds up its thread', async () => {
          await listen();
          const host = start(built, kind);
          await host.must('begin');
          const connection = await talking(0);
          await host.must('writes stuck');
          await connection.send(noise(10));
          await host.must('await-held 1');
          await host.must('disconnect 0');
          await host.must('terminate 0');
          await host.must('writes now');
          await connection.closed;
        });

        it('is used by several threads at once', async () => {
          await listen();
          const host = start(built, kind);
          await host.must('begin');
          await host.must('storm 0 300');
          await host.must('terminate 0');
        }, 120_000);
      });
    });
  });
});

/** The host's own two; the watch for races has one more. */
const baseThreads = (watch: Watch): number => (watch === 'races' ? 3 : 2);

const horizonMissing = pluginMissing('horizon');

describe.skipIf(horizonMissing !== null)(horizonMissing ?? 'the way to the adapter', () => {
  let built: Built;

  beforeAll(() => {
    built = buildForTest('horizon', 'nothing', builds);
  });

  const places = ['THINLINE_RUNTIME_DIR', 'XDG_RUNTIME_DIR', 'TMPDIR'];

  it.each(places)('is the one that the adapter takes: by %s', async (name) => {
    for (const other of places) vi.stubEnv(other, undefined);
    vi.stubEnv(name, folder);
    const path = pluginSocket();
    mkdirSync(dirname(path), { recursive: true });
    adapter = await FakeAdapter.listen(dirname(path));
    client = RemotingClient.start(built, 'static', { [name]: folder });
    await client.must('begin');
    await client.must('connect 0');
    await adapter.connection();
    await client.must('terminate 0');
  });

  it('is none where no socket can be: its path is too long', async () => {
    const host = start(built, 'static', { THINLINE_RUNTIME_DIR: join(folder, 'x'.repeat(100)) });
    await host.must('begin');
    await host.must('connect 0');
    await host.must('push 0 1000 100');
    await host.must('terminate 0');
  });

  it.runIf(process.getuid?.() === 0)('is none when somebody else waits there', async () => {
    chmodSync(folder, 0o777);
    const code = `const server = require('node:net').createServer((socket) => {
        socket.on('close', () => console.log('left')); socket.on('data', () => console.log('told')); socket.resume();
      });
      server.listen(${JSON.stringify(join(folder, 'plugin.sock'))}, () => {
        require('node:fs').chmodSync(${JSON.stringify(join(folder, 'plugin.sock'))}, 0o777); console.log('waits');
      });`;
    const stranger = spawn(process.execPath, ['-e', code], {
      uid: 65534,
      gid: 65534,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const said: string[] = [];
      stranger.stdout.setEncoding('utf8').on('data', (text: string) => said.push(...text.trim().split('\n')));
      await once(stranger.stdout, 'data');
      const host = start(built, 'static');
      await host.must('begin');
      await host.must('connect 0');
      while (said.filter((word) => word === 'left').length < 2) {
        await host.must('push 0 1000 100');
        await once(stranger.stdout, 'data');
      }
      expect(said).not.toContain('told');
      await host.must('terminate 0');
    } finally {
      stranger.kill();
    }
  });
});
