import type { CallState } from '@thinline/shared/contract/types.ts';
import { describe, expect, it } from 'vitest';
import { transferWay } from './transfer.ts';

const other = (state: CallState, direction: 'OUTGOING' | 'INCOMING' = 'OUTGOING') => ({
  snapshot: { id: 'c2', state, direction },
  dialled: '603',
});
const failing = (code: string) => expect.objectContaining({ failure: expect.objectContaining({ code }) });

describe('the way of a transfer', () => {
  it('is blind to a target', () => {
    expect(transferWay('c1', ' 603 ', null)).toEqual({ kind: 'blind', target: '603' });
  });

  it.each<CallState>(['TALKING', 'HELD', 'REMOTE_HELD'])('is attended with a call that is %s', (state) => {
    const it = other(state, 'INCOMING');
    expect(transferWay('c1', '', it)).toEqual({ kind: 'attended', other: it });
  });

  it.each<CallState>(['DIALING', 'RINGING'])('is to the target of a call that is %s', (state) => {
    expect(transferWay('c1', '', other(state))).toEqual({ kind: 'semiAttended', target: '603' });
  });

  it.each<CallState>(['ALERTING', 'RELEASED'])('there is none to a call that is %s', (state) => {
    expect(() => transferWay('c1', '', other(state, 'INCOMING'))).toThrow(failing('TL3005'));
  });

  it('there is none to nobody, or to the call itself', () => {
    expect(() => transferWay('c1', '  ', null)).toThrow(failing('TL3001'));
    expect(() => transferWay('c2', '', other('TALKING'))).toThrow(failing('TL3018'));
  });
});
