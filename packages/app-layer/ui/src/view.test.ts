import { blankCall, blankLine } from '@thinline/shared/contract/blank.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { blankLink } from '../../src/endpoint/blank-state.ts';
import type { Agent, Call, Line } from '../../src/panel/api.ts';
import { english, language } from '../../src/words/say.ts';
import {
  agentTone,
  announcement,
  callActions,
  callDurationText,
  callerText,
  callHistory,
  callStateText,
  conferenceAction,
  documentTitle,
  elsewhereText,
  joinable,
  levelShare,
  levelText,
  lineAnnouncement,
  lineView,
  linkText,
  linkTone,
  numberText,
  redirectionText,
  standing,
} from './view.ts';

afterEach(() => language.set(english));

const busy = { code: 'TL3006', message: '602 is busy.', cause: 'It said so.', remedy: 'Try again later.', facts: {} };

const asked = { target: 'sip:604@example.org', status: 0, done: false, failure: null };

const makeCall = (more: Partial<Call> = {}): Call =>
  blankCall({
    id: 'one',
    state: 'TALKING',
    remote: { uri: 'sip:602@example.org', number: '602', displayName: '' },
    createdAtMs: 1,
    ...more,
  });

const makeLine = (more: Partial<Line> = {}): Line =>
  blankLine({ id: 'line0', state: 'REGISTERED', address: 'sip:701@example.org', ...more });

describe('who is at the far end', () => {
  test.each([
    [{ uri: 'sip:602@example.org', number: '602', displayName: 'Grace' }, 'Grace', '602'],
    [{ uri: 'sip:602@example.org', number: '602', displayName: '' }, '602', ''],
    [{ uri: 'sip:example.org', number: '', displayName: '' }, 'example.org', ''],
    [{ uri: 'sips:a@example.org', number: '', displayName: 'Grace' }, 'Grace', 'a@example.org'],
    [null, 'Unknown', ''],
  ])('%j is %s %s', (remote, caller, number) => {
    expect(callerText(makeCall({ remote }))).toBe(caller);
    expect(numberText(makeCall({ remote }))).toBe(number);
  });
});

const talkActions = ['mute', 'hold', 'keypad', 'transfer', 'addCall', 'hangUp'];

test.each([
  [{ state: 'DIALING' }, 'Calling', ['hangUp']],
  [{ state: 'RINGING' }, 'Ringing there', ['hangUp']],
  [{ state: 'RINGING', earlyMedia: true }, 'Ringing, with sound from there', ['keypad', 'hangUp']],
  [{ state: 'ALERTING' }, 'Incoming call', ['answer', 'reject']],
  [{ state: 'TALKING' }, 'Talking', talkActions],
  [{ state: 'TALKING', muted: true }, 'Talking, muted', ['unmute', 'hold', 'keypad', 'transfer', 'addCall', 'hangUp']],
  [{ state: 'TALKING', conference: true }, 'In conference', talkActions],
  [{ state: 'HELD' }, 'On hold', ['resume', 'transfer', 'hangUp']],
  [{ state: 'HELD', heldByRemote: true }, 'On hold, on both sides', ['resume', 'transfer', 'hangUp']],
  [{ state: 'REMOTE_HELD' }, 'Put on hold by the other side', talkActions],
  [{ transfer: { ...asked, status: 180 } }, 'Talking', ['mute', 'hold', 'keypad', 'addCall', 'hangUp']],
  [{ state: 'HELD', transfer: asked }, 'On hold', ['resume', 'hangUp']],
  [{ state: 'HELD', transfer: { ...asked, failure: busy } }, 'On hold', ['resume', 'transfer', 'hangUp']],
  [{ state: 'RELEASED' }, 'Ended', []],
  [{ state: 'RELEASED', failure: busy }, 'Failed', []],
] satisfies [Partial<Call>, string, string[]][])('%j says %s and offers %j', (more, words, actions) => {
  expect(callStateText(makeCall(more))).toBe(words);
  expect(callActions(makeCall(more))).toEqual(actions);
});

test('the duration runs from the answer to the end', () => {
  expect(callDurationText(makeCall(), 50_000)).toBe('');
  expect(callDurationText(makeCall({ connectedAtMs: 10_000 }), 50_000)).toBe('0:40');
  expect(callDurationText(makeCall({ connectedAtMs: 10_000, releasedAtMs: 15_000 }), 50_000)).toBe('0:05');
});

test('redirections are told in order, as numbers', () => {
  expect(redirectionText(makeCall())).toBe('');
  const redirections = [
    { target: 'sip:601@example.org', status: 302 },
    { target: '604', status: 181 },
  ];
  expect(redirectionText(makeCall({ redirections }))).toBe('Sent on to 601, then 604');
});

test('the history of a call is told in order, and the reason of its end only where no failure says it', () => {
  const party = { uri: 'sip:700@example.org', number: '700', displayName: 'Sales' };
  const call = makeCall({
    diversions: [{ party, reason: 'busy' }],
    referredBy: { uri: 'sip:603@example.org', number: '603', displayName: '' },
    redirections: [{ target: '604', status: 181 }],
    transfer: asked,
    endReason: 'SIP;cause=200;text="Call completed elsewhere"',
  });
  const history = ['For Sales, busy', 'Sent by 603', 'Sent on to 604', 'Transferring to 604'];
  expect(callHistory(makeCall())).toEqual([]);
  expect(callHistory(call)).toEqual(history);
  expect(callHistory({ ...call, state: 'RELEASED' })).toEqual([...history, 'Call completed elsewhere']);
  expect(callHistory({ ...call, state: 'RELEASED', failure: busy })).toEqual(history);
});

test('a conference begins where there are two to join, and ends where there is one', () => {
  const talking = makeCall({ state: 'TALKING' });
  expect(conferenceAction([talking, makeCall({ state: 'RINGING' })])).toBeNull();
  expect(conferenceAction([talking, makeCall({ state: 'HELD' })])).toBe('begin');
  expect(conferenceAction([{ ...talking, conference: true }, makeCall({ state: 'HELD' })])).toBe('end');
});

test('a call is joined with others that have somebody at the far end', () => {
  const call = makeCall();
  const others = (['DIALING', 'RINGING', 'ALERTING', 'TALKING', 'HELD', 'REMOTE_HELD', 'RELEASED'] as const).map(
    (state) => makeCall({ id: state, state }),
  );
  expect(joinable(call, [call, ...others]).map(({ id }) => id)).toEqual(['RINGING', 'TALKING', 'HELD', 'REMOTE_HELD']);
  expect(joinable(call, [call])).toEqual([]);
});

test.each([
  [{ state: 'REGISTERED' }, { tone: 'ok', state: 'Registered', retry: '', register: '' }],
  [{ state: 'REGISTERING' }, { tone: 'busy', state: 'Registering', retry: '', register: '' }],
  [{ state: 'UNREGISTERING' }, { tone: 'busy', state: 'Unregistering', retry: '', register: '' }],
  [{ state: 'UNREGISTERED' }, { tone: 'idle', state: 'Not registered', retry: '', register: 'Register the line' }],
  [{ state: 'STANDALONE' }, { tone: 'ok', state: 'Ready, without registration', retry: '', register: '' }],
  [{ state: 'FAILED' }, { tone: 'bad', state: 'Not registered', retry: '', register: 'Try now' }],
  [
    { state: 'FAILED', retryAtMs: 12_500 },
    { tone: 'bad', state: 'Not registered', retry: 'Next try in 0:12', register: 'Try now' },
  ],
] satisfies [Partial<Line>, object][])('the line %j is %j', (more, view) => {
  expect(lineView(makeLine(more), 1_000)).toEqual(view);
});

test('the link is named', () => {
  const link = blankLink({ state: 'up', placement: 'desk-17' });
  expect(linkText(link)).toBe('Sound on desk-17');
  expect(linkText({ ...link, channel: 'local', placement: 'this machine' })).toBe('Sound on this machine');
  expect(linkText({ ...link, channel: 'xrdp' })).toBe('Sound where you sit');
  expect(linkText({ ...link, inDesktop: true })).toBe('Sound inside the virtual desktop');
  expect(linkText({ ...link, state: 'lost' })).toBe('Phone unreachable');
  expect(linkTone(link)).toBe('ok');
  expect(linkTone({ ...link, inDesktop: true })).toBe('busy');
  expect(linkTone({ ...link, state: 'connecting' })).toBe('busy');
  expect(linkTone({ ...link, state: 'refused' })).toBe('bad');
});

test('calls that were left at another endpoint are named', () => {
  const calls = [makeCall({}), makeCall({ id: 'two' })];
  const caller = callerText(makeCall({}));
  expect(elsewhereText('desk-17', calls)).toBe(`You are still on a call with ${caller} and ${caller} at desk-17.`);
});

test('all calls are told in a sentence', () => {
  expect(standing([])).toBe('No calls');
  expect(standing([makeCall(), makeCall({ state: 'HELD' })])).toBe('602: Talking. 602: On hold');
});

test('the title tells the call that matters most', () => {
  const held = makeCall({ state: 'HELD' });
  const ringing = makeCall({ id: 'two', state: 'RINGING' });
  const talking = makeCall({ id: 'three' });
  const alerting = makeCall({ id: 'four', state: 'ALERTING' });
  expect(documentTitle([])).toBe('Thinline');
  expect(documentTitle([makeCall({ state: 'RELEASED' })])).toBe('Thinline');
  expect(documentTitle([held])).toBe('602 – on hold');
  expect(documentTitle([held, ringing])).toBe('602 – calling');
  expect(documentTitle([held, ringing, talking])).toBe('602 – talking');
  expect(documentTitle([held, ringing, talking, alerting])).toBe('☎ 602 rings');
});

describe('what a screen reader says', () => {
  const said = (before: Call[], now: Call[]) => announcement(before, now).rest;

  test('a new call, and each change of it', () => {
    expect(announcement([], [makeCall({ state: 'ALERTING' })])).toEqual({ incoming: '602: Incoming call', rest: '' });
    expect(said([makeCall()], [makeCall({ state: 'HELD' })])).toBe('602: On hold');
    expect(said([makeCall()], [makeCall({ state: 'RELEASED', failure: busy })])).toBe('602: Failed. 602 is busy.');
  });
  test('how a transfer goes, and that a call answers by itself, once', () => {
    const transfer = { ...asked, status: 180 };
    expect(said([makeCall()], [makeCall({ transfer })])).toBe('602: Talking. Transferring to 604, it rings there');
    expect(said([makeCall({ transfer })], [makeCall({ transfer: { ...transfer, failure: busy } })])).toBe(
      '602: Talking. 602 is busy.',
    );
    const alerting = makeCall({ state: 'ALERTING', createdAtMs: 1, autoAnswerAtMs: 1501 });
    expect(announcement([], [alerting]).incoming).toBe('602: Incoming call. It answers by itself');
  });
  test.each([
    [
      'en',
      '602: Failed. 602 is busy. 602: Talking. Sent on to 601, then 604',
      '701: Not ready, reason 2. do not disturb',
    ],
    [
      'ar',
      '602: Failed. 602 is busy. 602: Talking. Sent on to 601، then 604',
      '701: Not ready، reason 2. do not disturb',
    ],
    [
      'ja',
      '602：Failed。602 は話中です。602：Talking。Sent on to 601、then 604',
      '701：Not ready、reason 2。do not disturb',
    ],
  ])('in %s with its own marks, and never two of them', (tag, ofCalls, ofLines) => {
    const japanese = { message: '602 は話中です。', cause: '', remedy: '' };
    language.set({ ...english, tag, failures: tag === 'ja' ? { TL3006: japanese } : {} });
    const redirections = ['601', '604'].map((target) => ({ target: `sip:${target}@example.org`, status: 302 }));
    const now = [makeCall({ state: 'RELEASED', failure: busy }), makeCall({ id: 'two', redirections })];
    expect(said([], now)).toBe(ofCalls);
    const line = makeLine({ agent: makeAgent({ reason: '2' }), doNotDisturb: true });
    expect(lineAnnouncement([makeLine()], [line])).toBe(ofLines);
  });
  test('nothing for what stays, for digits, or for calls that leave the list', () => {
    expect(said([makeCall()], [makeCall()])).toBe('');
    expect(said([makeCall()], [makeCall({ dtmfSent: '1' })])).toBe('');
    expect(said([makeCall({ state: 'RELEASED' })], [])).toBe('');
  });
});

const makeAgent = (more: Partial<Agent> = {}): Agent => ({
  state: 'NOT_READY',
  agentId: '7001',
  reason: '',
  pending: false,
  failure: null,
  ...more,
});

test.each<[Partial<Agent>, string]>([
  [{}, 'idle'],
  [{ state: 'READY' }, 'ok'],
  [{ state: 'READY', pending: true, failure: busy }, 'busy'],
  [{ state: 'READY', failure: busy }, 'bad'],
])('the agent %j looks %s', (more, tone) => {
  expect(agentTone(makeAgent(more))).toBe(tone);
});

describe('what a screen reader says of lines', () => {
  const ready = makeLine({ agent: makeAgent({ state: 'READY' }) });

  test('what changed, and nothing of what it says for the first time', () => {
    expect(lineAnnouncement([], [ready])).toBe('');
    expect(lineAnnouncement([ready], [ready])).toBe('');
    expect(lineAnnouncement([makeLine({ agent: makeAgent() })], [ready])).toBe('701: Ready');
    expect(lineAnnouncement([ready], [{ ...ready, agent: makeAgent({ state: 'READY', failure: busy }) }])).toBe(
      '701: 602 is busy.',
    );
    const quiet = { ...ready, doNotDisturb: true };
    expect(lineAnnouncement([ready], [quiet])).toBe('701: do not disturb');
    expect(lineAnnouncement([quiet], [ready])).toBe('701: calls ring here');
    const box = { account: '', waiting: true, newMessages: 2, oldMessages: 0, newUrgent: 0, oldUrgent: 0 };
    expect(lineAnnouncement([ready], [{ ...ready, mailboxes: [box] }])).toBe('701: 2 new messages');
  });
});

test('levels fill the meter from -60 dBFS to 0', () => {
  expect(levelShare(-127)).toBe(0);
  expect(levelShare(-30)).toBe(0.5);
  expect(levelShare(0)).toBe(1);
  expect(levelShare(3)).toBe(1);
  expect(levelText(-127)).toBe('silent');
  expect(levelText(-19.6)).toBe('-20 dB');
});
