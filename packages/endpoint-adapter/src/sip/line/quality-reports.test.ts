/** Reports on their way to a collector: over a network in memory, and from a whole stack to peers on loopback. */
import { makeLog } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Target } from '../address.ts';
import type { Routing } from '../dialog/routing.ts';
import { vqType } from '../events/vq-rtcpxr.ts';
import { fieldOf, type SipMessage } from '../message/message.ts';
import { field, openPeer, type ScriptedPeer } from '../testing/scripted-peer.ts';
import { openStandalone, type Standalone } from '../testing/standalone-line.ts';
import { clientOver, openWire, placeAt } from '../testing/wire.ts';
import { QualityReports, reportRouting } from './quality-reports.ts';

const collector = 'vq@192.0.2.1:5060;transport=udp';
const patience = 4_000;

describe('reports', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function open(proxied = false) {
    const wire = openWire();
    const said: string[] = [];
    const log = makeLog({
      level: 'warning',
      write: (text) => said.push(text.replace(/^.*quality report: /s, '').trim()),
    });
    const reports = new QualityReports({
      client: clientOver(wire),
      from: '<sip:alice@example.org>',
      proxied,
      patience,
      log,
    });
    /** Each once, however often it was repeated. */
    const published = (): SipMessage[] => {
      const seen = new Set<string>();
      return wire.requests('PUBLISH').filter((it) => {
        const via = fieldOf(it, 'via');
        return !seen.has(via) && seen.add(via);
      });
    };
    return { ...wire, reports, said, published, bodies: () => published().map(({ body }) => body) };
  }

  const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

  it('are a PUBLISH of their own each (RFC 6035 §3.1)', async () => {
    const { reports, last, answer } = open();
    reports.send(collector, 'one');
    const first = last('PUBLISH');
    expect(first.uri).toBe('sip:vq@192.0.2.1:5060;transport=udp');
    expect(fieldOf(first, 'to')).toBe('<sip:vq@192.0.2.1:5060;transport=udp>');
    expect(fieldOf(first, 'from')).toMatch(/^<sip:alice@example\.org>;tag=\S+$/);
    expect(fieldOf(first, 'route')).toBe('<sip:192.0.2.1:5060;transport=udp;lr>');
    expect(fieldOf(first, 'event')).toBe('vq-rtcpxr');
    expect(fieldOf(first, 'content-type')).toBe('application/vq-rtcpxr');
    expect(fieldOf(first, 'expires')).toBe('');
    expect(first.body).toBe('one');
    answer(first, 200, { fields: [field('sip-etag', 'x')] });
    reports.send(collector, 'two');
    await settle();
    expect(fieldOf(last('PUBLISH'), 'call-id')).not.toBe(fieldOf(first, 'call-id'));
    expect(fieldOf(last('PUBLISH'), 'sip-if-match')).toBe('');
  });

  it('go to the proxy first, where the line has one', () => {
    const { reports, last } = open(true);
    reports.send(collector, 'one');
    expect(fieldOf(last('PUBLISH'), 'route')).toBe('');
  });

  it('go one after the other, and the oldest of too many are dropped', async () => {
    const { reports, last, answer, bodies, said } = open();
    for (let n = 0; n <= 18; n++) reports.send(collector, `${n}`);
    expect(bodies()).toEqual(['0']);
    for (let n = 0; n < 17; n++) {
      answer(last('PUBLISH'), 200);
      await settle();
    }
    expect(bodies()).toEqual(['0', ...Array.from({ length: 16 }, (_, n) => `${n + 3}`)]);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch('too many wait');
  });

  it.each([
    [489, 'it answered 489 Bad Event'],
    [403, 'it answered 403 Forbidden'],
    [503, 'it answered 503 Service Unavailable'],
  ])('that are refused with %i are told of once, until one is taken', async (status, words) => {
    const { reports, last, answer, said, bodies } = open();
    const send = async (with_: number): Promise<void> => {
      reports.send(collector, 'x');
      answer(last('PUBLISH'), with_);
      await settle();
    };
    for (let n = 0; n < 3; n++) await send(status);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(words);
    await send(200);
    await send(status);
    expect(said).toHaveLength(2);
    // None is tried again: the next call has its own.
    expect(bodies()).toHaveLength(5);
  });

  it('are given up where nobody answers, and the next has its turn', async () => {
    const { reports, said, bodies } = open();
    reports.send(collector, 'one');
    reports.send(collector, 'two');
    await settle(patience + 1);
    expect(bodies()).toEqual(['one', 'two']);
    await settle(patience + 1);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch('no response');
  });

  it('to what is no collector are told of once, to nobody not at all', () => {
    const { reports, said, published } = open();
    reports.send('', 'x');
    for (let n = 0; n < 3; n++) reports.send('nobody', 'x');
    expect(published()).toEqual([]);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch('"nobody" is no collector');
  });

  it('are waited for when the line goes, for 2 s', async () => {
    const { reports, last, answer } = open();
    await reports.leave();
    let left = 0;
    const leave = (): void => void reports.leave().then(() => left++);
    reports.send(collector, 'one');
    leave();
    await settle();
    expect(left).toBe(0);
    answer(last('PUBLISH'), 200);
    await settle();
    expect(left).toBe(1);
    reports.send(collector, 'two');
    leave();
    await settle(2_000);
    expect(left).toBe(2);
  });

  it('are not sent by a line that is gone', async () => {
    const { reports, last, answer, bodies } = open();
    reports.send(collector, 'one');
    reports.send(collector, 'two');
    reports.stop();
    answer(last('PUBLISH'), 200);
    await settle();
    reports.send(collector, 'three');
    await settle();
    expect(bodies()).toEqual(['one']);
  });

  it('that fail leave the servers of calls as they were', () => {
    const marked: Target[] = [];
    const routing: Routing = {
      targets: () => [placeAt('192.0.2.1')],
      trusts: () => false,
      failed: (target) => void marked.push(target),
      isBad: () => false,
      worked: () => {},
      sentBy: () => '',
    };
    const its = reportRouting(routing);
    its.failed(placeAt('192.0.2.1'), null);
    expect(marked).toEqual([]);
    expect([its.isBad(placeAt('192.0.2.1')), its.isBad(placeAt('192.0.2.2'))]).toEqual([true, false]);
    its.worked(placeAt('192.0.2.1'));
    expect(its.isBad(placeAt('192.0.2.1'))).toBe(false);
  });
});

describe('a line', () => {
  let bench: Standalone;
  let elsewhere: ScriptedPeer;
  beforeEach(async () => {
    [bench, elsewhere] = await Promise.all([openStandalone(), openPeer()]);
  });
  afterEach(async () => {
    await bench.close();
    await elsewhere.close();
  });

  const challenge = field('www-authenticate', 'Digest realm="test", nonce="n", algorithm=MD5, qop="auth"');
  const at = ({ port }: ScriptedPeer): string => `vq@127.0.0.1:${port};transport=udp`;

  it('gives its credentials where its own server is the collector', async () => {
    const { line, peer } = bench;
    line.reportQuality(at(peer), 'VQSessionReport: CallTerm\r\n');
    peer.respond(await peer.request('PUBLISH'), 401, { extra: [challenge] });
    const again = await peer.request('PUBLISH');
    expect(fieldOf(again, 'authorization')).toMatch('username="alice"');
    expect(fieldOf(again, 'cseq')).toBe('2 PUBLISH');
    expect([fieldOf(again, 'content-type'), again.body]).toEqual([vqType, 'VQSessionReport: CallTerm\r\n']);
    peer.respond(again, 200);
    await line.unregister();
  });

  it('goes when its last report has been taken, and reports no more', async () => {
    const { line, peer } = bench;
    line.reportQuality(at(peer), 'one');
    let gone = false;
    const going = line.unregister().then(() => {
      gone = true;
    });
    const publish = await peer.request('PUBLISH');
    expect(gone).toBe(false);
    peer.respond(publish, 200);
    await going;
    await line.stop();
    line.reportQuality(at(peer), 'two');
    peer.ask({ method: 'OPTIONS' });
    await peer.response(200, 'OPTIONS');
    expect(peer.received.filter(({ method, status }) => method === 'PUBLISH' && status === 0)).toHaveLength(1);
  });

  it('reports to a collector elsewhere, which gets no credentials, and makes calls as before', async () => {
    const { line, peer } = bench;
    line.reportQuality(at(elsewhere), 'one');
    line.reportQuality(at(elsewhere), 'two');
    elsewhere.respond(await elsewhere.request('PUBLISH'), 401, { extra: [challenge] });
    const second = await elsewhere.request('PUBLISH');
    expect([second.body, fieldOf(second, 'authorization')]).toEqual(['two', '']);
    const session = line.invite('602', { offer: () => '', answer: () => null, accept: () => false, current: () => '' });
    const invite = await peer.request('INVITE');
    peer.respond(invite, 486);
    await new Promise((resolve) => session.once('ended', resolve));
    elsewhere.respond(second, 489);
    await line.unregister();
    expect(peer.received.filter(({ method }) => method === 'PUBLISH')).toEqual([]);
  });
});
