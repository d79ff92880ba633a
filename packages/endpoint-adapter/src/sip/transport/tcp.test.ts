/** Connections that others make to us, on loopback. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tcp } from './tcp.ts';
import type { TransportSockets } from './transport.ts';

const MESSAGE = 'OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n';

let sockets: TransportSockets;
let clients: Socket[];
let messages: number;
let heard: () => void;
beforeEach(async () => {
  clients = [];
  messages = 0;
  const sink = {
    message: () => {
      messages++;
      heard();
    },
    needed: () => false,
    closed: () => {},
  };
  sockets = await tcp.open('127.0.0.1', 0, sink, silent);
});
afterEach(async () => {
  vi.useRealTimers();
  for (const client of clients) client.destroy();
  await sockets.close();
});

async function open(): Promise<Socket> {
  const client = connect(sockets.port, '127.0.0.1');
  client.on('error', () => {});
  client.resume();
  clients.push(client);
  await once(client, 'connect');
  return client;
}

/** Settles when it has been heard. */
async function say(client: Socket): Promise<void> {
  const came = new Promise<void>((resolve) => {
    heard = resolve;
  });
  client.write(MESSAGE);
  await came;
}

describe('connections from one address', () => {
  it('are 16 at most; one that has been silent for a minute gives way', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    for (let i = 0; i < 16; i++) await say(await open());
    await once(await open(), 'close');
    vi.advanceTimersByTime(60_000);
    const [first, second] = clients;
    if (!first || !second) throw new Error('no clients');
    await say(first);
    const gone = once(second, 'close');
    await say(await open());
    await gone;
    expect(first.closed).toBe(false);
    expect(messages).toBe(18);
  });
});
