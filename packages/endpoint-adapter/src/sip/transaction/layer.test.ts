/** The layer between a fake datagram socket and a fake transaction user, in virtual time. */
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fieldOf, readMessage, type SipMessage } from '../message/message.ts';
import { makeResponse } from '../message/response.ts';
import { topVia } from '../message/via.ts';
import { TIMEOUT } from '../timers.ts';
import type { Flow } from '../transport/transport.ts';
import { localFailureDetail, TransactionLayer, type TransactionUser } from './layer.ts';

const read = (text: string): SipMessage => {
  const head = readMessage(text);
  if (!head) throw new Error('not a message');
  return head;
};

function make(reliable = false) {
  const sent: SipMessage[] = [];
  const up: Array<{ request: SipMessage; key: string }> = [];
  const answers: SipMessage[] = [];
  const suspicions: number[] = [];
  let fail: (error: Error) => void = () => {};
  const flow: Flow = {
    transport: reliable ? 'tcp' : 'udp',
    reliable,
    remote: { address: '192.0.2.1', port: 5060 },
    timedOut: (sinceMs) => suspicions.push(sinceMs),
    send: (message, failed) => {
      sent.push(read(message.toString()));
      fail = failed;
    },
  };
  const layer = new TransactionLayer({
    flowTo: () => flow,
    locate: (host) => host,
    receiveRequest: (request, _, key) => up.push({ request, key }),
    log: silent,
  });
  const user: TransactionUser = {
    server: { host: '192.0.2.1', port: 5060, transport: reliable ? 'tcp' : 'udp' },
    sentBy: '192.0.2.9:5060',
    receiveResponse: (response) => {
      answers.push(response);
      // As sip.js does: it acknowledges refusals too, which is our machine's business.
      if (response.method === 'INVITE' && response.status >= 300) layer.send(request('ACK', 'core'), user);
      return null;
    },
  };
  return { layer, user, sent, up, answers, suspicions, flow, fail: (error: Error) => fail(error) };
}

const request = (method: string, branch: string, more = ''): SipMessage =>
  read(
    `${method} sip:bob@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP line.invalid;branch=z9hG4bK${branch}\r\n` +
      `From: <sip:a@x>;tag=1\r\nTo: <sip:bob@x>${more}\r\nCall-ID: c\r\nCSeq: 1 ${method}\r\n\r\n`,
  );

const incoming = (method: string, via: string): SipMessage =>
  read(
    `${method} sip:a@192.0.2.9 SIP/2.0\r\nVia: ${via}\r\nFrom: <sip:b@x>;tag=2\r\nTo: <sip:a@x>\r\n` +
      `Call-ID: d\r\nCSeq: 1 ${method}\r\n\r\n`,
  );

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a request that nobody answers', () => {
  it.each(['INVITE', 'OPTIONS'])('%s casts doubt on its flow', (method) => {
    const { layer, user, suspicions, answers, flow } = make(true);
    vi.advanceTimersByTime(500);
    const sentAtMs = performance.now();
    layer.send(request(method, 'core'), user);
    vi.advanceTimersByTime(TIMEOUT - 1);
    expect(suspicions).toEqual([]);
    expect(layer.uses(flow)).toBe(true);
    vi.advanceTimersByTime(1);
    expect(layer.uses(flow)).toBe(false);
    expect(suspicions).toEqual([sentAtMs]);
    expect(answers.map((answer) => answer.status)).toEqual([408]);
  });
});

describe('requests on their way out', () => {
  it('get a branch of ours, which responses come back without', () => {
    const { layer, user, sent, answers } = make();
    layer.send(request('INVITE', 'core'), user);
    const [invite] = sent;
    if (!invite) throw new Error('nothing sent');
    expect(topVia(invite)).toMatchObject({ transport: 'UDP', host: '192.0.2.9', port: 5060, rport: '' });
    expect(topVia(invite)?.branch).toMatch(/^z9hG4bK[0-9a-f]{32}$/);
    layer.receive(makeResponse(invite, 180), {} as Flow);
    expect(topVia(answers[0] ?? invite)?.branch).toBe('z9hG4bKcore');
    layer.send(request('CANCEL', 'core'), user);
    expect(topVia(sent[1] ?? invite)?.branch).toBe(topVia(invite)?.branch);
  });

  it('are acknowledged once for each refusal that comes, not twice', () => {
    const { layer, user, sent } = make();
    layer.send(request('INVITE', 'core'), user);
    const [invite] = sent;
    if (!invite) throw new Error('nothing sent');
    layer.receive(makeResponse(invite, 486), {} as Flow);
    layer.receive(makeResponse(invite, 486), {} as Flow);
    expect(sent.map((head) => head.method)).toEqual(['INVITE', 'ACK', 'ACK']);
    expect(fieldOf(sent[1] ?? invite, 'via')).toBe(fieldOf(invite, 'via'));
    expect(fieldOf(sent[1] ?? invite, 'to')).toContain(';tag=');
  });

  it.each(['INVITE', 'BYE'])('become a 408 when nobody answers (%s)', (method) => {
    const { layer, user, sent, answers } = make();
    layer.send(request(method, 'core'), user);
    vi.runAllTimers();
    expect(sent.length).toBeGreaterThan(5);
    expect(sent.every((head) => head.method === method)).toBe(true);
    expect(answers.map((head) => head.status)).toEqual([408]);
    expect(layer.size).toBe(0);
  });

  it('become a 503 when their connection breaks, or can not be sent', () => {
    const { layer, user, answers, flow, fail } = make(true);
    layer.send(request('INVITE', 'core'), user);
    layer.flowClosed(flow, new Error('reset "by" peer'));
    layer.send(request('BYE', 'other'), user);
    fail(new Error('unreachable'));
    expect(answers.map((head) => head.status)).toEqual([503, 503]);
    expect(answers.map((head) => localFailureDetail(fieldOf(head, 'warning')))).toEqual([
      'reset  by  peer',
      'unreachable',
    ]);
    expect(layer.size).toBe(0);
  });

  it('are bounded', async () => {
    const { layer, user, answers } = make();
    for (let i = 0; i < 600; i++) layer.send(request('BYE', String(i)), user);
    await vi.advanceTimersByTimeAsync(1);
    expect(layer.size).toBe(512);
    expect(answers).toHaveLength(88);
    layer.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('requests on their way in', () => {
  const via = 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx';

  it('go up once, and their response goes down again for each repetition', () => {
    const { layer, user, sent, up, flow } = make();
    const bye = incoming('BYE', via);
    layer.receive(bye, flow);
    layer.receive(bye, flow);
    layer.send(makeResponse(bye, 200), user);
    layer.receive(bye, flow);
    expect(up).toHaveLength(1);
    expect(sent.map((head) => head.status)).toEqual([200, 200]);
    expect(layer.answered(bye)).toBe(true);
  });

  it('are told apart by sent-by and method (RFC 3261 §17.2.3)', () => {
    const { layer, up, flow } = make();
    layer.receive(incoming('INVITE', via), flow);
    layer.receive(incoming('INVITE', via.replace('192.0.2.1', '192.0.2.2')), flow);
    layer.receive(incoming('CANCEL', via), flow);
    const keys = up.map(({ key }) => key);
    expect(keys[0]).not.toBe(keys[1]);
    expect(keys[2]).toBe(keys[0]);
  });

  it('of RFC 2543 peers are matched without a branch', () => {
    const { layer, user, sent, up, flow } = make();
    const bye = incoming('BYE', 'SIP/2.0/UDP 192.0.2.1');
    layer.receive(bye, flow);
    layer.receive(bye, flow);
    layer.send(makeResponse(bye, 200), user);
    expect(up).toHaveLength(1);
    expect(sent).toHaveLength(1);
  });

  it('tell an ACK of a 2xx from that of a refusal', () => {
    for (const [status, expected] of [
      [200, 'ACK'],
      [486, 'INVITE'],
    ] as const) {
      const { layer, user, up, flow } = make();
      const invite = incoming('INVITE', via);
      layer.receive(invite, flow);
      layer.send(makeResponse(invite, status), user);
      layer.receive(incoming('ACK', via), flow);
      expect(up[1]?.key.split(' ').at(-1)).toBe(expected);
      layer.close();
    }
  });

  it('are bounded', () => {
    const { layer, up, flow } = make();
    for (let i = 0; i < 1_100; i++) layer.receive(incoming('BYE', `${via}${i}`), flow);
    expect(up).toHaveLength(1_024);
    vi.runAllTimers();
    expect(layer.size).toBe(0);
  });
});
