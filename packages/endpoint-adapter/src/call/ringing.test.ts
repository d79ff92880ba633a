import { describe, expect, it } from 'vitest';
import type { AlertRole } from '../media/alert.ts';
import { type RingingEvent, ringingMode, stopsRinging } from './ringing.ts';

const loop: RingingEvent[] = ['answer', 'end', 'timeout'];
const once: RingingEvent[] = ['end'];

const rows: [mode: number, roles: AlertRole[], stoppedBy: RingingEvent[]][] = [
  [0, [], loop],
  [1, ['system'], loop],
  [2, ['headset'], loop],
  [3, ['system', 'headset'], loop],
  [4, ['ringer'], loop],
  [5, ['system', 'ringer'], loop],
  [6, ['headset'], once],
  [7, ['system', 'headset'], once],
  [8, ['system'], loop],
  [-1, ['system'], loop],
  [1.5, ['system'], loop],
];

describe.each(rows)('ringing_enabled %d', (number, roles, stoppedBy) => {
  const mode = ringingMode(number);

  it(`rings on ${roles.join(' and ') || 'nothing'}`, () => {
    expect(mode.roles).toEqual(roles);
    expect(mode.once).toBe(stoppedBy === once);
  });

  it(`stops with ${stoppedBy.join(', ')}`, () => {
    expect(loop.filter((event) => stopsRinging(mode, event))).toEqual(stoppedBy);
  });
});
