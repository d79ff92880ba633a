/** The life of a call as a table: which event takes which state where. What is not in the table does not happen. */
import type { CallState } from '@thinline/shared/contract/types.ts';

export type CallEvent = 'progress' | 'confirmed' | 'held' | 'resumed' | 'heldByRemote' | 'resumedByRemote' | 'ended';

const ended = { ended: 'RELEASED' } as const;

const table: Record<CallState, Partial<Record<CallEvent, CallState>>> = {
  DIALING: { progress: 'RINGING', confirmed: 'TALKING', ...ended },
  RINGING: { progress: 'RINGING', confirmed: 'TALKING', ...ended },
  ALERTING: { confirmed: 'TALKING', ...ended },
  TALKING: { held: 'HELD', heldByRemote: 'REMOTE_HELD', ...ended },
  // Our hold comes first: while we hold, what the far end does changes nothing to see.
  HELD: { resumed: 'TALKING', ...ended },
  REMOTE_HELD: { held: 'HELD', resumedByRemote: 'TALKING', ...ended },
  RELEASED: {},
};

/** The state after the event, or null where the event means nothing in this state. */
export const next = (state: CallState, event: CallEvent): CallState | null => table[state][event] ?? null;

export type CallCommand = 'answer' | 'reject' | 'hold' | 'resume' | 'mute' | 'sendDtmf' | 'hangUp' | 'transfer';

/** Somebody is to be heard. */
export const holdsTheEar = (state: CallState): boolean => state === 'TALKING' || state === 'REMOTE_HELD';

/** Answered, and not yet over. */
export const established: readonly CallState[] = ['TALKING', 'HELD', 'REMOTE_HELD'];
const alive: readonly CallState[] = ['DIALING', 'RINGING', 'ALERTING', ...established];

/** The states in which a command makes sense. */
export const allowed: Record<CallCommand, readonly CallState[]> = {
  answer: ['ALERTING'],
  reject: ['ALERTING'],
  hold: ['TALKING', 'REMOTE_HELD'],
  resume: ['HELD'],
  mute: alive,
  // With early media there is somebody to hear them; without, the media worker says why not.
  sendDtmf: ['RINGING', ...established],
  hangUp: alive,
  transfer: established,
};
