/** The requests of one line, over a network in memory and in virtual time. */
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Target } from '../address.ts';
import { Credentials } from '../digest.ts';
import { targetKey } from '../locate/locate.ts';
import { fieldOf, fieldsOf, type SipMessage, sequenceOf, writeMessage } from '../message/message.ts';
import { field } from '../message/response.ts';
import { makeUri } from '../message/uri.ts';
import { topVia } from '../message/via.ts';
import { openWire, placeAt } from '../testing/wire.ts';
import { TIMEOUT } from '../timers.ts';
import { Client } from './client.ts';
import type { Answer, SendOptions } from './exchange.ts';
import { makeRequest } from './request.ts';
import type { Routing } from './routing.ts';

const PATIENCE = 4_000;
const [one, two, stranger] = [placeAt('192.0.2.1'), placeAt('192.0.2.2'), placeAt('198.51.100.1')];
const tcp = (target: Target): Target => ({ ...target, transport: 'tcp' });

function open(targets: Routing['targets'] = () => [one, two]) {
  const wire = openWire();
  const bad = new Set<string>();
  const failures: string[] = [];
  const answers: Answer[] = [];
  const provisional: number[] = [];
  let sequence = 0;
  const routing: Routing = {
    targets,
    trusts: ({ address }) => address !== stranger.address,
    failed: (target, forMs) => {
      bad.add(targetKey(target));
      failures.push(`${targetKey(target)} ${forMs}`);
    },
    isBad: (target) => bad.has(targetKey(target)),
    worked: (target) => void bad.delete(targetKey(target)),
    sentBy: (flow) => `${flow.local.address}:${flow.local.port}`,
  };
  const credentials = new Credentials('alice', 'secret');
  const client = new Client({
    layer: wire.layer,
    routing,
    credentials,
    userAgent: 'Thinline/test',
    patience: PATIENCE,
    log: silent,
  });
  const make =
    (method: string, body = '') =>
    (): SipMessage =>
      makeRequest({
        method,
        uri: makeUri({ user: 'bob', host: 'example.org' }),
        from: '<sip:alice@example.org>;tag=1',
        to: '<sip:bob@example.org>',
        callId: 'c',
        sequence: ++sequence,
        body: body === '' ? undefined : { type: 'text/plain', content: body },
      });
  return {
    ...wire,
    client,
    bad,
    failures,
    answers,
    provisional,
    send: (method: string, options: SendOptions & { body?: string } = {}) =>
      client.send(
        make(method, options.body),
        {
          provisional: ({ status }) => void provisional.push(status),
          final: (answer) => void answers.push(answer),
        },
        options,
      ),
    /** Where each message went, in order. */
    places: () => wire.sent.map(({ flow }) => `${flow.transport} ${flow.remote.address}`),
    statuses: () => answers.map(({ status }) => status),
  };
}

const challenge = (nonce: string, more = '') => ({
  fields: [field('www-authenticate', `Digest realm="r", nonce="${nonce}"${more}`)],
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a request', () => {
  it('goes to the best server, and its answer says all that there is to know', () => {
    const { send, sent, answer, answers, provisional, places, last } = open();
    send('INVITE');
    const invite = last('INVITE');
    expect(fieldOf(invite, 'user-agent')).toBe('Thinline/test');
    expect(topVia(invite)).toMatchObject({ host: '192.0.2.9', port: 5060 });
    answer(invite, 100);
    answer(invite, 180);
    answer(invite, 486);
    expect(provisional).toEqual([100, 180]);
    expect(places()).toEqual(['udp 192.0.2.1', 'udp 192.0.2.1']);
    expect(answers).toMatchObject([{ status: 486, reason: 'Busy Here', target: one, authorized: false, detail: '' }]);
    expect(answers[0]?.flow).toBe(sent[0]?.flow);
    expect(answers[0]?.message?.status).toBe(486);
    expect(fieldOf(answers[0]?.request ?? invite, 'via')).toBe(fieldOf(invite, 'via'));
  });

  it('can be awaited, and has several answers where it forks', async () => {
    const { client, send, answer, last, statuses } = open();
    const asked = client.ask(() => makeRequest({ ...parts, method: 'OPTIONS' }));
    answer(last('OPTIONS'), 200);
    expect((await asked).status).toBe(200);
    send('INVITE');
    answer(last('INVITE'), 200, { tag: 'x' });
    answer(last('INVITE'), 200, { tag: 'y' });
    expect(statuses()).toEqual([200, 200]);
  });

  const parts = {
    uri: makeUri({ host: 'example.org' }),
    from: '<sip:alice@example.org>;tag=1',
    to: '<sip:bob@example.org>',
    callId: 'c',
    sequence: 1,
  };

  it.each([
    ['a timer', () => [one]],
    [
      'the want of a way',
      (): never => {
        throw new Error('the next hop can not be read');
      },
    ],
  ])('of somebody who can’t bear its end after %s ends nobody else', async (_, targets) => {
    const { client, layer } = open(targets);
    const final = vi.fn(() => {
      throw new Error('unbearable');
    });
    const make = (): SipMessage =>
      makeRequest({
        method: 'OPTIONS',
        uri: makeUri({ host: 'example.org' }),
        from: '<sip:alice@example.org>;tag=1',
        to: '<sip:bob@example.org>',
        callId: 'c',
        sequence: 1,
      });
    client.send(make, { final }, { patience: PATIENCE });
    await vi.advanceTimersByTimeAsync(TIMEOUT);
    expect(final).toHaveBeenCalledTimes(1);
    expect(layer.size).toBe(0);
  });

  it('waits for its way, and fails where there is none', async () => {
    const later = open(() => Promise.resolve([two]));
    later.send('OPTIONS');
    expect(later.sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(later.places()).toEqual(['udp 192.0.2.2']);

    for (const targets of [
      () => Promise.reject(new Error('no such name')),
      (): never => {
        throw new Error('no such name');
      },
      () => Promise.resolve([]),
    ]) {
      const { send, answers, sent } = open(targets);
      send('OPTIONS');
      expect(answers).toEqual([]);
      await vi.advanceTimersByTimeAsync(0);
      expect(answers).toMatchObject([
        { status: 503, message: null, target: null, detail: expect.stringMatching(/^no such name$|^there is no way/) },
      ]);
      expect(sent).toEqual([]);
    }
  });
});

describe('the next server (RFC 3263 §4.3)', () => {
  it('is asked where the first says nothing for a while, with a branch of its own', () => {
    const { send, answer, requests, places, failures, answers, layer } = open();
    send('INVITE');
    vi.advanceTimersByTime(PATIENCE - 1);
    expect(new Set(places())).toEqual(new Set(['udp 192.0.2.1']));
    vi.advanceTimersByTime(1);
    const [first] = requests('INVITE');
    const second = requests('INVITE').at(-1);
    if (!first || !second) throw new Error('nothing was sent');
    expect(places().at(-1)).toBe('udp 192.0.2.2');
    expect(topVia(second)?.branch).not.toBe(topVia(first)?.branch);
    expect(sequenceOf(second)).toBe(sequenceOf(first));
    expect(failures).toEqual(['udp 192.0.2.1 5060 null']);
    // Too late.
    answer(first, 200);
    expect(answers).toEqual([]);
    answer(second, 200);
    expect(answers).toMatchObject([{ status: 200, target: two }]);
    vi.runAllTimers();
    expect(layer.size).toBe(0);
  });

  it('is not asked where the first says at least that it tries', () => {
    const { send, answer, last, places, statuses } = open();
    send('INVITE');
    answer(last('INVITE'), 100);
    vi.advanceTimersByTime(60_000);
    expect(places()).toEqual(['udp 192.0.2.1']);
    answer(last('INVITE'), 486);
    expect(statuses()).toEqual([486]);
  });

  it('is asked after 503, which need not be the server’s own; the refusal gets its ACK each time', () => {
    const { send, answer, requests, places, failures, statuses } = open();
    send('INVITE');
    const [invite] = requests('INVITE');
    if (!invite) throw new Error('nothing was sent');
    answer(invite, 503, { fields: [field('retry-after', '120 (maintenance)')] });
    expect(failures).toEqual([]);
    expect(places()).toEqual(['udp 192.0.2.1', 'udp 192.0.2.1', 'udp 192.0.2.2']);
    answer(invite, 503);
    expect(requests('ACK')).toHaveLength(2);
    expect(statuses()).toEqual([]);
  });

  it('is asked where the way is broken, or there is none', async () => {
    const { send, sent, places, unreachable, failures } = open(() => [tcp(one), tcp(two), tcp(stranger)]);
    unreachable.add(targetKey(tcp(one)));
    send('OPTIONS');
    await vi.advanceTimersByTimeAsync(0);
    expect(places()).toEqual(['tcp 192.0.2.2']);
    sent[0]?.fail(new Error('refused'));
    expect(places()).toEqual(['tcp 192.0.2.2', 'tcp 198.51.100.1']);
    expect(failures).toEqual(['tcp 192.0.2.1 5060 null', 'tcp 192.0.2.2 5060 null']);
  });

  it('is not asked after any other refusal', () => {
    const { send, answer, last, places, statuses, bad } = open();
    bad.add(targetKey(one));
    send('OPTIONS');
    answer(last('OPTIONS'), 500);
    expect([places(), statuses()]).toEqual([['udp 192.0.2.1'], [500]]);
    expect(bad.size).toBe(0);
  });

  it('that is the last has all the time of its transaction', () => {
    const { send, answers, failures } = open(() => [one]);
    send('OPTIONS');
    vi.advanceTimersByTime(TIMEOUT - 1);
    expect(answers).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(answers).toMatchObject([{ status: 408, message: null, detail: 'no response', target: one }]);
    expect(failures).toEqual(['udp 192.0.2.1 5060 null']);
  });

  it('that is the last has less where the request asks for that', () => {
    const { layer, send, answers } = open();
    send('REGISTER', { patience: 1_000 });
    vi.advanceTimersByTime(PATIENCE + 999);
    expect(answers).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(answers).toMatchObject([{ status: 408, message: null, target: two }]);
    expect(layer.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that is the last passes its 503 on, and is bad for as long as it says where it is its own', () => {
    const { send, answer, last, answers, failures } = open(() => [one]);
    send('REGISTER');
    answer(last('REGISTER'), 503, { fields: [field('retry-after', '5')] });
    expect(answers).toMatchObject([{ status: 503, message: { status: 503 } }]);
    expect(failures).toEqual(['udp 192.0.2.1 5060 5000']);
  });

  it('is the end of it where its way is broken too', () => {
    const { send, sent, answers } = open(() => [tcp(one)]);
    send('OPTIONS');
    sent[0]?.fail(new Error('refused'));
    expect(answers).toMatchObject([{ status: 503, message: null, detail: 'refused', flow: null }]);
  });
});

describe('a long request (RFC 3261 §18.1.1)', () => {
  const body = 'x'.repeat(1_300);

  it('goes over TCP first, then over UDP, which is remembered', () => {
    const { send, sent, places, answer, last, statuses } = open(() => [one]);
    send('MESSAGE', { body });
    expect(places()).toEqual(['tcp 192.0.2.1']);
    sent[0]?.fail(new Error('refused'));
    expect(places()).toEqual(['tcp 192.0.2.1', 'udp 192.0.2.1']);
    answer(last('MESSAGE'), 200);
    expect(statuses()).toEqual([200]);
    send('MESSAGE', { body });
    expect(places().at(-1)).toBe('udp 192.0.2.1');
    expect(places()).toHaveLength(3);
  });

  it('stays with UDP where short names make it fit', () => {
    const { send, places, sent } = open(() => [one]);
    for (let length = 800; places().at(-1) !== 'tcp 192.0.2.1'; length += 10) {
      send('MESSAGE', { body: 'x'.repeat(length) });
    }
    const longest = sent.at(-2)?.message;
    if (!longest) throw new Error('All went over TCP.');
    const fields = longest.fields.filter(({ name }) => name !== 'via');
    const via = 120;
    expect(writeMessage({ ...longest, fields, compact: true }).length + via).toBeLessThanOrEqual(1_300);
    expect(writeMessage({ ...longest, fields }).length + via).toBeGreaterThan(1_300);
  });

  it('falls back where TCP says nothing', () => {
    const { send, places, unmade, suspected } = open(() => [one]);
    unmade.add(targetKey(tcp(one)));
    send('MESSAGE', { body });
    vi.advanceTimersByTime(1_000);
    expect(places()).toEqual(['tcp 192.0.2.1', 'udp 192.0.2.1']);
    expect(suspected.map(({ flow }) => flow.transport)).toEqual(['tcp']);
  });

  it('does not send twice what is under way over TCP', () => {
    const { send, places } = open(() => [one]);
    send('MESSAGE', { body });
    vi.advanceTimersByTime(PATIENCE);
    expect(places()).toEqual(['tcp 192.0.2.1']);
  });
});

describe('credentials', () => {
  it('answer a challenge with the next number, and go along before they are asked for later', () => {
    const { send, answer, last, requests, answers } = open();
    send('INVITE');
    answer(last('INVITE'), 401, challenge('n', ', qop="auth"'));
    const [first, second] = requests('INVITE');
    if (!first || !second) throw new Error('no second try');
    expect(fieldsOf(first, 'authorization')).toEqual([]);
    expect(fieldOf(second, 'authorization')).toMatch(/nonce="n".*uri="sip:bob@example.org".*nc=00000001/);
    expect([sequenceOf(first), sequenceOf(second)]).toEqual([1, 2]);
    expect(topVia(second)?.branch).not.toBe(topVia(first)?.branch);
    answer(second, 200);
    expect(answers).toMatchObject([{ status: 200, authorized: true }]);
    send('BYE');
    expect(fieldOf(last('BYE'), 'authorization')).toContain('nc=00000002');
  });

  it('that are refused are not tried twice', () => {
    const { send, answer, last, requests, answers } = open();
    send('REGISTER');
    answer(last('REGISTER'), 401, challenge('1'));
    answer(last('REGISTER'), 401, challenge('2'));
    expect(requests('REGISTER')).toHaveLength(2);
    expect(answers).toMatchObject([{ status: 401, authorized: true }]);
  });

  it('answer the same challenge to requests that were under way at once', () => {
    const { send, answer, requests, statuses } = open();
    send('SUBSCRIBE');
    send('SUBSCRIBE');
    for (const request of requests('SUBSCRIBE')) answer(request, 401, challenge('n', ', qop="auth"'));
    expect(statuses()).toEqual([]);
    const signed = requests('SUBSCRIBE').slice(2);
    expect(signed.map((it) => /nc=\d+/.exec(fieldOf(it, 'authorization'))?.[0])).toEqual([
      'nc=00000001',
      'nc=00000002',
    ]);
  });

  it('go to the line’s own servers only', () => {
    let targets = [stranger];
    const { client, send, answer, last, answers, requests } = open(() => targets);
    send('INVITE');
    answer(last('INVITE'), 407, challenge('n'));
    expect(answers).toMatchObject([{ status: 407, authorized: false }]);
    expect(requests('INVITE')).toHaveLength(1);
    targets = [one];
    send('INVITE');
    answer(last('INVITE'), 401, challenge('n'));
    const invite = last('INVITE');
    expect(fieldOf(invite, 'authorization')).not.toBe('');
    const ack = makeRequest({
      method: 'ACK',
      uri: makeUri({ host: 'example.org' }),
      from: '<sip:alice@example.org>;tag=1',
      to: '<sip:bob@example.org>;tag=2',
      callId: 'c',
      sequence: 3,
    });
    client.acknowledge(ack, invite, 'z9hG4bKack');
    expect(fieldOf(last('ACK'), 'authorization')).toBe(fieldOf(invite, 'authorization'));
    targets = [stranger];
    client.acknowledge(ack, invite, 'z9hG4bKack');
    expect(fieldsOf(last('ACK'), 'authorization')).toEqual([]);
    send('INVITE');
    expect(fieldsOf(last('INVITE'), 'authorization')).toEqual([]);
  });

  it('are taken away again where the next server is a stranger', () => {
    const { send, answer, last, places } = open(() => [one, stranger]);
    send('INVITE');
    answer(last('INVITE'), 401, challenge('n'));
    answer(last('INVITE'), 503);
    expect(places().at(-1)).toBe('udp 198.51.100.1');
    expect(fieldsOf(last('INVITE'), 'authorization')).toEqual([]);
  });
});

describe('an ACK', () => {
  const ack = makeRequest({
    method: 'ACK',
    uri: makeUri({ host: 'far.example' }),
    from: '<sip:alice@example.org>;tag=1',
    to: '<sip:bob@example.org>;tag=2',
    callId: 'c',
    sequence: 1,
  });

  it('goes the best way with the branch that it is given, and no transaction waits for it', async () => {
    for (const targets of [() => [two, one], () => Promise.resolve([two, one])]) {
      const { client, layer, last, places } = open(targets);
      client.acknowledge(ack, ack, 'z9hG4bKack');
      await vi.advanceTimersByTimeAsync(0);
      expect(places()).toEqual(['udp 192.0.2.2']);
      expect(topVia(last('ACK'))).toMatchObject({ host: '192.0.2.9', branch: 'z9hG4bKack' });
      expect(layer.size).toBe(0);
    }
  });

  it('without a way is not sent, and breaks nothing', async () => {
    for (const targets of [
      () => [],
      () => Promise.reject(new Error('no such name')),
      (): never => {
        throw new Error('the next hop can not be read');
      },
    ]) {
      const { client, sent } = open(targets);
      client.acknowledge(ack, ack, 'z9hG4bKack');
      await vi.advanceTimersByTimeAsync(0);
      expect(sent).toEqual([]);
    }
  });
});

describe('a request that is cancelled', () => {
  it('before it is sent is not sent', async () => {
    const { send, sent, answers } = open(() => Promise.resolve([one]));
    send('INVITE').cancel();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([]);
    expect(answers).toMatchObject([{ status: 487, message: null }]);
  });

  it('follows the RFC once it is sent', () => {
    const { send, answer, last, requests, statuses } = open();
    const invite = send('INVITE');
    invite.cancel([field('reason', 'SIP;cause=200')]);
    expect(requests('CANCEL')).toEqual([]);
    answer(last('INVITE'), 180);
    expect(fieldOf(last('CANCEL'), 'reason')).toBe('SIP;cause=200');
    answer(last('INVITE'), 487);
    expect(statuses()).toEqual([487]);
  });

  it('is so once', () => {
    const { send, answer, last, requests } = open();
    const invite = send('INVITE');
    answer(last('INVITE'), 180);
    invite.cancel();
    invite.cancel();
    expect(requests('CANCEL')).toHaveLength(1);
  });

  it('goes to no other server, and gets no second try', () => {
    const { send, answer, last, requests, statuses } = open();
    send('INVITE').cancel();
    answer(last('INVITE'), 503);
    expect(statuses()).toEqual([487]);
    send('INVITE').cancel();
    answer(last('INVITE'), 401, challenge('n'));
    expect(statuses()).toEqual([487, 401]);
    send('INVITE').cancel();
    vi.advanceTimersByTime(PATIENCE);
    expect(statuses()).toEqual([487, 401, 487]);
    expect(new Set(requests('INVITE').map(sequenceOf))).toEqual(new Set([1, 2, 3]));
  });
});

describe('a request that is abandoned', () => {
  it('is neither sent again nor answered', () => {
    const { layer, send, answer, last, sent, answers } = open();
    const invite = send('INVITE');
    invite.abandon();
    answer(last('INVITE'), 503);
    vi.runAllTimers();
    expect([sent.length, answers, layer.size]).toEqual([1, [], 0]);
  });

  it('before its way is known is not sent, whatever becomes of that', async () => {
    for (const targets of [() => Promise.resolve([one]), () => Promise.reject(new Error('no such name'))]) {
      const { send, sent, answers } = open(targets);
      send('INVITE').abandon();
      await vi.advanceTimersByTimeAsync(0);
      expect([sent, answers]).toEqual([[], []]);
    }
  });
});
