import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { IceCredentials, RemoteIce } from '../stream-settings.ts';
import type { PathFailure } from '../transport.ts';
import { IceAgent } from './agent.ts';
import { newCredentials } from './credentials.ts';
import type { Place } from './stun.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Two agents, and a network of 10 ms between them that loses what `loses` says. */
function setUp() {
  const network = { loses: (_packet: Buffer) => false };
  const agents = new Map<string, IceAgent>();
  const end = (host: Place) => {
    const events: (PathFailure | 'path')[] = [];
    const agent = new IceAgent({
      host,
      servers: { stun: null, turn: null },
      send: (packet, length, address) => {
        const copy = Buffer.from(packet.subarray(0, length));
        if (!network.loses(copy)) setTimeout(() => agents.get(address)?.receive(copy, host.address, host.port), 10);
      },
      onPacket: () => undefined,
      onPath: () => events.push('path'),
      onFailed: (reason) => events.push(reason),
    });
    agents.set(host.address, agent);
    return { agent, events };
  };
  const [ours, theirs] = [end({ address: '192.0.2.1', port: 4000 }), end({ address: '192.0.2.2', port: 5000 })];
  const remote = (agent: IceAgent, more: Partial<RemoteIce>): RemoteIce => ({
    ...agent.local,
    lite: false,
    controlling: false,
    ...more,
  });
  const anew: IceCredentials = newCredentials();
  return {
    network,
    ours,
    theirs,
    /** In the second round they offer again with other credentials, and we answer with others. */
    meet() {
      ours.agent.setRemote(remote(theirs.agent, {}));
      theirs.agent.setRemote(remote(ours.agent, { controlling: true }));
    },
    meetAgain() {
      const local = newCredentials();
      ours.agent.setRemote(remote(theirs.agent, { ...anew, local }));
      theirs.agent.setRemote(remote(ours.agent, { controlling: true, local: anew }));
    },
    /** Checks with the second credentials alone. */
    isOfSecondRound: (packet: Buffer) => packet.includes(anew.ufrag),
    close: () => Promise.all([ours.agent.close(), theirs.agent.close()]),
  };
}

it('uses the path that it has until there is another', async () => {
  const { ours, theirs, meet, meetAgain, close } = setUp();
  meet();
  await vi.advanceTimersByTimeAsync(1_000);
  const before = ours.agent.path;
  expect([ours.events, theirs.events]).toEqual([['path'], ['path']]);
  meetAgain();
  expect(ours.agent.path).toBe(before);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([ours.events, theirs.events]).toEqual([
    ['path', 'path'],
    ['path', 'path'],
  ]);
  expect(ours.agent.path).not.toBe(before);
  // What is still on its way by the path before.
  expect(ours.agent.knows('192.0.2.2', 5000)).toBe(true);
  await close();
});

it('keeps the path that it has where no other is found, for as long as the far end consents', async () => {
  const { network, ours, meet, meetAgain, isOfSecondRound, close } = setUp();
  meet();
  await vi.advanceTimersByTimeAsync(1_000);
  network.loses = isOfSecondRound;
  meetAgain();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(ours.events).toEqual(['path']);
  expect(ours.agent.path).not.toBeNull();
  network.loses = () => true;
  await vi.advanceTimersByTimeAsync(40_000);
  expect(ours.events).toEqual(['path', 'consent']);
  expect(ours.agent.path).toBeNull();
  await close();
});

it('goes on looking for another path where the one that it has breaks meanwhile', async () => {
  const { network, ours, meet, meetAgain, close } = setUp();
  meet();
  await vi.advanceTimersByTimeAsync(1_000);
  network.loses = () => true;
  await vi.advanceTimersByTimeAsync(20_000);
  meetAgain();
  await vi.advanceTimersByTimeAsync(15_000);
  expect([ours.events, ours.agent.path]).toEqual([['path'], null]);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(ours.events).toEqual(['path', 'checks']);
  await close();
});
