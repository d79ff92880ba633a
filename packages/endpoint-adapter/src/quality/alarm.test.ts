import { expect, it } from 'vitest';
import { alarm, noAlarm } from './alarm.ts';

function watch(threshold: number, ...scores: (number | null)[]): boolean[] {
  let state = noAlarm;
  return scores.map((mos) => {
    state = alarm(state, mos, threshold);
    return state.on;
  });
}

it('comes with the second bad interval in a row', () => {
  expect(watch(3.5, 3.4, 3.6, 3.4, 3.4)).toEqual([false, false, false, true]);
  expect(watch(3.5, 3.5, 3.5)).toEqual([false, false]);
});

it('goes with the second interval in a row that is 0.2 better than the threshold', () => {
  expect(watch(3.5, 1, 1, 3.6, 3.6, 3.7, 3.6, 3.7, 3.7)).toEqual([false, true, true, true, true, true, true, false]);
});

it('takes an interval without sound for none', () => {
  expect(watch(3.5, 3, null, 3, null, 4, null, 4)).toEqual([false, false, true, true, true, true, false]);
});

it('is never on without a threshold', () => {
  expect(watch(0, 1, 1, 1)).toEqual([false, false, false]);
});
