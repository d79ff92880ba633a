import { EventEmitter, once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import Fastify from 'fastify';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { blankDesk } from '../desk.ts';
import { blankState } from '../endpoint/blank-state.ts';
import type { PhoneState, Replica, ReplicaEvents } from '../endpoint/replica.ts';
import { type EventFeed, makeEventFeed } from '../panel/event-feed.ts';
import { stateRoutes } from '../panel/state-routes.ts';
import { makeToDialDesk, type ToDialDesk, toDialPath } from './to-dial.ts';

class IdleReplica extends EventEmitter<ReplicaEvents> implements Replica {
  state(): PhoneState {
    return blankState();
  }
  async execute() {
    return { id: '', failure: null, callId: '' };
  }
}

let app: ReturnType<typeof Fastify>;
let feed: EventFeed;
let desk: ToDialDesk;
let port: number;

beforeEach(async () => {
  const replica = new IdleReplica();
  feed = makeEventFeed(replica, Object.assign(new EventEmitter<{ changed: [] }>(), { desk: () => blankDesk() }));
  desk = makeToDialDesk();
  app = Fastify({ forceCloseConnections: true, ajv: { customOptions: { removeAdditional: false } } });
  stateRoutes(app, replica, feed, desk);
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = app.addresses()[0]?.port ?? 0;
});
afterEach(async () => {
  vi.useRealTimers();
  feed.close();
  await app.close();
});

const ask = async (payload: object) => {
  const { statusCode, body } = await app.inject({ method: 'POST', url: toDialPath, payload });
  return statusCode === 200 ? JSON.parse(body) : statusCode;
};

/** A panel, and what it hears. */
async function open() {
  const [response] = (await once(get({ host: '127.0.0.1', port, path: '/api/events', agent: false }), 'response')) as [
    IncomingMessage,
  ];
  let heard = '';
  response.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
  });
  response.on('error', () => {});
  return {
    response,
    heard: (part: string) => vi.waitFor(() => expect(heard).toContain(part)),
    all: () => heard,
  };
}

const first = { target: '+4930123456', extension: '' };
const second = { target: '601', extension: '12' };
const frame = (it: object) => `event: toDial\ndata: ${JSON.stringify(it)}\n\n`;

test('goes to every panel that is open', async () => {
  const panels = await Promise.all([open(), open()]);
  expect(await ask(first)).toEqual({ shown: true });
  for (const panel of panels) await panel.heard(frame(first));
});

test('the last one waits for a panel, and is shown once', async () => {
  expect(await ask(first)).toEqual({ shown: false });
  expect(await ask(second)).toEqual({ shown: false });
  const panel = await open();
  await panel.heard(frame(second));
  expect(panel.all()).not.toContain(first.target);
  const later = await open();
  await later.heard('event: state');
  await ask(first);
  await later.heard(frame(first));
  expect(later.all()).not.toContain(frame(second));
});

test('after a minute nobody wants it any more', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await ask(first);
  vi.setSystemTime(Date.now() + 60_000);
  const panel = await open();
  await ask(second);
  await panel.heard(frame(second));
  expect(panel.all()).not.toContain(first.target);
});

test('a panel that was closed is none', async () => {
  const panel = await open();
  await panel.heard('event: state');
  panel.response.destroy();
  await vi.waitFor(async () => expect(await ask(first)).toEqual({ shown: false }));
});

test.each([
  {},
  { target: '', extension: '' },
  { target: '60 1', extension: '' },
  { target: '601\n', extension: '' },
  { target: '<b>', extension: '' },
  { target: '6'.repeat(257), extension: '' },
  { target: '601', extension: 'x' },
  { target: '601', extension: '', more: 1 },
])('%j is refused', async (payload) => {
  expect(await ask(payload)).toBe(400);
});
