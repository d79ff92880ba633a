import { Socket } from 'node:net';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from './connection.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function make(keepAlive: boolean, needed = true) {
  const socket = new Socket();
  const written: string[] = [];
  vi.spyOn(socket, 'write').mockImplementation((chunk) => {
    written.push(String(chunk));
    return true;
  });
  const connection = new Connection(socket, { address: '192.0.2.1', port: 5060 });
  const closed: string[] = [];
  const ended = vi.fn();
  connection.start(
    keepAlive,
    { message: () => {}, needed: () => needed, closed: (_, error) => void closed.push(error.message) },
    silent,
    ended,
  );
  return { socket, connection, written, closed, ended };
}

describe('Connection', () => {
  it('sends CRLFCRLF every 25 to 30 s where it is ours, until it ends', async () => {
    const { connection, written, closed, ended } = make(true);
    vi.advanceTimersByTime(24_999);
    expect(written).toEqual([]);
    vi.advanceTimersByTime(5_001);
    expect(written).toEqual(['\r\n\r\n']);
    vi.advanceTimersByTime(300_000);
    expect(written.length).toBeGreaterThanOrEqual(10);
    expect(written.length).toBeLessThanOrEqual(14);
    connection.destroy();
    await vi.advanceTimersByTimeAsync(0);
    expect(closed).toHaveLength(1);
    expect(ended).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not ping where it is the peer’s', () => {
    const { written } = make(false);
    vi.advanceTimersByTime(300_000);
    expect(written).toEqual([]);
  });

  it('does not wait for the rest of a message for ever', async () => {
    const { socket, closed } = make(false);
    socket.emit('data', Buffer.from('OPTIONS sip:a SIP/2.0\r\nVi'));
    vi.advanceTimersByTime(32_000);
    await vi.advanceTimersByTimeAsync(0);
    expect(closed).toEqual(['a message was never finished']);
  });

  it('reports what is sent into a closed connection', async () => {
    const { connection } = make(false);
    connection.destroy();
    const failed = vi.fn();
    connection.send(Buffer.from('x'), failed);
    expect(failed).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(0);
    expect(failed).toHaveBeenCalledOnce();
  });

  it('is ended where a ping gets no pong, once there has been one', async () => {
    const { socket, written, closed } = make(true);
    vi.advanceTimersByTime(60_000);
    expect(closed).toEqual([]);
    written.length = 0;
    while (written.length === 0) vi.advanceTimersByTime(1_000);
    socket.emit('data', Buffer.from('\r\n'));
    written.length = 0;
    while (written.length === 0) vi.advanceTimersByTime(1_000);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(closed).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(closed).toEqual(['a ping was not answered']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is ended where a request was not answered and nothing else came either', async () => {
    for (const [came, expected] of [
      [true, []],
      [false, ['the connection is dead']],
    ] as const) {
      const { socket, connection, closed } = make(false);
      vi.advanceTimersByTime(1_000);
      const sentAtMs = performance.now();
      vi.advanceTimersByTime(1_000);
      if (came) socket.emit('data', Buffer.from('\r\n'));
      connection.timedOut(sentAtMs);
      await vi.advanceTimersByTimeAsync(0);
      expect(closed).toEqual(expected);
    }
  });

  it('of ours is closed when nothing came for 5 minutes and nobody needs it', async () => {
    const message = Buffer.from('OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n');
    for (const [needed, expected] of [
      [true, []],
      [false, ['nobody needs the connection']],
    ] as const) {
      const { socket, connection, closed } = make(true, needed);
      await vi.advanceTimersByTimeAsync(200_000);
      socket.emit('data', message);
      await vi.advanceTimersByTimeAsync(299_000);
      expect(closed).toEqual([]);
      await vi.advanceTimersByTimeAsync(31_000);
      expect(closed).toEqual(expected);
      connection.destroy();
    }
  });
});
