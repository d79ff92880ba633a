import { expect, it } from 'vitest';
import { type Announcement, announcement, type OtherCalls } from './call-waiting.ts';

/** Other calls, ringing_while_call_held, callwait_tone_enabled. */
const rows: [others: OtherCalls, ringWhileHeld: boolean, callWaitingTone: boolean, Announcement][] = [
  ['none', false, false, 'ringing'],
  ['none', false, true, 'ringing'],
  ['none', true, false, 'ringing'],
  ['none', true, true, 'ringing'],
  ['held', true, true, 'ringing'],
  ['held', true, false, 'ringing'],
  ['held', false, true, 'callWaiting'],
  ['held', false, false, 'silence'],
  ['active', true, true, 'callWaiting'],
  ['active', false, true, 'callWaiting'],
  ['active', true, false, 'silence'],
  ['active', false, false, 'silence'],
];

it.each(rows)('%s, ring while held %o, call waiting %o: %s', (others, ringWhileHeld, callWaitingTone, expected) => {
  expect(announcement(others, { ringWhileHeld, callWaitingTone })).toBe(expected);
});
