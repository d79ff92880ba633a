import { blankCall, blankLine } from '@thinline/shared/contract/blank.ts';
import type { Call, Line } from '@thinline/shared/contract/types.ts';
import { expect, test } from 'vitest';
import { makeSnapshot } from './fakes.ts';
import { callText, desktopText, lineText, partyText, soundText, timeText } from './words.ts';

const at = (hours: number, minutes: number, day = 22): number => new Date(2026, 10, day, hours, minutes, 30).getTime();
const now = at(10, 45);

test.each([
  [at(10, 41), '10:41'],
  [at(0, 5), '00:05'],
  [at(23, 59, 21), '2026-11-21 23:59'],
])('%d is %s', (ms, text) => {
  expect(timeText(ms, now)).toBe(text);
});

test('the desktop, and what becomes of calls without it', () => {
  const lost = { connected: false, sinceMs: at(10, 41) };
  expect(desktopText(lost, false, now)).toBe('No desktop connected since 10:41');
  expect(desktopText(lost, true, now)).toBe('No desktop connected since 10:41; calls that come are refused meanwhile');
  expect(desktopText({ ...lost, connected: true }, false, now)).toBe('Desktop connected since 10:41');
});

test.each([
  [null, 'Unknown'],
  [{ uri: 'sip:602@example.org', number: '602', displayName: 'Ada' }, 'Ada'],
  [{ uri: 'sip:602@example.org', number: '602', displayName: '' }, '602'],
  [{ uri: 'sip:example.org', number: '', displayName: '' }, 'example.org'],
])('%j is called %s', (party, text) => {
  expect(partyText(party)).toBe(text);
});

test.each<[Partial<Call>, string]>([
  [{ state: 'DIALING' }, 'Calling'],
  [{ state: 'RINGING', muted: true }, 'Ringing there, muted'],
  [{ state: 'ALERTING' }, 'Incoming call'],
  [{ state: 'TALKING', connectedAtMs: at(10, 40) }, 'Talking, since 10:40'],
  [{ state: 'TALKING', muted: true, connectedAtMs: at(10, 40) }, 'Talking, muted, since 10:40'],
  [{ state: 'TALKING', conference: true }, 'In conference'],
  [{ state: 'HELD', conference: true }, 'On hold'],
  [{ state: 'REMOTE_HELD' }, 'Put on hold by the other side'],
])('a call %j is "%s"', (call, text) => {
  expect(callText(blankCall({ id: 'c1', ...call }), now)).toBe(text);
});

test.each<[Partial<Line>, string]>([
  [{ state: 'REGISTERED' }, 'Registered'],
  [{ state: 'FAILED' }, 'Not registered'],
  [{ state: 'STANDALONE', doNotDisturb: true }, 'Ready, without registration, do not disturb'],
])('a line %j is "%s"', (line, text) => {
  expect(lineText(blankLine({ id: 'line0', ...line }))).toBe(text);
});

test('what is spoken and heard with', () => {
  expect(soundText(makeSnapshot({ audio: null }))).toBe('no sound yet');
  expect(soundText(makeSnapshot())).toBe('microphone: Poly mic, loudspeaker: none');
});
