import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { arrived } from '../testing/arrived.ts';
import { messageWith } from '../testing/message-with.ts';
import { TIMEOUT } from '../timers.ts';
import { AcceptedInvite } from './accepted-invite.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function accept(patience = TIMEOUT) {
  const invite = arrived(messageWith('To: <sip:a@x>', 'CSeq: 5 INVITE'));
  const overdue = vi.fn();
  const accepted = new AcceptedInvite(invite.request, false, overdue);
  invite.request.respond(200);
  accepted.start(patience);
  return { ...invite, accepted, overdue };
}

it('repeats its 2xx at T1, doubling up to T2, until it is overdue', () => {
  const { responses, overdue } = accept();
  const times: number[] = [];
  for (let before = 1; !overdue.mock.calls.length; vi.advanceTimersByTime(100)) {
    if (responses.length > before) times.push(Date.now());
    before = responses.length;
  }
  expect(times.slice(0, 6)).toEqual([500, 1_500, 3_500, 7_500, 11_500, 15_500]);
  expect(times.at(-1)).toBe(31_500);
  expect(new Set(responses).size).toBe(1);
  expect(overdue).toHaveBeenCalledTimes(1);
});

it('stops with its ACK', () => {
  const { accepted, responses, overdue } = accept();
  vi.advanceTimersByTime(600);
  accepted.stop();
  vi.advanceTimersByTime(TIMEOUT);
  expect([responses.length, overdue.mock.calls.length]).toEqual([2, 0]);
});

it('waits as long as it is told to', () => {
  const { overdue } = accept(240_000);
  vi.advanceTimersByTime(239_999);
  expect(overdue).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(overdue).toHaveBeenCalledTimes(1);
});

it('is acknowledged with its own number only', () => {
  const { accepted } = accept();
  expect(accepted.acknowledgedBy(messageWith('CSeq: 5 ACK'))).toBe(true);
  expect(accepted.acknowledgedBy(messageWith('CSeq: 4 ACK'))).toBe(false);
  accepted.stop();
});
