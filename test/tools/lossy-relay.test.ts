import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { clean, fateOf, type LossyRelay, seeded, startLossyRelay } from './lossy-relay.ts';

const open: { relays: LossyRelay[]; sockets: Socket[] } = { relays: [], sockets: [] };

async function socket(): Promise<Socket> {
  const it = createSocket('udp4');
  it.bind(0, '127.0.0.1');
  await once(it, 'listening');
  open.sockets.push(it);
  return it;
}

/** The next `count` packets. */
const packets = (from: Socket, count: number): Promise<string[]> =>
  new Promise((resolve) => {
    const heard: string[] = [];
    from.on('message', (packet) => {
      if (heard.push(String(packet)) === count) resolve(heard);
    });
  });

async function relayTo(server: Socket, seed = 1): Promise<LossyRelay> {
  const relay = await startLossyRelay({ server: { host: '127.0.0.1', port: server.address().port }, seed });
  open.relays.push(relay);
  return relay;
}

afterEach(async () => {
  for (const relay of open.relays.splice(0)) await relay.stop();
  for (const it of open.sockets.splice(0)) it.close();
});

test('the same seed has the same fates, another seed has others', () => {
  const impairment = { ...clean, loss: 0.3, jitter: 20, duplication: 0.1, reorder: 0.1 };
  const fates = (seed: number) => {
    const random = seeded(seed);
    return Array.from({ length: 50 }, () => fateOf(random, impairment));
  };
  expect(fates(7)).toEqual(fates(7));
  expect(fates(7)).not.toEqual(fates(8));
});

test('the fate of a packet does not depend on what was switched on before it', () => {
  const one = seeded(3);
  const other = seeded(3);
  for (let i = 0; i < 10; i++) {
    fateOf(one, clean);
    fateOf(other, { ...clean, loss: 1, jitter: 50 });
  }
  const impairment = { ...clean, loss: 0.5 };
  expect(fateOf(one, impairment)).toEqual(fateOf(other, impairment));
});

test('a tenth is lost when a tenth shall be', () => {
  const random = seeded(42);
  const lost = Array.from({ length: 10_000 }, () => fateOf(random, { ...clean, loss: 0.1 })).filter((it) => it.lost);
  expect(lost.length).toBeGreaterThan(900);
  expect(lost.length).toBeLessThan(1100);
});

test('carries both ways, and answers reach the client that asked', async () => {
  const server = await socket();
  const relay = await relayTo(server);
  server.on('message', (packet, from) => server.send(`re: ${packet}`, from.port, from.address));
  const [anna, ben] = [await socket(), await socket()];
  const answers = [packets(anna, 1), packets(ben, 1)];
  anna.send('anna', relay.port, relay.host);
  ben.send('ben', relay.port, relay.host);
  expect(await Promise.all(answers)).toEqual([['re: anna'], ['re: ben']]);
  expect(relay.toServer).toMatchObject({ received: 2, forwarded: 2, lost: 0 });
  expect(relay.toClient).toMatchObject({ received: 2, forwarded: 2 });
});

test('loses all, then carries again, as it is told', async () => {
  const server = await socket();
  const relay = await relayTo(server);
  const client = await socket();
  const heard = packets(server, 1);
  relay.impair({ loss: 1 });
  client.send('into the dark', relay.port, relay.host);
  // The relay's own count is the event that says that the packet has met its fate.
  while (relay.toServer.lost < 1) await new Promise((resolve) => setImmediate(resolve));
  relay.impair({ loss: 0 });
  client.send('light', relay.port, relay.host);
  expect(await heard).toEqual(['light']);
});

test('doubles, and lets the next packet overtake one that is held', async () => {
  const server = await socket();
  const relay = await relayTo(server);
  const client = await socket();
  const heard = packets(server, 4);
  relay.impair({ duplication: 1 });
  client.send('twin', relay.port, relay.host);
  while (relay.toServer.received < 1) await new Promise((resolve) => setImmediate(resolve));
  relay.impair({ duplication: 0, reorder: 1 });
  client.send('first', relay.port, relay.host);
  while (relay.toServer.received < 2) await new Promise((resolve) => setImmediate(resolve));
  relay.impair({ reorder: 0 });
  client.send('second', relay.port, relay.host);
  expect(await heard).toEqual(['twin', 'twin', 'second', 'first']);
  expect(relay.toServer).toEqual({ received: 3, lost: 0, duplicated: 1, reordered: 1, forwarded: 4 });
});

test('delays', async () => {
  const server = await socket();
  const relay = await relayTo(server);
  const client = await socket();
  relay.impair({ delay: 80 });
  const heard = packets(server, 1);
  const start = performance.now();
  client.send('late', relay.port, relay.host);
  await heard;
  expect(performance.now() - start).toBeGreaterThan(78);
});
