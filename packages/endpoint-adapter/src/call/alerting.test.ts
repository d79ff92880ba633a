import type { AlertingSettings } from '@thinline/shared/contract/types.ts';
import { describe, expect, it } from 'vitest';
import { type Alert, type AlertingCall, alertFiles, alertsFor, beepsAtEnd, usualAlerting } from './alerting.ts';

const call = (state: AlertingCall['state'], more: Partial<AlertingCall> = {}): AlertingCall => ({
  id: 'c1',
  state,
  ring: '',
  early: 'none',
  quiet: false,
  answered: false,
  timedOut: false,
  rang: false,
  ...more,
});

const settings = (more: Partial<AlertingSettings> = {}): AlertingSettings => ({
  ringingMode: 1,
  ringingFile: 'headset.wav',
  systemRingingFile: 'system.wav',
  ringbackMode: 2,
  ringbackFile: 'back.wav',
  callWaitingTone: true,
  callWaitingFile: 'waiting.wav',
  ringWhileHeld: true,
  beeps: true,
  ...more,
});

/** "role tone file", with "once" where it is. */
const heard = (alerts: readonly Alert[]): string[] =>
  alerts.map(({ role, tone, file, loop }) => `${role} ${tone} ${file}${loop ? '' : ' once'}`);
const hears = (calls: AlertingCall[], more: Partial<AlertingSettings> = {}) => heard(alertsFor(calls, settings(more)));

const ringing = call('ALERTING');
const system = 'system ringing system.wav';
const headset = 'headset ringing headset.wav';
const ringer = 'ringer ringing headset.wav';
const waiting = 'headset callWaiting waiting.wav';
const back = 'headset ringback back.wav';

describe('a call that comes in', () => {
  it.each([
    [0, []],
    [1, [system]],
    [2, [headset]],
    [3, [system, headset]],
    [4, [ringer]],
    [5, [system, ringer]],
    [6, [`${headset} once`]],
    [7, [`${system} once`, `${headset} once`]],
  ])('ringing_enabled %i', (ringingMode, expected) => {
    expect(hears([ringing], { ringingMode })).toEqual(expected);
  });

  it.each<[string, Partial<AlertingCall>]>([
    ['is to be quiet', { quiet: true }],
    ['is answered', { answered: true }],
    ['has rung for long enough', { timedOut: true }],
    ['is over', { state: 'RELEASED' }],
  ])('is not heard where it %s', (_, more) => {
    for (const ringingMode of [1, 6]) expect(hears([call('ALERTING', more)], { ringingMode })).toEqual([]);
    expect(hears([call('TALKING', { id: 'c0' }), call('ALERTING', more)])).toEqual([]);
  });

  it.each<[string, AlertingCall[], Partial<AlertingSettings>, string[]]>([
    ['beside somebody who is talked to', [call('TALKING'), ringing], {}, [waiting]],
    ['beside somebody who holds us', [call('REMOTE_HELD'), ringing], {}, [waiting]],
    ['beside both', [call('TALKING'), call('HELD'), ringing], { ringWhileHeld: true }, [waiting]],
    ['beside a held one', [call('HELD'), ringing], {}, [system]],
    [
      'beside a held one, where that is no reason to ring',
      [call('HELD'), ringing],
      { ringWhileHeld: false },
      [waiting],
    ],
    ['beside one that is talked to, without call waiting', [call('TALKING'), ringing], { callWaitingTone: false }, []],
    ['beside another one that rings', [ringing, call('ALERTING', { id: 'c2' })], {}, [system]],
    ['while the far end of ours rings', [call('RINGING'), ringing], {}, [system, back]],
    ['while the far end of ours rings, both in the headset', [call('RINGING'), ringing], { ringingMode: 2 }, [headset]],
    ['while ours is on its way', [call('DIALING'), ringing], {}, [system]],
    ['call waiting has nothing to do with the mode', [call('TALKING'), ringing], { ringingMode: 0 }, [waiting]],
  ])('%s', (_, calls, more, expected) => {
    expect(hears(calls, more)).toEqual(expected);
  });

  it('is heard more quietly beside somebody who is talked to, and not all the time', () => {
    expect(alertsFor([call('TALKING'), ringing], settings())).toMatchObject([{ gain: 0.5, pauseMs: 4_000 }]);
  });

  it('rings as its server asks, whatever file there is', () => {
    const internal = call('ALERTING', { ring: 'urn:alert:source:internal' });
    expect(hears([internal], { ringingMode: 3 })).toEqual(['system ringing2 ', 'headset ringing2 ']);
    expect(hears([call('ALERTING', { ring: 'nothing that we know' })])).toEqual([system]);
  });
});

describe('a call that rings once', () => {
  const rang = (state: AlertingCall['state'], more: Partial<AlertingCall> = {}) => call(state, { rang: true, ...more });
  it.each<[string, AlertingCall, boolean]>([
    ['is answered', rang('ALERTING', { answered: true }), true],
    ['is talked on', rang('TALKING', { answered: true }), true],
    ['is held', rang('HELD', { answered: true }), true],
    ['has rung for long enough', rang('ALERTING', { timedOut: true }), true],
    ['rings beside', rang('ALERTING'), true],
    ['was answered before it could', call('TALKING', { answered: true }), false],
  ])('is heard to the end where it %s: %o', (_, it, expected) => {
    expect(hears([it], { ringingMode: 6 })).toEqual(expected ? [`${headset} once`] : []);
    expect(hears([it], { ringingMode: 7 })).toHaveLength(expected ? 2 : 0);
  });

  it('stays one and the same while anything else changes', () => {
    const keys = [ringing, rang('ALERTING'), rang('TALKING', { answered: true })].map((it) =>
      alertsFor([it], settings({ ringingMode: 7 })).map(({ key }) => key),
    );
    expect(new Set(keys.flat()).size).toBe(2);
  });

  it('is another one than the next, which rings too', () => {
    const alerts = alertsFor([rang('ALERTING'), call('ALERTING', { id: 'c2' })], settings({ ringingMode: 6 }));
    expect(alerts.map(({ callId }) => callId)).toEqual(['c1', 'c2']);
    expect(new Set(alerts.map(({ key }) => key)).size).toBe(2);
  });

  it('began in another mode, and is not heard anew', () => {
    expect(hears([call('TALKING', { answered: true })], { ringingMode: 6 })).toEqual([]);
  });
});

describe('a call whose far end rings', () => {
  const rows: [mode: number, none: string[], unreliable: string[], reliable: string[]][] = [
    [0, [], [], []],
    [1, [], [], []],
    [2, [back], [back], [back]],
    [3, [back], [back], []],
    [4, [], [], []],
    [5, [back], [back], [back]],
    [6, [back], [], []],
  ];
  it.each(rows)('ringback_enabled %i', (ringbackMode, none, unreliable, reliable) => {
    expect(hears([call('RINGING')], { ringbackMode })).toEqual(none);
    expect(hears([call('RINGING', { early: 'unreliable' })], { ringbackMode })).toEqual(unreliable);
    expect(hears([call('RINGING', { early: 'reliable' })], { ringbackMode })).toEqual(reliable);
  });

  it.each<AlertingCall['state']>(['DIALING', 'TALKING', 'HELD', 'RELEASED'])('%s: nothing rings back', (state) => {
    expect(hears([call(state)])).toEqual([]);
  });
});

it('beeps at the end of what was dialled or answered', () => {
  expect(beepsAtEnd({ direction: 'OUTGOING', connectedAtMs: 0 })).toBe(true);
  expect(beepsAtEnd({ direction: 'INCOMING', connectedAtMs: 1 })).toBe(true);
  expect(beepsAtEnd({ direction: 'INCOMING', connectedAtMs: 0 })).toBe(false);
});

it('knows which files there may be', () => {
  expect(alertFiles(settings({ ringbackFile: '' }))).toEqual(['headset.wav', 'system.wav', 'waiting.wav']);
  expect(alertFiles(usualAlerting)).toEqual([]);
});
