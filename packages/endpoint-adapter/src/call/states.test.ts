import type { CallState } from '@thinline/shared/contract/types.ts';
import { describe, expect, it } from 'vitest';
import { allowed, type CallCommand, type CallEvent, next } from './states.ts';

const states: CallState[] = ['DIALING', 'RINGING', 'ALERTING', 'TALKING', 'HELD', 'REMOTE_HELD', 'RELEASED'];
const events: CallEvent[] = ['progress', 'confirmed', 'held', 'resumed', 'heldByRemote', 'resumedByRemote', 'ended'];

describe('the life of a call', () => {
  it('is this table, and nothing else', () => {
    const moves = states.flatMap((state) =>
      events.flatMap((event) => {
        const to = next(state, event);
        return to && event !== 'ended' ? [`${state} ${event} ${to}`] : [];
      }),
    );
    expect(moves).toEqual([
      'DIALING progress RINGING',
      'DIALING confirmed TALKING',
      'RINGING progress RINGING',
      'RINGING confirmed TALKING',
      'ALERTING confirmed TALKING',
      'TALKING held HELD',
      'TALKING heldByRemote REMOTE_HELD',
      'HELD resumed TALKING',
      'REMOTE_HELD held HELD',
      'REMOTE_HELD resumedByRemote TALKING',
    ]);
  });

  it.each(states)('can end in %s, once', (state) => {
    expect(next(state, 'ended')).toBe(state === 'RELEASED' ? null : 'RELEASED');
  });

  it('knows no way back from RELEASED, and no command for it', () => {
    for (const event of events) expect(next('RELEASED', event)).toBeNull();
    for (const fitting of Object.values(allowed)) expect(fitting).not.toContain('RELEASED');
  });

  it.each<[CallCommand, CallEvent]>([
    ['hold', 'held'],
    ['resume', 'resumed'],
    ['answer', 'confirmed'],
    ['hangUp', 'ended'],
    ['reject', 'ended'],
  ])('%s is allowed only where %s leads somewhere', (command, event) => {
    for (const state of allowed[command]) expect(next(state, event)).not.toBeNull();
  });
});
