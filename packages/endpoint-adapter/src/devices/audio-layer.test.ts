import { expect, it } from 'vitest';
import { keepsOpen } from './audio-layer.ts';

it('keeps the devices open where the layer says so', () => {
  expect([0, 1, 2, 1000, 2000, 3000, 4711].map(keepsOpen)).toEqual([false, false, false, true, true, true, false]);
});
