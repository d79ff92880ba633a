/** What we publish, over a network in memory and in virtual time. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fieldOf, type SipMessage } from '../message/message.ts';
import { field } from '../message/response.ts';
import { aor } from '../testing/event-server.ts';
import { clientOver, openWire } from '../testing/wire.ts';
import { TIMEOUT } from '../timers.ts';
import { Publication } from './publication.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const body = (content: string) => ({ type: 'text/plain', content });
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

function open() {
  const wire = openWire();
  const publication = new Publication({
    client: clientOver(wire),
    event: 'presence',
    target: aor,
    from: '<sip:alice@example.org>',
    random: () => 0.5,
  });
  const publishes = (): SipMessage[] => {
    const seen = new Set<string>();
    return wire.requests('PUBLISH').filter((it) => {
      const via = fieldOf(it, 'via');
      return !seen.has(via) && seen.add(via);
    });
  };
  return {
    ...wire,
    publication,
    /** Body, SIP-If-Match and Expires of each. */
    publishes: () => publishes().map((it) => [it.body, fieldOf(it, 'sip-if-match'), fieldOf(it, 'expires')].join('|')),
    last: () => wire.last('PUBLISH'),
    /** Answers the latest, and lets what follows happen. */
    reply: async (status: number, tag = '', more: Parameters<typeof wire.answer>[2] = {}) => {
      const tagged = tag === '' ? [] : [field('sip-etag', tag)];
      wire.answer(wire.last('PUBLISH'), status, { fields: [...tagged, ...(more.fields ?? [])] });
      await settle();
    },
  };
}

type Bench = ReturnType<typeof open>;

async function published(): Promise<Bench> {
  const bench = open();
  const outcome = bench.publication.publish(body('open'));
  await bench.reply(200, 't1', { fields: [field('expires', '600')] });
  expect((await outcome).ok).toBe(true);
  return bench;
}

describe('a publication', () => {
  it('says what it is about', async () => {
    const { last } = await published();
    const request = last();
    expect(request.uri).toBe('sip:alice@example.org');
    expect([fieldOf(request, 'event'), fieldOf(request, 'content-type')]).toEqual(['presence', 'text/plain']);
  });

  it('is refreshed without its body, and changed with it, each time by the latest tag', async () => {
    const { publishes, publication, reply } = await published();
    await vi.advanceTimersByTimeAsync(400_000);
    await reply(200, 't2');
    void publication.publish(body('closed'));
    await reply(200, 't3');
    void publication.publish(body('open'));
    expect(publishes()).toEqual(['open||3600', '|t1|3600', 'closed|t2|3600', 'open|t3|3600']);
  });

  it('begins from scratch where the server knows nothing of it (412)', async () => {
    const { publishes, publication, reply } = await published();
    const outcome = publication.publish(body('closed'));
    await reply(412);
    await reply(200, 't2');
    expect(await outcome).toMatchObject({ ok: true, status: 200 });
    await vi.advanceTimersByTimeAsync(2_400_000);
    await reply(412);
    expect(publishes()).toEqual(['open||3600', 'closed|t1|3600', 'closed||3600', '|t2|3600', 'closed||3600']);
  });

  it('lasts longer where the server wants it so (423)', async () => {
    const { publishes, publication, reply } = open();
    const outcome = publication.publish(body('open'));
    await reply(423, '', { fields: [field('min-expires', '7200')] });
    await reply(200, 't1');
    expect((await outcome).ok).toBe(true);
    expect(publishes()).toEqual(['open||3600', 'open||7200']);
  });

  it('waits for the one before, and the last state wins', async () => {
    const { publishes, publication, reply } = open();
    const outcomes = ['one', 'two', 'three'].map((it) => publication.publish(body(it)));
    expect(publishes()).toEqual(['one||3600']);
    await reply(200, 't1');
    await reply(200, 't2');
    expect((await Promise.all(outcomes)).map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(publishes()).toEqual(['one||3600', 'three|t1|3600']);
  });

  it('that is refused is tried again an hour later', async () => {
    const { publishes, publication, reply } = open();
    const outcome = publication.publish(body('open'));
    await reply(405);
    expect(await outcome).toMatchObject({ ok: false, status: 405 });
    await vi.advanceTimersByTimeAsync(3_599_000);
    expect(publishes()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(publishes()).toEqual(['open||3600', 'open||3600']);
  });

  it('that nobody answers is tried again sooner, and on a new way at once', async () => {
    const { publishes, publication } = open();
    const outcome = publication.publish(body('open'));
    await vi.advanceTimersByTimeAsync(TIMEOUT);
    expect(await outcome).toMatchObject({ ok: false, status: 408 });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(publishes()).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(TIMEOUT);
    publication.again();
    expect(publishes()).toEqual(['open||3600', 'open||3600', 'open||3600']);
  });

  it('is refreshed on a new way', async () => {
    const { publishes, publication } = await published();
    publication.again();
    expect(publishes().at(-1)).toBe('|t1|3600');
  });

  it('whose password is refused is not tried again by itself', async () => {
    const { publishes, publication, reply } = open();
    void publication.publish(body('open'));
    await reply(401);
    publication.again();
    await vi.advanceTimersByTimeAsync(4_000_000);
    expect(publishes()).toHaveLength(1);
  });

  it('is removed at the end, and stays so', async () => {
    const { publishes, publication, reply } = await published();
    const leaving = publication.leave();
    await reply(200);
    await leaving;
    publication.again();
    await vi.advanceTimersByTimeAsync(4_000_000);
    expect(publishes()).toEqual(['open||3600', '|t1|0']);
  });

  it('that crosses the end is removed too', async () => {
    const { publishes, publication, reply } = open();
    const outcome = publication.publish(body('open'));
    await publication.leave();
    await reply(200, 't1');
    await outcome;
    expect(publishes()).toEqual(['open||3600', '|t1|0']);
  });

  it('ends without a word', async () => {
    const { publishes, publication } = open();
    const outcome = publication.publish(body('open'));
    publication.stop();
    expect((await outcome).ok).toBe(false);
    await vi.advanceTimersByTimeAsync(4_000_000);
    expect(publishes()).toHaveLength(1);
  });
});
