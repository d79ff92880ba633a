import { describe, expect, it } from 'vitest';
import { type AnswerPolicy, answerPolicy, type DevicesAtHand } from './answer-policy.ts';

const all: DevicesAtHand = { headsetAvailable: true, microphone: true, loudspeaker: true };
/** Only what stands in for a headset. */
const fallback: DevicesAtHand = { ...all, headsetAvailable: false };
const deaf: DevicesAtHand = { ...fallback, microphone: false };
const dumb: DevicesAtHand = { ...fallback, loudspeaker: false };
const none: DevicesAtHand = { headsetAvailable: false, microphone: false, loudspeaker: false };

const automatic: AnswerPolicy = { incoming: 'automatic', outgoing: 'allowed', shouldAnswer: 'true', status: 0 };
const manual: AnswerPolicy = { incoming: 'manual', outgoing: 'allowed', shouldAnswer: 'unknown', status: 0 };
const rejected: AnswerPolicy = { incoming: 'rejected', outgoing: 'blocked', shouldAnswer: 'false', status: 480 };

/** use_headset, devices, reject_session_when_headset_na, auto_answer. */
const rows: [useHeadset: boolean, devices: DevicesAtHand, reject: boolean, autoAnswer: boolean, AnswerPolicy][] = [
  [true, all, true, true, automatic],
  [true, all, false, true, automatic],
  [true, all, true, false, manual],
  [true, all, false, false, manual],
  [true, fallback, true, true, rejected],
  [true, fallback, true, false, rejected],
  [true, none, true, true, rejected],
  [true, fallback, false, true, manual],
  [true, fallback, false, false, manual],
  [true, none, false, true, manual],
  [false, all, true, true, automatic],
  [false, fallback, true, true, automatic],
  [false, fallback, false, true, automatic],
  [false, fallback, true, false, manual],
  [false, fallback, false, false, manual],
  ...[deaf, dumb, none].flatMap((devices): typeof rows => [
    [false, devices, true, true, manual],
    [false, devices, false, true, manual],
    [false, devices, true, false, manual],
    [false, devices, false, false, manual],
  ]),
];

it.each(rows)('use_headset %o, %o, reject %o, auto_answer %o', (useHeadset, devices, reject, autoAnswer, expected) => {
  const rule = { useHeadset, rejectWithoutHeadset: reject, noHeadsetStatus: 480 };
  expect(answerPolicy(autoAnswer, rule, devices)).toEqual(expected);
});

describe('the status without a headset', () => {
  it.each([
    [400, 400],
    [486, 486],
    [699, 699],
    [399, 480],
    [700, 480],
    [200, 480],
    [302, 480],
    [0, 480],
  ])('%i: %i', (noHeadsetStatus, status) => {
    const rule = { useHeadset: true, rejectWithoutHeadset: true, noHeadsetStatus };
    expect(answerPolicy(false, rule, fallback).status).toBe(status);
  });
});
