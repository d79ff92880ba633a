import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Call } from '@thinline/shared/contract/types.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { blankDesk, type Desk, type DeskSource } from '../desk.ts';
import { blankState } from '../endpoint/blank-state.ts';
import type { PhoneState, Replica, ReplicaEvents } from '../endpoint/replica.ts';
import { makeEventFeed } from './event-feed.ts';

class CountingReplica extends EventEmitter<ReplicaEvents> implements Replica {
  sequence = 0;
  state(): PhoneState {
    return blankState({ sequence: this.sequence });
  }
  async execute() {
    return { id: '', failure: null, callId: '' };
  }
  change() {
    this.sequence++;
    this.emit('changed');
  }
}

class ChangingDesk extends EventEmitter<{ changed: [] }> implements DeskSource {
  language = '';
  desk(): Desk {
    return blankDesk({ language: this.language });
  }
}

/** As much of a response as the feed uses; `full` makes its buffer full. */
class Client extends EventEmitter {
  written: string[] = [];
  full = false;
  ended = false;
  write(text: string): boolean {
    this.written.push(text);
    return !this.full;
  }
  end() {
    this.ended = true;
  }
  get sequences(): number[] {
    return this.written
      .filter((text) => text.startsWith('event: state\n'))
      .map((text) => JSON.parse(text.slice(text.indexOf('{'))).sequence);
  }
  count(start: string): number {
    return this.written.filter((text) => text.startsWith(start)).length;
  }
}

let replica: CountingReplica;
let desk: ChangingDesk;
let feed: ReturnType<typeof makeEventFeed>;
const connect = () => {
  const client = new Client();
  feed.listen(client as unknown as ServerResponse);
  return client;
};

beforeEach(() => {
  vi.useFakeTimers();
  replica = new CountingReplica();
  desk = new ChangingDesk();
  feed = makeEventFeed(replica, desk);
});
afterEach(() => {
  feed.close();
  vi.useRealTimers();
});

test('a listener gets the state at first, and each change at once after a quiet time', () => {
  const client = connect();
  expect(client.sequences).toEqual([0]);
  replica.change();
  expect(client.sequences).toEqual([0, 1]);
});

test('a burst of changes comes as its first and its last', () => {
  const client = connect();
  for (let i = 0; i < 20; i++) replica.change();
  expect(client.sequences).toEqual([0, 1]);
  vi.advanceTimersByTime(50);
  expect(client.sequences).toEqual([0, 1, 20]);
  vi.advanceTimersByTime(1000);
  expect(client.sequences).toEqual([0, 1, 20]);
});

test('levels come at most ten times a second', () => {
  const client = connect();
  for (let ms = 0; ms < 990; ms += 10) {
    replica.emit('levels', { microphoneDbfs: -20, speakerDbfs: -30 });
    vi.advanceTimersByTime(10);
  }
  expect(client.count('event: levels\n')).toBe(10);
});

test('a call that ended is told at once, before the state without it', () => {
  const client = connect();
  replica.change();
  replica.emit('released', { id: 'one' } as Call);
  replica.change();
  vi.advanceTimersByTime(50);
  expect(client.written.slice(3).map((text) => text.split('\n')[0])).toEqual(['event: released', 'event: state']);
  expect(client.written[3]).toBe('event: released\ndata: {"id":"one"}\n\n');
});

test('who says what the phone is comes before its state, and again when it changes', () => {
  const client = connect();
  desk.language = 'de_DE';
  desk.emit('changed');
  const languages = client.written
    .filter((text) => text.startsWith('event: desk\n'))
    .map((text) => JSON.parse(text.slice(text.indexOf('{'))).language);
  expect(languages).toEqual(['', 'de_DE']);
  expect(client.written[0]).toMatch(/^event: desk\n/);
});

test('a comment comes every 10 s', () => {
  const client = connect();
  vi.advanceTimersByTime(30_000);
  expect(client.count(': ')).toBe(3);
});

test('a slow listener gets nothing until it has read, and then the newest state only', () => {
  const slow = connect();
  const quick = connect();
  slow.full = true;
  replica.change();
  for (let i = 0; i < 10; i++) {
    vi.advanceTimersByTime(50);
    replica.change();
    replica.emit('levels', { microphoneDbfs: -20, speakerDbfs: -30 });
  }
  vi.advanceTimersByTime(10_000);
  expect(slow.sequences).toEqual([0, 1]);
  expect(slow.written).toHaveLength(3);
  expect(quick.sequences.at(-1)).toBe(11);
  slow.full = false;
  slow.emit('drain');
  expect(slow.sequences).toEqual([0, 1, 11]);
});

test('sixteen may listen, and the place of one who left is free again', () => {
  const clients = Array.from({ length: 16 }, connect);
  expect(feed.isFull()).toBe(true);
  clients[0]?.emit('close');
  expect(feed.isFull()).toBe(false);
  replica.change();
  expect(clients[0]?.sequences).toEqual([0]);
  expect(clients[1]?.sequences).toEqual([0, 1]);
});

test('closing ends every stream and lets go of the replica', () => {
  const client = connect();
  feed.close();
  expect(client.ended).toBe(true);
  expect(desk.listenerCount('changed')).toBe(0);
  expect(replica.listenerCount('changed')).toBe(0);
  expect(replica.listenerCount('released')).toBe(0);
  expect(replica.listenerCount('levels')).toBe(0);
});
