import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { connectLink } from '@thinline/shared/link/initiator.ts';
import { acceptLinks } from '@thinline/shared/link/responder.ts';
import { Channel } from '@thinline/shared/link/testing/channel.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalChannel } from './local.ts';
import { listenForPlugins } from './plugin.ts';

let root: string;
let path: string;
let channel: LocalChannel;
let pipes: Socket[];
let links: number;
const arrivals = new EventEmitter();
const came = () => once(arrivals, 'pipe');

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'thinline-plugin-'));
  path = join(root, 'folder', 'plugin.sock');
  [pipes, links] = [[], 0];
  channel = await listenForPlugins(path, (pipe) => {
    pipes.push(pipe);
    arrivals.emit('pipe');
    acceptLinks(pipe, (link) => {
      links += 1;
      link.pipe(link);
    });
  });
});

afterEach(() => {
  channel.close();
  for (const pipe of pipes) pipe.destroy();
  rmSync(root, { recursive: true, force: true });
});

const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);

/** Settles once the adapter has it, or has refused it. */
async function open(): Promise<Socket> {
  const socket = connect(path);
  await Promise.race([came(), once(socket, 'close')]);
  return socket;
}

async function echoed(link: Duplex, text: string): Promise<string> {
  link.write(text);
  const [bytes] = await once(link, 'data');
  return String(bytes);
}

describe.skipIf(process.platform === 'win32')('the plugin socket', () => {
  it('is for this user alone', () => {
    expect([mode(join(root, 'folder')), mode(path)]).toEqual(['700', '600']);
  });

  it('takes a pipe that says nothing, and serves one app layer on it after the other', async () => {
    // The client's channel stays while app layers come and go, so nothing of theirs closes the socket.
    const socket = await open();
    const ofClient = new Channel([socket, socket]);
    const first = await connectLink(ofClient.open());
    expect(await echoed(first, 'one')).toBe('one');
    first.destroy();
    expect(await echoed(await connectLink(ofClient.open()), 'two')).toBe('two');
    expect([pipes.length, links]).toEqual([1, 2]);
  });

  it('has room for 16 pipes, and for another one when one has gone', async () => {
    const sockets: Socket[] = [];
    for (let i = 0; i < 16; i++) sockets.push(await open());
    expect(pipes).toHaveLength(16);
    expect((await open()).closed).toBe(true);
    sockets[0]?.destroy();
    if (pipes[0] && !pipes[0].closed) await once(pipes[0], 'close');
    const link = await connectLink(await open());
    expect(await echoed(link, 'still here')).toBe('still here');
    link.destroy();
    for (const socket of sockets) socket.destroy();
  });
});
