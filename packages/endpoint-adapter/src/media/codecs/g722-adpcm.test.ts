import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HigherBand, LowerBand } from './g722-adpcm.ts';

/** ITU-T's sequences (G.722 appendix II, binary, little endian: bt1c1.xmt and so on), which can't be part of this project. */
const folder = process.env.THINLINE_G722_VECTORS;
const isThere = folder !== undefined && existsSync(join(folder, 'bt1c1.xmt'));
if (!isThere) {
  console.warn(
    'THINLINE_G722_VECTORS names no folder with bt1c1.xmt, so G.722 is not compared with the sequences of ITU-T.',
  );
}

const words = (name: string): Int16Array => {
  const bytes = readFileSync(join(folder ?? '', name));
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};
/** The lowest bit of each word starts the codec anew. */
const isReset = (word: number): boolean => (word & 1) === 1;

const whenGiven: (name: string, tests: () => void) => void = isThere ? describe : () => {};

whenGiven("ITU-T's sequences", () => {
  it.each([
    ['bt1c1.xmt', 'bt2r1.cod'],
    ['bt1c2.xmt', 'bt2r2.cod'],
  ])('%s is encoded as %s', (sound, codes) => {
    const expected = words(codes);
    let lower = new LowerBand();
    let higher = new HigherBand();
    const made = words(sound).map((word) => {
      if (!isReset(word)) return ((higher.encode(word >> 1) << 6) | lower.encode(word >> 1)) << 8;
      lower = new LowerBand();
      higher = new HigherBand();
      return 1;
    });
    expect(made.length).toBeGreaterThan(0);
    expect(made).toEqual(expected);
  });

  it.each([
    ['bt2r1.cod', 'bt3l1.rc1', 'bt3h1.rc0'],
    ['bt2r2.cod', 'bt3l2.rc1', 'bt3h2.rc0'],
    ['bt1d3.cod', 'bt3l3.rc1', 'bt3h3.rc0'],
  ])('%s is decoded as %s and %s', (codes, lowerName, higherName) => {
    let lower = new LowerBand();
    let higher = new HigherBand();
    const input = words(codes);
    const low = new Int16Array(input.length);
    const high = new Int16Array(input.length);
    input.forEach((word, i) => {
      if (isReset(word)) {
        lower = new LowerBand();
        higher = new HigherBand();
        low[i] = 1;
        high[i] = 1;
      } else {
        low[i] = lower.decode((word >> 8) & 0x3f) << 1;
        high[i] = higher.decode((word >> 14) & 3) << 1;
      }
    });
    expect(low).toEqual(words(lowerName));
    expect(high).toEqual(words(higherName));
  });
});

it('codes every sample with a code that there is, however wild the sound', () => {
  const lower = new LowerBand();
  const higher = new HigherBand();
  for (let i = 0; i < 5_000; i++) {
    const sample = i % 7 < 3 ? 16_383 : -16_384;
    // Table 15: the codes 0 to 3 are not used.
    expect(lower.encode(sample)).toBeGreaterThanOrEqual(4);
    expect(higher.encode(sample)).toBeLessThan(4);
  }
});
