import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { Connections } from './connections.ts';

/** A connection from a port; events of closed ones come at the next turn, as the real ones'. */
function connectionFrom(port: number): Socket {
  return Object.defineProperties(new Socket(), { remoteAddress: { value: '127.0.0.1' }, remotePort: { value: port } });
}

let ports = 50_000;
const visitor = (): Socket => {
  ports += 1;
  return connectionFrom(ports);
};
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('of strangers the newest pushes out the oldest', () => {
  const connections = new Connections({ strangers: 2, proven: 1 });
  const sockets = [visitor(), visitor(), visitor()];
  for (const socket of sockets) connections.admit(socket);
  expect(sockets.map((socket) => socket.destroyed)).toEqual([true, false, false]);
});

test('who has shown that they may be here stays, however many strangers come', () => {
  const connections = new Connections({ strangers: 2, proven: 2 });
  const [agent, desktop] = [visitor(), visitor()];
  for (const socket of [agent, desktop]) connections.admit(socket);
  connections.prove(agent, 'panel');
  connections.prove(desktop, 'connector');
  for (let count = 0; count < 1000; count += 1) connections.admit(visitor());
  expect([agent.destroyed, desktop.destroyed]).toEqual([false, false]);
  expect(connections.size).toBe(4);
});

test('desktops push out desktops alone, the one that has asked longest ago first', () => {
  const connections = new Connections({ strangers: 9, proven: 2 });
  const [agent, first, second, third] = [visitor(), visitor(), visitor(), visitor()];
  for (const socket of [agent, first, second, third]) connections.admit(socket);
  connections.prove(agent, 'panel');
  for (const socket of [first, second, first, third]) connections.prove(socket, 'connector');
  expect([agent, first, second, third].map((socket) => socket.destroyed)).toEqual([false, false, true, false]);
});

test('the request may have another object for the same connection, as over TLS', () => {
  const connections = new Connections({ strangers: 1, proven: 1 });
  const raw = connectionFrom(4711);
  connections.admit(raw);
  connections.prove(connectionFrom(4711), 'panel');
  connections.admit(visitor());
  connections.admit(visitor());
  expect(raw.destroyed).toBe(false);
});

test('what is closed is forgotten, and one that is not known proves nothing', async () => {
  const connections = new Connections({ strangers: 9, proven: 9 });
  const sockets = [visitor(), visitor()];
  for (const socket of sockets) connections.admit(socket);
  connections.prove(sockets[0] ?? visitor(), 'panel');
  connections.prove(visitor(), 'panel');
  expect(connections.size).toBe(2);
  connections.close();
  await turn();
  expect(sockets.map((socket) => socket.destroyed)).toEqual([true, true]);
  expect(connections.size).toBe(0);
});
