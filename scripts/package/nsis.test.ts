import { expect, test } from 'vitest';
import { quoted } from './nsis.ts';

test('a text within quotation marks of NSIS is what it was', () => {
  expect(quoted('a$b')).toBe('a$$b');
  expect(quoted('$INSTDIR $$')).toBe('$$INSTDIR $$$$');
  expect(quoted('"a$"')).toBe('$\\"a$$$\\"');
});
