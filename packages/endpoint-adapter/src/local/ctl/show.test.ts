import { blankCall, blankLine } from '@thinline/shared/contract/blank.ts';
import { failure } from '@thinline/shared/failures.ts';
import { expect, test } from 'vitest';
import { makeSnapshot } from '../fakes.ts';
import { stateText } from './show.ts';

const now = new Date(2026, 10, 22, 10, 45).getTime();

test('a phone at rest', () => {
  const state = { desktop: { connected: true, sinceMs: now }, refusing: false, phone: makeSnapshot() };
  expect(stateText(state, now)).toEqual([
    'desktop connected since 10:45',
    'no calls',
    'microphone: Poly mic, loudspeaker: none',
  ]);
});

test('calls, lines and what is wrong', () => {
  const wrong = failure('wrongPassword', { server: 'example.org', user: '701', status: 403 });
  const port = failure('portInUse', { min: 1, max: 2 });
  const phone = makeSnapshot({
    lines: [blankLine({ id: 'line0', address: 'sip:701@example.org', state: 'FAILED', failure: wrong })],
    calls: [blankCall({ id: 'c1', state: 'TALKING', muted: true, connectedAtMs: now })],
    notices: [{ subject: 'port', failure: port }],
  });
  expect(stateText({ desktop: { connected: false, sinceMs: now }, refusing: true, phone }, now)).toEqual([
    'no desktop connected since 10:45; calls that come are refused meanwhile',
    expect.stringMatching(/^TL2005: /),
    'line0  sip:701@example.org  not registered',
    expect.stringMatching(/^ {2}TL2001: /),
    'c1  outgoing  Unknown  talking, muted, since 10:45',
    'microphone: Poly mic, loudspeaker: none',
  ]);
});
