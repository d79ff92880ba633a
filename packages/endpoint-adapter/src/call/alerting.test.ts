import type { CallState } from '@thinline/shared/contract/types.ts';
import { expect, it } from 'vitest';
import { toneFor } from './alerting.ts';

const of = (...states: CallState[]) => toneFor(states.map((state) => ({ state, earlyMedia: false, quiet: false })));

it.each<[string, CallState[], string]>([
  ['no call', [], 'none'],
  ['an incoming call', ['ALERTING'], 'ringing'],
  ['an incoming call beside a held one', ['HELD', 'ALERTING'], 'ringing'],
  ['an incoming call while somebody is talked to', ['TALKING', 'ALERTING'], 'none'],
  ['an incoming call while the far end holds us', ['REMOTE_HELD', 'ALERTING'], 'none'],
  ['a call whose far end rings', ['RINGING'], 'ringback'],
  ['a call that is only on its way', ['DIALING'], 'none'],
  ['an incoming call while we call', ['RINGING', 'ALERTING'], 'ringing'],
  ['calls that talk and are held', ['TALKING', 'HELD'], 'none'],
])('%s', (_, states, tone) => {
  expect(of(...states)).toBe(tone);
});

it('leaves the far end to be heard where it sends its own ringback', () => {
  expect(toneFor([{ state: 'RINGING', earlyMedia: true, quiet: false }])).toBe('none');
});

it('does not ring for a call that is to be quiet, but does for another', () => {
  const quiet = { state: 'ALERTING', earlyMedia: false, quiet: true } as const;
  expect(toneFor([quiet])).toBe('none');
  expect(toneFor([quiet, { ...quiet, quiet: false }])).toBe('ringing');
});
