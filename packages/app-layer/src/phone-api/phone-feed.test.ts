import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { blankCall, blankLine } from '@thinline/shared/contract/blank.ts';
import type { Call, Snapshot } from '@thinline/shared/contract/types.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { blankState } from '../endpoint/blank-state.ts';
import type { PhoneState, Replica, ReplicaEvents } from '../endpoint/replica.ts';
import { makePhoneFeed } from './phone-feed.ts';

const snapshot = (calls: Call[], lines = [blankLine({ id: 'line0' })]): Snapshot => ({
  endpoint: null,
  configurationRevision: '',
  lines,
  calls,
  audio: null,
  qualities: [],
  notices: [],
});

class CallingReplica extends EventEmitter<ReplicaEvents> implements Replica {
  phone = snapshot([]);
  state(): PhoneState {
    return blankState({ phone: this.phone });
  }
  async execute() {
    return { id: '', failure: null, callId: '' };
  }
  set(phone: Snapshot) {
    this.phone = phone;
    this.emit('changed');
  }
  call(state: Call['state'], id = 'one') {
    this.set(snapshot([blankCall({ id, state })]));
  }
  end(call: Call) {
    this.phone = snapshot([]);
    this.emit('released', { ...call, state: 'RELEASED' });
    this.emit('changed');
  }
}

/** As much of a response as the feed uses; `full` makes its buffer full. */
class Client extends EventEmitter {
  heard: { name: string; id: string; data: string }[] = [];
  comments = 0;
  full = false;
  ended = false;
  readonly req: { headers: { origin: string } };
  constructor(origin: string) {
    super();
    this.req = { headers: { origin } };
  }
  write(text: string): boolean {
    const [, id = '', name = '', data = ''] = /^(?:id: (.*)\n)?event: (.*)\ndata: (.*)\n\n$/.exec(text) ?? [];
    if (name) this.heard.push({ name, id, data });
    else this.comments++;
    return !this.full;
  }
  end() {
    this.ended = true;
  }
  get names(): string[] {
    return this.heard.map(({ name, data }) => (name === 'call' ? `${name} ${JSON.parse(data).state}` : name));
  }
  get lastId(): string {
    return this.heard.findLast(({ id }) => id !== '')?.id ?? '';
  }
  drain() {
    this.full = false;
    this.emit('drain');
  }
}

let replica: CallingReplica;
let feed: ReturnType<typeof makePhoneFeed>;
/** Of pages, which may have the phone's state. */
let readers: string[];
const page = 'https://page.example';
const connect = (lastEventId?: string, origin = page) => {
  const client = new Client(origin);
  feed.listen(client as unknown as ServerResponse, lastEventId);
  return client;
};

beforeEach(() => {
  vi.useFakeTimers();
  replica = new CallingReplica();
  readers = [page];
  feed = makePhoneFeed(replica, (origin = '') => readers.includes(origin));
});
afterEach(() => {
  feed.close();
  vi.useRealTimers();
});

test('begins with the state, then tells each change at once, also those that follow at once', () => {
  const client = connect();
  for (const state of ['ALERTING', 'TALKING', 'HELD'] as const) replica.call(state);
  expect(client.names).toEqual(['state', 'call ALERTING', 'call TALKING', 'call HELD']);
  expect(new Set(client.heard.map(({ id }) => id)).size).toBe(4);
});

test('the end of a call is told once, with its last state', () => {
  replica.call('TALKING');
  const client = connect();
  replica.end(blankCall({ id: 'one', endReason: 'Bye' }));
  expect(client.names).toEqual(['state', 'call RELEASED']);
  expect(JSON.parse(client.heard[1]?.data ?? '').endReason).toBe('Bye');
});

test('who comes back gets what was missed, and nothing twice', () => {
  const first = connect();
  replica.call('ALERTING');
  first.emit('close');
  replica.call('TALKING');
  const again = connect(first.lastId);
  replica.call('HELD');
  expect(again.names).toEqual(['call TALKING', 'call HELD']);
});

test.each(['nonsense', '00000000-1', '', '99999999999999999999'])('with %j it begins with the state', (id) => {
  connect();
  replica.call('TALKING');
  expect(connect(id).names).toEqual(['state']);
});

test('an id that has not been given yet begins with the state', () => {
  const client = connect();
  const [run] = client.lastId.split('-');
  expect(connect(`${run}-5`).names).toEqual(['state']);
});

test('what is remembered is bounded: who was away for longer gets the state', () => {
  const first = connect();
  const states = ['TALKING', 'HELD'] as const;
  for (let n = 0; n < 256; n++) replica.call(states[n % 2] ?? 'HELD');
  expect(connect(first.heard[0]?.id).names).toHaveLength(256);
  replica.call('TALKING');
  expect(connect(first.heard[0]?.id).names).toEqual(['state']);
});

test('a line that vanished makes all be told anew, to those who were away too', () => {
  const first = connect();
  const id = first.lastId;
  replica.set(snapshot([], []));
  expect(first.names).toEqual(['state', 'state']);
  expect(connect(id).names).toEqual(['state']);
  expect(connect(first.lastId).names).toEqual([]);
});

test('measurements have no number, and are not told to those who come later', () => {
  replica.call('TALKING');
  const client = connect();
  const quality = {
    callId: 'one',
    packetsSent: 1,
    packetsReceived: 1,
    packetsLost: 0,
    packetsDiscarded: 0,
    concealedMs: 0,
    longestGapMs: 0,
  };
  replica.set({ ...replica.phone, qualities: [quality] });
  expect(client.heard[1]).toEqual({ name: 'quality', id: '', data: JSON.stringify(quality) });
  expect(connect(client.lastId).names).toEqual([]);
});

test('a client that does not keep up is written nothing until it does, and then what it missed', () => {
  const client = connect();
  client.full = true;
  replica.call('ALERTING');
  replica.call('TALKING');
  replica.call('HELD');
  vi.advanceTimersByTime(30_000);
  expect(client.names).toEqual(['state', 'call ALERTING']);
  client.drain();
  expect(client.names).toEqual(['state', 'call ALERTING', 'call TALKING', 'call HELD']);
});

test('a client that missed more than is remembered gets the state', () => {
  const client = connect();
  client.full = true;
  for (let n = 0; n < 300; n++) replica.call(n % 2 === 0 ? 'TALKING' : 'HELD');
  client.drain();
  expect(client.names).toEqual(['state', 'call TALKING', 'state']);
  replica.call('TALKING');
  expect(client.names.at(-1)).toBe('call TALKING');
});

test('a comment comes every 10 s', () => {
  const client = connect();
  const before = client.comments;
  vi.advanceTimersByTime(30_000);
  expect(client.comments - before).toBe(3);
});

test('sixteen listeners are enough; one that leaves makes room', () => {
  const clients = Array.from({ length: 16 }, () => connect());
  expect(feed.isFull()).toBe(true);
  clients[0]?.emit('close');
  expect(feed.isFull()).toBe(false);
});

describe('a page that may read no more is told nothing, and its stream ends', () => {
  const other = 'https://other.example';
  let client: Client;
  let stays: Client;
  beforeEach(() => {
    readers.push(other);
    client = connect(undefined, other);
    stays = connect();
  });
  const leaves = (reason: () => void) => {
    readers = [page];
    const { comments } = client;
    reason();
    expect([client.names, client.comments, client.ended]).toEqual([['state'], comments, true]);
    expect(stays.ended).toBe(false);
  };

  test('at the next change', () => leaves(() => replica.call('ALERTING')));
  test('at the end of a call', () => leaves(() => replica.end(blankCall({ id: 'one' }))));
  test('within 10 s', () => leaves(() => vi.advanceTimersByTime(10_000)));
  test('where it did not keep up', () => {
    client.write = () => false;
    replica.set(snapshot([], []));
    client.write = Client.prototype.write;
    replica.call('TALKING');
    leaves(() => client.drain());
  });
});

test('nothing is done before somebody listens, and nothing after the end', () => {
  expect(replica.listenerCount('changed')).toBe(0);
  const client = connect();
  feed.close();
  expect(client.ended).toBe(true);
  expect(replica.listenerCount('changed') + replica.listenerCount('released')).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});
