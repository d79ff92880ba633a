import { type Duplex, duplexPair } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { controlFrame, dataFrames, headerBytes, longestPayload } from './frame.ts';
import { connectLink } from './initiator.ts';
import { acceptLinks } from './responder.ts';
import { Channel, collect, settled, speak } from './testing/channel.ts';

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

interface Epoch {
  link: Duplex;
  received: () => Buffer;
}

/** A responder at this pipe, whose epochs are read. */
function respond(pipe: Duplex): Epoch[] {
  const epochs: Epoch[] = [];
  acceptLinks(pipe, (link) => epochs.push({ link, received: collect(link) }));
  return epochs;
}

/** A responder, and an app layer that says what the test says. */
function begin() {
  const [near, far] = duplexPair();
  const epochs = respond(far);
  return { near, far, epochs, ...speak(near) };
}

const hello = (epoch: number) => controlFrame('hello', epoch, 0);
const data = (epoch: number, number: number, text: string) => dataFrames(epoch, number, Buffer.from(text));
const textOf = (epoch: Epoch | undefined) => String(epoch?.received());

describe('a new epoch', () => {
  it('is acknowledged, each time that it is asked for, and handed out once', async () => {
    const { near, epochs, types } = begin();
    near.write(Buffer.concat([hello(7), hello(7), data(7, 0, 'one'), hello(8)]));
    await settled();
    expect(types()).toEqual(['ack', 'ack']);
    expect(epochs).toHaveLength(1);
    expect(textOf(epochs[0])).toBe('one');
    near.destroy();
  });

  it('ends the one before it', async () => {
    const { near, epochs, types } = begin();
    near.write(Buffer.concat([hello(7), data(7, 0, 'one')]));
    await pass(250);
    near.write(Buffer.concat([hello(8), data(7, 1, 'two'), data(8, 0, 'three')]));
    await settled();
    expect(epochs.map(textOf)).toEqual(['one', 'three']);
    expect(epochs.map(({ link }) => link.destroyed)).toEqual([true, false]);
    expect(types()).toEqual(['ack', 'reset', 'ack', 'reset']);
    near.destroy();
  });

  it('is acknowledged at once where what was sent before ended in the middle', async () => {
    const { near, far, types } = begin();
    // The header of a frame of the old epoch has come, and what was in it has not.
    far.write(data(7, 0, 'x'.repeat(longestPayload)).subarray(0, headerBytes));
    near.write(hello(8));
    await settled();
    expect(types()).toEqual(['ack']);
    near.destroy();
  });

  it('is given four times a second at most, however often it is asked for', async () => {
    const { near, epochs } = begin();
    for (let i = 0; i < 100; i++) {
      near.write(Buffer.concat(Array.from({ length: 100 }, (_, k) => hello(100 * i + k))));
      await pass(10);
    }
    expect(epochs.length).toBeGreaterThanOrEqual(4);
    expect(epochs.length).toBeLessThanOrEqual(5);
    near.destroy();
  });

  it('is told by RESET to whoever goes on with an old one', async () => {
    const { near, said, epochs } = begin();
    near.write(Buffer.concat([data(5, 3, 'old'), controlFrame('ping', 6, 0)]));
    for (const type of ['ack', 'end', 'reset', 'pong'] as const) near.write(controlFrame(type, 9, 0));
    await settled();
    expect(said.map(({ type, epoch }) => `${type} ${epoch}`)).toEqual(['reset 5', 'reset 6']);
    expect(epochs).toEqual([]);
  });
});

describe('an epoch that is on', () => {
  it('answers every PING', async () => {
    const { near, types } = begin();
    near.write(Buffer.concat([hello(7), controlFrame('ping', 7, 0), controlFrame('ping', 7, 0)]));
    await settled();
    expect(types()).toEqual(['ack', 'pong', 'pong']);
    near.destroy();
  });

  it('ends after 1.5 s of silence, garbage included, and not before 1.25 s; the pipe stays', async () => {
    const { near, far, epochs, types } = begin();
    near.write(hello(7));
    await pass(1249);
    near.write(Buffer.alloc(100));
    expect(epochs[0]?.link.destroyed).toBe(false);
    await pass(251);
    expect(epochs[0]?.link.errored?.message).toBe('the far end of the link fell silent');
    expect(types()).toEqual(['ack', 'reset']);
    expect(vi.getTimerCount()).toBe(0);
    near.write(hello(8));
    await settled();
    expect(epochs).toHaveLength(2);
    expect(far.destroyed).toBe(false);
    near.destroy();
  });

  it('loses nothing to garbage between frames', async () => {
    const { near, epochs } = begin();
    const garbage = Buffer.alloc(1000, 0xfe);
    near.write(Buffer.concat([garbage, hello(7), garbage, data(7, 0, 'one '), garbage, data(7, 1, 'two'), garbage]));
    await settled();
    expect(textOf(epochs[0])).toBe('one two');
    near.destroy();
  });

  it('ends at a damaged frame, and delivers nothing of it or after it', async () => {
    const { near, epochs, types } = begin();
    const damaged = data(7, 1, 'two ');
    damaged[damaged.length - 1] = 0;
    near.write(Buffer.concat([hello(7), data(7, 0, 'one '), damaged, data(7, 2, 'three')]));
    await settled();
    expect(textOf(epochs[0])).toBe('one ');
    expect(epochs[0]?.link.errored?.message).toBe('a frame of the link was lost');
    expect(types()).toEqual(['ack', 'reset']);
  });

  it('ends at the next PING where the last frame was lost', async () => {
    const { near, epochs } = begin();
    near.write(Buffer.concat([hello(7), data(7, 0, 'one'), controlFrame('ping', 7, 2)]));
    await settled();
    expect(epochs[0]?.link.errored?.message).toBe('a frame of the link was lost');
  });

  it('ends with data after its END', async () => {
    const { near, epochs } = begin();
    near.write(Buffer.concat([hello(7), controlFrame('end', 7, 0), data(7, 0, 'late')]));
    await settled();
    expect(textOf(epochs[0])).toBe('');
    expect(epochs[0]?.link.errored?.message).toBe('a frame of the link was lost');
  });

  it('ends in order when both have ended; the pipe stays for the next', async () => {
    const channel = new Channel();
    const epochs = respond(channel.far);
    for (const words of ['first', 'second']) {
      const link = await connectLink(channel.open());
      const received = collect(link);
      link.end(words);
      await settled();
      epochs.at(-1)?.link.end(`${words} heard`);
      await settled();
      expect(String(received())).toBe(`${words} heard`);
      expect([link.destroyed, epochs.at(-1)?.link.destroyed]).toEqual([true, true]);
      await pass(300);
    }
    expect(epochs.map(textOf)).toEqual(['first', 'second']);
    expect(channel.far.destroyed).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends with the pipe, which is closed then', async () => {
    const [one, two] = [begin(), begin()];
    one.near.write(hello(7));
    two.near.write(hello(7));
    await settled();
    one.near.end();
    two.far.destroy(new Error('broken'));
    await settled();
    expect([one.far.destroyed, two.far.destroyed]).toEqual([true, true]);
    expect(one.epochs[0]?.link.errored?.message).toBe('the channel closed');
    expect(two.epochs[0]?.link.errored?.message).toBe('broken');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is heard of at once when the app layer drops it, and the pipe stays', async () => {
    const channel = new Channel();
    const epochs = respond(channel.far);
    const link = await connectLink(channel.open());
    link.destroy();
    await settled();
    expect(epochs[0]?.link.errored?.message).toBe('the far end reset the link');
    expect(channel.far.destroyed).toBe(false);
  });
});

describe('what is older than 1.5 s', () => {
  /** An app layer with an epoch that is on. */
  async function connected() {
    const channel = new Channel();
    const epochs = respond(channel.far);
    const link = await connectLink(channel.open());
    await settled();
    return { channel, epochs, link };
  }

  it('is never delivered when a frozen client thaws, and the next epoch comes through', async () => {
    const { channel, epochs, link } = await connected();
    channel.freeze();
    link.write('answer the call');
    await pass(1500);
    expect(link.destroyed).toBe(true);
    const next = connectLink(channel.open());
    await pass(10_000);
    channel.thaw();
    const again = await next;
    again.write('hang up');
    await settled();
    expect(epochs.map(textOf)).toEqual(['', 'hang up']);
    again.destroy();
    await settled();
  });

  it('is delivered when it thaws sooner', async () => {
    const { channel, epochs, link } = await connected();
    channel.freeze();
    link.write('answer the call');
    await pass(1200);
    channel.thaw();
    await settled();
    expect(epochs.map(textOf)).toEqual(['answer the call']);
    link.destroy();
    await settled();
  });

  it('is never delivered when we stood still ourselves, whatever is looked at first', async () => {
    const { epochs, link } = await connected();
    // The clock goes on while no timer of ours runs.
    vi.setSystemTime(Date.now() + 1501);
    link.write('answer the call');
    await settled();
    expect(epochs.map(textOf)).toEqual(['']);
    expect(epochs[0]?.link.errored?.message).toBe('this end of the link stood still');
    expect(link.destroyed).toBe(true);
  });

  it('does not begin the same epoch anew', async () => {
    const { near, epochs, types } = begin();
    near.write(hello(7));
    await pass(1500);
    near.write(Buffer.concat([hello(7), data(7, 0, 'answer the call')]));
    await settled();
    expect(epochs.map(textOf)).toEqual(['']);
    expect(types()).toEqual(['ack', 'reset', 'reset', 'reset']);
  });
});

describe('memory', () => {
  it('does not grow where the app layer stops reading', async () => {
    const { near, far, epochs } = begin();
    near.write(hello(7));
    await settled();
    near.pause();
    const link = epochs[0]?.link;
    while (link?.write(Buffer.alloc(10_000)));
    await settled();
    const queued = far.writableLength;
    for (let i = 0; i < 100; i++) {
      near.write(Buffer.concat([controlFrame('ping', 7, 0), hello(7), data(99, 0, 'unknown')]));
      await pass(500);
    }
    expect(link?.destroyed).toBe(false);
    expect(far.writableLength).toBe(queued);
    expect(queued + (link?.writableLength ?? 0)).toBeLessThan(300_000);
    near.destroy();
    await settled();
  });

  it('does not grow where gRPC stops reading, and goes on when it reads again', async () => {
    const [near, far] = duplexPair();
    const links: Duplex[] = [];
    acceptLinks(far, (link) => links.push(link));
    near.write(hello(7));
    await settled();
    let sent = 0;
    while (near.write(dataFrames(7, sent, Buffer.alloc(longestPayload)))) {
      sent += 1;
      if (sent % 4 === 0) await settled();
    }
    const link = links[0];
    expect((link?.readableLength ?? 0) + near.writableLength).toBeLessThan(300_000);
    const received = link && collect(link);
    await settled();
    expect(received?.().length).toBe((sent + 1) * longestPayload);
    near.destroy();
    await settled();
  });

  it('of an epoch that nobody read is given up with it, and the next one is heard', async () => {
    const [near, far] = duplexPair();
    const links: Duplex[] = [];
    acceptLinks(far, (link) => links.push(link));
    near.write(hello(7));
    await settled();
    for (let sent = 0; sent < 60; sent++) near.write(dataFrames(7, sent, Buffer.alloc(longestPayload)));
    await settled();
    near.write(hello(8));
    await pass(1500);
    expect(links).toHaveLength(2);
    expect(links[0]?.destroyed).toBe(true);
    near.destroy();
    await settled();
  });
});
