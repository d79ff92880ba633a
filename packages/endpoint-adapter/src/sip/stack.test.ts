/** Two stacks on loopback call each other through a registrar, on real sockets. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { LineConfiguration } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { IncomingInvite, Line } from './line.ts';
import { fieldOf, fieldsOf, type SipMessage } from './message/message.ts';
import { makeResponse } from './message/response.ts';
import type { Session } from './session/session.ts';
import { openSipStack, type SipStack } from './stack.ts';
import { type FakeMedia, fakeMedia } from './testing/fake-media.ts';
import { makeLine } from './testing/make-line.ts';
import { openTestRegistrar, type TestRegistrar, type TestRegistrarOptions } from './testing/test-registrar.ts';
import { TIMEOUT } from './timers.ts';

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

const configure = (registrar: TestRegistrar, user: string, more: Partial<LineConfiguration> = {}): LineConfiguration =>
  makeLine({
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

/** A call that is up. */
async function call(pair: Pair, target = 'bob'): Promise<Call> {
  const callerMedia = fakeMedia('alice');
  const calledMedia = fakeMedia('bob');
  const incoming = once(pair.bob, 'incoming');
  const caller = pair.alice.invite(target, callerMedia);
  const invite: IncomingInvite = (await incoming)[0];
  const called = invite.take(calledMedia);
  const progress = once(caller, 'progress');
  called.ring();
  await progress;
  const confirmed = Promise.all([once(caller, 'confirmed'), once(called, 'confirmed')]);
  called.answer();
  await confirmed;
  return { caller, called, callerMedia, calledMedia };
}

describe.each(['udp', 'tcp'])('over %s', (transport) => {
  it.each(['MD5', 'SHA-256'] as const)('registers with %s, and takes the registration away', async (algorithm) => {
    const { alice, registrar } = await openPair(transport, { algorithm, expiresS: 77 });
    expect(Math.round((alice.snapshot.expiresAtMs - Date.now()) / 10_000)).toBe(8);
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

describe('datagrams that get lost', () => {
  it('are sent again, in both directions', async () => {
    // Every message is lost the first time, whoever sends it.
    const seen = new Set<string>();
    const relay = (message: SipMessage): SipMessage | null => {
      const key = `${message.status} ${fieldOf(message, 'cseq')} ${fieldOf(message, 'from')}`;
      if (seen.has(key)) return message;
      seen.add(key);
      return null;
    };
    const pair = await openPair('udp', { relay });
    const callerMedia = fakeMedia('alice');
    const calledMedia = fakeMedia('bob');
    pair.bob.on('incoming', (incoming) => {
      const session = incoming.take(calledMedia);
      session.ring();
      session.answer();
    });
    const caller = pair.alice.invite('bob', callerMedia);
    await once(caller, 'confirmed');
    expect(callerMedia.asked).toEqual(['offer', 'accept bob-answer']);
    expect(calledMedia.asked).toEqual(['answer alice-offer']);
  });
});

describe('registration', () => {
  it('says which password was wrong, after one try', async () => {
    const registrar = await openRegistrar();
    const line = await openLine(registrar, 'alice', { password: 'wrong', registerIntervalS: 1 });
    expect(line.snapshot).toMatchObject({ state: 'FAILED', retryAtMs: 0, failure: { code: 'TL2001' } });
    expect(registrar.requests).toHaveLength(2);
    expect(JSON.stringify(line.snapshot)).not.toContain('wrong"');
  });

  it('puts its Contact right as the server sees it (RFC 3581), and takes the old one back', async () => {
    const intercept = (request: SipMessage): SipMessage | null => {
      const response = makeResponse(request, 200, { fields: [{ name: 'expires', value: '60' }] });
      for (const field of response.fields)
        if (field.name === 'via')
          field.value = field.value
            .replace(/;rport=\d+/, ';rport=40123')
            .replace(/;received=[^;]*/, ';received=192.0.2.7');
      return response;
    };
    const registrar = await openRegistrar({ intercept });
    const line = await openLine(registrar, 'alice');
    expect(line.snapshot.state).toBe('REGISTERED');
    expect(registrar.requests).toHaveLength(2);
    const [first, second] = registrar.requests.map((request) => fieldsOf(request, 'contact'));
    expect(second).toEqual(['<sip:alice@192.0.2.7:40123>', `${first?.[0]};expires=0`]);
    // Sound can't be bound to an address that isn't ours.
    expect(line.localAddress).toBe('127.0.0.1');
  });

  it('comes back at once when the TCP connection breaks', async () => {
    const registrar = await openRegistrar();
    const line = await openLine(registrar, 'alice', { transport: 'tcp' });
    const registrations = registrar.requests.length;
    const changed = once(line, 'changed');
    registrar.drop();
    await changed;
    expect(line.snapshot.state).toBe('REGISTERED');
    expect(registrar.requests.length).toBeGreaterThan(registrations);
  });

  it('moves to a new TCP connection when the old one has gone silent', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const registrar = await openRegistrar();
      const line = await openLine(registrar, 'alice', { transport: 'tcp' });
      const registrations = registrar.requests.length;
      const called = new Promise<void>((resolve) => registrar.bindings.set('nobody', () => resolve()));
      vi.advanceTimersByTime(1_000);
      const session = line.invite('nobody', fakeMedia('alice'));
      await called;
      const ended = once(session, 'ended');
      const changed = once(line, 'changed');
      vi.advanceTimersByTime(TIMEOUT);
      expect((await ended)[0]).toMatchObject({ by: 'failure', status: 408 });
      await changed;
      expect(line.snapshot.state).toBe('REGISTERED');
      expect(registrar.requests.slice(registrations).map((request) => request.method)).toEqual(['INVITE', 'REGISTER']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('keeps its idle TCP connection for as long as there is the line', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const registrar = await openRegistrar({ expiresS: 3_600 });
      const stack = await openStack();
      const line = stack.addLine(configure(registrar, 'alice', { transport: 'tcp' }));
      await line.start();
      await untilState(line, 'REGISTERED');
      const [connection] = registrar.connections;
      if (!connection) throw new Error('no connection');
      vi.advanceTimersByTime(400_000);
      // Answered on the connection, so that it is open still.
      line.register();
      await once(line, 'changed');
      expect([...registrar.connections]).toEqual([connection]);
      const closed = once(connection, 'close');
      await stack.removeLine(line);
      vi.advanceTimersByTime(400_000);
      await closed;
    } finally {
      vi.useRealTimers();
    }
  });

  it('fails where nothing listens, and calls fail too', async () => {
    const registrar = await openTestRegistrar({ algorithm: 'MD5', password: 'secret' });
    await registrar.close();
    const line = await openLine(registrar, 'alice', { transport: 'tcp' });
    expect(line.snapshot).toMatchObject({ state: 'FAILED', failure: { code: 'TL2002' } });
    const session = line.invite('bob', fakeMedia('alice'));
    expect((await once(session, 'ended'))[0]).toMatchObject({ by: 'failure', status: 503 });
  });

  it('names a server that does not exist', async () => {
    const registrar = await openRegistrar();
    const line = await openLine(registrar, 'alice', { server: 'nowhere.invalid' });
    expect(line.snapshot).toMatchObject({ state: 'FAILED', failure: { code: 'TL2003' } });
  });
});

describe('several lines and calls', () => {
  it('share one port, and find their calls', async () => {
    const registrar = await openRegistrar();
    const stack = await openStack();
    const bob = stack.addLine(configure(registrar, 'bob'));
    const carol = stack.addLine(configure(registrar, 'carol', { id: 'line1' }));
    const alice = await openLine(registrar, 'alice');
    for (const line of [bob, carol]) {
      await line.start();
      await untilState(line, 'REGISTERED');
    }
    const calls = await Promise.all([call({ alice, bob, registrar }), call({ alice, bob: carol, registrar }, 'carol')]);
    const ended = Promise.all(calls.map(({ called }) => once(called, 'ended')));
    for (const { caller } of calls) caller.hangUp();
    expect((await ended).map(([end]) => end.by)).toEqual(['remote', 'remote']);
  });

  it('of one user at two servers get the calls of their own, even if those share an address', async () => {
    const registrars = [await openRegistrar(), await openRegistrar()] as const;
    const stack = await openStack();
    for (const [registrar, status] of [
      [registrars[0], 486],
      [registrars[1], 603],
    ] as const) {
      const line = stack.addLine(configure(registrar, 'bob'));
      line.on('incoming', (invite) => invite.refuse(status));
      await line.start();
      await untilState(line, 'REGISTERED');
    }
    const statuses = registrars.map(async (registrar) => {
      const alice = await openLine(registrar, 'alice');
      const [end] = await once(alice.invite('bob', fakeMedia('alice')), 'ended');
      return end.status;
    });
    expect(await Promise.all(statuses)).toEqual([486, 603]);
  });

  it('are refused with the phrase that says why', async () => {
    const registrar = await openRegistrar();
    const [alice, bob] = [await openLine(registrar, 'alice'), await openLine(registrar, 'bob')];
    bob.on('incoming', (invite) => invite.refuse(480, 'Desktop Not Connected'));
    const [end] = await once(alice.invite('bob', fakeMedia('alice')), 'ended');
    expect(end).toMatchObject({ status: 480, reason: 'Desktop Not Connected' });
  });

  it('end when their line goes', async () => {
    const pair = await openPair('udp');
    const { called } = await call(pair);
    const ended = once(called, 'ended');
    await pair.bob.stop();
    expect((await ended)[0]).toMatchObject({ by: 'failure' });
  });
});

describe('ports', () => {
  const open = (min: number, max: number): Promise<SipStack> =>
    openSipStack({ ports: { min, max }, addresses: ['127.0.0.1'], userAgent: 'x', log: silent });

  it('takes the first that is free for UDP and TCP alike, and says when there is none', async () => {
    const first = await openStack();
    await expect(open(first.port, first.port)).rejects.toMatchObject({ failure: { code: 'TL2005' } });
    const taken = createSocket('udp4');
    await new Promise<void>((resolve) => taken.bind(0, '127.0.0.1', resolve));
    const { port } = taken.address();
    const second = await open(port, Math.min(port + 20, 65_535));
    cleanUp.push(() => second.close());
    expect(second.port).toBeGreaterThan(port);
    taken.close();
  });
});

describe.each(['127.0.0.1', '::1'])('two stacks on %s, without a server between', (address) => {
  it.each(['udp', 'tcp'])('call each other over %s, and answer within milliseconds', async (transport) => {
    const stacks = await Promise.all(
      [0, 1].map(() => openSipStack({ ports: { min: 0, max: 0 }, addresses: [address], userAgent: 'x', log: silent })),
    );
    const [a, b] = stacks;
    if (!a || !b) throw new Error('no stacks');
    cleanUp.push(
      () => a.close(),
      () => b.close(),
    );
    const host = address.includes(':') ? `[${address}]` : address;
    const line = (stack: SipStack, user: string, port: number): Line =>
      stack.addLine(makeLine({ user, server: `${host}:${port}`, transport }));
    const alice = line(a, 'alice', b.port);
    const bob = line(b, 'bob', a.port);
    await Promise.all([alice.start(), bob.start()]);
    expect(alice.localAddress).toBe(address);
    bob.on('incoming', (incoming) => {
      const session = incoming.take(fakeMedia('bob'));
      session.ring();
      session.answer();
    });
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      const start = performance.now();
      const session = alice.invite('bob', fakeMedia('alice'));
      await once(session, 'confirmed');
      times.push(performance.now() - start);
      session.hangUp();
    }
    const median = times.sort((x, y) => x - y)[10] ?? 0;
    expect(median).toBeLessThan(200);
  });
});
