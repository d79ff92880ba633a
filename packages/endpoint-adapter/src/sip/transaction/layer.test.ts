/** The layer between a network in memory and a fake transaction user, in virtual time. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TransportName } from '../address.ts';
import { fieldOf, type SipMessage } from '../message/message.ts';
import { field } from '../message/response.ts';
import { topVia } from '../message/via.ts';
import { openWire, placeAt, read } from '../testing/wire.ts';
import { TIMEOUT } from '../timers.ts';
import type { ClientTransaction, ClientUser, LocalFailure } from './layer.ts';

const request = (method: string): SipMessage =>
  read(
    `${method} sip:bob@192.0.2.1 SIP/2.0\r\nMax-Forwards: 70\r\nRoute: <sip:192.0.2.1;lr>\r\n` +
      `From: <sip:a@x>;tag=1\r\nTo: <sip:bob@x>\r\nCall-ID: c\r\nCSeq: 7 ${method}\r\n\r\n`,
  );

const incoming = (method: string, via: string, to = '<sip:a@x>'): SipMessage =>
  read(
    `${method} sip:a@192.0.2.9 SIP/2.0\r\nVia: ${via}\r\nFrom: <sip:b@x>;tag=2\r\nTo: ${to}\r\n` +
      `Call-ID: d\r\nCSeq: 1 ${method}\r\n\r\n`,
  );

function open(transport: TransportName = 'udp') {
  const wire = openWire();
  const target = placeAt('192.0.2.1', transport);
  const responses: SipMessage[] = [];
  const failures: LocalFailure[] = [];
  const user: ClientUser = {
    sentBy: () => '192.0.2.9:5060',
    receive: (response) => responses.push(response),
    failed: (failure) => failures.push(failure),
  };
  const flow = wire.flowTo(target);
  return {
    ...wire,
    flow,
    user,
    responses,
    failures,
    ask: (method: string): ClientTransaction => wire.layer.request(request(method), target, user),
    receive: (message: SipMessage) => wire.layer.receive(message, flow),
    methods: () => wire.requests().map((it) => it.method),
    statuses: () => wire.sent.map(({ message }) => message.status),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a request that nobody answers', () => {
  it.each(['INVITE', 'OPTIONS'])('%s casts doubt on its flow', (method) => {
    const { layer, ask, suspected, failures, flow } = open('tcp');
    vi.advanceTimersByTime(500);
    const sinceMs = performance.now();
    ask(method);
    vi.advanceTimersByTime(TIMEOUT - 1);
    expect(suspected).toEqual([]);
    expect(layer.uses(flow)).toBe(true);
    vi.advanceTimersByTime(1);
    expect(layer.uses(flow)).toBe(false);
    expect(suspected).toEqual([{ flow, sinceMs }]);
    expect(failures).toEqual([{ kind: 'timeout', detail: 'no response' }]);
  });
});

describe('requests on their way out', () => {
  it.each([
    ['udp', 'UDP'],
    ['tls', 'TLS'],
  ] as const)('get a Via with a branch of their own (%s)', (transport, name) => {
    const { ask, requests } = open(transport);
    const { request: asSent } = ask('OPTIONS');
    ask('OPTIONS');
    const [first, second] = requests();
    expect(first).toEqual({ ...asSent, body: '' });
    expect(fieldOf(asSent, 'via')).toMatch(
      new RegExp(`^SIP/2\\.0/${name} 192\\.0\\.2\\.9:5060;branch=z9hG4bK[0-9a-f]{32};rport$`),
    );
    expect(second && topVia(second)?.branch).not.toBe(topVia(asSent)?.branch);
  });

  it('take responses by branch and method, and no others', () => {
    const { ask, answer, receive, responses } = open();
    const { request: invite } = ask('INVITE');
    answer({ ...invite, method: 'BYE', fields: [...invite.fields] }, 200);
    receive({ ...invite, status: 200, fields: [field('via', 'SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKother')] });
    expect(responses).toEqual([]);
    answer(invite, 180);
    expect(responses.map((it) => it.status)).toEqual([180]);
  });

  it('are acknowledged once for each refusal that comes, of which one goes up', () => {
    const { ask, answer, last, methods, responses } = open();
    const { request: invite } = ask('INVITE');
    answer(invite, 486, { tag: 'far' });
    answer(invite, 486, { tag: 'far' });
    expect(methods()).toEqual(['INVITE', 'ACK', 'ACK']);
    const ack = last('ACK');
    for (const name of ['via', 'route', 'from', 'call-id']) expect(fieldOf(ack, name)).toBe(fieldOf(invite, name));
    expect(fieldOf(ack, 'to')).toBe('<sip:bob@x>;tag=far');
    expect(fieldOf(ack, 'cseq')).toBe('7 ACK');
    expect(responses).toHaveLength(1);
  });

  it('hand each 2xx up, and leave its ACK to the user', () => {
    const { layer, ask, answer, last, methods, responses } = open();
    const { request: invite } = ask('INVITE');
    answer(invite, 200, { tag: 'one' });
    answer(invite, 200, { tag: 'one' });
    answer(invite, 200, { tag: 'two' });
    expect(responses).toHaveLength(3);
    expect(methods()).toEqual(['INVITE']);
    layer.acknowledge(request('ACK'), placeAt('192.0.2.77', 'tcp'), 'z9hG4bKack', () => 'here:1');
    expect(topVia(last('ACK'))).toMatchObject({ transport: 'TCP', host: 'here', port: 1, branch: 'z9hG4bKack' });
  });

  it.each(['INVITE', 'BYE'])('fail when nobody answers (%s)', (method) => {
    const { layer, ask, failures, methods } = open();
    ask(method);
    vi.runAllTimers();
    expect(methods().length).toBeGreaterThan(5);
    expect(methods().every((it) => it === method)).toBe(true);
    expect(failures.map((it) => it.kind)).toEqual(['timeout']);
    expect(layer.size).toBe(0);
  });

  it('fail when their connection breaks, or can not be sent', async () => {
    const { layer, ask, sent, failures, flow, unreachable } = open('tcp');
    ask('INVITE');
    layer.flowClosed(flow, new Error('reset by peer'));
    ask('BYE');
    sent.at(-1)?.fail(new Error('unreachable'));
    unreachable.add('tcp 192.0.2.1 5060');
    ask('BYE');
    expect(failures.map((it) => it.detail)).toEqual(['reset by peer', 'unreachable']);
    await vi.advanceTimersByTimeAsync(0);
    expect(failures[2]).toEqual({ kind: 'transport', detail: 'no way' });
    expect(layer.size).toBe(0);
  });

  it('are forgotten when abandoned', () => {
    const { layer, ask, answer, responses, failures } = open();
    const transaction = ask('INVITE');
    transaction.abandon();
    answer(transaction.request, 200);
    vi.runAllTimers();
    expect([responses, failures]).toEqual([[], []]);
    expect(layer.size).toBe(0);
  });

  it('do no harm where their user throws', () => {
    const { layer, ask, answer, user, responses } = open();
    user.receive = () => {
      throw new Error('not understood');
    };
    const { request: bye } = ask('BYE');
    answer(bye, 200);
    expect(responses).toEqual([]);
    vi.runAllTimers();
    expect(layer.size).toBe(0);
  });

  it('are bounded', async () => {
    const { layer, ask, failures } = open();
    for (let i = 0; i < 600; i++) ask('BYE');
    await vi.advanceTimersByTimeAsync(1);
    expect(layer.size).toBe(512);
    expect(failures).toHaveLength(88);
    layer.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a CANCEL of ours (RFC 3261 §9.1)', () => {
  const reason = field('reason', 'SIP;cause=200');

  it('waits for a provisional response, and is like its INVITE', () => {
    const { ask, answer, methods, last } = open();
    const invite = ask('INVITE');
    invite.cancel([reason]);
    expect(methods()).toEqual(['INVITE']);
    answer(invite.request, 100);
    answer(invite.request, 180);
    expect(methods()).toEqual(['INVITE', 'CANCEL']);
    const cancel = last('CANCEL');
    for (const name of ['via', 'route', 'from', 'to', 'call-id'])
      expect(fieldOf(cancel, name)).toBe(fieldOf(invite.request, name));
    expect([cancel.uri, fieldOf(cancel, 'cseq')]).toEqual([invite.request.uri, '7 CANCEL']);
    expect(cancel.fields).toContainEqual(reason);
  });

  it('goes at once where the INVITE proceeds, and its own answer goes nowhere', () => {
    const { ask, answer, last, responses } = open();
    const invite = ask('INVITE');
    answer(invite.request, 180);
    invite.cancel([]);
    answer(last('CANCEL'), 200);
    answer(invite.request, 487);
    expect(responses.map((it) => it.status)).toEqual([180, 487]);
  });

  it('never goes where a final response came first', () => {
    const { ask, answer, methods } = open();
    const invite = ask('INVITE');
    invite.cancel([]);
    answer(invite.request, 200);
    invite.cancel([]);
    expect(methods()).toEqual(['INVITE']);
  });

  it('that nobody heeds ends the INVITE all the same', () => {
    const { layer, ask, answer, failures } = open();
    const invite = ask('INVITE');
    answer(invite.request, 180);
    invite.cancel([]);
    vi.advanceTimersByTime(TIMEOUT);
    expect(failures.map((it) => it.kind)).toEqual(['timeout']);
    vi.runAllTimers();
    expect(layer.size).toBe(0);
  });
});

describe('requests on their way in', () => {
  const via = 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx';

  it('go up once, and their response goes down again for each repetition', () => {
    const { receive, received, statuses } = open();
    const bye = incoming('BYE', via);
    receive(bye);
    receive(bye);
    received[0]?.respond(200);
    expect(received[0]?.answered).toBe(true);
    receive(bye);
    expect(received).toHaveLength(1);
    expect(statuses()).toEqual([200, 200]);
  });

  it('have one final response, and one To tag in all of theirs', () => {
    const { receive, received, sent, statuses } = open();
    receive(incoming('INVITE', via));
    received[0]?.respond(180);
    received[0]?.respond(486);
    received[0]?.respond(200);
    received[0]?.repeat();
    expect(statuses()).toEqual([180, 486, 486]);
    expect(new Set(sent.map(({ message }) => fieldOf(message, 'to')))).toEqual(
      new Set([`<sip:a@x>;tag=${received[0]?.toTag}`]),
    );
  });

  it('repeat nothing before they are answered', () => {
    const { receive, received, sent } = open();
    receive(incoming('INVITE', via));
    received[0]?.repeat();
    expect(sent).toEqual([]);
  });

  it('get 100 Trying where an INVITE waits', () => {
    const { receive, statuses } = open();
    receive(incoming('INVITE', via));
    receive(incoming('OPTIONS', `${via}y`));
    vi.advanceTimersByTime(200);
    expect(statuses()).toEqual([100]);
  });

  it('are told apart by sent-by and method (RFC 3261 §17.2.3)', () => {
    const { receive, received } = open();
    receive(incoming('INVITE', via));
    receive(incoming('INVITE', via.replace('192.0.2.1', '192.0.2.2')));
    receive(incoming('OPTIONS', via));
    receive(incoming('INVITE', via.toUpperCase().replace('Z9HG4BKX', 'z9hG4bKx')));
    expect(received.map((it) => it.method)).toEqual(['INVITE', 'INVITE', 'OPTIONS']);
  });

  it('of RFC 2543 peers are matched without a branch', () => {
    const { receive, received, statuses } = open();
    const bye = incoming('BYE', 'SIP/2.0/UDP 192.0.2.1');
    receive(bye);
    receive(bye);
    received[0]?.respond(200);
    expect(received).toHaveLength(1);
    expect(statuses()).toEqual([200]);
  });

  it.each([
    ['goes up', 200, 1],
    ['stays', 486, 0],
  ])('are followed by an ACK, which %s after %i', (_, status, expected) => {
    const { layer, receive, received, acks } = open();
    receive(incoming('INVITE', via));
    received[0]?.respond(status);
    receive(incoming('ACK', via));
    expect(received).toHaveLength(1);
    expect(acks).toHaveLength(expected);
    layer.close();
  });

  it('are followed by an ACK of a branch of its own after a 2xx', () => {
    const { receive, received, acks } = open();
    receive(incoming('INVITE', via));
    received[0]?.respond(200);
    receive(incoming('ACK', `${via}ack`));
    expect(acks).toHaveLength(1);
  });

  it('are answered to the port of their Via, or to where they came from where that is asked for', () => {
    const { layer, received, sent, flowTo } = open();
    const from = flowTo(placeAt('192.0.2.1', 'udp', 40_000));
    layer.receive(incoming('BYE', 'SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bK1'), from);
    layer.receive(incoming('BYE', 'SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bK2;rport=40000'), from);
    layer.receive(incoming('BYE', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3'), from);
    for (const request of received) request.respond(200);
    expect(sent.map(({ flow }) => flow.remote.port)).toEqual([5_070, 40_000, 5_060]);
  });

  it('are answered on their own connection, and on a new one where that is gone (RFC 3261 §18.2.2)', () => {
    const { layer, received, sent, flowTo } = open('tcp');
    const from = flowTo(placeAt('192.0.2.1', 'tcp', 40_000));
    layer.receive(incoming('BYE', 'SIP/2.0/TCP 192.0.2.1:5070;branch=z9hG4bK1;rport=40000'), from);
    received[0]?.respond(200);
    expect(sent.map(({ flow }) => flow.remote.port)).toEqual([40_000]);
    sent[0]?.fail(new Error('closed'));
    expect(sent.map(({ flow }) => flow.remote.port)).toEqual([40_000, 5_070]);
  });

  it('that are refused take no transaction', () => {
    const { layer, flow, sent } = open();
    layer.refuse(incoming('BYE', via), flow, 400, 'Malformed Via');
    expect(layer.size).toBe(0);
    expect(sent[0]?.message).toMatchObject({ status: 400, reason: 'Malformed Via' });
  });

  it('are bounded', () => {
    const { layer, receive, received } = open();
    for (let i = 0; i < 1_100; i++) receive(incoming('BYE', `${via}${i}`));
    expect(received).toHaveLength(1_024);
    vi.runAllTimers();
    expect(layer.size).toBe(0);
  });

  it.each([
    ['OPTIONS', 200],
    ['INVITE', 404],
  ])('push out the oldest that was answered, so that no flood of %s keeps others away', (method, status) => {
    const { layer, receive, received, sent } = open();
    receive(incoming('INVITE', `${via}-accepted`));
    received[0]?.respond(200);
    receive(incoming('BYE', `${via}-unanswered`));
    for (let i = 0; i < 1_100; i++) {
      receive(incoming(method, `${via}${i}`));
      received.at(-1)?.respond(status);
    }
    expect(received).toHaveLength(1_102);
    expect(layer.size).toBe(1_024);
    const answers = sent.length;
    receive(incoming('INVITE', `${via}-accepted`));
    receive(incoming('BYE', `${via}-unanswered`));
    receive(incoming(method, `${via}1099`));
    expect(received).toHaveLength(1_102);
    expect(sent).toHaveLength(answers + 1);
    vi.advanceTimersByTime(TIMEOUT);
    expect(layer.size).toBe(0);
  });
});

describe('a CANCEL that reaches us (RFC 3261 §9.2)', () => {
  const via = 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx';

  it('gets 200 with the To tag of its INVITE, which hears of it', () => {
    const { receive, received, sent } = open();
    receive(incoming('INVITE', via));
    const invite = received[0];
    const cancels: SipMessage[] = [];
    if (invite) invite.cancelled = (cancel) => cancels.push(cancel);
    invite?.respond(180);
    receive(incoming('CANCEL', via));
    receive(incoming('CANCEL', via));
    expect(cancels.map((it) => it.method)).toEqual(['CANCEL']);
    const [ringing, ok, again] = sent.map(({ message }) => message);
    expect([ok?.status, again?.status]).toEqual([200, 200]);
    expect(ok && fieldOf(ok, 'cseq')).toBe('1 CANCEL');
    expect(ok && fieldOf(ok, 'to')).toBe(ringing && fieldOf(ringing, 'to'));
    expect(received).toHaveLength(1);
  });

  it('changes nothing where the INVITE has its answer', () => {
    const { receive, received, statuses } = open();
    receive(incoming('INVITE', via));
    const cancelled = vi.fn();
    if (received[0]) received[0].cancelled = cancelled;
    received[0]?.respond(200);
    receive(incoming('CANCEL', via));
    expect(cancelled).not.toHaveBeenCalled();
    expect(statuses()).toEqual([200, 200]);
  });

  it('of nothing gets 481', () => {
    const { receive, statuses } = open();
    receive(incoming('OPTIONS', via));
    receive(incoming('CANCEL', via));
    expect(statuses()).toEqual([481]);
  });
});
