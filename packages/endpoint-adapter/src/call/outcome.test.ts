import { failure } from '@thinline/shared/failures.ts';
import { describe, expect, it } from 'vitest';
import { outcome } from './outcome.ts';

const remote = (status: number, reason = 'Reason') => ({ by: 'remote', status, reason }) as const;

describe('why a call ended', () => {
  it('is nothing to speak of when we ended it', () => {
    for (const answered of [true, false]) {
      expect(outcome({ by: 'local', status: 486, reason: '' }, '602', answered)).toBeNull();
    }
  });

  it('is nothing to speak of after a talk, or when the caller gives up', () => {
    expect(outcome(remote(0), '602', true)).toBeNull();
    expect(outcome(remote(0), '602', false)).toBeNull();
    expect(outcome(remote(487), '602', false)).toBeNull();
  });

  it.each([
    [404, 'TL3008'],
    [410, 'TL3008'],
    [484, 'TL3008'],
    [604, 'TL3008'],
    [408, 'TL3010'],
    [503, 'TL3010'],
    [480, 'TL3009'],
    [486, 'TL3006'],
    [600, 'TL3006'],
    [488, 'TL3011'],
    [606, 'TL3011'],
    [403, 'TL3007'],
    [500, 'TL3007'],
    [603, 'TL3007'],
    [305, 'TL3007'],
  ])('%i is %s', (status, code) => {
    expect(outcome(remote(status), '602', false)?.code).toBe(code);
  });

  it('names the number and the answer', () => {
    const it = outcome(remote(486, 'Busy Here'), '602', false);
    expect(it?.message).toContain('602');
    expect(it?.cause).toContain('486 Busy Here');
  });

  it('is a lost call when something failed during it', () => {
    const it = outcome({ by: 'failure', status: 408, reason: 'Request Timeout' }, '602', true);
    expect(it).toMatchObject({ code: 'TL3012', cause: 'Request Timeout.' });
  });

  it('is no response when something failed before it, with or without a status', () => {
    for (const status of [0, 408]) {
      expect(outcome({ by: 'failure', status, reason: 'connection lost' }, '602', false)?.code).toBe('TL3010');
    }
  });

  it('is what signalling says, where it says more than the status', () => {
    const known = failure('tooManyRedirections', { target: '606', limit: 5 });
    expect(outcome({ by: 'remote', status: 302, reason: 'Moved', failure: known }, '606', false)).toBe(known);
  });
});
