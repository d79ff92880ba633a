/** Connections in both directions, on loopback. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tcp } from './tcp.ts';
import { makeContext } from './testing/context.ts';
import { optionsRequest, RecordingSink } from './testing/recording-sink.ts';
import type { TransportSockets } from './transport.ts';

let sink: RecordingSink;
let sockets: TransportSockets;
let clients: Socket[];
beforeEach(async () => {
  clients = [];
  sink = new RecordingSink();
  sockets = await tcp.open('127.0.0.1', 0, await makeContext(sink));
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
  const heard = sink.next();
  client.write(optionsRequest());
  await heard;
}

const target = (port: number) => ({ transport: 'tcp', address: '127.0.0.1', port, name: 'sip.example' }) as const;

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
    expect(sink.messages).toHaveLength(18);
  });
});

describe('a connection', () => {
  it('of a peer is used for the way back', async () => {
    const client = await open();
    await say(client);
    const { address = '', port = 0 } = sink.messages[0]?.flow.remote ?? {};
    const flow = sockets.flowTo({ transport: 'tcp', address, port, name: 'any' });
    expect(flow).toBe(sink.messages[0]?.flow);
    expect(flow.local).toEqual({ address: '127.0.0.1', port: sockets.port });
  });

  it('of ours is one for each address, whatever it is called', async () => {
    const server = createServer((socket) => clients.push(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const bound = server.address();
    const port = typeof bound === 'object' && bound ? bound.port : 0;
    const flow = sockets.flowTo(target(port));
    expect(sockets.flowTo({ ...target(port), name: 'other.example' })).toBe(flow);
    flow.send(Buffer.from('hello'), () => {});
    const [socket] = await once(server, 'connection');
    const [data] = await once(socket, 'data');
    expect(String(data)).toBe('hello');
    const gone = sink.fault();
    socket.destroy();
    expect(await gone).toBe('the far end closed the connection');
    expect(sockets.flowTo(target(port))).not.toBe(flow);
    server.close();
  });

  it('says in words that nobody listens there', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const bound = server.address();
    await new Promise((resolve) => server.close(resolve));
    sockets.flowTo(target(typeof bound === 'object' && bound ? bound.port : 0));
    expect(await sink.fault()).toBe('the connection was refused (ECONNREFUSED)');
  });

  it('ends where the far end does not read', async () => {
    const client = await open();
    client.pause();
    await say(client);
    const flow = sink.messages[0]?.flow;
    const gone = sink.fault();
    for (let i = 0; i < 1_000 && sink.faults.length === 0; i++) {
      flow?.send(Buffer.alloc(65_535), () => {});
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await gone).toBe('the peer does not read');
  });
});
