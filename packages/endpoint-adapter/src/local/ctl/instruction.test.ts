import { describe, expect, test } from 'vitest';
import { verbs } from '../verbs.ts';
import { help, readInstruction } from './instruction.ts';

const read = (words: string) => readInstruction(words.split(' '));

test.each([
  ['state', { show: 'state' }],
  ['page', { show: 'page' }],
  ['hangup', { verb: 'hangup', callId: '' }],
  ['mute --call c1', { verb: 'mute', callId: 'c1' }],
])('"%s" is %j', (words, instruction) => {
  expect(read(words)).toEqual({ instruction, json: false });
  expect(read(`${words} --json`)).toEqual({ instruction, json: true });
});

test('help has every verb, and comes without one', () => {
  expect(readInstruction([])).toBeNull();
  expect(read('mute --help')).toBeNull();
  for (const name of ['state', 'page', ...Object.keys(verbs)]) expect(help).toContain(`\n  ${name} `);
});

describe('what is not understood', () => {
  test.each([
    ['sing', 'There is no verb "sing".'],
    ['dial 601', 'There is no verb "dial".'],
    ['toString', 'There is no verb "toString".'],
    ['mute c1', 'It is "mute", with nothing after it.'],
    ['state --call c1', '"state" takes no --call.'],
    ['mute --line line1', "Unknown option '--line'"],
  ])('"%s": %s', (words, why) => {
    expect(() => read(words)).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({ code: 'TL6003', message: expect.stringContaining(why) }),
      }),
    );
  });
});
