import { expect, it } from 'vitest';
import { keptOpen } from './audio-layer.ts';

it('keeps open what the layer says', () => {
  expect([0, 1, 2, 1000, 2000, 3000, 4711].map((layer) => Object.values(keptOpen(layer)).map(Number).join(''))).toEqual(
    ['00', '00', '00', '10', '01', '11', '00'],
  );
});
