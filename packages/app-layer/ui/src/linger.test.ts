import { blankCall } from '@thinline/shared/contract/blank.ts';
import { expect, test } from 'vitest';
import type { Call } from '../../src/panel/api.ts';
import { failedLingerMs, lingerMs, type SeenCall, see, seeReleased, shown } from './linger.ts';

const makeCall = (id: string, state: Call['state'], createdAtMs = 0, releasedAtMs = 0): Call =>
  blankCall({ id, state, createdAtMs, releasedAtMs });
const ids = (seen: SeenCall[], nowMs: number) => shown(seen, nowMs).map(({ id }) => id);

const talking = makeCall('a', 'TALKING');
// The endpoint's clock is its own: an hour behind here.
const released = makeCall('a', 'RELEASED', 0, 1_000);
const hour = 3_600_000;

test('a call that ends lingers from when the page heard of it, whatever the clock of the endpoint says', () => {
  const seen = seeReleased(see([], [talking], hour), released, hour + 1_000);
  expect(ids(seen, hour + 1_000 + lingerMs - 1)).toEqual(['a']);
  expect(ids(seen, hour + 1_000 + lingerMs)).toEqual([]);
});

test('it lingers while new states come without it, and is then forgotten', () => {
  let seen = seeReleased(see([], [talking], hour), released, hour);
  seen = see(seen, [], hour + 100);
  expect(ids(seen, hour + 200)).toEqual(['a']);
  seen = see(seen, [], hour + lingerMs);
  expect(seen).toEqual([]);
});

test('one that failed stays until it can have been read', () => {
  const failure = { code: 'TL3006', message: '', cause: '', remedy: '', facts: {} };
  const seen = seeReleased([], { ...released, failure }, hour);
  expect(ids(seen, hour + lingerMs)).toEqual(['a']);
  expect(ids(seen, hour + failedLingerMs)).toEqual([]);
});

test('a state from before its end does not bring it back to life', () => {
  const seen = see(seeReleased([], released, hour), [talking], hour + 10);
  expect(shown(seen, hour + 10).map(({ state }) => state)).toEqual(['RELEASED']);
});

test('a call that ended before any state told of it is shown too', () => {
  expect(ids(seeReleased([], released, hour), hour)).toEqual(['a']);
});

test('a live call that the state no longer has is gone at once', () => {
  expect(see(see([], [talking], 0), [], 1)).toEqual([]);
});

test('calls that wait for an answer come first, ended ones last, the others by age', () => {
  const calls = [makeCall('new', 'RINGING', 3), makeCall('old', 'HELD', 2), makeCall('alerting', 'ALERTING', 4)];
  const seen = see(seeReleased([], makeCall('ended', 'RELEASED', 1), hour), calls, hour);
  expect(ids(seen, hour)).toEqual(['alerting', 'old', 'new', 'ended']);
});
