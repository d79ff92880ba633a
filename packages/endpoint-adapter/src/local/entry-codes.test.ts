import { expect, test } from 'vitest';
import { EntryCodes } from './entry-codes.ts';

const minute = 60_000;

test('a code lets in once', () => {
  const codes = new EntryCodes();
  const code = codes.make(0);
  expect(codes.admits('', 0)).toBe(false);
  expect(codes.admits(`${code}x`, 0)).toBe(false);
  expect(codes.admits(code, 0)).toBe(true);
  expect(codes.admits(code, 0)).toBe(false);
});

test('each lets in, for five minutes', () => {
  const codes = new EntryCodes();
  const early = codes.make(0);
  const late = codes.make(minute);
  expect(early).not.toBe(late);
  expect(codes.admits(early, 5 * minute)).toBe(false);
  expect(codes.admits(late, 5 * minute)).toBe(true);
});

test('no more than sixteen wait to be used: the oldest give way', () => {
  const codes = new EntryCodes();
  const made = Array.from({ length: 17 }, () => codes.make(0));
  expect(made.map((code) => codes.admits(code, 0))).toEqual([false, ...Array(16).fill(true)]);
});
