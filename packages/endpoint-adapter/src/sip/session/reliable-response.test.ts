import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fieldOf } from '../message/message.ts';
import { field } from '../message/response.ts';
import { arrived } from '../testing/arrived.ts';
import { messageWith } from '../testing/message-with.ts';
import { TIMEOUT } from '../timers.ts';
import { ReliableResponse } from './reliable-response.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function ring() {
  const invite = arrived(messageWith('To: <sip:a@x>', 'CSeq: 5 INVITE'));
  const overdue = vi.fn();
  const parts = { fields: [field('contact', '<sip:a@y>')], body: { type: 'application/sdp', content: 'v=0' } };
  const reliable = new ReliableResponse(invite.request, 77, { status: 180, parts, offers: true }, overdue);
  reliable.start();
  return { ...invite, reliable, overdue };
}

describe('a reliable response (RFC 3262 §3)', () => {
  it('says so, and carries what it is given', () => {
    const { responses, reliable } = ring();
    const [ringing] = responses;
    if (!ringing) throw new Error('nothing was sent');
    expect(['require', 'rseq', 'contact'].map((name) => fieldOf(ringing, name))).toEqual(['100rel', '77', '<sip:a@y>']);
    expect([ringing.status, ringing.body, reliable.offers]).toEqual([180, 'v=0', true]);
    reliable.stop();
  });

  it('is repeated at T1, doubling, until it is overdue', () => {
    const { responses, overdue } = ring();
    const times: number[] = [];
    for (let before = 1; !overdue.mock.calls.length; vi.advanceTimersByTime(100)) {
      if (responses.length > before) times.push(Date.now());
      before = responses.length;
    }
    expect(times).toEqual([500, 1_500, 3_500, 7_500, 15_500, 31_500]);
    expect(overdue).toHaveBeenCalledTimes(1);
  });

  it('stops with its PRACK, or the final response', () => {
    const { reliable, responses, overdue, request } = ring();
    request.respond(486);
    vi.advanceTimersByTime(600);
    expect(responses.map(({ status }) => status)).toEqual([180, 486]);
    reliable.stop();
    vi.advanceTimersByTime(TIMEOUT);
    expect(overdue).not.toHaveBeenCalled();
  });

  it.each([
    ['77 5 INVITE', true],
    ['78 5 INVITE', false],
    ['77 4 INVITE', false],
    ['77 5 PRACK', false],
    ['77 5', false],
    ['', false],
  ])('is acknowledged by RAck %j: %s', (value, expected) => {
    const { reliable } = ring();
    expect(reliable.acknowledgedBy(messageWith(`RAck: ${value}`))).toBe(expected);
    reliable.stop();
  });
});
