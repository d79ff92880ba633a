import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PathFailure } from '../transport.ts';
import { priorityOf } from './candidate.ts';
import { type Base, ConnectivityChecks, type Path } from './checks.ts';
import { newTransaction, readStun, stunAttribute, stunType, uint32, uint64, writeStun } from './stun.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ours = { ufrag: 'ours', password: 'our-password-of-22-chars' };
const theirs = { ufrag: 'them', password: 'their-password-of-22-ch' };
const line = (port: number, priority: number) => `1 1 UDP ${priority} 192.0.2.2 ${port} typ host`;

/** One side under test; the other one answers as the test says. */
function setUp() {
  const sent: { packet: Buffer; port: number }[] = [];
  const paths: number[] = [];
  const failures: PathFailure[] = [];
  let onSend: (packet: Buffer, port: number) => void = () => undefined;
  const base: Base = {
    candidate: { type: 'host', address: '192.0.2.1', port: 4000, priority: priorityOf('host') },
    send(packet, length, _address, port) {
      const copy = Buffer.from(packet.subarray(0, length));
      sent.push({ packet: copy, port });
      onSend(copy, port);
    },
  };
  const checks = new ConnectivityChecks({
    local: ours,
    bases: [base],
    ipVersion: 4,
    onPath: (path: Path) => paths.push(path.port),
    onFailed: (reason) => failures.push(reason),
  });
  const receive = (packet: Buffer, port: number): void => {
    const message = readStun(packet);
    if (message === null) throw new Error('no STUN');
    if (message.type === stunType.request) checks.receiveRequest(message, packet, base, '192.0.2.2', port);
    else checks.receiveResponse(message, packet, base, '192.0.2.2', port);
  };
  return {
    checks,
    sent,
    paths,
    failures,
    receive,
    /** The far end answers checks to these ports, so many ms later. */
    answers(delays: Record<number, number>, password = theirs.password, fromPort: number | null = null) {
      onSend = (packet, port) => {
        const delay = delays[port];
        const request = readStun(packet);
        if (delay === undefined || request?.type !== stunType.request) return;
        const { transaction } = request;
        const answer = writeStun({ type: stunType.success, transaction, attributes: [], password });
        setTimeout(() => receive(answer, fromPort ?? port), delay);
      };
    },
    /** A check of the far end. */
    check({ nominates = false, password = ours.password, username = 'ours:them', port = 1, tieBreaker = 1n } = {}) {
      const attributes: [number, Buffer][] = [
        [stunAttribute.username, Buffer.from(username)],
        [stunAttribute.priority, uint32(port)],
        [stunAttribute.iceControlling, uint64(tieBreaker)],
      ];
      if (nominates) attributes.push([stunAttribute.useCandidate, Buffer.alloc(0)]);
      receive(writeStun({ type: stunType.request, transaction: newTransaction(), attributes, password }), port);
    },
  };
}

it('nominates the best pair, though another one answered before it', async () => {
  const { checks, paths, answers } = setUp();
  answers({ 1: 250, 2: 5 });
  checks.setRemote({ ...theirs, candidates: [line(2, 100), line(1, 200)], controlling: true });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(paths).toEqual([1]);
  checks.close();
});

it('does not wait long for a better pair', async () => {
  const { checks, paths, answers } = setUp();
  answers({ 2: 5 });
  checks.setRemote({ ...theirs, candidates: [line(2, 100), line(1, 200)], controlling: true });
  await vi.advanceTimersByTimeAsync(300);
  expect(paths).toEqual([]);
  await vi.advanceTimersByTimeAsync(300);
  expect(paths).toEqual([2]);
  checks.close();
});

it('takes what the far end nominates, the best of several', async () => {
  const { checks, paths, answers, check } = setUp();
  answers({ 1: 5, 2: 5, 3: 5 });
  checks.setRemote({ ...theirs, candidates: [line(1, 100), line(2, 200), line(3, 300)], controlling: false });
  await vi.advanceTimersByTimeAsync(500);
  expect(paths).toEqual([]);
  check({ port: 2, nominates: true });
  check({ port: 1, nominates: true });
  check({ port: 3, nominates: true });
  await vi.advanceTimersByTimeAsync(500);
  expect(paths).toEqual([2, 3]);
  checks.close();
});

it('ends when consent does, 30 s after the last answer', async () => {
  const { checks, sent, paths, failures, answers } = setUp();
  answers({ 1: 5 });
  checks.setRemote({ ...theirs, candidates: [line(1, 100)], controlling: true });
  await vi.advanceTimersByTimeAsync(60_000);
  expect([paths, failures]).toEqual([[1], []]);
  // Every 4 to 6 s.
  expect(sent.length).toBeGreaterThan(10);
  expect(sent.length).toBeLessThan(18);
  answers({});
  await vi.advanceTimersByTimeAsync(24_000);
  expect(failures).toEqual([]);
  await vi.advanceTimersByTimeAsync(12_000);
  expect([failures, checks.path]).toEqual([['consent'], null]);
  const before = sent.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect([failures, sent.length]).toEqual([['consent'], before]);
  checks.close();
});

it('gives up after 20 s, unless the far end comes after all', async () => {
  const { checks, paths, failures, answers, check } = setUp();
  checks.setRemote({ ...theirs, candidates: [line(1, 100)], controlling: false });
  await vi.advanceTimersByTimeAsync(19_900);
  expect(failures).toEqual([]);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(failures).toEqual(['checks']);
  answers({ 1: 5 });
  check({ nominates: true });
  await vi.advanceTimersByTimeAsync(100);
  expect(paths).toEqual([1]);
  checks.close();
});

it('answers nobody who does not know the password', async () => {
  const { checks, sent, check } = setUp();
  check({ password: 'a guess' });
  check({ username: 'ours' });
  check({ username: 'other:them' });
  checks.setRemote({ ...theirs, candidates: [], controlling: false });
  check({ username: 'ours:someone' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent).toEqual([]);
  check();
  expect(sent.map(({ packet }) => readStun(packet)?.type)).toEqual([stunType.success]);
  checks.close();
});

it.each([
  ['without the password', 'a guess', null],
  ['from another place', theirs.password, 2],
])('believes no answer %s', async (_, password, fromPort) => {
  const { checks, paths, answers } = setUp();
  answers({ 1: 5 }, password, fromPort);
  checks.setRemote({ ...theirs, candidates: [line(1, 100)], controlling: true });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(paths).toEqual([]);
  checks.close();
});

it('refuses a wrong role to whoever has the smaller tie-breaker, and gives way to the greater', () => {
  const { checks, sent, check } = setUp();
  checks.setRemote({ ...theirs, candidates: [], controlling: true });
  check({ tieBreaker: 0n });
  check({ tieBreaker: 2n ** 64n - 1n });
  expect(sent.map(({ packet }) => readStun(packet)?.type)).toEqual([stunType.error, stunType.success]);
  checks.close();
});

it('remembers 32 places of the far end, however many it checks from', async () => {
  const { checks, sent, check } = setUp();
  for (let port = 1; port <= 100; port++) check({ port });
  checks.setRemote({ ...theirs, candidates: [], controlling: false });
  for (let port = 101; port <= 1_000; port++) check({ port });
  expect(checks.knows('192.0.2.2', 1)).toBe(true);
  expect(checks.knows('192.0.2.2', 1_000)).toBe(false);
  sent.length = 0;
  await vi.advanceTimersByTimeAsync(120_000);
  // Each of them is asked six times.
  expect(sent).toHaveLength(32 * 6);
  checks.close();
});
