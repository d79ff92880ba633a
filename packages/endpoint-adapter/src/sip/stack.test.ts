/** Two stacks on loopback call each other through a registrar, on real sockets. */
import { once } from 'node:events';
import type { LineConfiguration } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, describe, expect, it } from 'vitest';
import type { IncomingInvite, Line } from './line.ts';
import type { Session } from './session.ts';
import { openSipStack, type SipStack } from './stack.ts';
import { type FakeMedia, fakeMedia } from './testing/fake-media.ts';
import { openTestRegistrar, type TestRegistrar, type TestRegistrarOptions } from './testing/test-registrar.ts';

const cleanUp: Array<() => Promise<void>> = [];

afterEach(async () => {
  for (const close of cleanUp.splice(0).reverse()) await close();
});

async function openRegistrar(options: Partial<TestRegistrarOptions> = {}): Promise<TestRegistrar> {
  const registrar = await openTestRegistrar({ algorithm: 'MD5', password: 'secret', ...options });
  cleanUp.push(() => registrar.close());
  return registrar;
}

async function openStack(): Promise<SipStack> {
  const stack = await openSipStack({
    ports: { min: 0, max: 0 },
    addresses: ['127.0.0.1'],
    userAgent: 'Thinline/test',
    log: silent,
  });
  cleanUp.push(() => stack.close());
  return stack;
}

const configure = (
  registrar: TestRegistrar,
  user: string,
  more: Partial<LineConfiguration> = {},
): LineConfiguration => ({
  id: 'line0',
  user,
  server: `127.0.0.1:${registrar.port}`,
  transport: 'udp',
  displayName: `User ${user}`,
  password: 'secret',
  registerTimeoutS: 300,
  registerIntervalS: 0,
  ...more,
});

async function untilState(line: Line, ...states: string[]): Promise<void> {
  while (!states.includes(line.snapshot.state)) await once(line, 'changed');
}

async function openLine(registrar: TestRegistrar, user: string, more: Partial<LineConfiguration> = {}): Promise<Line> {
  const stack = await openStack();
  const line = stack.addLine(configure(registrar, user, more));
  await line.start();
  await untilState(line, 'REGISTERED', 'FAILED', 'STANDALONE');
  return line;
}

interface Pair {
  alice: Line;
  bob: Line;
  registrar: TestRegistrar;
}

async function openPair(transport: string, options: Partial<TestRegistrarOptions> = {}): Promise<Pair> {
  const registrar = await openRegistrar(options);
  const alice = await openLine(registrar, 'alice', { transport });
  const bob = await openLine(registrar, 'bob', { transport });
  expect([alice.snapshot.state, bob.snapshot.state]).toEqual(['REGISTERED', 'REGISTERED']);
  return { alice, bob, registrar };
}

interface Call {
  caller: Session;
  called: Session;
  callerMedia: FakeMedia;
  calledMedia: FakeMedia;
}

/** A call that rings, or is up. */
async function call(pair: Pair, answer = true): Promise<Call> {
  const callerMedia = fakeMedia('alice');
  const calledMedia = fakeMedia('bob');
  const incoming = once(pair.bob, 'incoming');
  const caller = pair.alice.invite('bob', callerMedia);
  const invite: IncomingInvite = (await incoming)[0];
  const called = invite.take(calledMedia);
  const progress = once(caller, 'progress');
  called.ring();
  await progress;
  if (answer) {
    const confirmed = Promise.all([once(caller, 'confirmed'), once(called, 'confirmed')]);
    called.answer();
    await confirmed;
  }
  return { caller, called, callerMedia, calledMedia };
}

describe.each(['udp', 'tcp'])('over %s', (transport) => {
  it.each(['MD5', 'SHA-256'] as const)('registers with %s, and takes the registration away', async (algorithm) => {
    const { alice, registrar } = await openPair(transport, { algorithm });
    expect(registrar.bindings.has('alice')).toBe(true);
    await alice.unregister();
    expect(alice.snapshot.state).toBe('UNREGISTERED');
    expect(registrar.bindings.has('alice')).toBe(false);
  });

  it('calls, answers, and hangs up at either end', async () => {
    const pair = await openPair(transport);
    for (const end of ['caller', 'called'] as const) {
      const { caller, called, callerMedia, calledMedia } = await call(pair);
      expect(caller.peer.user).toBe('bob');
      expect(called.peer).toMatchObject({ user: 'alice', displayName: 'User alice' });
      expect(callerMedia.asked).toEqual(['offer', 'accept bob-answer']);
      expect(calledMedia.asked).toEqual(['answer alice-offer']);
      const ended = Promise.all([once(caller, 'ended'), once(called, 'ended')]);
      (end === 'caller' ? caller : called).hangUp();
      const [[a], [b]] = await ended;
      expect([a.by, b.by]).toEqual(end === 'caller' ? ['local', 'remote'] : ['remote', 'local']);
    }
  });
});
