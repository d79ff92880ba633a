import { type Duplex, duplexPair } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { controlFrame, dataFrames, headerBytes, longestPayload } from './frame.ts';
import { connectLink } from './initiator.ts';
import { collect, settled, speak } from './testing/channel.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settled();
}

/** An initiator, and an endpoint that says what the test says. */
function begin(signal?: AbortSignal) {
  const [near, far] = duplexPair();
  const connecting = connectLink(near, { signal });
  connecting.catch(() => {});
  return { near, far, connecting, ...speak(far) };
}

async function connected() {
  const it = begin();
  await settled();
  const epoch = it.said[0]?.epoch ?? 0;
  it.far.write(controlFrame('ack', epoch, 0));
  const link = await it.connecting;
  return { ...it, link, epoch };
}

const closed = (duplex: Duplex) => new Promise((resolve) => duplex.once('close', resolve));

describe('asking for an epoch', () => {
  it('begins with zeros, as many as the longest frame has bytes', async () => {
    const [near, far] = duplexPair();
    const bytes = collect(far);
    connectLink(near).catch(() => {});
    await settled();
    const zeros = headerBytes + longestPayload;
    expect(bytes().subarray(0, zeros).equals(Buffer.alloc(zeros))).toBe(true);
    expect(bytes().length).toBe(zeros + headerBytes);
    near.destroy();
    await settled();
  });

  it('is repeated every 300 ms until it is answered, and has no end of its own', async () => {
    const { types, far, said, connecting } = begin();
    await pass(60_000);
    expect(types()).toEqual(Array.from({ length: 201 }, () => 'hello'));
    expect(new Set(said.map(({ epoch }) => epoch)).size).toBe(1);
    far.write(controlFrame('ack', said[0]?.epoch ?? 0, 0));
    const link = await connecting;
    await pass(450);
    expect(types()).toHaveLength(201);
    link.destroy();
    await settled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes another epoch each time', async () => {
    const [one, other] = [begin(), begin()];
    await settled();
    expect(one.said[0]?.epoch).not.toBe(other.said[0]?.epoch);
    one.near.destroy();
    other.near.destroy();
    await settled();
  });

  it('does not queue up on a pipe that nobody reads', async () => {
    const [near] = duplexPair({ highWaterMark: 1000 });
    connectLink(near).catch(() => {});
    await pass(60_000);
    expect(near.writableLength).toBe(headerBytes + longestPayload + headerBytes);
    near.destroy();
    await settled();
  });

  it('takes data for an answer, where the answer was lost', async () => {
    const { far, said, connecting } = begin();
    await settled();
    far.write(dataFrames(said[0]?.epoch ?? 0, 0, Buffer.from('data')));
    const link = await connecting;
    expect(String(link.read())).toBe('data');
    link.destroy();
  });

  it('is not answered by what belongs to another epoch', async () => {
    const { near, far, said, types } = begin();
    await settled();
    const other = ((said[0]?.epoch ?? 0) ^ 1) >>> 0;
    for (const type of ['ack', 'reset', 'pong'] as const) far.write(controlFrame(type, other, 0));
    await pass(300);
    expect(types()).toEqual(['hello', 'hello']);
    near.destroy();
    await settled();
  });

  it('fails when the pipe closes, ends, breaks, or had closed or ended before', async () => {
    const [one, two, three] = [begin(), begin(), begin()];
    const [ended, other] = duplexPair();
    other.end();
    ended.resume();
    await new Promise((resolve) => ended.once('end', resolve));
    await expect(connectLink(ended)).rejects.toThrow('the channel closed');
    one.near.destroy();
    two.far.end();
    three.near.destroy(new Error('broken pipe'));
    await expect(one.connecting).rejects.toThrow('the channel closed');
    await expect(two.connecting).rejects.toThrow('the channel closed');
    await expect(three.connecting).rejects.toThrow('broken pipe');
    await expect(connectLink(one.near)).rejects.toThrow('the channel closed');
    expect(two.near.destroyed).toBe(true);
    await pass(1000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('can be given up, and closes the pipe then', async () => {
    const giveUp = new AbortController();
    const { near, connecting } = begin(giveUp.signal);
    await settled();
    giveUp.abort(new Error('enough'));
    await expect(connecting).rejects.toThrow('enough');
    await pass(1000);
    expect(near.destroyed).toBe(true);
    await expect(connectLink(duplexPair()[0], { signal: giveUp.signal })).rejects.toThrow('enough');
    await pass(1000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('can be given up no more once it was answered', async () => {
    const giveUp = new AbortController();
    const { far, said, connecting } = begin(giveUp.signal);
    await settled();
    far.write(controlFrame('ack', said[0]?.epoch ?? 0, 0));
    const link = await connecting;
    giveUp.abort();
    await settled();
    expect(link.destroyed).toBe(false);
    link.destroy();
  });
});

describe('an epoch that is on', () => {
  it('is pinged every 500 ms', async () => {
    const { link, far, epoch, types } = await connected();
    for (let i = 0; i < 8; i++) {
      await pass(500);
      far.write(controlFrame('pong', epoch, 0));
    }
    expect(types().filter((type) => type === 'ping')).toHaveLength(8);
    expect(link.destroyed).toBe(false);
    link.destroy();
  });

  it('ends after 1.5 s of silence, garbage included, and not before 1.25 s', async () => {
    const { link, near, far, types } = await connected();
    await pass(1249);
    far.write(Buffer.alloc(100, 0xfe));
    expect(link.destroyed).toBe(false);
    await pass(251);
    expect(link.errored?.message).toBe('the far end of the link fell silent');
    expect(types().at(-1)).toBe('reset');
    await pass(1000);
    expect(near.destroyed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not blamed on the endpoint when we stood still ourselves', async () => {
    const { link, far, epoch } = await connected();
    await pass(250);
    // A timer that is late by ten seconds runs once.
    vi.setSystemTime(Date.now() + 10_000);
    await pass(250);
    expect(link.destroyed).toBe(false);
    far.write(controlFrame('pong', epoch, 0));
    await pass(1249);
    expect(link.destroyed).toBe(false);
    link.destroy();
  });

  it('ends with a RESET, and says nothing back', async () => {
    const { link, far, epoch, types } = await connected();
    far.write(controlFrame('reset', epoch, 0));
    await closed(link);
    expect(link.errored?.message).toBe('the far end reset the link');
    expect(types()).toEqual(['hello']);
  });

  it('ends when a frame is lost, and is reset', async () => {
    const { link, far, epoch, types } = await connected();
    const received = collect(link);
    far.write(dataFrames(epoch, 0, Buffer.from('one')));
    far.write(dataFrames(epoch, 2, Buffer.from('three')));
    await closed(link);
    await settled();
    expect(String(received())).toBe('one');
    expect(link.errored?.message).toBe('a frame of the link was lost');
    expect(types()).toEqual(['hello', 'reset']);
  });

  it('is not pinged on a pipe that nobody reads: what is queued stays the same', async () => {
    const [near, far] = duplexPair();
    const connecting = connectLink(near);
    const { said } = speak(far);
    await settled();
    const epoch = said[0]?.epoch ?? 0;
    far.write(controlFrame('ack', epoch, 0));
    const link = await connecting;
    far.pause();
    while (link.write(Buffer.alloc(10_000)));
    await settled();
    const queued = near.writableLength + link.writableLength;
    for (let i = 0; i < 100; i++) {
      far.write(controlFrame('pong', epoch, 0));
      await pass(500);
    }
    expect(link.destroyed).toBe(false);
    expect(near.writableLength + link.writableLength).toBe(queued);
    expect(queued).toBeLessThan(300_000);
    link.destroy();
    await settled();
    expect(near.destroyed).toBe(true);
  });

  it('ends in order when both have ended, and closes the pipe', async () => {
    const { link, near, far, epoch, types } = await connected();
    const received = collect(link);
    link.end('last words');
    far.write(Buffer.concat([dataFrames(epoch, 0, Buffer.from('farewell')), controlFrame('end', epoch, 1)]));
    await closed(near);
    expect(String(received())).toBe('farewell');
    expect(types()).toEqual(['hello', 'data', 'end']);
    expect(link.errored).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });
});
