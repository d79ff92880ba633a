import { expect, test } from 'vitest';
import { cellsOf } from './cells.ts';

test('without a word: each codec, loss scattered and in bursts, jitter, pairs of the same and mixed', () => {
  const cells = cellsOf([]);
  expect(cells).toHaveLength(160);
  expect(new Set(cells.map(({ codec }) => codec))).toEqual(new Set(['PCMU', 'PCMA', 'G722', 'opus']));
  const qualities = new Set(cells.map(({ quality: { loss, burst, jitter } }) => `${loss}/${burst}/${jitter}`));
  const [losses, jitters] = [
    [0, 1, 3, 5, 10, 20],
    [20, 40, 80],
  ];
  expect(qualities).toEqual(
    new Set([
      ...losses.map((loss) => `${loss}/1/0`),
      ...losses.slice(1).map((loss) => `${loss}/3/0`),
      ...jitters.flatMap((jitter) => [`0/1/${jitter}`, `5/1/${jitter}`]),
    ]),
  );
  const mixed = cells.filter(({ pair: [caller, callee] }) => caller !== callee);
  expect(new Set(mixed.map(({ quality }) => quality.loss))).toEqual(new Set([0, 5, 20]));
  expect(mixed).toHaveLength(24);
});

test('what is compared stands side by side', () => {
  expect(cellsOf([]).slice(0, 2)).toEqual([
    { codec: 'PCMU', quality: { loss: 0, burst: 1, jitter: 0 }, pair: ['us', 'us'] },
    { codec: 'PCMU', quality: { loss: 0, burst: 1, jitter: 0 }, pair: ['baresip', 'baresip'] },
  ]);
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

test.each(['loss', 'delay=3', 'loss=-1', 'loss=101', 'codecs=GSM', 'pairs=us'])(
  'refuses %s with a sentence',
  (word) => {
    expect(() => cellsOf([word])).toThrow(/\.$/);
  },
);
