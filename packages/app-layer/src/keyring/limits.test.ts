import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isKeepable, plainName } from './limits.ts';

test('the name of an account needs no quotes, and is no option', () => {
  expect(plainName('ann@sip.example.com:5060')).toBe('ann@sip.example.com:5060');
  expect(plainName('--label')).toBe('%2d%2dlabel');
  expect(plainName('Jörg "x"')).toBe('J%c3%b6rg%20%22x%22');
  // Halves of characters too. The unit 'binary' of fast-check takes more than a second to begin.
  const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));
  fc.assert(
    fc.property(fc.string({ unit }), (account) => {
      expect(plainName(account)).toMatch(/^[A-Za-z0-9.@_:%]*$/);
    }),
  );
});

test('different accounts have different names', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
      expect(plainName(one) === plainName(other)).toBe(one === other);
    }),
  );
  expect(plainName('a%20b')).not.toBe(plainName('a b'));
});

test('nothing and too much are not kept', () => {
  expect(isKeepable('ann', '')).toBe(false);
  expect(isKeepable('ann', 'x'.repeat(1024))).toBe(true);
  expect(isKeepable('ann', 'x'.repeat(1025))).toBe(false);
  expect(isKeepable('a'.repeat(257), 'x')).toBe(false);
});
