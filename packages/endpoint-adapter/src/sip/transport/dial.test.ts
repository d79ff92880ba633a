import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Dial, makeDial } from './dial.ts';

let server: Server;
let open: Socket[];
beforeEach(async () => {
  open = [];
  server = createServer((socket) => open.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  for (const socket of open) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const portOf = (it: Server): number => {
  const bound = it.address();
  return typeof bound === 'object' && bound ? bound.port : 0;
};

async function dialFrom(dial: Dial): Promise<Socket> {
  const remote = { address: '127.0.0.1', port: portOf(server) };
  const socket = await dial('127.0.0.1', remote, new AbortController().signal);
  open.push(socket);
  return socket;
}

/** Ports in a row that nothing has bound; the first of them is held by a listener. */
async function rangeBehindTaken(size: number): Promise<{ min: number; max: number; taken: Server }> {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const min = portOf(taken);
  return { min, max: Math.min(min + size - 1, 65_535), taken };
}

describe('makeDial', () => {
  it('takes the next source port where one is in use, and begins behind the last', async () => {
    const { min, max, taken } = await rangeBehindTaken(8);
    const dial = makeDial({ min, max });
    const first = (await dialFrom(dial)).localPort ?? 0;
    const second = (await dialFrom(dial)).localPort ?? 0;
    expect(first).toBeGreaterThan(min);
    expect(second).toBeGreaterThan(first);
    expect(second).toBeLessThanOrEqual(max);
    taken.close();
  });

  it('says when all are in use', async () => {
    const { min, taken } = await rangeBehindTaken(1);
    await expect(dialFrom(makeDial({ min, max: min }))).rejects.toThrow(`no free TCP port between ${min} and ${min}`);
    taken.close();
  });

  it.each([
    { min: 0, max: 0 },
    { min: 5, max: 4 },
    { min: 0, max: 9 },
  ])('takes any port with %j', async (range) => {
    expect((await dialFrom(makeDial(range))).localPort).toBeGreaterThan(1_023);
  });

  it('leaves nothing behind when it is given up', async () => {
    const controller = new AbortController();
    const dialled = makeDial({ min: 0, max: 0 })(
      '127.0.0.1',
      { address: '127.0.0.1', port: portOf(server) },
      controller.signal,
    );
    controller.abort();
    await expect(dialled).rejects.toThrow('the connection was not made in time');
  });
});
