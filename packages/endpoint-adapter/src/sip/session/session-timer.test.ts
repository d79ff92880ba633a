/** RFC 4028. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { messageWith } from '../testing/message-with.ts';
import { agreedByResponse, answerTimer, intervalAskedFor, requestFields, SessionTimer } from './session-timer.ts';

const lines = (fields: readonly { name: string; value: string }[]): string[] =>
  fields.map(({ name, value }) => `${name}: ${value}`);

describe('what is asked for', () => {
  it.each([
    [1_800, null, undefined, ['session-expires: 1800', 'min-se: 90']],
    [1_800, true, undefined, ['session-expires: 1800;refresher=uac', 'min-se: 90']],
    [90, false, undefined, ['session-expires: 90;refresher=uas', 'min-se: 90']],
    [3_600, null, 3_600, ['session-expires: 3600', 'min-se: 3600']],
  ])('%i s, %s, at least %s', (seconds, weRefresh, least, expected) => {
    expect(lines(requestFields(seconds, weRefresh, least))).toEqual(expected);
  });

  it.each([
    ['Min-SE: 3600', 3_600],
    ['Min-SE: 10', 90],
    ['Min-SE: 86400', 86_400],
    ['Min-SE: 86401', null],
    ['Subject: none', 90],
  ])('is raised by a 422 with %s to %s', (line, expected) => {
    expect(intervalAskedFor(messageWith(line))).toBe(expected);
  });
});

describe('what a 2xx settles', () => {
  it.each([
    ['1800;refresher=uac', { seconds: 1_800, weRefresh: true }],
    ['1800;refresher=uas', { seconds: 1_800, weRefresh: false }],
    // Nobody else has said that it would.
    ['1800', { seconds: 1_800, weRefresh: true }],
    ['89;refresher=uas', null],
    ['86401;refresher=uas', null],
    ['soon', null],
  ])('%s', (value, expected) => {
    expect(agreedByResponse(messageWith(`Session-Expires: ${value}`))).toEqual(expected);
  });

  it('is no timer where it says nothing', () => {
    expect(agreedByResponse(messageWith())).toBeNull();
  });
});

describe('what a request of the far end gets (§9)', () => {
  const answer = (...given: string[]) => {
    const got = answerTimer(messageWith(...given));
    return { ...got, fields: lines(got.fields) };
  };

  it.each([
    ['1800;refresher=uac', ['session-expires: 1800;refresher=uac', 'require: timer'], false],
    ['1800;refresher=uas', ['session-expires: 1800;refresher=uas'], true],
    ['1800', ['session-expires: 1800;refresher=uac', 'require: timer'], false],
  ])('%s, where it knows timers', (value, fields, weRefresh) => {
    const expected = { kind: 'taken', fields, interval: { seconds: 1_800, weRefresh } };
    expect(answer(`Session-Expires: ${value}`, 'Supported: replaces, Timer')).toEqual(expected);
    expect(answer(`Session-Expires: ${value}`, 'Require: timer')).toEqual(expected);
  });

  it('leaves refreshing to us where only a proxy knows timers', () => {
    expect(answer('Session-Expires: 600')).toEqual({
      kind: 'taken',
      fields: ['session-expires: 600;refresher=uas'],
      interval: { seconds: 600, weRefresh: true },
    });
  });

  it('refuses what is too short, but not to whom that says nothing', () => {
    expect(answer('Session-Expires: 60', 'Supported: timer')).toEqual({ kind: 'refused', fields: ['min-se: 90'] });
    expect(answer('Session-Expires: 60')).toEqual({
      kind: 'taken',
      fields: [],
      interval: { seconds: 90, weRefresh: true },
    });
  });

  it.each([['Subject: none'], ['Session-Expires: 100000'], ['Session-Expires: x']])('keeps no timer for %s', (line) => {
    expect(answer(line, 'Supported: timer')).toEqual({ kind: 'taken', fields: [], interval: null });
  });
});

describe('SessionTimer', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  const record = () => {
    const log: string[] = [];
    const note = (what: string) => () => void log.push(`${Date.now() / 1_000} ${what}`);
    return { log, timer: new SessionTimer({ refresh: note('refresh'), expired: note('expired') }) };
  };

  it('refreshes at half, and ends a little before the end (§10)', () => {
    const { log, timer } = record();
    timer.start({ seconds: 1_800, weRefresh: true });
    vi.runAllTimers();
    expect(log).toEqual(['900 refresh', '1768 expired']);
  });

  it('leaves the refreshing to the far end', () => {
    const { log, timer } = record();
    timer.start({ seconds: 90, weRefresh: false });
    vi.runAllTimers();
    expect(log).toEqual(['60 expired']);
  });

  it('begins anew with each refresh, and ends with the session', () => {
    const { log, timer } = record();
    timer.start({ seconds: 1_800, weRefresh: true });
    vi.advanceTimersByTime(1_000_000);
    timer.start({ seconds: 1_800, weRefresh: true });
    expect(timer.interval?.seconds).toBe(1_800);
    vi.advanceTimersByTime(1_000_000);
    expect(log).toEqual(['900 refresh', '1900 refresh']);
    timer.stop();
    vi.runAllTimers();
    expect(log).toHaveLength(2);
  });

  it('does nothing where none was agreed', () => {
    const { timer } = record();
    timer.start({ seconds: 1_800, weRefresh: true });
    timer.start(null);
    expect([timer.interval, vi.getTimerCount()]).toEqual([null, 0]);
  });
});
