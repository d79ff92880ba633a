import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boundExpression, longestName } from './regex-cost.ts';

function limitOf(source: string): number | string {
  const bounded = boundExpression(source);
  return 'refusal' in bounded ? bounded.refusal : bounded.nameLimit;
}

const nested = 'what it repeats is itself repeated or one of several, which may take for ever';
const tooMany = 'it can match in too many ways';

it.each([
  ['Jabra.*', 256],
  ['.*Jabra.*Evolve.*65.*', 176],
  ['a.*b.*c.*d', 64],
  ['x.*x.*x.*x.*x', 32],
  ['Poly|Jabra|Plantronics', 256],
  ['(?<brand>Jabra|Poly)(?: Evolve)? \\d{2,}', 256],
  ['[(*)|\\]]+\\+\\(\\|', 256],
  ['^(?!.*Realtek).*', 256],
  ['(?:ab){3}x{2}', 256],
  ['[a', 'it is not a regular expression'],
  ['*', 'it is not a regular expression'],
  ['a'.repeat(257), 'it has more than 256 characters'],
  ['(a+)+b', nested],
  ['(?:a|a)*b', nested],
  ['((a{3}))*', nested],
  ['(a{2,3}){2}', nested],
  ['(?:){99999999}', tooMany],
  ['a?'.repeat(40), tooMany],
  ['(a|a)'.repeat(40), tooMany],
  ['a.*b.*c.*d.*e.*f.*g', tooMany],
  ['a{0,9}'.repeat(9), tooMany],
])('%s: %s', (source, expected) => {
  expect(limitOf(source)).toBe(expected);
});

it.each([
  '.*Jabra.*',
  '^.*Jabra.*$',
  '.*.*Jabra',
  'Jabra\\.*',
  '.*?Jabra',
  '.*|Jabra',
  '^.*Jabra|ly$',
  'Poly|Jabra.*$',
  '^.*$',
])('leaves out what changes nothing: %s', (source) => {
  const bounded = boundExpression(source);
  if ('refusal' in bounded) throw new Error(bounded.refusal);
  for (const name of ['', 'A Jabra B', 'Jabra.', 'jabra..', 'Poly', 'Jabr']) {
    expect([name, bounded.expression.test(name)]).toEqual([name, new RegExp(source, 'i').test(name)]);
  }
});

it('takes any text, and what it lets through ends soon', () => {
  const piece = fc.constantFrom(
    'a',
    '.*',
    '\\w+',
    '(',
    ')',
    '(?:',
    '|',
    '*',
    '?',
    '{0,9}',
    '{3}',
    '[ab]',
    '\\1',
    '^',
    '$',
  );
  const sources = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(sources, (source) => {
      const bounded = boundExpression(source);
      if ('refusal' in bounded) return;
      const begin = performance.now();
      for (const letter of ['a', 'ab', '!'])
        bounded.expression.test(letter.repeat(longestName).slice(0, bounded.nameLimit));
      expect(performance.now() - begin).toBeLessThan(5000);
    }),
    { numRuns: 300 },
  );
});
