import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findFirstMatch, findMatch, matchName, readPattern } from './name-pattern.ts';

const fit = (text: string, name: string) => matchName(readPattern(text).pattern, name);
const self = (name: string) => [name];

it.each([
  ['*', 'anything', 3],
  ['*', '', 3],
  ['jabra evolve', 'Jabra Evolve', 3],
  ['Evolve', 'Jabra evolve 65', 2],
  ['Realtek(R)', 'Microphone (Realtek(R) Audio)', 2],
  ['jabra.*65', 'Jabra Evolve 65', 1],
  ['^Evolve', 'Jabra Evolve', 0],
  ['[a', 'Device [A]', 2],
  ['[a', 'Device A', 0],
  ['(a+)+', 'aaa', 0],
])('"%s" and "%s": %d', (text, name, expected) => {
  expect(fit(text, name)).toBe(expected);
});

it('tells why an entry is taken literally', () => {
  expect(readPattern('[a').mistake).toBe('it is not a regular expression');
  expect(readPattern('(a+)+').mistake).toContain('may take for ever');
  expect([readPattern('*').mistake, readPattern('Jabra.*').mistake]).toEqual([null, null]);
});

it('looks at the first 256 characters of a name', () => {
  const name = `${'x'.repeat(256)}y`;
  expect([fit('y', name), fit('y$', name), fit('x$', name)]).toEqual([0, 0, 1]);
});

it('prefers the very name to a part of one, that to an expression, and the earlier of equals', () => {
  const find = (text: string, names: string[]) => findMatch(readPattern(text).pattern, names, self);
  expect(find('A.', ['AB', 'xA.', 'a.', 'A.'])).toBe('a.');
  expect(find('A.', ['AB', 'xA.', 'yA.'])).toBe('xA.');
  expect(find('A.', ['AB', 'AC'])).toBe('AB');
  expect(find('A.', ['B'])).toBeNull();
  expect(find('*', ['B', 'C'])).toBe('B');
});

it('goes by the earliest entry that finds one', () => {
  const patterns = ['Poly', 'Jabra', '*'].map((text) => readPattern(text).pattern);
  expect(findFirstMatch(patterns, ['X', 'Jabra', 'Poly'], self)).toBe('Poly');
  expect(findFirstMatch(patterns, ['X', 'Jabra'], self)).toBe('Jabra');
  expect(findFirstMatch(patterns, ['X'], self)).toBe('X');
  expect(findFirstMatch(patterns, [], self)).toBeNull();
});

it('finds every name by itself, and by a part of it in any case', () => {
  const name = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text !== '*');
  fc.assert(
    fc.property(name, fc.string({ maxLength: 20 }), (text, other) => {
      expect(fit(text, text)).toBe(3);
      expect(fit(text, text)).toBe(3);
      expect(fit(text.toUpperCase(), `${other}${text}`)).toBeGreaterThanOrEqual(2);
    }),
  );
});
