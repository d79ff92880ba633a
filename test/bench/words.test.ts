import { expect, test } from 'vitest';
import { planOf as longCall } from './long-call/plan.ts';
import { cellsOf } from './loss/cells.ts';
import { planOf as mouthToEar } from './mouth-to-ear/cells.ts';
import { numbersOf, oneOfEach, readWords, WrongWord } from './words.ts';

test('each name has its values, and the last word of a name counts', () => {
  const given = readWords(['codecs=PCMU,opus', 'jitter=0', 'jitter=40'], ['codecs', 'jitter'], 'what there is');
  expect(Object.fromEntries(given)).toEqual({ codecs: ['PCMU', 'opus'], jitter: ['40'] });
  expect(numbersOf(['0', '2.5'], 'loss', 0, 100)).toEqual([0, 2.5]);
  expect(oneOfEach(['opus'], ['PCMU', 'opus'])).toEqual(['opus']);
});

test.each([
  ['loss', cellsOf],
  ['mouth-to-ear', mouthToEar],
  ['long-call', longCall],
] as const)('%s refuses what it does not know with a sentence', (_, read) => {
  for (const word of ['nonsense', 'nonsense=1', 'codecs', 'codecs=', 'codecs=GSM', 'codecs=PCMU,GSM']) {
    expect(() => read([word]), word).toThrow(WrongWord);
    expect(() => read([word]), word).toThrow(/\.$/);
  }
});

test.each(['', '-1', '101', 'many', 'NaN'])('%j is no percentage', (text) => {
  expect(() => numbersOf([text], 'loss', 0, 100)).toThrow('from 0 to 100.');
});
