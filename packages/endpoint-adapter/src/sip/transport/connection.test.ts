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

function make(keepAlive: boolean) {
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
    { message: () => {}, closed: (_, error) => void closed.push(error.message) },
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
});
