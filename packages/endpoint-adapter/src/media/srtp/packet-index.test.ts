import { describe, expect, it } from 'vitest';
import { guessIndex, ReplayWindow, rollOverOf } from './packet-index.ts';

describe('the index', () => {
  it.each([
    { highest: 10, sequence: 11, index: 11 },
    { highest: 10, sequence: 9, index: 9 },
    { highest: 65_535, sequence: 0, index: 65_536 },
    { highest: 65_536, sequence: 65_535, index: 65_535 },
    { highest: 3 * 65_536 + 5, sequence: 65_530, index: 2 * 65_536 + 65_530 },
    { highest: 3 * 65_536 + 40_000, sequence: 100, index: 4 * 65_536 + 100 },
    // Half a round either way: RFC 3711 §3.3.1 stays in the round.
    { highest: 65_536, sequence: 32_768, index: 65_536 + 32_768 },
    { highest: 65_536 + 32_768, sequence: 0, index: 65_536 },
    // From before the first packet of all.
    { highest: 0, sequence: 65_535, index: -1 },
    { highest: 2 ** 48 - 1, sequence: 65_534, index: 2 ** 48 - 2 },
  ])('nearest to $highest with sequence number $sequence is $index', ({ highest, sequence, index }) => {
    expect(guessIndex(highest, sequence)).toBe(index);
  });

  it('has the roll-over counter in its upper 32 bits', () => {
    expect(rollOverOf(2 ** 47 + 7)).toBe(2 ** 31);
  });
});

describe('the replay window', () => {
  it('takes each packet once, and none of 128 or more before the highest', () => {
    const window = new ReplayWindow();
    window.add(1_000);
    expect([1_000, 1_001, 999, 873, 872, 0].map((index) => window.isNew(index))).toEqual([
      ...[false, true, true, true, false, false],
    ]);
    window.add(873);
    expect(window.isNew(873)).toBe(false);
    window.add(1_001);
    expect([1_001, 873, 874, 1_000].map((index) => window.isNew(index))).toEqual([false, false, true, false]);
  });

  it('remembers nothing wrong after a jump', () => {
    const window = new ReplayWindow();
    for (let index = 0; index < 200; index++) window.add(index);
    window.add(2 ** 40);
    for (let index = 2 ** 40 - 127; index < 2 ** 40; index++) expect(window.isNew(index)).toBe(true);
  });
});
