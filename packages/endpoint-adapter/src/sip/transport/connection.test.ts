import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Channel, type ChannelSink, Connection } from './connection.ts';
import type { Frame } from './framer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const message: Frame = { kind: 'message', bytes: Buffer.from('OPTIONS sip:a@b SIP/2.0\r\n\r\n') };
const pong: Frame = { kind: 'pong' };

class FakeChannel implements Channel {
  readonly local = { address: '192.0.2.9', port: 40_000 };
  unsent = 0;
  mustPong = false;
  closed = false;
  readonly sent: string[] = [];
  sink: ChannelSink = { received: () => {}, ended: () => {} };

  vouchesFor(name: string): boolean {
    return name === 'other.example';
  }
  start(sink: ChannelSink): void {
    this.sink = sink;
  }
  write(bytes: Buffer): void {
    this.sent.push(bytes.toString());
  }
  ping(): void {
    this.sent.push('ping');
  }
  pong(): void {
    this.sent.push('pong');
  }
  close(): void {
    this.closed = true;
  }
}

interface Settings {
  /** We made the connection. */
  ours: boolean;
  needed?: boolean;
  open?: (signal: AbortSignal) => Promise<Channel>;
}

async function make({ ours, needed = true, open }: Settings) {
  const channel = new FakeChannel();
  const closed: string[] = [];
  const messages = vi.fn();
  const ended = vi.fn();
  const connection = new Connection('tls', { address: '192.0.2.1', port: 5061 }, ours ? 'sip.example' : null);
  connection.start({
    open: open ?? (async () => channel),
    sink: { message: messages, needed: () => needed, closed: (_, error) => void closed.push(error.message) },
    log: silent,
    ended,
  });
  await vi.advanceTimersByTimeAsync(0);
  return { channel, connection, closed, messages, ended };
}

describe('Connection', () => {
  it('pings every 25 to 30 s where it is ours, until it ends', async () => {
    const { channel, connection, closed, ended } = await make({ ours: true });
    vi.advanceTimersByTime(24_999);
    expect(channel.sent).toEqual([]);
    vi.advanceTimersByTime(5_001);
    expect(channel.sent).toEqual(['ping']);
    vi.advanceTimersByTime(300_000);
    expect(channel.sent.length).toBeGreaterThanOrEqual(10);
    expect(channel.sent.length).toBeLessThanOrEqual(14);
    connection.destroy();
    await vi.advanceTimersByTimeAsync(0);
    expect(channel.closed).toBe(true);
    expect(closed).toEqual(['the connection was closed']);
    expect(ended).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not ping where it is the peer’s, and answers its pings', async () => {
    const { channel } = await make({ ours: false });
    vi.advanceTimersByTime(300_000);
    expect(channel.sent).toEqual([]);
    channel.sink.received([{ kind: 'ping' }], false);
    expect(channel.sent).toEqual(['pong']);
    channel.unsent = 1_025;
    channel.sink.received([{ kind: 'ping' }], false);
    expect(channel.sent).toEqual(['pong']);
  });

  it('sends what was to be sent when it is made, in order, and knows its own end then', async () => {
    const channel = new FakeChannel();
    let made: (channel: Channel) => void = () => {};
    const opening = new Promise<Channel>((resolve) => {
      made = resolve;
    });
    const { connection } = await make({ ours: true, open: () => opening });
    connection.send(Buffer.from('one'), () => {});
    connection.send(Buffer.from('two'), () => {});
    expect(connection.local).toEqual({ address: '', port: 0 });
    made(channel);
    await vi.advanceTimersByTimeAsync(0);
    expect(channel.sent).toEqual(['one', 'two']);
    expect(connection.local).toEqual(channel.local);
  });

  it('gives up what is not made within 32 s, and says what its maker says', async () => {
    const { connection, closed } = await make({
      ours: true,
      open: (signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('the handshake hung')))),
    });
    await vi.advanceTimersByTimeAsync(31_999);
    expect(connection.open).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(closed).toEqual(['the handshake hung']);
    expect(connection.open).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends a channel that is made too late', async () => {
    const channel = new FakeChannel();
    let made: (channel: Channel) => void = () => {};
    const opening = new Promise<Channel>((resolve) => {
      made = resolve;
    });
    const { connection } = await make({ ours: true, open: () => opening });
    connection.destroy();
    made(channel);
    await vi.advanceTimersByTimeAsync(0);
    expect(channel.closed).toBe(true);
  });

  it('does not wait for the rest of a message for ever', async () => {
    const { channel, closed } = await make({ ours: false });
    channel.sink.received([], true);
    await vi.advanceTimersByTimeAsync(31_000);
    channel.sink.received([], true);
    expect(closed).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(closed).toEqual(['a message was never finished']);
  });

  it('reports what is sent into a closed connection', async () => {
    const { connection } = await make({ ours: true });
    connection.destroy();
    const failed = vi.fn();
    connection.send(Buffer.from('x'), failed);
    expect(failed).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(0);
    expect(failed).toHaveBeenCalledOnce();
  });

  it('ends where too much is unsent, or waits for its making', async () => {
    const reading = await make({ ours: true });
    reading.channel.unsent = 1 << 20;
    reading.connection.send(Buffer.from('x'), () => {});
    expect(reading.connection.open).toBe(true);
    reading.channel.unsent++;
    reading.connection.send(Buffer.from('x'), () => {});
    await vi.advanceTimersByTimeAsync(0);
    expect(reading.closed).toEqual(['the peer does not read']);

    const waiting = await make({ ours: true, open: () => new Promise(() => {}) });
    for (let i = 0; i < 16; i++) waiting.connection.send(Buffer.alloc(65_536), () => {});
    expect(waiting.connection.open).toBe(true);
    waiting.connection.send(Buffer.from('x'), () => {});
    await vi.advanceTimersByTimeAsync(0);
    expect(waiting.closed).toEqual(['the peer does not read']);
  });

  it('hands on nothing that comes behind its end', async () => {
    const { channel, connection, messages } = await make({ ours: true });
    messages.mockImplementation(() => connection.destroy());
    channel.sink.received([message, message], false);
    expect(messages).toHaveBeenCalledOnce();
  });

  it.each([
    ['once there has been one', false],
    ['at once where the protocol asks for it', true],
  ])('is ended where a ping gets no pong, %s', async (_, mustPong) => {
    const channel = new FakeChannel();
    channel.mustPong = mustPong;
    const { closed } = await make({ ours: true, open: async () => channel });
    const untilPing = (): void => {
      channel.sent.length = 0;
      while (channel.sent.length === 0) vi.advanceTimersByTime(1_000);
    };
    if (!mustPong) {
      vi.advanceTimersByTime(60_000);
      expect(closed).toEqual([]);
      untilPing();
      channel.sink.received([pong], false);
    }
    untilPing();
    await vi.advanceTimersByTimeAsync(8_000);
    expect(closed).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(closed).toEqual(['a ping was not answered']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['lives where something else came', true, []],
    ['is ended where nothing came', false, ['the connection is dead']],
  ])('that left a request without an answer %s', async (_, came, expected) => {
    const { channel, connection, closed } = await make({ ours: false });
    vi.advanceTimersByTime(1_000);
    const sentAtMs = performance.now();
    vi.advanceTimersByTime(1_000);
    if (came) channel.sink.received([pong], false);
    connection.timedOut(sentAtMs);
    await vi.advanceTimersByTimeAsync(0);
    expect(closed).toEqual(expected);
  });

  it.each([
    ['stays while it is needed', true, []],
    ['is closed where nobody needs it', false, ['nobody needs the connection']],
  ])('of ours on which nothing came for 5 minutes %s', async (_, needed, expected) => {
    const { channel, closed } = await make({ ours: true, needed });
    await vi.advanceTimersByTimeAsync(200_000);
    channel.sink.received([message], false);
    await vi.advanceTimersByTimeAsync(299_000);
    expect(closed).toEqual([]);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(closed).toEqual(expected);
  });

  it('leads to the name that it was made for, and to those that its far end has proved', async () => {
    const { connection } = await make({ ours: true });
    expect(connection.leadsTo('192.0.2.1', 5061, 'sip.example')).toBe(true);
    expect(connection.leadsTo('192.0.2.1', 5061, 'other.example')).toBe(true);
    expect(connection.leadsTo('192.0.2.1', 5061, 'evil.example')).toBe(false);
    expect(connection.leadsTo('192.0.2.1', 5060, 'sip.example')).toBe(false);
    expect(connection.leadsTo('192.0.2.2', 5061, 'sip.example')).toBe(false);
  });

  it('of a peer leads to a port that the peer asks for, if its name is proved', async () => {
    const { connection } = await make({ ours: false });
    expect(connection.leadsTo('192.0.2.1', 5071, 'other.example')).toBe(false);
    connection.aliasFor(5071);
    expect(connection.leadsTo('192.0.2.1', 5071, 'other.example')).toBe(true);
    expect(connection.leadsTo('192.0.2.1', 5071, 'evil.example')).toBe(false);
    expect(connection.leadsTo('192.0.2.1', 0, 'other.example')).toBe(false);
  });
});
