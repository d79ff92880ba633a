import { expect, it } from 'vitest';
import { unreachable } from './unreachable.ts';

it.each([
  ['refuse', false, { status: 480, reason: 'Desktop Not Connected' }],
  ['refuse', true, null],
  ['accept', false, null],
  ['accept', true, null],
  // An app layer of before the option says nothing.
  ['', false, null],
])('calls_when_lost %j, watched: %s', (whenLost, watched, expected) => {
  expect(unreachable({ whenLost }, watched)).toEqual(expected);
});
