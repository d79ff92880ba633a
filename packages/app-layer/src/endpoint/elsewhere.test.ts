import { blankCall } from '@thinline/shared/contract/blank.ts';
import type { EndpointIdentity, Snapshot } from '@thinline/shared/contract/types.ts';
import { expect, it } from 'vitest';
import { type Elsewhere, isSameMachine, longestUnheard, meet, nextEnd, stillOn } from './elsewhere.ts';

const identity = (endpointId: string, epoch = 'e'): EndpointIdentity => ({
  epoch,
  host: `host of ${endpointId}`,
  platform: '',
  productVersion: '',
  pid: 1,
  endpointId,
});

const phone = (endpointId: string, ...calls: string[]): Snapshot => ({
  endpoint: identity(endpointId),
  configurationRevision: '',
  lines: [],
  calls: calls.map((id) => blankCall({ id, state: 'TALKING' })),
  audio: null,
  qualities: [],
  notices: [],
});

const shown = (list: readonly Elsewhere[]) =>
  list.map(({ endpointId, calls, sinceMs }) => `${endpointId}: ${calls.map((it) => it.id)} at ${sinceMs}`);

const atA = meet([], phone('A', 'a1'), identity('B'), 10);

it.each<[string, readonly Elsewhere[], string[]]>([
  ['the first endpoint leaves nothing behind', meet([], null, identity('A'), 0), []],
  ['an endpoint with calls is kept', atA, ['A: a1 at 10']],
  ['one without is not', meet([], phone('A'), identity('B'), 10), []],
  ['a new epoch of the same is no other endpoint', meet([], phone('A', 'a1'), identity('A', 'new'), 10), []],
  ['an old endpoint that is met speaks for itself', meet(atA, phone('B'), identity('A'), 20), []],
  ['and the one between is kept in its turn', meet(atA, phone('B', 'b1', 'b2'), identity('A'), 20), ['B: b1,b2 at 20']],
  ['a third leaves the first where it was', meet(atA, phone('B'), identity('C'), 20), ['A: a1 at 10']],
  ['the newest comes first', meet(atA, phone('B', 'b1'), identity('C'), 20), ['B: b1 at 20', 'A: a1 at 10']],
])('%s', (_, list, expected) => {
  expect(shown(list)).toEqual(expected);
});

it('no more than four are kept', () => {
  let list: readonly Elsewhere[] = [];
  for (let n = 0; n < 9; n += 1) list = meet(list, phone(`${n}`, `c${n}`), identity(`${n + 1}`), n);
  expect(list.map((it) => it.endpointId)).toEqual(['8', '7', '6', '5']);
});

it.each([
  ['the same id, whatever the name', ['A', 'desk'], ['A', 'other'], true],
  ['another id, whatever the name', ['A', 'desk'], ['B', 'desk'], false],
  ['the same name where one has no id', ['A', 'desk'], ['', 'desk'], true],
  ['another name where neither has one', ['', 'desk'], ['', 'other'], false],
])('%s', (_, [endpointId = '', host = ''], [otherId = '', otherHost = ''], same) => {
  expect(isSameMachine({ endpointId, host }, { endpointId: otherId, host: otherHost })).toBe(same);
});

it('after four hours a call counts as ended', () => {
  expect(nextEnd([], 0)).toBeNull();
  expect(nextEnd(atA, 10)).toBe(longestUnheard);
  expect(stillOn(atA, 9 + longestUnheard)).toHaveLength(1);
  expect(stillOn(atA, 10 + longestUnheard)).toEqual([]);
  expect(nextEnd(atA, 99 + longestUnheard)).toBe(0);
});
