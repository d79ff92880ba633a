import { blankCall } from '@thinline/shared/contract/blank.ts';
import { expect, test } from 'vitest';
import type { Call } from '../../src/panel/api.ts';
import { canComplete, canJoin, consultationOf, isJoined, readPair } from './consultation.ts';

const make = (id: string, state: Call['state'], more: Partial<Call> = {}): Call => blankCall({ id, state, ...more });
const pair = { first: 'a', second: 'b' };
const first = make('a', 'HELD');
const second = make('b', 'TALKING');
const asked = { target: '604', status: 0, done: false, failure: null };

test('it goes on while both calls live, are apart, and nobody is transferred', () => {
  expect(consultationOf(pair, [first, second])).toEqual({ first, second });
  expect(consultationOf(null, [first, second])).toBeNull();
  expect(consultationOf(pair, [first])).toBeNull();
  expect(consultationOf(pair, [first, make('b', 'RELEASED')])).toBeNull();
  expect(consultationOf(pair, [make('a', 'HELD', { transfer: asked }), second])).toBeNull();
  expect(
    consultationOf(pair, [make('a', 'TALKING', { conference: true }), make('b', 'TALKING', { conference: true })]),
  ).toBeNull();
});

test('it is joined when both are in the conference', () => {
  const inConference = { conference: true };
  expect(isJoined(pair, [make('a', 'TALKING', inConference), make('b', 'TALKING', inConference)])).toBe(true);
  expect(isJoined(pair, [make('a', 'TALKING', inConference), make('b', 'TALKING')])).toBe(false);
  expect(isJoined(pair, [make('a', 'TALKING', inConference)])).toBe(false);
});

test('it can be completed as soon as it rings there, and joined when it is answered', () => {
  const can = (state: Call['state']) => {
    const it = { first, second: make('b', state) };
    return [canComplete(it), canJoin(it)];
  };
  expect(can('DIALING')).toEqual([false, false]);
  expect(can('RINGING')).toEqual([true, false]);
  expect(can('TALKING')).toEqual([true, true]);
  expect(can('HELD')).toEqual([true, true]);
});

test.each([
  [null, null],
  ['null', null],
  ['{', null],
  ['"x"', null],
  ['{"first":"a"}', null],
  ['{"first":"a","second":1}', null],
  ['{"first":"a","second":"b","more":1}', pair],
])('what was kept as %j is %j', (text, it) => {
  expect(readPair(text)).toEqual(it);
});
