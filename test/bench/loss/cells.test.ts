import { expect, test } from 'vitest';
import { cellsOf } from './cells.ts';

test('without a word: PCMU and opus, both pairs of the same, ten networks; what is compared stands side by side', () => {
  const cells = cellsOf([]);
  expect(cells).toHaveLength(40);
  expect(cells.slice(0, 2)).toEqual([
    { codec: 'PCMU', quality: { loss: 0, burst: 1, jitter: 0 }, pair: ['us', 'us'] },
    { codec: 'PCMU', quality: { loss: 0, burst: 1, jitter: 0 }, pair: ['baresip', 'baresip'] },
  ]);
  expect(cells).toContainEqual({ codec: 'opus', quality: { loss: 5, burst: 1, jitter: 40 }, pair: ['us', 'us'] });
});

test('words choose, each combination of what they name', () => {
  const cells = cellsOf(['codecs=G722', 'pairs=us-baresip', 'loss=1,2.5', 'jitter=0,80']);
  expect(cells.map(({ quality }) => quality)).toEqual([
    { loss: 1, burst: 1, jitter: 0 },
    { loss: 2.5, burst: 1, jitter: 0 },
    { loss: 1, burst: 1, jitter: 80 },
    { loss: 2.5, burst: 1, jitter: 80 },
  ]);
  expect(cells[0]).toMatchObject({ codec: 'G722', pair: ['us', 'baresip'] });
});

test.each(['loss', 'delay=3', 'loss=-1', 'codecs=GSM', 'pairs=us'])('refuses %s with a sentence', (word) => {
  expect(() => cellsOf([word])).toThrow(/\.$/);
});
