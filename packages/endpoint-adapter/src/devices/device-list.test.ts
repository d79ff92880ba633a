import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printNames, printPairs, readNames, readPairs } from './device-list.ts';

it.each<[string, string[]]>([
  ['', []],
  [' , ,', []],
  ['""', []],
  ['Jabra', ['Jabra']],
  [' Jabra Evolve , Poly ', ['Jabra Evolve', 'Poly']],
  ['"Jabra, Evolve", \'Say "hi"\' ,Poly', ['Jabra, Evolve', 'Say "hi"', 'Poly']],
  ['"Say ""hi""",\'it\'\'s\'', ['Say "hi"', "it's"]],
  ["Anna's,Bob's", ["Anna's", "Bob's"]],
  ['Evolve{1,2}x{3,},b', ['Evolve{1,2}x{3,}', 'b']],
  ['{a,b}', ['{a', 'b}']],
  ['"\\d+",(?:a)', ['\\d+', '(?:a)']],
])('reads names: %s', (text, entries) => {
  expect(readNames(text)).toEqual({ entries, mistakes: [] });
});

it('takes quotes literally that are not those of a whole name', () => {
  expect(readNames('"Jabra, Poly').entries).toEqual(['"Jabra', 'Poly']);
  expect(readNames('"Jabra" Evolve,Poly')).toEqual({
    entries: ['"Jabra" Evolve', 'Poly'],
    mistakes: ['the quotes of "Jabra" Evolve are not those of a whole name, and are taken literally'],
  });
});

it('reads pairs', () => {
  const { entries, mistakes } = readPairs('External Mic:Headphones, "a:b" : \'c,d\'');
  expect(entries).toEqual([
    { microphone: 'External Mic', speaker: 'Headphones' },
    { microphone: 'a:b', speaker: 'c,d' },
  ]);
  expect(mistakes).toEqual([]);
});

it.each(['Mic', 'a:b:c', 'Mic:', ':Speaker'])('%s is no pair', (text) => {
  const { entries, mistakes } = readPairs(`${text},x:y`);
  expect(entries).toEqual([{ microphone: 'x', speaker: 'y' }]);
  expect(mistakes.join()).toContain('is not a microphone and a loudspeaker with one colon between them');
});

it('is bounded', () => {
  const many = readNames('a,'.repeat(100));
  expect([many.entries.length, many.mistakes]).toEqual([64, ['what comes after 64 entries is left out']]);
  const long = readNames('b'.repeat(5000));
  expect([long.entries[0]?.length, long.mistakes]).toEqual([4096, ['what comes after 4096 characters is left out']]);
});

const written = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'a ,:"\'{}1\\'), minLength: 1, maxLength: 12 }),
);

it('reads what it prints', () => {
  fc.assert(
    fc.property(fc.array(written, { maxLength: 20 }), (names) => {
      expect(readNames(printNames(names))).toEqual({ entries: names, mistakes: [] });
    }),
  );
  const pair = fc.record({ microphone: written, speaker: written });
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 20 }), (pairs) => {
      expect(readPairs(printPairs(pairs))).toEqual({ entries: pairs, mistakes: [] });
    }),
  );
});

it('reads anything', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'a ,:"\'{}1'), maxLength: 60 }), (text) => {
      for (const name of readNames(text).entries) expect(name).not.toBe('');
      for (const { microphone, speaker } of readPairs(text).entries) expect([microphone, speaker]).not.toContain('');
    }),
  );
});
