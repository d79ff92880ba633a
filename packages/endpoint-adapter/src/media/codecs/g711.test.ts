import { describe, expect, it } from 'vitest';
import * as alaw from './pcma.ts';
import * as mulaw from './pcmu.ts';

describe('µ-law', () => {
  // G.711 table 2a: decision values and characters, in 14 bits there and in 16 bits here.
  it.each([
    [0, 0xff],
    [-1, 0x7f],
    [4 * 31 - 1, 0xf0],
    [4 * 31, 0xef],
    [4 * 4063 - 1, 0x90],
    [4 * 4063, 0x8f],
    [4 * 8158, 0x80],
    [32_767, 0x80],
    [-32_768, 0x00],
  ])('%i is 0x%s', (sample, byte) => {
    expect(mulaw.compress(sample)).toBe(byte);
  });

  it.each([
    [0xff, 0],
    [0x7f, 0],
    [0x80, 4 * 8031],
    [0x00, -4 * 8031],
    [0x8f, 4 * 4191],
    [0xf0, 4 * 30],
  ])('0x%s is %i again', (byte, sample) => {
    expect(mulaw.expand(byte) + 0).toBe(sample);
  });
});

describe('A-law', () => {
  // G.711 table 1a: 13 bits there.
  it.each([
    [0, 0xd5],
    [-1, 0x55],
    [8 * 64, 0xf5],
    [8 * 2048, 0xa5],
    [32_767, 0xaa],
    [-32_768, 0x2a],
  ])('%i is 0x%s', (sample, byte) => {
    expect(alaw.compress(sample)).toBe(byte);
  });

  it.each([
    [0xd5, 8],
    [0x55, -8],
    [0xaa, 8 * 4032],
    [0x2a, -8 * 4032],
  ])('0x%s is %i again', (byte, sample) => {
    expect(alaw.expand(byte)).toBe(sample);
  });
});

describe.each([
  ['µ-law', mulaw, 0.04],
  ['A-law', alaw, 0.04],
])('%s', (_, law, share) => {
  it('comes back to the same byte', () => {
    for (let byte = 0; byte < 256; byte++) {
      // The two zeros of µ-law are one number.
      if (law.expand(byte) !== 0) expect(law.compress(law.expand(byte))).toBe(byte);
    }
  });

  it('is never off by more than its step', () => {
    for (let sample = -32_635; sample <= 32_635; sample += 7) {
      expect(Math.abs(law.expand(law.compress(sample)) - sample)).toBeLessThanOrEqual(Math.abs(sample) * share + 8);
    }
  });
});
