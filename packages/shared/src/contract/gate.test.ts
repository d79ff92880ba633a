import { once } from 'node:events';
import { connect } from 'node:net';
import { duplexPair } from 'node:stream';
import { expect, it } from 'vitest';
import { socketTo } from './gate.ts';

it('a socket leads to the Duplex, and what the Duplex brought last is not read once that is gone', async () => {
  const [near, far] = duplexPair();
  const socket = await socketTo(near);
  far.write('up');
  expect(String((await once(socket, 'data'))[0])).toBe('up');
  socket.write('down');
  expect(String((await once(far, 'data'))[0])).toBe('down');

  const read: unknown[] = [];
  socket.pause().on('data', (bytes) => read.push(bytes));
  await new Promise((resolve) => far.write('late', resolve));
  near.destroy();
  await once(near, 'close');
  socket.resume();
  if (!socket.closed) await once(socket, 'close');
  expect(read).toEqual([]);
});

it('fails where there is no way through, and does not wait for ever', async () => {
  const [near] = duplexPair();
  await expect(socketTo(near, (path) => connect(`${path}-elsewhere`))).rejects.toThrow('the gate was closed');
});
