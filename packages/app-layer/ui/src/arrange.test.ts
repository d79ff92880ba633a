import { blankCall } from '@thinline/shared/contract/blank.ts';
import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/panel/api.ts';
import { activeCall, alertingCall, arrange, isEngaged, nextHeld } from './arrange.ts';

const failed = { code: 'TL3006', message: '', cause: '', remedy: '', facts: {} };
const makeCall = (id: string, state: Call['state'], createdAtMs = 0, more: Partial<Call> = {}): Call =>
  blankCall({ id, state, createdAtMs, ...more });

const rooms = (calls: Call[], callLines: number) =>
  arrange(calls, callLines).map(({ call, room }) => `${call.id} ${room}`);

test('a call that rings or is talked on has all the room, those that wait little', () => {
  const calls = [
    makeCall('held', 'HELD', 1),
    makeCall('talk', 'TALKING', 2),
    makeCall('new', 'ALERTING', 3),
    makeCall('ended', 'RELEASED', 0),
  ];
  expect(rooms(calls, 9)).toEqual(['new full', 'talk full', 'held compact', 'ended compact']);
  expect(rooms([makeCall('failed', 'RELEASED', 0, { failure: failed })], 9)).toEqual(['failed full']);
});

test('more calls than there are lines for are a line each, but never one that rings', () => {
  const calls = ['a', 'b', 'c'].map((id, at) => makeCall(id, 'HELD', at));
  expect(rooms(calls, 1)).toEqual(['a compact', 'b line', 'c line']);
  const ringing = ['a', 'b', 'c'].map((id, at) => makeCall(id, 'ALERTING', at));
  expect(rooms(ringing, 1)).toEqual(['a full', 'b full', 'c full']);
});

describe('the call that is meant without a name', () => {
  test('is the one that is talked on, else one being made, else one that waits, and never one that has ended', () => {
    const ended = makeCall('ended', 'RELEASED');
    const held = makeCall('held', 'HELD', 1);
    const ringing = makeCall('ringing', 'ALERTING', 2);
    const talking = makeCall('talk', 'TALKING', 3);
    expect(activeCall([ended])).toBeUndefined();
    expect(activeCall([ended, held])?.id).toBe('held');
    expect(activeCall([held, ringing, talking])?.id).toBe('talk');
    expect(alertingCall([makeCall('later', 'ALERTING', 9), ringing, talking])?.id).toBe('ringing');
    expect(alertingCall([held])).toBeUndefined();
  });

  test('the next on hold goes round', () => {
    const [a, b, c] = [makeCall('a', 'HELD', 1), makeCall('b', 'TALKING', 2), makeCall('c', 'HELD', 3)];
    expect(nextHeld([a, b, c], b)?.id).toBe('c');
    expect(nextHeld([a, b, { ...c, state: 'TALKING' }], { ...c, state: 'TALKING' })?.id).toBe('a');
    expect(nextHeld([b], b)).toBeUndefined();
    expect(nextHeld([a], undefined)?.id).toBe('a');
  });
});

test('somebody would be put on hold only where somebody is at the ear', () => {
  expect(isEngaged([makeCall('a', 'HELD'), makeCall('b', 'ALERTING'), makeCall('c', 'RELEASED')])).toBe(false);
  expect(isEngaged([makeCall('a', 'REMOTE_HELD')])).toBe(true);
});
