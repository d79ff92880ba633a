/** Subscriptions, over a network in memory and in virtual time. */
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type MessageSummary, messageSummary } from '../events/message-summary.ts';
import { fieldOf, fieldsOf, type SipMessage, sequenceOf, tagOf } from '../message/message.ts';
import { field } from '../message/response.ts';
import { arrived } from '../testing/arrived.ts';
import { aor, openEventServer } from '../testing/event-server.ts';
import { TIMEOUT } from '../timers.ts';
import { Subscription, type SubscriptionOptions } from './subscription.ts';

const type = 'application/simple-message-summary';
const summary = (waiting: string) => ({ type, body: `Messages-Waiting: ${waiting}\r\n` });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open(more: Partial<SubscriptionOptions<MessageSummary>> = {}) {
  const server = openEventServer();
  const events: string[] = [];
  const warnings: string[] = [];
  const log = { ...silent, warning: (text: string | (() => string)) => void warnings.push(String(text)) };
  const subscription: Subscription<MessageSummary> = new Subscription({
    ports: { ...server.ports, log },
    package: messageSummary,
    target: aor,
    told: ({ mailboxes }) => events.push(`told ${mailboxes.map(({ waiting }) => waiting).join(' ')}`.trimEnd()),
    up: () => events.push('up'),
    down: ({ status, reason, again }) => events.push(`down ${status} ${reason} ${again ? 'again' : 'for good'}`),
    ...more,
  });
  return { ...server, subscription, events, warnings };
}

type Bench = ReturnType<typeof open>;

function openUp(more: Partial<SubscriptionOptions<MessageSummary>> = {}): Bench & { first: SipMessage } {
  const bench = open(more);
  bench.subscription.start();
  const first = bench.establish('message-summary', summary('no'));
  bench.events.length = 0;
  return { ...bench, first };
}

const withCSeq = ({ fields }: SipMessage, value: string): SipMessage['fields'] => [
  ...fields.filter(({ name }) => name !== 'cseq'),
  field('cseq', value),
];
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const bodyOf = (request: SipMessage): string => request.body;

describe('a SUBSCRIBE', () => {
  it('says what it wants, and for how long', () => {
    const { subscription, subscribe } = open({ expires: 900, fields: [field('call-info', '<sip:x>')] });
    subscription.start();
    const request = subscribe();
    expect(request.uri).toBe('sip:alice@example.org');
    expect(tagOf(fieldOf(request, 'from'))).not.toBe('');
    expect(fieldOf(request, 'to')).toBe('<sip:alice@example.org>');
    for (const [name, value] of [
      ['event', 'message-summary'],
      ['accept', type],
      ['expires', '900'],
      ['contact', '<sip:alice@192.0.2.9:5060>'],
      ['call-info', '<sip:x>'],
    ])
      expect(fieldOf(request, name ?? '')).toBe(value);
    expect(subscription.phase).toBe('asking');
  });

  it('is sent once, however often it is started', () => {
    const { subscription, subscribes, grant, subscribe } = open();
    subscription.start();
    subscription.start();
    grant(subscribe());
    subscription.start();
    expect(subscribes()).toHaveLength(1);
    expect(subscription.phase).toBe('up');
  });

  it('asks for longer after 423, and keeps to that', () => {
    const { subscription, subscribe, answer, establish } = open();
    subscription.start();
    answer(subscribe(), 423, { fields: [field('min-expires', '7200')] });
    expect(fieldOf(subscribe(), 'expires')).toBe('7200');
    establish('message-summary');
    subscription.again();
    expect(fieldOf(subscribe(), 'expires')).toBe('7200');
  });

  it.each([403, 404, 405, 489, 501, 603, 423])(
    'that is refused with %i is asked for again an hour later',
    async (status) => {
      const { subscription, subscribe, subscribes, answer, events } = open();
      subscription.start();
      answer(subscribe(), status, { reason: 'No' });
      expect(subscription.phase).toBe('refused');
      expect(events).toEqual([`down ${status} No for good`]);
      await vi.advanceTimersByTimeAsync(3_599_000);
      expect(subscribes()).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(subscribes()).toHaveLength(2);
    },
  );

  it('whose password is refused is not sent again by itself', async () => {
    const { subscription, subscribe, subscribes, answer, events } = open();
    subscription.start();
    const challenge = (nonce: string) => ({
      fields: [field('www-authenticate', `Digest realm="r", nonce="${nonce}"`)],
    });
    answer(subscribe(), 401, challenge('n1'));
    expect(fieldOf(subscribe(), 'authorization')).toMatch(/nonce="n1"/);
    answer(subscribe(), 401, challenge('n2'));
    expect(subscription.phase).toBe('locked');
    expect(events).toEqual(['down 401  for good']);
    subscription.again();
    await vi.advanceTimersByTimeAsync(10_000_000);
    expect(subscribes()).toHaveLength(2);
  });

  it('that nobody answers is repeated with growing patience, and at once on a new way', async () => {
    const { subscription, subscribe, subscribes, answer, events } = open();
    subscription.start();
    await vi.advanceTimersByTimeAsync(TIMEOUT);
    expect(events).toEqual(['down 408 Request Timeout again']);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(subscribes()).toHaveLength(2);
    answer(subscribe(), 500);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(subscribes()).toHaveLength(2);
    subscription.again();
    expect(subscribes()).toHaveLength(3);
    answer(subscribe(), 503, { fields: [field('retry-after', '400')] });
    await vi.advanceTimersByTimeAsync(399_000);
    expect(subscribes()).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(subscribes()).toHaveLength(4);
  });
});

describe('the dialog', () => {
  it('comes with the 200, and its first NOTIFY', () => {
    const { subscription, grant, subscribe, notify, events, dialogs } = open();
    subscription.start();
    grant(subscribe());
    expect(subscription.phase).toBe('up');
    expect(events).toEqual([]);
    const { statuses, responses } = notify(subscribe(), summary('yes'));
    expect(statuses()).toEqual([200]);
    expect(responses[0] && fieldOf(responses[0], 'contact')).toBe('<sip:alice@192.0.2.9:5060>');
    expect(events).toEqual(['told true', 'up']);
    expect(dialogs.size).toBe(1);
  });

  it('comes with a NOTIFY that overtakes the 200, and counts on from its SUBSCRIBE', () => {
    const { subscription, grant, subscribe, notify, events, dialogs } = open();
    subscription.start();
    const first = subscribe();
    expect(notify(first, summary('yes')).statuses()).toEqual([200]);
    expect(events).toEqual(['told true', 'up']);
    grant(first);
    expect(dialogs.size).toBe(1);
    subscription.again();
    const second = subscribe();
    expect(sequenceOf(second)).toBe(sequenceOf(first) + 1);
    expect(second.uri).toBe('sip:alice@192.0.2.1;transport=udp');
    expect(tagOf(fieldOf(second, 'to'))).toBe('server');
  });

  it('is that of the first NOTIFY where the SUBSCRIBE has forked; the others get 481', () => {
    const { subscription, grant, subscribe, notify, dialogs } = open();
    subscription.start();
    const first = subscribe();
    grant(first);
    expect(notify(first, { tag: 'fork' }).statuses()).toEqual([200]);
    expect(notify(first).statuses()).toEqual([481]);
    expect(dialogs.size).toBe(1);
    subscription.again();
    expect(tagOf(fieldOf(subscribe(), 'to'))).toBe('fork');
  });

  it('takes no other event, no other method, and no NOTIFY out of order', () => {
    const { first, notify, events, dialogs } = openUp();
    expect(notify(first, { event: 'presence' }).statuses()).toEqual([489]);
    const { request } = notify(first, summary('yes'));
    expect(events).toEqual(['told true']);
    const repeated = arrived(request.message);
    dialogs.receive(repeated.request);
    expect(repeated.statuses()).toEqual([500]);
    const info = arrived({ ...request.message, method: 'INFO', fields: withCSeq(request.message, '99 INFO') });
    dialogs.receive(info.request);
    expect(info.statuses()).toEqual([481]);
    expect(events).toEqual(['told true']);
  });

  it('takes no other event before it is there either', () => {
    const { subscription, subscribe, notify } = open();
    subscription.start();
    const { responses } = notify(subscribe(), { event: 'presence' });
    expect(responses.map((it) => [it.status, fieldOf(it, 'allow-events')])).toEqual([[489, 'message-summary']]);
    expect(subscription.phase).toBe('asking');
  });

  it('bears what can not be read, and says so once', () => {
    const { first, notify, events, warnings } = openUp();
    for (let i = 0; i < 3; i++) expect(notify(first, { type, body: '<xml/>' }).statuses()).toEqual([200]);
    expect(events).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining("message-summary: a NOTIFY can't be read")]);
  });

  it('without a word of the server is kept, and noted', async () => {
    const { subscription, grant, subscribe, warnings } = open();
    subscription.start();
    grant(subscribe());
    await vi.advanceTimersByTimeAsync(TIMEOUT);
    expect(subscription.phase).toBe('up');
    expect(warnings).toEqual(['message-summary: accepted, but the server says nothing']);
  });
});

describe('a refresh', () => {
  it('comes at two thirds of what was granted', async () => {
    const { subscription, subscribe, subscribes, grant } = open();
    subscription.start();
    grant(subscribe(), 600);
    await vi.advanceTimersByTimeAsync(399_000);
    expect(subscribes()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(subscribes()).toHaveLength(2);
    grant(subscribe(), 60);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(subscribes()).toHaveLength(3);
  });

  it('comes sooner where a NOTIFY shortens the time', async () => {
    const { subscribes, notify, first } = openUp();
    notify(first, { state: 'active;expires=60' });
    await vi.advanceTimersByTimeAsync(40_000);
    expect(subscribes()).toHaveLength(2);
  });

  it('is not put off by NOTIFYs', async () => {
    const { subscribes, notify, first } = openUp();
    for (let i = 1; i <= 8; i++) {
      await vi.advanceTimersByTimeAsync(300_000);
      notify(first, { state: `active;expires=${3_600 - i * 300}` });
    }
    expect(subscribes()).toHaveLength(2);
  });

  it('after 481 begins anew, in another dialog', () => {
    const { subscription, subscribe, answer, events, first, establish, dialogs } = openUp();
    subscription.again();
    answer(subscribe(), 481);
    expect(events).toEqual(['down 481 Call/Transaction Does Not Exist again']);
    const anew = establish('message-summary');
    expect(fieldOf(anew, 'call-id')).not.toBe(fieldOf(first, 'call-id'));
    expect(tagOf(fieldOf(anew, 'to'))).toBe('');
    expect(subscription.phase).toBe('up');
    expect(dialogs.size).toBe(1);
  });

  it('without an answer is tried again until the time is over, then begins anew', async () => {
    const { subscription, subscribe, subscribes, grant, events } = open();
    subscription.start();
    grant(subscribe(), 120);
    await vi.advanceTimersByTimeAsync(80_000 + TIMEOUT);
    expect(subscription.phase).toBe('up');
    expect(events).toEqual([]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(events).toEqual(['down 0  again']);
    expect(tagOf(fieldOf(subscribe(), 'to'))).toBe('');
    expect(subscribes()).toHaveLength(3);
  });

  it.each([
    [489, 'refused'],
    [401, 'locked'],
    [403, 'up'],
  ])('that is answered with %i leaves it %s', (status, phase) => {
    const { subscription, subscribe, answer } = openUp();
    subscription.again();
    answer(subscribe(), status);
    expect(subscription.phase).toBe(phase);
  });
});

describe('a body', () => {
  it('goes in a SUBSCRIBE of the dialog, one after the other', async () => {
    const { subscription, subscribe, subscribes, grant, answer } = openUp();
    const outcomes: Array<Promise<{ ok: boolean; status: number }>> = [
      subscription.send('one'),
      subscription.send('two'),
    ];
    expect(subscribes().map(bodyOf)).toEqual(['', 'one']);
    expect(fieldOf(subscribe(), 'content-type')).toBe(type);
    grant(subscribe());
    expect(subscribes().map(bodyOf)).toEqual(['', 'one', 'two']);
    answer(subscribe(), 403);
    expect(await Promise.all(outcomes)).toMatchObject([{ ok: true }, { ok: false, status: 403 }]);
    expect(subscription.phase).toBe('up');
  });

  it('that is refused leaves the refresh where it was', async () => {
    const { subscription, subscribe, subscribes, answer } = openUp();
    void subscription.send('one');
    answer(subscribe(), 415);
    await vi.advanceTimersByTimeAsync(2_399_000);
    expect(subscribes()).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(subscribes()).toHaveLength(3);
  });

  it('fails where there is no dialog, with it, and beyond eight', async () => {
    const { subscription, subscribe, answer } = openUp();
    expect(await open().subscription.send('x')).toMatchObject({ ok: false, status: 481 });
    const sent = Array.from({ length: 10 }, (_, i) => subscription.send(String(i)));
    expect((await sent.at(-1))?.ok).toBe(false);
    answer(subscribe(), 481);
    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 481));
  });
});

describe('a NOTIFY that ends it', () => {
  const anew = (bench: Bench): boolean =>
    tagOf(fieldOf(bench.subscribe(), 'to')) === '' && bench.subscribes().length > 1;

  it.each(['deactivated', 'timeout'])('for %s is followed by a new one at once', async (reason) => {
    const bench = openUp();
    await vi.advanceTimersByTimeAsync(10_000);
    bench.notify(bench.first, { state: `terminated;reason=${reason}` });
    expect(anew(bench)).toBe(true);
    expect(bench.events).toEqual(['told', `down 0 ${reason} again`]);
  });

  it('right after its beginning is not', async () => {
    const bench = openUp();
    bench.notify(bench.first, { state: 'terminated;reason=deactivated' });
    await vi.advanceTimersByTimeAsync(29_000);
    expect(anew(bench)).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(anew(bench)).toBe(true);
  });

  it('for probation is followed by a new one when the server wants it', async () => {
    const bench = openUp();
    bench.notify(bench.first, { state: 'terminated;reason=probation;retry-after=90' });
    await vi.advanceTimersByTimeAsync(89_000);
    expect(anew(bench)).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(anew(bench)).toBe(true);
  });

  it.each(['rejected', 'noresource', 'invariant'])('for %s is the last word, for an hour', async (reason) => {
    const bench = openUp();
    bench.notify(bench.first, { state: `terminated;reason=${reason}`, ...summary('yes') });
    expect(bench.events).toEqual(['told true', `down 0 ${reason} for good`]);
    expect(bench.subscription.phase).toBe('refused');
    expect(bench.dialogs.size).toBe(0);
  });

  it('in place of a first one is an end too', () => {
    const { subscription, subscribe, notify, events, dialogs } = open();
    subscription.start();
    notify(subscribe(), { state: 'terminated;reason=rejected' });
    expect(events).toEqual(['told', 'down 0 rejected for good']);
    expect(dialogs.size).toBe(0);
  });
});

describe('the end', () => {
  it('is said to the server, and its last NOTIFY heard', async () => {
    const { subscription, subscribe, grant, notify, dialogs, events, first } = openUp();
    let left = false;
    const leaving = subscription.leave().then(() => {
      left = true;
    });
    expect(fieldOf(subscribe(), 'expires')).toBe('0');
    expect(events).toEqual(['down 0  for good']);
    await settle();
    expect(left).toBe(false);
    grant(subscribe(), 0);
    await leaving;
    expect(notify(first, { state: 'terminated;reason=timeout', ...summary('yes') }).statuses()).toEqual([200]);
    expect(events).toHaveLength(1);
    expect(dialogs.size).toBe(0);
    expect(subscription.phase).toBe('idle');
  });

  it('waits for the SUBSCRIBE that is under way', async () => {
    const { subscription, subscribe, subscribes, grant } = open();
    subscription.start();
    const leaving = subscription.leave();
    expect(subscribes()).toHaveLength(1);
    grant(subscribe());
    expect(fieldOf(subscribe(), 'expires')).toBe('0');
    grant(subscribe(), 0);
    await leaving;
  });

  it('is nothing to wait for where nothing is there', async () => {
    const { subscription, subscribe, answer } = open();
    await subscription.leave();
    subscription.start();
    answer(subscribe(), 489);
    await subscription.leave();
    expect(subscription.phase).toBe('idle');
  });

  it('comes also without an answer', async () => {
    const { subscription, dialogs } = openUp();
    const leaving = subscription.leave();
    await vi.advanceTimersByTimeAsync(TIMEOUT);
    await leaving;
    expect([subscription.phase, dialogs.size]).toEqual(['idle', 0]);
  });

  it('can be followed by a beginning', async () => {
    const { subscription, subscribe, establish } = openUp();
    const leaving = subscription.leave();
    subscription.start();
    await leaving;
    expect(fieldsOf(subscribe(), 'expires')).toEqual(['1800']);
    establish('message-summary');
    expect(subscription.phase).toBe('up');
  });

  it('without a word leaves nothing behind', async () => {
    const { subscription, dialogs, first, notify, subscribes } = openUp();
    subscription.stop();
    expect(dialogs.size).toBe(0);
    expect(notify(first).statuses()).toEqual([481]);
    await vi.advanceTimersByTimeAsync(4_000_000);
    expect(subscribes()).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('one that is wanted once', () => {
  it('is neither refreshed nor made anew', async () => {
    const { subscription, subscribe, subscribes, grant, notify, events } = open({ once: true });
    subscription.start();
    const first = subscribe();
    grant(first, 15);
    notify(first);
    notify(first, { state: 'terminated;reason=timeout' });
    await vi.advanceTimersByTimeAsync(4_000_000);
    expect(subscribes()).toHaveLength(1);
    expect(events).toEqual(['told', 'up', 'told', 'down 0 timeout for good']);
  });

  it('is over when its time is', async () => {
    const { subscription, subscribe, subscribes, grant, notify, dialogs } = open({ once: true });
    subscription.start();
    grant(subscribe(), 15);
    notify(subscribe());
    await vi.advanceTimersByTimeAsync(15_000);
    expect([subscription.phase, dialogs.size, subscribes().length]).toEqual(['idle', 0, 1]);
  });

  it('that is refused is not asked for again', async () => {
    const { subscription, subscribe, subscribes, answer } = open({ once: true });
    subscription.start();
    answer(subscribe(), 500);
    await vi.advanceTimersByTimeAsync(4_000_000);
    expect(subscribes()).toHaveLength(1);
  });
});
