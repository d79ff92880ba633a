import { blankAudio, blankCall, blankLine } from '@thinline/shared/contract/blank.ts';
import type { Call, Line, Snapshot } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import { expect, test } from 'vitest';
import { blankLink, blankState } from '../endpoint/blank-state.ts';
import { agentsOf, agentsText, devicesText, stateText, volumeText } from './show.ts';

const now = 1_000_000;

const makePhone = (lines: Line[], calls: Call[] = []): Snapshot => ({
  endpoint: null,
  configurationRevision: '',
  lines,
  calls,
  audio: null,
  qualities: [],
  notices: [],
});

const up = blankLink({ state: 'up', placement: 'desk', channel: 'xrdp', reason: 'xrdp: a test' });
const linkLines = ['link  up', '  channel  xrdp: a test', '  sound  desk'];

const shown = (lines: Line[], calls: Call[] = [], released: Call[] = []): string[] =>
  stateText(blankState({ link: up, phone: makePhone(lines, calls), released }), now);

const line0 = blankLine({ id: 'line0', state: 'REGISTERED', address: 'sip:701@example.org' });

test('a plain line and a plain call are one line each', () => {
  const call = blankCall({
    id: 'c1',
    state: 'REMOTE_HELD',
    remote: { uri: 'sip:602@example.org', number: '602', displayName: '' },
    connectedAtMs: now - 61_000,
    codec: 'opus',
    muted: true,
    heldByRemote: true,
  });
  expect(shown([line0], [call])).toEqual([
    ...linkLines,
    'line0  sip:701@example.org  registered',
    'c1  outgoing  602  remote held  1:01  opus  muted  held by the far end',
  ]);
  expect(shown([line0]).at(-1)).toBe('no calls');
});

test('what a line does with calls, its agent, its mailbox and its appearances stand below it', () => {
  const line: Line = {
    ...line0,
    registeredAt: '192.0.2.1:5060',
    agent: { state: 'NOT_READY', agentId: '7001', reason: '2', pending: true, failure: failure('agentNoAnswer') },
    doNotDisturb: true,
    forwardings: [
      { kind: 'ALWAYS', on: false, target: '605', seconds: 0 },
      { kind: 'NO_ANSWER', on: true, target: 'sip:602@example.org', seconds: 20 },
    ],
    mailboxes: [{ account: 'sip:7000@a', waiting: true, newMessages: 2, oldMessages: 3, newUrgent: 1, oldUrgent: 0 }],
    appearances: [{ index: 1, state: 'ACTIVE' }],
  };
  expect(shown([line])).toEqual([
    ...linkLines,
    'line0  sip:701@example.org  registered  at 192.0.2.1:5060',
    '  agent  7001  not ready, reason 2, not confirmed yet',
    expect.stringMatching(/^ {2}TL2009: /),
    '  do not disturb',
    '  forwarded without an answer to 602, after 20 s',
    '  mailbox  sip:7000@a  new 2  old 3  urgent 1 0  waiting',
    '  appearance 1 active',
    'no calls',
  ]);
});

test('where a call comes from and where it goes stands below it', () => {
  const sales = { uri: 'sip:700@example.org', number: '700', displayName: 'Sales' };
  const call = blankCall({
    id: 'c1',
    state: 'ALERTING',
    direction: 'INCOMING',
    remote: { uri: 'sip:602@example.org', number: '602', displayName: '' },
    createdAtMs: now - 500,
    autoAnswerAtMs: now + 1000,
    diversions: [{ party: sales, reason: 'busy' }],
    referredBy: { uri: 'sip:603@example.org', number: '603', displayName: '' },
    appearance: 2,
  });
  expect(shown([], [call]).slice(linkLines.length)).toEqual([
    'c1  incoming  602  alerting  appearance 2',
    '  For Sales, busy',
    '  Sent by 603',
    '  Answers by itself in 1 s',
  ]);
});

test('a transfer is told while it lasts, when it failed, and when it is done', () => {
  const call = blankCall({
    id: 'c1',
    state: 'HELD',
    transfer: { target: '604', status: 180, done: false, failure: null },
  });
  const failed = failure('transferFailed', { target: '604', status: 486, reason: 'Busy Here' });
  expect(shown([], [call]).at(-1)).toBe('  Transferring to 604, it rings there');
  expect(
    shown([], [{ ...call, transfer: { target: '604', status: 486, done: true, failure: failed } }]).at(-1),
  ).toMatch(/^ {2}TL3016: The transfer to 604 failed; the call is back\. The target answered 486 Busy Here\./);
  const done = {
    ...call,
    state: 'RELEASED' as const,
    transfer: { target: '604', status: 200, done: true, failure: null },
  };
  expect(shown([], [], [done]).at(-1)).toBe('c1  outgoing  ended  Transferred to 604');
});

test('calls that ended are told where somebody said why', () => {
  const plain = blankCall({ id: 'c1', state: 'RELEASED' });
  const elsewhere = { ...plain, id: 'c2', endReason: 'SIP;cause=200;text="Call completed elsewhere"' };
  const busy = { ...plain, id: 'c3', failure: failure('callBusy', { target: '603', status: 486, reason: 'Busy' }) };
  expect(shown([], [], [plain, elsewhere, busy]).slice(linkLines.length + 1)).toEqual([
    'c2  outgoing  ended  Call completed elsewhere',
    expect.stringMatching(/^c3 {2}outgoing {2}ended {2}TL3006: /),
  ]);
});

test('agents are shown by line', () => {
  const agent = { state: 'READY' as const, agentId: '7001', reason: '', pending: false, failure: null };
  const phone = makePhone([line0, { ...line0, id: 'line1', agent }]);
  expect(agentsOf(phone, '')).toEqual([{ lineId: 'line1', agent }]);
  expect(agentsText(phone, '')).toEqual(['line1  agent  7001  ready']);
  expect(agentsOf(phone, 'line0')).toEqual([]);
  expect(agentsText(phone, 'line0')).toEqual([expect.stringContaining('agent_state')]);
});

test('the link says which way it goes, to what, and what is not there', () => {
  const endpoint = {
    epoch: 'e',
    host: 'desk',
    platform: 'linux-x64',
    productVersion: '1.2.0',
    pid: 1,
    endpointId: 'A',
  };
  const talking = blankCall({ id: 'c1', state: 'TALKING', connectedAtMs: now - 61_000 });
  const state = blankState({
    link: { ...up, notices: [failure('internal', { detail: 'a test' })] },
    phone: { ...makePhone([]), endpoint },
    elsewhere: [{ endpointId: 'B', host: 'kitchen', calls: [talking], sinceMs: now }],
    unavailable: { conference: 'It cannot.' },
  });
  expect(stateText(state, now)).toEqual([
    ...linkLines,
    '  adapter  1.2.0  on desk  linux-x64',
    expect.stringMatching(/^ {2}TL9001: .*a test/i),
    'still on a call at kitchen, when it was last heard of',
    '  c1  outgoing  talking  1:01',
    'not here  conference  It cannot.',
    'no calls',
  ]);
});

test('sound in the desktop is said to be there', () => {
  const link = { ...up, channel: 'desktop', placement: 'inside the desktop', inDesktop: true };
  expect(stateText(blankState({ link }), now)).toEqual([
    'link  up',
    '  channel  desktop',
    '  sound  inside the desktop',
  ]);
});

test('a link that is down says why', () => {
  const why = failure('endpointUnreachable', { detail: 'a test' });
  const link = { ...up, state: 'lost' as const, failure: why };
  expect(stateText(blankState({ link }), now)).toEqual([
    expect.stringMatching(/^link {2}lost {2}TL1001: .*a test/),
    '  channel  xrdp: a test',
  ]);
});

test('devices that are used, chosen or ring are marked', () => {
  const device = { id: 'd', name: 'Headset', isDefault: true } as const;
  const audio = blankAudio({
    driverReason: 'a test',
    devices: [
      { ...device, kind: 'CAPTURE' },
      { ...device, kind: 'PLAYBACK', isDefault: false },
    ],
    captureId: 'd',
    chosenPlaybackId: 'd',
    ringerId: 'd',
    codecs: ['opus', 'PCMU'],
  });
  expect(devicesText({ ...makePhone([]), audio })).toEqual([
    'a test',
    'capture  Headset  d  default  in use',
    'playback  Headset  d  chosen  rings',
    'codecs  opus PCMU',
  ]);
  expect(devicesText(makePhone([]))).toEqual(['no sound yet']);
});

test('volumes are a line each', () => {
  const audio = blankAudio({ microphoneVolume: 80, microphoneMuted: true });
  expect(volumeText({ ...makePhone([]), audio })).toEqual(['microphone  80  muted', 'speaker  100']);
});
