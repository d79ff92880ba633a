import { expect, it } from 'vitest';
import { isRingbackMode, type Ringback, ringback } from './ringback.ts';

const nothing: Ringback = { local: false, media: false };
const local: Ringback = { local: true, media: false };
const media: Ringback = { local: false, media: true };

/** Without early media, with an unreliable 18x and SDP, with a reliable one. */
const rows: [mode: number, none: Ringback, unreliable: Ringback, reliable: Ringback][] = [
  [0, nothing, nothing, nothing],
  [1, nothing, nothing, media],
  [2, local, local, local],
  [3, local, local, media],
  [4, nothing, media, media],
  [5, local, local, local],
  [6, local, media, media],
  [7, local, local, local],
  [-1, local, local, local],
];

it.each(rows)('ringback_enabled %d', (mode, none, unreliable, reliable) => {
  expect(ringback(mode, 'none')).toEqual(none);
  expect(ringback(mode, 'unreliable')).toEqual(unreliable);
  expect(ringback(mode, 'reliable')).toEqual(reliable);
});

it('knows which modes there are', () => {
  expect([-1, 0, 1, 2, 3, 4, 5, 6, 7].filter(isRingbackMode)).toEqual([0, 1, 2, 3, 4, 6]);
});
