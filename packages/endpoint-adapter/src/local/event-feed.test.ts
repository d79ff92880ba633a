import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Desktop } from './desktop.ts';
import { EventFeed } from './event-feed.ts';
import { FakeEndpoint } from './fakes.ts';
import { LocalPhone } from './local-phone.ts';

class FakeResponse extends EventEmitter {
  written: string[] = [];
  keepsUp = true;
  ended = false;
  writeHead(): void {}
  write(text: string): boolean {
    this.written.push(text);
    return this.keepsUp;
  }
  end(): void {
    this.ended = true;
  }
}

let endpoint: FakeEndpoint;
let feed: EventFeed;

beforeEach(() => {
  vi.useFakeTimers();
  endpoint = new FakeEndpoint();
  const phone = new LocalPhone(endpoint, new Desktop());
  phone.start();
  feed = new EventFeed(phone);
  feed.start();
});
afterEach(() => {
  feed.stop();
  vi.useRealTimers();
});

function listen(): FakeResponse {
  const response = new FakeResponse();
  // The feed uses no more of it than the fake has.
  feed.listen(response as unknown as ServerResponse);
  return response;
}

const callsIn = (text: string | undefined): number => JSON.parse((text ?? '').slice('data: '.length)).calls.length;

test('many changes at once are two tellings: the first at once, the last a moment later', () => {
  const { written } = listen();
  for (let n = 1; n <= 9; n++) endpoint.put(`c${n}`);
  vi.advanceTimersByTime(1_000);
  expect(written.map(callsIn)).toEqual([0, 1, 9]);
});

test('who does not keep up gets nothing more until the buffer is empty, and then the newest', () => {
  const slow = listen();
  slow.keepsUp = false;
  for (let n = 1; n <= 5; n++) {
    endpoint.put(`c${n}`);
    vi.advanceTimersByTime(15_000);
  }
  expect(slow.written.map(callsIn)).toEqual([0, 1]);
  slow.keepsUp = true;
  slow.emit('drain');
  expect(slow.written.map(callsIn)).toEqual([0, 1, 5]);
});

test('silence is broken by a comment every ten seconds', () => {
  const { written } = listen();
  vi.advanceTimersByTime(20_000);
  expect(written.slice(1)).toEqual([': still here\n\n', ': still here\n\n']);
});

test('eight listen at a time; who leaves makes room', () => {
  const listeners = Array.from({ length: 8 }, listen);
  expect(feed.isFull).toBe(true);
  listeners[0]?.emit('close');
  expect(feed.isFull).toBe(false);
});

test('when it stops, streams end and nothing is told', () => {
  const response = listen();
  feed.stop();
  endpoint.put('c1');
  vi.advanceTimersByTime(60_000);
  expect(response.ended).toBe(true);
  expect(response.written).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});
