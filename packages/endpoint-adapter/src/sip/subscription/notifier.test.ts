/** What we tell subscribers, over a network in memory and in virtual time. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fieldOf, type SipMessage, tagOf } from '../message/message.ts';
import { field } from '../message/response.ts';
import { type Arrived, arrived } from '../testing/arrived.ts';
import { openEventServer } from '../testing/event-server.ts';
import { TIMEOUT } from '../timers.ts';
import { Notifier } from './notifier.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

function open() {
  const server = openEventServer();
  const { client, contact } = server.ports;
  let content = 'closed';
  const notifier = new Notifier({
    client,
    dialogs: server.dialogs,
    event: 'presence',
    state: () => ({ type: 'application/pidf+xml', content }),
    contact,
  });
  let sequence = 0;
  const subscribe = (fields: Record<string, string> = {}, toTag = '', callId = 'c1'): Arrived => {
    sequence += 1;
    const all = {
      via: `SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKs${sequence}`,
      from: '<sip:server@example.org>;tag=theirs',
      to: `<sip:alice@example.org>${toTag && `;tag=${toTag}`}`,
      'call-id': callId,
      cseq: `${sequence} SUBSCRIBE`,
      contact: '<sip:server@192.0.2.1>',
      event: 'presence',
      ...fields,
    };
    const it = arrived({
      method: 'SUBSCRIBE',
      uri: 'sip:alice@192.0.2.9',
      status: 0,
      reason: '',
      fields: Object.entries(all)
        .filter(([, value]) => value !== '')
        .map(([name, value]) => field(name, value)),
      body: '',
    });
    if (toTag) server.dialogs.receive(it.request);
    else notifier.receive(it.request);
    return it;
  };
  const notifies = (): SipMessage[] => {
    const seen = new Set<string>();
    return server.requests('NOTIFY').filter((it) => {
      const via = fieldOf(it, 'via');
      return !seen.has(via) && seen.add(via);
    });
  };
  return {
    ...server,
    notifier,
    subscribe,
    notifies,
    /** State and body of each NOTIFY. */
    said: () => notifies().map((it) => `${fieldOf(it, 'subscription-state')} ${it.body}`),
    set: (to: string) => {
      content = to;
      return notifier.changed();
    },
    /** Takes, or doesn't take, the latest NOTIFY. */
    reply: async (status = 200) => {
      server.answer(server.last('NOTIFY'), status);
      await settle();
    },
  };
}

const headers = (it: Arrived, name: string): string => (it.responses[0] ? fieldOf(it.responses[0], name) : '');
const tagIn = (it: Arrived): string => tagOf(headers(it, 'to'));

describe('a notifier', () => {
  it('tells at once, and at each change', async () => {
    const { subscribe, said, reply, set, last } = open();
    const subscribed = subscribe({ expires: '600', event: 'presence;id=7' });
    expect(subscribed.statuses()).toEqual([200]);
    expect([headers(subscribed, 'expires'), headers(subscribed, 'contact')]).toEqual([
      '600',
      '<sip:alice@192.0.2.9:5060>',
    ]);
    await settle();
    const notify = last('NOTIFY');
    expect(notify.uri).toBe('sip:server@192.0.2.1');
    expect([fieldOf(notify, 'event'), fieldOf(notify, 'content-type')]).toEqual([
      'presence;id=7',
      'application/pidf+xml',
    ]);
    expect(tagOf(fieldOf(notify, 'from'))).toBe(tagIn(subscribed));
    await reply();
    const heard = set('open');
    await settle();
    await reply();
    expect(await heard).toBe(true);
    expect(said()).toEqual(['active;expires=600 closed', 'active;expires=600 open']);
  });

  it('tells the latest where several changes wait', async () => {
    const { subscribe, said, reply, set } = open();
    subscribe();
    await settle();
    void set('one');
    void set('two');
    await reply();
    expect(said()).toEqual(['active;expires=3600 closed', 'active;expires=3600 two']);
  });

  it.each([
    ['', '3600'],
    ['86400', '3600'],
    ['90', '90'],
  ])('grants for "%s": %s s', (asked, granted) => {
    expect(headers(open().subscribe({ expires: asked }), 'expires')).toBe(granted);
  });

  it('ends when nobody refreshes', async () => {
    const { subscribe, said, reply, dialogs, notifier } = open();
    subscribe({ expires: '90' });
    await settle();
    await reply();
    await vi.advanceTimersByTimeAsync(90_000);
    await reply();
    expect(said().at(-1)).toBe('terminated;reason=timeout closed');
    expect([dialogs.size, notifier.size]).toEqual([0, 0]);
  });

  it('is refreshed, and ended, in its dialog', async () => {
    const { subscribe, said, reply, notifier } = open();
    const tag = tagIn(subscribe({ expires: '90' }));
    await settle();
    await reply();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(headers(subscribe({ expires: '90' }, tag), 'expires')).toBe('90');
    await settle();
    await reply();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(notifier.size).toBe(1);
    expect(subscribe({ expires: '0' }, tag).statuses()).toEqual([200]);
    await settle();
    await reply();
    expect(notifier.size).toBe(0);
    expect(said()).toHaveLength(3);
    expect(subscribe({}, tag).statuses()).toEqual([481]);
  });

  it('tells once whoever asks once', async () => {
    const { subscribe, said, reply, notifier } = open();
    subscribe({ expires: '0' });
    await settle();
    await reply();
    expect(said()).toEqual(['terminated;reason=timeout closed']);
    expect(notifier.size).toBe(0);
  });

  it.each([481, 489, 500])('forgets a subscriber who answers %i', async (status) => {
    const { subscribe, reply, notifier, set } = open();
    subscribe();
    await settle();
    await reply(status);
    expect(notifier.size).toBe(0);
    expect(await set('open')).toBe(false);
  });

  it('forgets a subscriber who is silent', async () => {
    const { subscribe, notifier } = open();
    subscribe();
    await vi.advanceTimersByTimeAsync(TIMEOUT);
    expect(notifier.size).toBe(0);
  });

  it.each([
    [{ accept: 'text/html, application/xpidf+xml' }, 406],
    [{ accept: 'text/html, application/*;q=0.5' }, 200],
    [{ accept: 'application/pidf+xml' }, 200],
    [{ contact: '' }, 400],
  ])('answers a SUBSCRIBE with %j: %i', (fields, status) => {
    expect(
      open()
        .subscribe({ ...fields })
        .statuses(),
    ).toEqual([status]);
  });

  it('has eight subscribers at most', () => {
    const { subscribe, notifier } = open();
    const statuses = Array.from({ length: 9 }, (_, i) => subscribe({}, '', `c${i}`).statuses());
    expect(statuses.flat()).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 480]);
    expect(notifier.size).toBe(8);
  });

  it('says goodbye', async () => {
    const { subscribe, said, reply, notifier, dialogs } = open();
    subscribe();
    await settle();
    await reply();
    const leaving = notifier.leave();
    await settle();
    await reply();
    await leaving;
    expect(said().at(-1)).toBe('terminated;reason=noresource closed');
    expect(dialogs.size).toBe(0);
  });

  it('goes without a word', async () => {
    const { subscribe, notifier, dialogs, said } = open();
    subscribe({ expires: '90' });
    await settle();
    notifier.stop();
    expect([notifier.size, dialogs.size]).toEqual([0, 0]);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(said()).toHaveLength(1);
  });
});
