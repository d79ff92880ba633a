/** An agent of whom the server is told by PUBLISH and NOTIFY. */
import type { SetAgentState } from '@thinline/shared/contract/types.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fieldOf, type SipMessage } from '../message/message.ts';
import { field } from '../message/response.ts';
import { arrived } from '../testing/arrived.ts';
import { featureBench, openEventServer } from '../testing/event-server.ts';
import { LineFeatures } from './features.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const isOpen = ({ body }: SipMessage): boolean => body.includes('<basic>open</basic>');

function open(agentState = 'presence') {
  const server = openEventServer();
  const { ports } = featureBench(server, { agentState });
  const features = new LineFeatures(ports);
  let sequence = 0;
  return {
    ...server,
    features,
    agent: () => features.status.agent,
    set: (wanted: Partial<SetAgentState>) => {
      const whole = { lineId: '', state: 'READY', agentId: '', password: '', reason: '', ...wanted } as const;
      return features.setAgentState(whole).then(
        () => 'done',
        (error: Error) => error.message,
      );
    },
    /** Takes, or doesn't take, the latest request. */
    reply: async (method: 'PUBLISH' | 'NOTIFY', status: number, reason = '') => {
      const fields = [field('sip-etag', `t${sequence}`)];
      server.answer(server.last(method), status, { fields, ...(reason ? { reason } : {}) });
      await settle();
    },
    /** A SUBSCRIBE to our address. */
    subscribe: async (event: string, address = '192.0.2.1') => {
      sequence += 1;
      const it = arrived({
        method: 'SUBSCRIBE',
        uri: 'sip:alice@192.0.2.9',
        status: 0,
        reason: '',
        fields: [
          field('via', `SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${sequence}`),
          field('from', '<sip:server@example.org>;tag=theirs'),
          field('to', '<sip:alice@example.org>'),
          field('call-id', `c${sequence}`),
          field('cseq', '1 SUBSCRIBE'),
          field('contact', '<sip:server@192.0.2.1>'),
          field('event', event),
        ],
        body: '',
      });
      const { remote } = it.request.flow;
      const { address: usual } = remote;
      Object.assign(remote, { address });
      features.subscribed(it.request);
      Object.assign(remote, { address: usual });
      await settle();
      return it;
    },
  };
}

async function openUp() {
  const bench = open();
  bench.features.registered(false);
  await bench.reply('PUBLISH', 200);
  return bench;
}

describe('an agent who is published', () => {
  it('is unknown at first, then out', async () => {
    const { features, agent, reply, last, requests } = open();
    expect(agent()).toMatchObject({ state: 'UNKNOWN', pending: false });
    features.registered(false);
    features.registered(false);
    expect(isOpen(last('PUBLISH'))).toBe(false);
    await reply('PUBLISH', 200);
    expect(agent()?.state).toBe('LOGGED_OUT');
    expect(requests('PUBLISH')).toHaveLength(1);
  });

  it('is out once the server takes it, however late', async () => {
    const { features, agent, reply } = open();
    features.registered(false);
    await reply('PUBLISH', 500);
    expect(agent()?.state).toBe('UNKNOWN');
    await vi.advanceTimersByTimeAsync(30_000);
    await reply('PUBLISH', 200);
    expect(agent()?.state).toBe('LOGGED_OUT');
  });

  it.each([
    ['READY', '', true],
    ['NOT_READY', '7', false],
    ['AFTER_CALL_WORK', '', false],
  ] as const)('can be %s', async (state, reason, is) => {
    const { set, agent, reply, last } = await openUp();
    const outcome = set({ state, agentId: '4711', reason: '7' });
    expect(agent()).toMatchObject({ state: 'LOGGED_OUT', pending: true });
    expect(isOpen(last('PUBLISH'))).toBe(is);
    await reply('PUBLISH', 200);
    expect(await outcome).toBe('done');
    expect(agent()).toEqual({ state, agentId: '4711', reason, pending: false, failure: null });
  });

  it('logs out', async () => {
    const { set, agent, reply } = await openUp();
    void set({ agentId: '4711' });
    await reply('PUBLISH', 200);
    const outcome = set({ state: 'LOGGED_OUT' });
    await reply('PUBLISH', 200);
    expect(await outcome).toBe('done');
    expect(agent()).toMatchObject({ state: 'LOGGED_OUT', agentId: '' });
  });

  it.each([
    [403, 'TL2008 .* 403 Forbidden'],
    [489, 'TL2011 '],
    [408, 'TL2009 '],
  ])('stays as it was where the server answers %i', async (status, failure) => {
    const { set, agent, reply, last } = await openUp();
    const outcome = set({ agentId: '4711' });
    await reply('PUBLISH', status);
    expect(await outcome).toMatch(new RegExp(`^${failure}`));
    expect(agent()).toMatchObject({ state: 'LOGGED_OUT', failure: { code: failure.slice(0, 6) } });
    expect(isOpen(last('PUBLISH'))).toBe(false);
  });

  it('has to log in first', async () => {
    const { set } = await openUp();
    expect(await set({ state: 'READY' })).toMatch(/^TL2010 /);
    expect(await set({ state: 'UNKNOWN' })).toMatch(/^TL2008 /);
  });

  it('is removed at the end', async () => {
    const { features, last, reply } = await openUp();
    const leaving = features.leave();
    expect(fieldOf(last('PUBLISH'), 'expires')).toBe('0');
    await reply('PUBLISH', 200);
    await leaving;
    features.registered(false);
    expect(isOpen(last('PUBLISH'))).toBe(false);
  });
});

describe('a SUBSCRIBE to the agent', () => {
  it('is told of, and is confirmation enough', async () => {
    const { features, set, subscribe, reply, last, agent } = open();
    features.registered(false);
    await reply('PUBLISH', 405);
    expect((await subscribe('presence')).statuses()).toEqual([200]);
    expect(isOpen(last('NOTIFY'))).toBe(false);
    await reply('NOTIFY', 200);
    const outcome = set({ agentId: '4711' });
    await settle();
    expect(isOpen(last('NOTIFY'))).toBe(true);
    await reply('NOTIFY', 200);
    await reply('PUBLISH', 405);
    expect(await outcome).toBe('done');
    expect(agent()?.state).toBe('READY');
  });

  it('is the server’s alone, and for presence', async () => {
    const { subscribe } = open();
    expect((await subscribe('presence', '192.0.2.66')).statuses()).toEqual([403]);
    const other = await subscribe('dialog');
    expect(other.responses.map((it) => [it.status, fieldOf(it, 'allow-events')])).toEqual([[489, 'presence, refer']]);
    expect((await subscribe('refer')).statuses()).toEqual([403]);
    const { responses } = await open('').subscribe('presence');
    expect(responses.map((it) => [it.status, fieldOf(it, 'allow-events')])).toEqual([[489, 'refer']]);
  });
});

describe('a line without agents', () => {
  it('has none, and subscribes to nothing', async () => {
    const { features, agent, set, requests } = open('');
    features.registered(false);
    expect(agent()).toBeNull();
    expect(await set({ agentId: '4711' })).toMatch(/^TL2011 /);
    await expect(features.setDoNotDisturb(true)).rejects.toThrow(/^TL2011 /);
    expect(requests()).toEqual([]);
    expect(await features.seize(0).fields).toEqual([]);
  });

  it.each([
    ['talk', 481],
    ['hold', 481],
    ['dtmf', 481],
    ['beep', 481],
    ['message-summary', 200],
  ])('answers a NOTIFY for %s outside a dialog with %i', (event, status) => {
    const { features } = open('');
    const notify = { method: 'NOTIFY', uri: '', status: 0, reason: '', fields: [field('event', event)], body: '' };
    const { request, statuses } = arrived(notify);
    features.notified(request);
    expect(statuses()).toEqual([status]);
  });
});
