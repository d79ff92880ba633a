import { expect, test } from 'vitest';
import { readInstruction } from './instruction.ts';

test.each([
  [[], { do: 'open', number: null }],
  [[''], { do: 'open', number: null }],
  [['tel:+4930123456;ext=1'], { do: 'open', number: { target: '+4930123456', extension: '1' } }],
  [['--print'], { do: 'print' }],
  [['--help'], null],
])('%j is %j', (words, instruction) => {
  expect(readInstruction(words)).toEqual(instruction);
});

test.each([
  [['tel:601', 'tel:602'], 'TL6003'],
  [['--print', 'tel:601'], 'TL6003'],
  [['--config', 'x'], 'TL6003'],
  [['601'], 'TL6018'],
  [['http://127.0.0.1:8000/'], 'TL6018'],
])('%j is refused', (words, code) => {
  expect(() => readInstruction(words)).toThrow(code);
});
