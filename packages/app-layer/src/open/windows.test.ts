import { expect, test } from 'vitest';
import { readCommand } from './windows.ts';

test.each([
  [
    '"C:\\Program Files\\Thinline\\thinline-start.exe" "C:\\Program Files\\Thinline\\thinline.exe" --standalone --config "C:\\a b\\c"',
    {
      program: 'C:\\Program Files\\Thinline\\thinline-start.exe',
      rest: '"C:\\Program Files\\Thinline\\thinline.exe" --standalone --config "C:\\a b\\c"',
    },
  ],
  ['"C:\\t.exe"', { program: 'C:\\t.exe', rest: '' }],
  ['C:\\Program Files\\t.exe x', null],
  ['""', null],
  ['', null],
])('%j is %j', (text, command) => {
  expect(readCommand(text)).toEqual(command);
});
