import { blankCall } from '@thinline/shared/contract/blank.ts';
import type { EndpointIdentity, Snapshot } from '@thinline/shared/contract/types.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { longestUnheard } from './elsewhere.ts';
import { Roaming } from './roaming.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const at = (host: string): EndpointIdentity => ({
  epoch: host,
  host,
  platform: '',
  productVersion: '',
  pid: 1,
  endpointId: host,
});
const inCall = (host: string): Snapshot => ({
  endpoint: at(host),
  configurationRevision: '',
  lines: [],
  calls: [blankCall({ id: host })],
  audio: null,
  qualities: [],
  notices: [],
});
const hosts = (roaming: Roaming) => roaming.elsewhere.map((it) => it.host);

it('calls elsewhere count as ended after four hours, each by itself', () => {
  let ended = 0;
  const roaming = new Roaming('after_calls', () => {
    ended += 1;
  });
  roaming.meet(inCall('A'), at('B'));
  vi.advanceTimersByTime(60_000);
  roaming.meet(inCall('B'), at('C'));
  expect([hosts(roaming), roaming.waitsFor?.host]).toEqual([['B', 'A'], 'B']);
  vi.advanceTimersByTime(longestUnheard - 60_000);
  expect([hosts(roaming), ended]).toEqual([['B'], 1]);
  vi.advanceTimersByTime(60_000);
  expect([hosts(roaming), roaming.waitsFor, ended]).toEqual([[], null, 2]);
});

it('or when the agent says so, and nothing is told twice', () => {
  let ended = 0;
  const roaming = new Roaming('after_calls', () => {
    ended += 1;
  });
  roaming.meet(inCall('A'), at('B'));
  expect([roaming.forget(), roaming.forget(), roaming.waitsFor]).toEqual([true, false, null]);
  vi.advanceTimersByTime(2 * longestUnheard);
  expect(ended).toBe(0);
});
