import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Target } from '../address.ts';
import { KeepAlive } from './keep-alive.ts';
import { unknownEnd } from './transport.ts';

const target: Target = { transport: 'udp', address: '192.0.2.1', port: 5060, name: 'sip.example' };

let sent: string[];
let keepAlive: KeepAlive;
beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  keepAlive = new KeepAlive(({ address, port }) => ({
    transport: 'udp',
    reliable: false,
    remote: { address, port },
    local: unknownEnd,
    send: (bytes) => void sent.push(`${address}:${port} ${JSON.stringify(String(bytes))}`),
    timedOut: () => {},
  }));
});
afterEach(() => {
  keepAlive.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('KeepAlive', () => {
  it('sends CRLFCRLF every 25 to 30 s, once for all lines of a server', () => {
    keepAlive.set(target, true);
    keepAlive.set(target, true);
    vi.advanceTimersByTime(24_999);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(5_001);
    expect(sent).toEqual(['192.0.2.1:5060 "\\r\\n\\r\\n"']);
    vi.advanceTimersByTime(300_000);
    expect(sent.length).toBeGreaterThanOrEqual(10);
    expect(sent.length).toBeLessThanOrEqual(14);
  });

  it('goes on until the last line is gone', () => {
    keepAlive.set(target, true);
    keepAlive.set(target, true);
    keepAlive.set(target, false);
    vi.advanceTimersByTime(30_000);
    expect(sent).toHaveLength(1);
    keepAlive.set(target, false);
    keepAlive.set(target, false);
    vi.advanceTimersByTime(300_000);
    expect(sent).toHaveLength(1);
    keepAlive.set(target, true);
    vi.advanceTimersByTime(30_000);
    expect(sent).toHaveLength(2);
  });

  it('begins nothing once it has been stopped', () => {
    keepAlive.stop();
    keepAlive.set(target, true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves connections to themselves', () => {
    keepAlive.set({ ...target, transport: 'tls' }, true);
    vi.advanceTimersByTime(300_000);
    expect(sent).toEqual([]);
  });
});
