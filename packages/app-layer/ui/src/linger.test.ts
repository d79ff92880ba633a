import { expect, test } from 'vitest';
import type { Call } from '../../src/panel/api.ts';
import { lingerMs, type SeenCall, see, shown } from './linger.ts';

const makeCall = (id: string, state: Call['state'], createdAtMs = 0, releasedAtMs = 0): Call => ({
  id,
  state,
  createdAtMs,
  releasedAtMs,
  lineId: 'line0',
  direction: 'OUTGOING',
  remote: null,
  muted: false,
  heldByRemote: false,
  connectedAtMs: 0,
  failure: null,
  redirections: [],
  codec: '',
  dtmfSent: '',
  dtmfReceived: '',
  sipCallId: '',
  earlyMedia: false,
});
const ids = (seen: SeenCall[], nowMs: number) => shown(seen, nowMs).map(({ id }) => id);

const talking = makeCall('a', 'TALKING');
// The endpoint's clock is its own: an hour behind here.
const released = makeCall('a', 'RELEASED', 0, 1_000);
const hour = 3_600_000;

test('a call that ends lingers from when the page saw it, whatever the clock of the endpoint says', () => {
  let seen = see([], [talking], hour);
  seen = see(seen, [released], hour + 1_000);
  expect(ids(seen, hour + 1_000 + lingerMs - 1)).toEqual(['a']);
  expect(ids(seen, hour + 1_000 + lingerMs)).toEqual([]);
});

test('it lingers too when the state lets go of it', () => {
  let seen = see([], [talking], hour);
  seen = see(seen, [released], hour);
  seen = see(seen, [], hour + 100);
  expect(ids(seen, hour + 200)).toEqual(['a']);
  seen = see(seen, [], hour + lingerMs);
  expect(seen).toEqual([]);
});

test('it does not come back while the state still has it', () => {
  let seen = see([], [talking], hour);
  for (let ms = 0; ms < 10 * lingerMs; ms += 1_000) seen = see(seen, [released], hour + ms);
  expect(ids(seen, hour + 10 * lingerMs)).toEqual([]);
  expect(seen).toHaveLength(1);
});

test('a live call that the state no longer has is gone at once', () => {
  expect(see(see([], [talking], 0), [], 1)).toEqual([]);
});

test('a call that ended long before the page was opened is not shown', () => {
  expect(ids(see([], [released], hour), hour)).toEqual([]);
});

test('calls that wait for an answer come first, ended ones last, the others by age', () => {
  const calls = [
    makeCall('ended', 'RELEASED', 1, hour),
    makeCall('new', 'RINGING', 3),
    makeCall('old', 'HELD', 2),
    makeCall('alerting', 'ALERTING', 4),
  ];
  expect(ids(see([], calls, hour), hour)).toEqual(['alerting', 'old', 'new', 'ended']);
});
