import { expect, test } from 'vitest';
import { neighbour } from './focus.ts';

test.each([
  ['the call itself, while it is there', 'b', ['a', 'b'], 'b'],
  ['the one that took its place', 'b', ['a', 'c'], 'c'],
  ['the one before, where none follows', 'c', ['a', 'b'], 'b'],
  ['the one after next', 'a', ['c'], 'c'],
  ['a new one, where none of the old is left', 'b', ['x'], 'x'],
  ['nobody, where there is none', 'b', [], null],
])('%s', (_name, gone, now, next) => {
  expect(neighbour(['a', 'b', 'c'], gone, now)).toBe(next);
});

test('of a call that was never in the list, the first', () => {
  expect(neighbour([], 'z', ['a'])).toBe('a');
});
