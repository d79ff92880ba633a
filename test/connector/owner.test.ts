/** Whose the other end of a connection is, with real processes of other users; and how Windows would be asked. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownerOf, tellsOwners } from '@thinline/app-layer/http/owner.ts';
import { linuxOwner } from '@thinline/app-layer/http/owner-linux.ts';
import { windowsOwner } from '@thinline/app-layer/http/owner-windows.ts';
import { peerOf } from '@thinline/app-layer/http/peer-address.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPeer } from '../peers/process.ts';
import { hasPeers } from '../peers/required.ts';

const nobody = 65_534;

const isLinux = process.platform === 'linux';
/** Only root may start a process as somebody else; namespacesMissing says aloud that root is missing. */
const isRoot = process.getuid?.() === 0;

const connects = (host: string, port: number): string =>
  `require('node:net').connect(${port}, '${host}', () => console.log('connected')).resume().on('error', () => {})`;

const halfCloses = (host: string, port: number): string =>
  `require('node:net').connect({ port: ${port}, host: '${host}', allowHalfOpen: true }, function () { this.end(); })`;

/** Connected, and who: a process of that user that runs this text. Accepts one connection. */
async function visit(server: Server, { uid, text }: { uid?: number; text: string }) {
  const accepted: Promise<[Socket]> = once(server, 'connection').then(([socket]) => [socket]);
  const argv =
    uid === undefined
      ? ['-e', text]
      : ['-e', `process.setgroups([]); process.setgid(${uid}); process.setuid(${uid}); ${text}`];
  const child = await startPeer(process.execPath, argv, { cwd: '/' });
  const [socket] = await accepted;
  socket.on('error', () => {});
  return {
    socket,
    async leave(): Promise<void> {
      socket.destroy();
      await child.stop();
    },
  };
}

describe.skipIf(!isLinux)('on Linux', () => {
  let server: Server;
  let port = 0;
  beforeAll(async () => {
    server = createServer({ allowHalfOpen: true });
    await once(server.listen(0, '::'), 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('it can be told', async () => {
    expect(await tellsOwners()).toBe(true);
  });

  for (const host of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
    test(`our own user's process is ours (${host})`, async () => {
      const { socket, leave } = await visit(server, { text: connects(host, port) });
      expect(await ownerOf(socket)).toBe('own');
      await leave();
    });

    test.skipIf(!isRoot)(`another user's is not (${host})`, async () => {
      const { socket, leave } = await visit(server, { uid: nobody, text: connects(host, port) });
      expect(await ownerOf(socket)).toBe('other');
      await leave();
    });
  }

  test.skipIf(!isRoot)("for anybody else, root's process is as good as their own", async () => {
    const forNobody = linuxOwner({ tcp: '/proc/net/tcp', tcp6: '/proc/net/tcp6', ours: () => nobody });
    const forAnother = linuxOwner({ tcp: '/proc/net/tcp', tcp6: '/proc/net/tcp6', ours: () => 1000 });
    const root = await visit(server, { text: connects('127.0.0.1', port) });
    const guest = await visit(server, { uid: nobody, text: connects('127.0.0.1', port) });
    const [rootPeer, guestPeer] = [peerOf(root.socket), peerOf(guest.socket)];
    expect(rootPeer && (await forNobody.ownerOf(rootPeer))).toBe('own');
    expect(guestPeer && (await forNobody.ownerOf(guestPeer))).toBe('own');
    expect(guestPeer && (await forAnother.ownerOf(guestPeer))).toBe('other');
    await root.leave();
    await guest.leave();
  });

  test('who has closed its end has no owner any more', async () => {
    const { socket, leave } = await visit(server, { text: halfCloses('127.0.0.1', port) });
    await once(socket.resume(), 'end');
    expect(await ownerOf(socket)).toBe('unknown');
    await leave();
  });

  test('a thousand connections at once are all told', async () => {
    const sockets: Socket[] = [];
    const take = (socket: Socket): void => {
      sockets.push(socket.on('error', () => {}));
    };
    server.on('connection', take);
    const text = `for (let i = 0; i < 1000; i += 1) ${connects('127.0.0.1', port)}`;
    const child = await startPeer(process.execPath, ['-e', text], { cwd: '/' });
    while (sockets.length < 1000) await once(server, 'connection');
    server.off('connection', take);
    expect(new Set(await Promise.all(sockets.map(ownerOf)))).toEqual(new Set(['own']));
    for (const socket of sockets) socket.destroy();
    await child.stop();
  });
});

describe.skipIf(!isLinux || !hasPeers('gcc'))("with what stands in for Windows' libraries", () => {
  let folder = '';
  let library = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'thinline-tcp-table-'));
    library = join(folder, 'tables.so');
    execFileSync('gcc', ['-shared', '-fPIC', '-Wall', '-Werror', '-o', library, join(import.meta.dirname, 'tables.c')]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const of = async (address: string, port: number) => {
    const kind = windowsOwner({ iphlpapi: library, kernel32: library });
    expect(await kind.isHere()).toBe(true);
    const peer = peerOf({ remoteAddress: address, remotePort: port, localAddress: address, localPort: 8000 });
    return peer ? kind.ownerOf(peer) : expect.fail('no address');
  };

  test('the session of the process decides, in a table that has grown meanwhile', async () => {
    expect(await of('127.0.0.1', 50_001)).toBe('own');
    expect(await of('127.0.0.1', 50_002)).toBe('other');
    expect(await of('::ffff:127.0.0.1', 50_002)).toBe('other');
    expect(await of('::1', 51_001)).toBe('own');
    expect(await of('::1', 51_002)).toBe('other');
  });

  test('no row, and no such process any more', async () => {
    expect(await of('127.0.0.1', 50_999)).toBe('unknown');
    expect(await of('127.0.0.1', 50_003)).toBe('unknown');
  });
});
