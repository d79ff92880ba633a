import { expect, test } from 'vitest';
import { table } from './table.ts';

const of = (median: number, p95: number) => ({ median, p95, max: p95, samples: 20 });

test('both halves stand in one cell, and who was not measured is a dash', () => {
  expect(
    table([
      { name: 'ringing', what: 'rings', unit: 'ms', results: { thinline: of(7.04, 10.36), baresip: of(0.68, 0.97) } },
      { name: 'memory', what: 'memory', unit: 'MB', results: { adapter: of(150.6, 151), 'app layer': of(90, 91.2) } },
    ]).split('\n'),
  ).toEqual([
    '| what: median (95th percentile) | ours | baresip |',
    '|---|---|---|',
    '| rings, ms | 7.0 (10.4) | 0.7 (1.0) |',
    '| memory, MB | adapter 151 (151), app layer 90 (91) | – |',
  ]);
});
