import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ownFolder } from '@thinline/shared/own-socket.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalChannel, listenLocally } from './local.ts';

let root: string;
let channel: LocalChannel | null = null;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'thinline-local-'));
});

afterEach(() => {
  channel?.close();
  channel = null;
  rmSync(root, { recursive: true, force: true });
});

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe.skipIf(process.platform === 'win32')('the local channel', () => {
  it('is a socket for this user alone, in a folder for this user alone', async () => {
    const path = join(root, 'folder', 'adapter.sock');
    const accepted = Promise.withResolvers<Socket>();
    channel = await listenLocally(path, accepted.resolve);
    expect([mode(join(root, 'folder')), mode(path)]).toEqual(['700', '600']);
    const socket = connect(path);
    const end = await accepted.promise;
    end.end('hello');
    expect(String((await once(socket, 'data'))[0])).toBe('hello');
    socket.destroy();
  });

  it('takes the place of what a killed adapter left behind', async () => {
    const path = join(root, 'adapter.sock');
    const code = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    await once(spawn(process.execPath, ['-e', code], { stdio: 'ignore' }), 'exit');
    expect(existsSync(path)).toBe(true);
    channel = await listenLocally(path, (socket) => socket.destroy());
    const socket = connect(path);
    await once(socket, 'connect');
    socket.destroy();
  });

  it('goes to one of those who start at once, where a dead one was, and stays there when the others end', async () => {
    const path = join(root, 'folder', 'adapter.sock');
    ownFolder(join(root, 'folder'));
    for (let round = 0; round < 5; round += 1) {
      const dead = createServer();
      await once(dead.listen(join(root, 'dead')), 'listening');
      linkSync(join(root, 'dead'), path);
      dead.close();
      const names = ['a', 'b', 'c'];
      const all = await Promise.allSettled(
        names.map((name) => listenLocally(path, (socket) => void socket.on('error', () => {}).end(name))),
      );
      const won = all.findIndex((it) => it.status === 'fulfilled');
      expect(all.filter((it) => it.status === 'rejected').map(({ reason }) => String(reason))).toEqual([
        expect.stringMatching(/TL6005.*answers there/),
        expect.stringMatching(/TL6005.*answers there/),
      ]);
      expect(await text(connect(path))).toBe(names[won]);
      expect(readdirSync(join(root, 'folder'))).toEqual(['adapter.sock']);
      const winner = all[won];
      if (winner?.status === 'fulfilled') winner.value.close();
    }
  });

  it('is not kept from anybody by one that was killed while it had the turn', async () => {
    const path = join(root, 'folder', 'adapter.sock');
    ownFolder(join(root, 'folder'));
    const turn = join(root, 'folder', '.00000000.t');
    const code = `require('node:net').createServer(() => console.log('asked')).listen(${JSON.stringify(turn)}, () => console.log('in'))`;
    const holder = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(holder.stdout, 'data');
    let isListening = false;
    const waiting = listenLocally(path, (socket) => socket.destroy()).then((it) => {
      isListening = true;
      return it;
    });
    await once(holder.stdout, 'data');
    expect(isListening).toBe(false);
    holder.kill('SIGKILL');
    channel = await waiting;
    expect(readdirSync(join(root, 'folder'))).toEqual(['adapter.sock']);
  });

  it('leaves a living adapter alone', async () => {
    const path = join(root, 'adapter.sock');
    const other = createServer((socket) => socket.end());
    await once(other.listen(path), 'listening');
    await expect(listenLocally(path, () => {})).rejects.toThrow(/TL6005.*answers there/);
    const socket = connect(path);
    await once(socket, 'connect');
    socket.destroy();
    other.close();
  });

  it('does not delete a file that is no socket', async () => {
    const path = join(root, 'notes.txt');
    writeFileSync(path, 'mine');
    await expect(listenLocally(path, () => {})).rejects.toThrow(/TL6005.*not a socket/);
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it('leaves nothing behind when it is closed', async () => {
    const path = join(root, 'adapter.sock');
    const it = await listenLocally(path, () => {});
    it.close();
    expect(existsSync(path)).toBe(false);
  });
});
