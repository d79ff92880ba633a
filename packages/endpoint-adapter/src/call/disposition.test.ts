import type { Forwarding } from '@thinline/shared/contract/types.ts';
import { describe, expect, it } from 'vitest';
import { type Disposition, disposition, type EarlierCall, type Facts, mostCalls } from './disposition.ts';
import { allDevices, defaultPolicy } from './policy.ts';

const call = (more: Partial<EarlierCall> = {}): EarlierCall => ({
  callId: 'old@example.org',
  callUuid: 'U1',
  incoming: true,
  lineId: 'line0',
  user: '701',
  engaged: false,
  ...more,
});

const facts = (more: Partial<Facts> = {}): Facts => ({
  callId: 'new@example.org',
  callUuid: '',
  lineId: 'line0',
  user: '701',
  fromServer: true,
  replaces: false,
  ownCall: false,
  autoAnswer: { answer: null, delayMs: null, required: false },
  calls: [],
  policy: defaultPolicy,
  headset: { ...defaultPolicy, useHeadset: false },
  devices: allDevices,
  watched: true,
  doNotDisturb: false,
  forwardings: [],
  ...more,
});

const policy = (more: Partial<Facts['policy']>) => ({ policy: { ...defaultPolicy, ...more } });
const auto = (delayMs: number | null = null, required = false) =>
  ({ autoAnswer: { answer: 'auto', delayMs, required } }) as const;
const manual = (required = false) => ({ autoAnswer: { answer: 'manual', delayMs: null, required } }) as const;
const forwarding = (kind: Forwarding['kind'], on = true): Forwarding => ({ kind, on, target: '750', seconds: 20 });

const ring: Disposition = { kind: 'ring' };
const answer = (afterMs: number): Disposition => ({ kind: 'answer', afterMs });
const refuse = (status: number): Disposition => ({ kind: 'refuse', status });
const redirect: Disposition = { kind: 'redirect', target: '750' };

const table = (rows: [string, Partial<Facts>, Disposition][]) =>
  it.each(rows)('%s', (_, more, expected) => expect(disposition(facts(more))).toEqual(expected));

describe('an INVITE that is there twice', () => {
  table([
    ['same Call-ID as an incoming call', { calls: [call({ callId: 'new@example.org' })] }, refuse(482)],
    ['same Call-ID on another line', { calls: [call({ callId: 'new@example.org', lineId: 'line1' })] }, refuse(482)],
    // One line of ours calls another one, through a proxy.
    ['same Call-ID as an outgoing call', { calls: [call({ callId: 'new@example.org', incoming: false })] }, ring],
    [
      'same UUID for the same user of another server',
      { callUuid: 'U1', calls: [call({ lineId: 'line1' })] },
      refuse(486),
    ],
    ['same UUID of the same server: a consultation', { callUuid: 'U1', calls: [call()] }, ring],
    [
      'same UUID for another user: two agents of one phone talk',
      { callUuid: 'U1', calls: [call({ lineId: 'line1', user: '702' })] },
      ring,
    ],
    ['same UUID as a call that we made', { callUuid: 'U1', calls: [call({ lineId: 'line1', incoming: false })] }, ring],
    ['no UUID on both', { callUuid: '', calls: [call({ callUuid: '', lineId: 'line1' })] }, ring],
    ['Replaces with the same UUID', { callUuid: 'U1', replaces: true, calls: [call({ lineId: 'line1' })] }, answer(0)],
    ['Replaces with the same Call-ID', { replaces: true, calls: [call({ callId: 'new@example.org' })] }, answer(0)],
  ]);
});

describe('busy', () => {
  const reject = policy({ rejectWhenBusy: true });
  const full = Array.from({ length: mostCalls }, (_, i) => call({ callId: String(i) }));
  table([
    ['one call, and that is no reason to refuse', { calls: [call()] }, ring],
    ['six calls, of a stranger: the rest is the server’s', { calls: full.slice(0, 6), fromServer: false }, refuse(486)],
    ['five calls, of a stranger', { calls: full.slice(0, 5), fromServer: false }, ring],
    ['eleven calls', { calls: full.slice(1) }, ring],
    ['one call, with rejection', { calls: [call()], ...reject }, refuse(486)],
    ['none, with rejection', reject, ring],
    ['one call of two', { calls: [call()], ...policy({ rejectWhenBusy: true, sessionsForBusy: 2 }) }, ring],
    [
      'a number of 0 means 1',
      { calls: [call()], ...policy({ rejectWhenBusy: true, sessionsForBusy: 0 }) },
      refuse(486),
    ],
    ['0 for no calls', policy({ rejectWhenBusy: true, sessionsForBusy: 0 }), ring],
    ['another status', { calls: [call()], ...policy({ rejectWhenBusy: true, busyStatus: 600 }) }, refuse(600)],
    ['no status', { calls: [call()], ...policy({ rejectWhenBusy: true, busyStatus: 0 }) }, refuse(486)],
    ['a status that is none', { calls: [call()], ...policy({ rejectWhenBusy: true, busyStatus: 302 }) }, refuse(486)],
    ['Replaces', { calls: [call()], replaces: true, ...reject }, answer(0)],
    ['a call of our own agent', { calls: [call()], ownCall: true, ...reject }, ring],
    ['more calls than there may be', { calls: full }, refuse(486)],
    ['more calls than there may be, for our own agent', { calls: full, ownCall: true }, refuse(486)],
    ['one less', { calls: full.slice(1) }, ring],
    [
      'it would answer by itself',
      { calls: [call()], ...policy({ rejectWhenBusy: true, autoAnswer: true }) },
      refuse(486),
    ],
  ]);
});

describe('do not disturb and forwarding', () => {
  table([
    ['do not disturb', { doNotDisturb: true }, refuse(480)],
    ['do not disturb, and it would answer by itself', { doNotDisturb: true, ...auto(0) }, refuse(480)],
    ['do not disturb for Replaces', { doNotDisturb: true, replaces: true }, answer(0)],
    ['do not disturb for a call of our own agent', { doNotDisturb: true, ownCall: true }, ring],
    ['all calls', { forwardings: [forwarding('ALWAYS')] }, redirect],
    ['all calls, before do not disturb', { doNotDisturb: true, forwardings: [forwarding('ALWAYS')] }, redirect],
    ['all calls, but it is off', { forwardings: [forwarding('ALWAYS', false)] }, ring],
    ['all calls, but not those of our own agent', { ownCall: true, forwardings: [forwarding('ALWAYS')] }, ring],
    ['all calls, but not what replaces one', { replaces: true, forwardings: [forwarding('ALWAYS')] }, answer(0)],
    ['while busy', { calls: [call()], forwardings: [forwarding('BUSY')] }, redirect],
    ['while busy, and it is not', { forwardings: [forwarding('BUSY')] }, ring],
    [
      'while busy, before it is refused',
      { calls: [call()], forwardings: [forwarding('BUSY')], ...policy({ rejectWhenBusy: true }) },
      redirect,
    ],
    [
      'while busy, of which the policy has its own idea',
      { calls: [call()], forwardings: [forwarding('BUSY')], ...policy({ sessionsForBusy: 2 }) },
      ring,
    ],
    ['without an answer: that is not decided yet', { forwardings: [forwarding('NO_ANSWER')] }, ring],
  ]);
});

describe('an answer without anybody', () => {
  const own = policy({ autoAnswer: true, autoAnswerDelayMs: 700 });
  table([
    ['asked for by the server', auto(), answer(0)],
    ['asked for by the server, after a while', auto(2_000), answer(2_000)],
    ['asked for by somebody else', { fromServer: false, ...auto(0) }, ring],
    ['our own policy', own, answer(700)],
    ['our own policy, but a stranger calls', { fromServer: false, ...own }, ring],
    ['both: the server’s delay', { ...own, ...auto(100) }, answer(100)],
    ['both, and the server says no delay', { ...own, ...auto() }, answer(0)],
    ['our own policy, but it is to be answered by hand', { ...own, ...manual() }, ring],
    ['by hand, required, and so it is', { ...own, ...manual(true) }, ring],
    ['our own policy, while a call rings', { ...own, calls: [call()] }, answer(700)],
    ['our own policy, while the agent talks', { ...own, calls: [call({ engaged: true })] }, ring],
    ['asked for by the server, while the agent talks', { ...auto(0), calls: [call({ engaged: true })] }, ring],
    ['required (RFC 5373)', auto(0, true), answer(0)],
    ['required by somebody else', { fromServer: false, ...auto(0, true) }, refuse(403)],
    ['required by somebody else, our own policy or not', { fromServer: false, ...own, ...auto(0, true) }, refuse(403)],
    ['required, while the agent talks', { ...auto(0, true), calls: [call({ engaged: true })] }, refuse(403)],
  ]);
});

describe('without the headset that is wanted', () => {
  const devices = { ...allDevices, headsetAvailable: false };
  const mandatory = { devices, headset: { useHeadset: true, rejectWithoutHeadset: true, noHeadsetStatus: 503 } };
  const wanted = { devices, headset: { ...mandatory.headset, rejectWithoutHeadset: false } };
  const own = policy({ autoAnswer: true, autoAnswerDelayMs: 700 });
  const mute = { devices: { ...devices, microphone: false } };
  table([
    ['it is refused', mandatory, refuse(503)],
    ['so it is when the server makes it for our own agent', { ...mandatory, ownCall: true }, refuse(503)],
    ['so it is when it would answer by itself', { ...mandatory, ...own, ...auto(0) }, refuse(503)],
    [
      'the status of a headset that is wanted goes before that of a busy phone',
      { ...mandatory, ...policy({ rejectWhenBusy: true }), calls: [call()] },
      refuse(503),
    ],
    ['what replaces a call goes on as that did', { ...mandatory, replaces: true }, answer(0)],
    ['who forwards all calls need not take any', { ...mandatory, forwardings: [forwarding('ALWAYS')] }, redirect],
    ['do not disturb goes before', { ...mandatory, doNotDisturb: true }, refuse(480)],
    ['it is there', { ...mandatory, devices: allDevices }, ring],
    ['it may be plugged in', wanted, ring],
    ['it may be plugged in, but nothing answers by itself', { ...wanted, ...own }, ring],
    ['nor because the server asks', { ...wanted, ...auto(0) }, ring],
    ['nor because the server insists (RFC 5373)', { ...wanted, ...auto(0, true) }, refuse(403)],
    ['none is wanted', { devices, ...own }, answer(700)],
    ['none is wanted, and there is no microphone', { ...mute, ...own }, ring],
    ['nor does the server open one that is not there', { ...mute, ...auto(0) }, ring],
  ]);
});

describe('while no desktop is connected', () => {
  const lost = { watched: false, ...policy({ whenLost: 'refuse' }) };
  const refused: Disposition = { kind: 'refuse', status: 480, reason: 'Desktop Not Connected' };
  table([
    ['it is refused, and told why', lost, refused],
    ['so it is when it would answer by itself', { ...lost, ...auto(0) }, refused],
    ['it rings where the policy takes calls all the same', { watched: false }, ring],
    ['it rings once a desktop is there', { ...lost, watched: true }, ring],
    ['a call of our own agent is taken', { ...lost, ownCall: true }, ring],
    ['what replaces a call goes on as that did', { ...lost, replaces: true }, answer(0)],
    ['who forwards all calls need not be there', { ...lost, forwardings: [forwarding('ALWAYS')] }, redirect],
    ['that goes before a busy phone', { ...lost, calls: [call()], forwardings: [forwarding('BUSY')] }, refused],
  ]);
});

it('rings where nothing else is said', () => {
  expect(disposition(facts())).toEqual(ring);
});
