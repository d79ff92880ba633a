import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { giveUpMs, Unanswered, type UnansweredFacts, type UnansweredPlan, unansweredPlan } from './unanswered.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const facts = (more: Partial<UnansweredFacts> = {}): UnansweredFacts => ({
  hasOffer: true,
  answerMs: null,
  forwarding: null,
  ringingTimeoutS: 0,
  ringsOnce: false,
  ...more,
});

it.each<[string, Partial<UnansweredFacts>, Partial<UnansweredPlan>]>([
  ['an ordinary call', {}, { ringMs: 0, answerMs: null, forward: null, silentMs: null }],
  ['without an offer it is not heard at once', { hasOffer: false }, { ringMs: 100 }],
  ['what answers at once is not heard to ring', { answerMs: 0 }, { ringMs: 100, answerMs: 0 }],
  ['unless it rings once, and through the answer', { answerMs: 0, ringsOnce: true }, { ringMs: 0, answerMs: 0 }],
  ['without an offer not even then', { hasOffer: false, ringsOnce: true }, { ringMs: 100 }],
  ['what answers later is', { answerMs: 1_500 }, { ringMs: 0, answerMs: 1_500 }],
  [
    'seconds',
    { ringingTimeoutS: 30, forwarding: { target: 'sip:750@example.org', seconds: 20 } },
    { silentMs: 30_000, forward: { ms: 20_000, target: 'sip:750@example.org' } },
  ],
])('%s', (_, more, expected) => {
  expect(unansweredPlan(facts(more))).toMatchObject(expected);
});

describe('the clocks', () => {
  function started(more: Partial<UnansweredFacts>) {
    const done: string[] = [];
    const it = new Unanswered(unansweredPlan(facts(more)), {
      ring: () => done.push('ring'),
      answer: () => done.push('answer'),
      redirect: (target) => done.push(target),
      fallSilent: () => done.push('silence'),
      giveUp: () => done.push('end'),
    });
    it.start();
    return { it, done };
  }
  const all = {
    hasOffer: false,
    answerMs: 1_500,
    forwarding: { target: 'sip:750@example.org', seconds: 20 },
    ringingTimeoutS: 30,
  };

  it('the first that runs out is the only one, but for what is heard', async () => {
    const { done } = started(all);
    await vi.advanceTimersByTimeAsync(1_499);
    expect(done).toEqual(['ring']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(done).toEqual(['ring', 'answer']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('left to people it is forwarded', async () => {
    const { it, done } = started(all);
    it.leaveToPeople();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(done).toEqual(['ring', 'sip:750@example.org']);
  });

  it('a caller that has vanished is given up after ten minutes', async () => {
    const { done } = started({ ...all, answerMs: null, forwarding: null });
    await vi.advanceTimersByTimeAsync(giveUpMs - 1);
    expect(done).toEqual(['ring', 'silence']);
    await vi.advanceTimersByTimeAsync(1);
    expect(done).toEqual(['ring', 'silence', 'end']);
  });

  it('heard no more, it waits on', async () => {
    const { done } = started({ ...all, answerMs: null, ringingTimeoutS: 10 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(done).toEqual(['ring', 'silence', 'sip:750@example.org']);
  });

  it('stopped, nothing comes', async () => {
    const { it, done } = started(all);
    it.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(done).toEqual([]);
  });

  it('a time that no timer can take is as good as never', async () => {
    const { done } = started({ ringingTimeoutS: 2 ** 32 - 1 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(done).toEqual([]);
  });
});
