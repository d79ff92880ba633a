import { blankAudio, blankCall, blankLine } from '@thinline/shared/contract/blank.ts';
import type { Call, Snapshot } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import { expect, test } from 'vitest';
import { makeSnapshot } from './fakes.ts';
import { pageView } from './page-view.ts';

const now = new Date(2026, 10, 22, 10, 45).getTime();
const view = (phone: Partial<Snapshot> = {}, refusing = false) =>
  pageView({ desktop: { connected: false, sinceMs: now }, refusing, phone: makeSnapshot(phone) }, now);

test('the desktop', () => {
  expect(view().desktop).toEqual({ connected: false, text: 'No desktop connected since 10:45.' });
  expect(view({}, true).desktop.text).toBe('No desktop connected since 10:45; calls that come are refused meanwhile.');
});

test.each<[Partial<Call>, string[]]>([
  [{ state: 'DIALING' }, ['Mute', 'Hang up']],
  [{ state: 'RINGING', muted: true }, ['Unmute', 'Hang up']],
  [{ state: 'ALERTING' }, ['Answer', 'Refuse']],
  [{ state: 'TALKING' }, ['Mute', 'Hold', 'Hang up']],
  [{ state: 'REMOTE_HELD' }, ['Mute', 'Hold', 'Hang up']],
  [{ state: 'HELD', muted: true }, ['Unmute', 'Resume', 'Hang up']],
  [{ state: 'RELEASED' }, []],
])('a call %j can be told %j', (call, labels) => {
  const [shown] = view({ calls: [blankCall({ id: 'c1', ...call })] }).calls;
  expect(shown?.buttons.map(({ label }) => label)).toEqual(labels);
  // Two buttons in one place would be one.
  expect(new Set(shown?.buttons.map(({ place }) => place)).size).toBe(labels.length);
});

test('a microphone that is muted for all calls can be given back, and is said to be muted', () => {
  const audio = blankAudio({ microphoneMuted: true });
  const { calls, sound } = view({ calls: [blankCall({ id: 'c1', state: 'TALKING' })], audio });
  expect(calls[0]?.buttons.map(({ label }) => label)).toEqual(['Unmute', 'Hold', 'Hang up']);
  expect(sound).toBe('microphone: none, muted, loudspeaker: none');
});

test('a call that rings stands out', () => {
  const calls = [blankCall({ id: 'c1', state: 'ALERTING' }), blankCall({ id: 'c2', state: 'TALKING' })];
  expect(view({ calls }).calls.map(({ rings }) => rings)).toEqual([true, false]);
});

test('lines, and what is wrong with them', () => {
  const wrong = failure('wrongPassword', { server: 'example.org', user: '701', status: 403 });
  const lines = [
    blankLine({ id: 'line0', address: 'sip:701@example.org', state: 'REGISTERED' }),
    blankLine({ id: 'line1', address: 'sips:702@example.org', state: 'FAILED', failure: wrong }),
  ];
  expect(view({ lines }).lines).toEqual([
    { id: 'line0', address: '701@example.org', text: 'Registered', trouble: '' },
    { id: 'line1', address: '702@example.org', text: 'Not registered', trouble: `${wrong.message} ${wrong.remedy}` },
  ]);
});

test('what is wrong with all of it', () => {
  const audio = makeSnapshot().audio;
  const sound = failure('noDevice', { kind: 'microphone', detail: 'None is plugged in' });
  const port = failure('portInUse', { min: 1, max: 2 });
  const notices = [
    { subject: 'port', failure: port },
    { subject: 'sound', failure: null },
  ];
  expect(view({ notices, audio: audio && { ...audio, failure: sound } }).troubles).toEqual([
    `${port.message} ${port.remedy}`,
    `${sound.message} ${sound.remedy}`,
  ]);
});
