import { blankCall, blankLine } from '@thinline/shared/contract/blank.ts';
import type { Agent, Call, Mailbox } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { english, language } from './words/say.ts';
import {
  agentText,
  autoAnswerText,
  diversionsText,
  endReasonText,
  featuresText,
  isLoggedIn,
  isTransferring,
  mailboxText,
  referredText,
  transferText,
} from './words.ts';

afterEach(() => language.set(english));

const makeCall = (said: Partial<Call>): Call => blankCall({ id: 'one', ...said });
const sales = { uri: 'sip:700@example.org', number: '700', displayName: 'Sales' };
const ada = { uri: 'sip:701@example.org', number: '701', displayName: '' };
const nobody = { uri: '', number: '', displayName: '' };

describe('an agent', () => {
  const makeAgent = (said: Partial<Agent>): Agent => ({
    state: 'UNKNOWN',
    agentId: '',
    reason: '',
    pending: false,
    failure: null,
    ...said,
  });

  test.each<[Partial<Agent>, string, boolean]>([
    [{}, 'State unknown', false],
    [{ agentId: '7001' }, 'State unknown', true],
    [{ state: 'LOGGED_OUT', agentId: '7001' }, 'Logged out', false],
    [{ state: 'READY' }, 'Ready', true],
    [{ state: 'NOT_READY', reason: '2' }, 'Not ready, reason 2', true],
    [{ state: 'AFTER_CALL_WORK', pending: true }, 'After-call work, not confirmed yet', true],
  ])('%j is "%s", logged in: %s', (said, text, loggedIn) => {
    expect(agentText(makeAgent(said))).toBe(text);
    expect(isLoggedIn(makeAgent(said))).toBe(loggedIn);
  });
});

test('what becomes of calls to a line is told in order, and only what is on', () => {
  expect(featuresText(blankLine({ id: 'line0' }))).toBe('');
  const line = blankLine({
    id: 'line0',
    doNotDisturb: true,
    forwardings: [
      { kind: 'ALWAYS', on: false, target: '601', seconds: 0 },
      { kind: 'BUSY', on: true, target: 'sip:602@example.org', seconds: 0 },
      { kind: 'NO_ANSWER', on: true, target: '603', seconds: 15 },
    ],
  });
  expect(featuresText(line)).toBe(
    'do not disturb; forwarded when busy to 602; forwarded without an answer to 603, after 15 s',
  );
});

test.each<[Partial<Mailbox>, string]>([
  [{}, ''],
  [{ waiting: false, oldMessages: 4 }, ''],
  [{ waiting: true }, 'New messages'],
  [{ waiting: true, newMessages: 1 }, '1 new message'],
  [{ waiting: true, newMessages: 2, newUrgent: 1 }, '2 new messages, 1 of them urgent'],
])('the mailbox %j is "%s"', (said, text) => {
  const empty = { account: '', waiting: false, newMessages: 0, oldMessages: 0, newUrgent: 0, oldUrgent: 0 };
  expect(mailboxText({ ...empty, ...said })).toBe(text);
});

test('who a call was for, and who sent it, are told by the names that agents know', () => {
  expect(diversionsText(makeCall({}))).toBe('');
  const diversions = [
    { party: sales, reason: 'no-answer' },
    { party: ada, reason: '' },
    { party: nobody, reason: 'unknown' },
    { party: null, reason: 'busy' },
  ];
  expect(diversionsText(makeCall({ diversions }))).toBe(
    'For Sales, no answer; for 701; for somebody else; for somebody else, busy',
  );
  language.set({ ...english, tag: 'ja' });
  expect(diversionsText(makeCall({ diversions: diversions.slice(1, 3) }))).toBe('For 701；for somebody else');
  language.set(english);
  expect(referredText(makeCall({}))).toBe('');
  expect(referredText(makeCall({ referredBy: ada }))).toBe('Sent by 701');
});

test.each<[Call['transfer'], string, boolean]>([
  [null, '', false],
  [{ target: 'sip:604@example.org', status: 0, done: false, failure: null }, 'Transferring to 604', true],
  [{ target: '604', status: 100, done: false, failure: null }, 'Transferring to 604', true],
  [{ target: '604', status: 183, done: false, failure: null }, 'Transferring to 604, it rings there', true],
  [{ target: '604', status: 200, done: true, failure: null }, 'Transferred to 604', false],
  [{ target: '604', status: 486, done: true, failure: failure('transferFailed') }, '', false],
])('the transfer %j is "%s"', (transfer, text, lasts) => {
  expect(transferText(makeCall({ transfer }))).toBe(text);
  expect(isTransferring(transfer)).toBe(lasts);
});

describe('a call that answers by itself', () => {
  const call = makeCall({ state: 'ALERTING', createdAtMs: 10_000, autoAnswerAtMs: 11_500 });

  test.each([
    [10_000, 'Answers by itself in 2 s'],
    [10_600, 'Answers by itself in 1 s'],
    // Another clock than the endpoint's: never longer than it is meant to be, and never over before it is.
    [0, 'Answers by itself in 2 s'],
    [99_000, 'Answers by itself in 1 s'],
  ])('at %d says "%s"', (now, text) => {
    expect(autoAnswerText(call, now)).toBe(text);
  });

  test('says nothing once it is answered, or where it does not', () => {
    expect(autoAnswerText({ ...call, state: 'TALKING' }, 10_000)).toBe('');
    expect(autoAnswerText({ ...call, autoAnswerAtMs: 0 }, 10_000)).toBe('');
  });
});

test.each([
  ['', ''],
  ['SIP;cause=200;text="Call completed elsewhere"', 'Call completed elsewhere'],
  ['SIP ;cause=580 ; TEXT = "Precondition \\"x\\" failure"', 'Precondition "x" failure'],
  ['Q.850;cause=16;text="Normal call clearing"', ''],
  ['Q.850;cause=17;text="User busy"', 'User busy'],
  ['SIP;cause=200', ''],
  ['SIP;text="open', ''],
  [`SIP;text="${'x'.repeat(16_000)}"`, ''],
])('the reason %j says "%s"', (endReason, text) => {
  expect(endReasonText(makeCall({ endReason }))).toBe(text);
});
