/** Header fields that hold numbers: RAck, RSeq, Session-Expires, Min-SE, Retry-After. */
import { describe, expect, it } from 'vitest';
import { readRAck, readRSeq, writeRAck } from './rack.ts';
import { readRetryAfter } from './retry-after.ts';
import { readMinSe, readSessionExpires, writeSessionExpires } from './session-expires.ts';

describe('RAck and RSeq', () => {
  it('read what they write', () => {
    const rack = { rseq: 776_656, sequence: 1, method: 'INVITE' };
    expect(writeRAck(rack)).toBe('776656 1 INVITE');
    expect(readRAck(' 776656 \t 1 INVITE ')).toEqual(rack);
    expect(readRSeq(' 4294967295')).toBe(4_294_967_295);
  });

  it.each(['', '1', '1 2', '0 1 INVITE', '1 2 INVITE x', '1 -2 INVITE', '1 2 IN(VITE', '4294967296 1 INVITE'])(
    'refuse %j',
    (value) => {
      expect(readRAck(value)).toBeNull();
    },
  );

  it.each(['', '0', '-1', '1.5', '4294967296', '1 2', '0x1'])('refuse the number %j', (value) => {
    expect(readRSeq(value)).toBeNull();
  });
});

describe('Session-Expires', () => {
  it.each([
    ['1800;refresher=uac', { seconds: 1_800, refresher: 'uac' }],
    ['90 ; Refresher = UAS ;x', { seconds: 90, refresher: 'uas' }],
    ['4000', { seconds: 4_000, refresher: null }],
    ['4000;refresher=me', { seconds: 4_000, refresher: null }],
  ] as const)('reads %s', (value, expected) => {
    expect(readSessionExpires(value)).toEqual(expected);
  });

  it.each(['', 'soon', '-1', '1.5', '99999999999', ';refresher=uac'])('refuses %j', (value) => {
    expect(readSessionExpires(value)).toBeNull();
  });

  it('writes', () => {
    expect(writeSessionExpires({ seconds: 1_800, refresher: 'uas' })).toBe('1800;refresher=uas');
    expect(writeSessionExpires({ seconds: 90, refresher: null })).toBe('90');
  });

  it.each([
    ['120', 120],
    ['120;x=y', 120],
    ['30', 90],
    ['', 90],
    ['x', 90],
  ])('takes Min-SE %j for %i s', (value, seconds) => {
    expect(readMinSe(value)).toBe(seconds);
  });
});

describe('Retry-After', () => {
  it.each([
    ['18000;duration=3600', 18_000],
    ['120 (I am in a meeting)', 120],
    ['5(x)', 5],
    [' 0 ', 0],
  ])('reads %s', (value, seconds) => {
    expect(readRetryAfter(value)).toBe(seconds);
  });

  it.each(['', 'x', '-1', '12x', '99999999999', 'Sat, 01 Jan 2028'])('refuses %j', (value) => {
    expect(readRetryAfter(value)).toBeNull();
  });
});
