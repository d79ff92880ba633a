/** Header fields of subscriptions: Event, Subscription-State. */
import { describe, expect, it } from 'vitest';
import { readEvent, writeEvent } from './event-header.ts';
import { readSubscriptionState, resubscription, writeSubscriptionState } from './subscription-state.ts';

describe('Subscription-State', () => {
  it.each([
    ['active;expires=3600', { state: 'active', expires: 3_600, reason: '', retryAfter: null }],
    ['active', { state: 'active', expires: null, reason: '', retryAfter: null }],
    ['Pending ; Expires = 60', { state: 'pending', expires: 60, reason: '', retryAfter: null }],
    [
      'terminated;reason=Probation;retry-after=30',
      { state: 'terminated', expires: null, reason: 'probation', retryAfter: 30 },
    ],
    ['resting;expires=-1', { state: 'pending', expires: null, reason: '', retryAfter: null }],
  ])('reads %s', (value, expected) => {
    expect(readSubscriptionState(value)).toEqual(expected);
  });

  it.each(['', ';expires=1', 'two words'])('refuses %j', (value) => {
    expect(readSubscriptionState(value)).toBeNull();
  });

  it.each([
    [{ state: 'active', expires: 59, reason: '', retryAfter: null }, 'active;expires=59'],
    [{ state: 'terminated', expires: 0, reason: 'noresource', retryAfter: null }, 'terminated;reason=noresource'],
    [{ state: 'terminated', expires: null, reason: 'giveup', retryAfter: 5 }, 'terminated;reason=giveup;retry-after=5'],
  ] as const)('writes %j', (state, text) => {
    expect(writeSubscriptionState(state)).toBe(text);
  });

  it.each([
    ['terminated;reason=deactivated', 'now'],
    ['terminated;reason=timeout', 'now'],
    ['terminated;reason=probation', 'later'],
    ['terminated;reason=giveup;retry-after=10', 'later'],
    ['terminated;reason=giveup;retry-after=0', 'now'],
    ['terminated', 'later'],
    ['terminated;reason=rejected', 'never'],
    ['terminated;reason=noresource;retry-after=1', 'never'],
    ['terminated;reason=invariant', 'never'],
  ])('after %s subscribes %s', (value, expected) => {
    const state = readSubscriptionState(value);
    expect(state && resubscription(state)).toBe(expected);
  });
});

describe('Event', () => {
  it.each([
    ['talk', { name: 'talk', id: '' }],
    ['Refer;id=93809824', { name: 'refer', id: '93809824' }],
    ['presence.winfo ; ID = a ;x', { name: 'presence.winfo', id: 'a' }],
  ])('reads %s', (value, expected) => {
    expect(readEvent(value)).toEqual(expected);
  });

  it('is written with the id that it has', () => {
    expect(writeEvent({ name: 'refer', id: '1' })).toBe('refer;id=1');
    expect(writeEvent({ name: 'reg', id: '' })).toBe('reg');
  });

  it('is none without a token', () => {
    expect(readEvent('')).toBeNull();
    expect(readEvent('a b')).toBeNull();
  });
});
