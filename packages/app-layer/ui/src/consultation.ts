/** A consultation: one call waits on hold while the agent talks to somebody about it. The page keeps which is which. */
import type { Call } from '../../src/panel/api.ts';
import { isTransferring } from '../../src/words.ts';

/** The ids of the calls. */
export interface Pair {
  first: string;
  second: string;
}

export interface Consultation {
  /** Who waits. */
  first: Call;
  /** Who is asked. */
  second: Call;
}

/** Whether it has become a conference, after which it is none any more. */
export const isJoined = ({ first, second }: Pair, calls: readonly Call[]): boolean =>
  [first, second].every((id) => calls.some((call) => call.id === id && call.conference));

/** The consultation that goes on; null: none does, as one of the two has ended, is being transferred, or both are joined. */
export function consultationOf(pair: Pair | null, calls: readonly Call[]): Consultation | null {
  const living = (id: string | undefined) => calls.find((call) => call.id === id && call.state !== 'RELEASED');
  const first = living(pair?.first);
  const second = living(pair?.second);
  if (!pair || !first || !second || isJoined(pair, calls)) return null;
  return isTransferring(first.transfer) || isTransferring(second.transfer) ? null : { first, second };
}

/** Whether the two can be connected with each other now. */
export const canComplete = ({ second }: Consultation): boolean =>
  second.state !== 'DIALING' && second.state !== 'ALERTING';

/** Whether the two can be joined in a conference now. */
export const canJoin = ({ second }: Consultation): boolean => ['TALKING', 'HELD', 'REMOTE_HELD'].includes(second.state);

/** What was kept of a pair as text; null where it isn't one. */
export function readPair(text: string | null): Pair | null {
  try {
    const it: unknown = JSON.parse(text ?? 'null');
    if (typeof it !== 'object' || it === null || !('first' in it) || !('second' in it)) return null;
    const { first, second } = it;
    return typeof first === 'string' && typeof second === 'string' ? { first, second } : null;
  } catch {
    return null;
  }
}
