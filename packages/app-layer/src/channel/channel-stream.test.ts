import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChannelCalls, Outcome } from './channel-calls.ts';
import { ChannelStream, timedOut } from './channel-stream.ts';

const waitTimeout = 258;
const nothing: Outcome = { done: false, bytes: 0, error: waitTimeout };
const gone: Outcome = { done: false, bytes: 0, error: 109 };

/** A library whose calls return when the test, or virtual time, says so. */
class FakeCalls implements ChannelCalls {
  readonly library = 'fake.dll';
  readonly longestWrite = 4;
  readonly hasHeaders = false;
  /** What the next reads bring; then they wait for their time. */
  incoming: (string | Outcome)[] = [];
  /** What the next writes say; then they take all. */
  outgoing: Outcome[] = [];
  written = '';
  waits: number[] = [];
  reads = 0;
  closed = 0;
  under = 0;
  mostUnder = 0;
  holding: PromiseWithResolvers<void> | null = null;

  async open() {
    return { handle: 1, error: 0 };
  }

  read(_handle: unknown, waitMs: number, room: Buffer): Promise<Outcome> {
    this.reads += 1;
    this.waits.push(waitMs);
    return this.#call(async () => {
      const next = this.incoming.shift();
      if (typeof next === 'string') return { done: true, bytes: room.write(next), error: 0 };
      if (next) return next;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      return nothing;
    });
  }

  write(_handle: unknown, bytes: Buffer): Promise<Outcome> {
    return this.#call(async () => {
      await (this.holding?.promise ?? new Promise((resolve) => setTimeout(resolve, 1)));
      const outcome = this.outgoing.shift() ?? { done: true, bytes: bytes.length, error: 0 };
      this.written += String(bytes.subarray(0, outcome.bytes));
      return outcome;
    });
  }

  async close(): Promise<void> {
    this.closed += 1;
    expect(this.under).toBe(0);
  }

  async #call(work: () => Promise<Outcome>): Promise<Outcome> {
    this.under += 1;
    this.mostUnder = Math.max(this.mostUnder, this.under);
    try {
      return await work();
    } finally {
      this.under -= 1;
    }
  }
}

let calls: FakeCalls;
let stream: ChannelStream;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  calls = new FakeCalls();
  stream = new ChannelStream(calls, 1, false);
  stream.on('error', () => {});
});
afterEach(() => {
  stream.destroy();
  vi.useRealTimers();
});

const closing = () => new Promise<void>((resolve) => stream.once('close', resolve));

describe('a channel as a pipe', () => {
  it('hands on what came, in order, and asks again', async () => {
    calls.incoming = ['one', 'two', nothing, 'three'];
    let read = '';
    stream.on('data', (bytes) => {
      read += bytes;
    });
    await vi.advanceTimersByTimeAsync(50);
    expect(read).toBe('onetwothree');
  });

  it('writes no more at a time than the library takes, and goes on after a part', async () => {
    calls.outgoing = [
      { done: true, bytes: 3, error: 0 },
      { done: true, bytes: 0, error: 0 },
    ];
    const done = vi.fn();
    stream.write('a message', done);
    await vi.advanceTimersByTimeAsync(20);
    expect(calls.written).toBe('a message');
    expect(done).toHaveBeenCalledExactlyOnceWith(null);
    stream.write('', done);
    await vi.advanceTimersByTimeAsync(1);
    expect(done).toHaveBeenCalledTimes(2);
  });

  it('has one call at a time in the library, and lets a read through between writes', async () => {
    stream.resume();
    for (let at = 0; at < 5; at += 1) stream.write('four and more');
    await vi.advanceTimersByTimeAsync(100);
    expect(calls.written).toBe('four and more'.repeat(5));
    expect(calls.mostUnder).toBe(1);
    expect(calls.waits.filter((wait) => wait === 0).length).toBeGreaterThan(10);
  });

  it('waits longer for a byte once nothing goes on, and never longer than a write can bear', async () => {
    stream.resume();
    await vi.advanceTimersByTimeAsync(500);
    expect(calls.waits.slice(0, 6)).toEqual([2, 2, 2, 2, 50, 50]);
    expect(Math.max(...calls.waits)).toBe(50);
    calls.waits = [];
    calls.incoming = ['x'];
    await vi.advanceTimersByTimeAsync(200);
    expect(calls.waits.slice(0, 6)).toEqual([50, 2, 2, 2, 2, 50]);
  });

  it('does not spin where a read does not wait', async () => {
    calls.incoming = Array(1000).fill({ done: true, bytes: 0, error: 0 });
    stream.resume();
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls.reads).toBeLessThan(70);
  });

  it('reads no further than somebody takes', async () => {
    calls.incoming = Array(100).fill('x'.repeat(10_000));
    stream.read(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(calls.reads).toBe(7);
    stream.resume();
    await vi.advanceTimersByTimeAsync(100);
    expect(calls.reads).toBeGreaterThan(100);
  });
});

describe('the end of a channel', () => {
  it.each([
    ['a read says so', { incoming: [gone] }, 'fake.dll: the channel has closed (error 109)'],
    ['a write says so', { outgoing: [gone] }, 'fake.dll: the channel takes no bytes (error 109)'],
    [
      'a read tells of too much',
      { incoming: [{ done: true, bytes: 16_385, error: 0 }] },
      'fake.dll: the channel says that it read more than there was room for',
    ],
    [
      'a write tells of too much',
      { outgoing: [{ done: true, bytes: 5, error: 0 }] },
      'fake.dll: the channel takes no bytes',
    ],
  ])('comes where %s, with a word', async (_, says, message) => {
    Object.assign(calls, says);
    const error = once(stream, 'error');
    const closed = closing();
    stream.resume();
    stream.write('four');
    await vi.advanceTimersByTimeAsync(50);
    expect(String((await error)[0].message)).toBe(message);
    await closed;
    await stream.released;
    expect(calls.closed).toBe(1);
  });

  it('comes where a call throws', async () => {
    calls.read = () => Promise.reject(new Error('too many calls'));
    const error = once(stream, 'error');
    stream.resume();
    expect((await error)[0].message).toBe('too many calls');
    await stream.released;
    expect(calls.closed).toBe(1);
  });

  it('gives the handle back at once where no call is under way', async () => {
    stream.destroy();
    await stream.released;
    expect(calls.closed).toBe(1);
  });

  it('waits for a call that hangs before it gives the handle back, and nobody waits for that', async () => {
    calls.holding = Promise.withResolvers();
    const failed = vi.fn();
    stream.write('stuck', failed);
    await vi.advanceTimersByTimeAsync(10);
    const closed = closing();
    stream.destroy();
    await closed;
    expect(failed).toHaveBeenCalledOnce();
    expect(calls.closed).toBe(0);
    calls.holding.resolve();
    await stream.released;
    expect(calls.closed).toBe(1);
  });

  it('is both ways: a channel cannot be closed by halves', async () => {
    stream.resume();
    const closed = closing();
    stream.end('bye');
    await vi.advanceTimersByTimeAsync(50);
    await closed;
    await stream.released;
    expect([calls.written, calls.closed]).toEqual(['bye', 1]);
  });
});

it('tells a read that found nothing from a channel that is gone', () => {
  for (const code of [121, 258, 996, 1460]) expect(timedOut(code, 0, 20)).toBe(true);
  expect(timedOut(109, 0, 20)).toBe(false);
  expect(timedOut(0, 9, 20)).toBe(false);
  expect(timedOut(0, 10, 20)).toBe(true);
});
