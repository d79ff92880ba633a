import { expect, test } from 'vitest';
import { visible } from './terminal.ts';

test.each([
  ['Ärzte 602  talking', 'Ärzte 602  talking'],
  ['a\u001b[2Jb\r\nc1  talking\u009b1m\u007f', 'a\\u001b[2Jb\\u000d\\u000ac1  talking\\u009b1m\\u007f'],
])('%j', (text, expected) => {
  expect(visible(text)).toBe(expected);
});

test('leaves JSON what it is', () => {
  const answer = { remote: 'a\u001b\u009b\n"\\' };
  expect(JSON.parse(visible(JSON.stringify(answer)))).toEqual(answer);
});
