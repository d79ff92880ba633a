/** How a call is transferred: by name, or into the place of another call of ours. */
import type { Call as CallSnapshot, CallState } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { established } from './states.ts';

/** The call whose far end is the target of a transfer. */
export interface Consultation {
  snapshot: Pick<CallSnapshot, 'id' | 'state' | 'direction'>;
  /** As it was dialled. */
  dialled: string;
}

export type TransferWay<Other> =
  | { kind: 'blind'; target: string }
  | { kind: 'attended'; other: Other }
  /** The other call is given up, and its target called by the far end. */
  | { kind: 'semiAttended'; target: string };

const early: readonly CallState[] = ['DIALING', 'RINGING'];

/**
 * While the consultation still rings, the far end could not take its place: RFC 3891 §3 has a phone refuse to replace
 * an early dialog that it has not begun itself, and the target hasn't. So the consultation is cancelled and its target
 * called anew, as most phones do.
 * Throws FailureError malformedTarget, transferToItself or wrongCallState.
 */
export function transferWay<Other extends Consultation>(
  id: string,
  target: string,
  other: Other | null,
): TransferWay<Other> {
  if (!other) {
    const text = target.trim();
    if (text === '') throw new FailureError('malformedTarget', { target });
    return { kind: 'blind', target: text };
  }
  const { state, direction } = other.snapshot;
  if (other.snapshot.id === id) throw new FailureError('transferToItself', { call: id });
  if (established.includes(state)) return { kind: 'attended', other };
  if (direction === 'OUTGOING' && early.includes(state)) return { kind: 'semiAttended', target: other.dialled };
  throw new FailureError('wrongCallState', {
    state: state.toLowerCase(),
    command: 'transferring to it',
    needed: 'ringing at the far end, or answered',
  });
}
