/** Subscription-State (RFC 6665 §4.1.3, §8.2.3). */
import { readNumber, readTokenValue } from './values.ts';

export interface SubscriptionState {
  /** A state that RFC 6665 doesn't know is pending: it is neither confirmed nor over. */
  state: 'active' | 'pending' | 'terminated';
  /** s; null: not said. */
  expires: number | null;
  /** Lower case; '' where there is none. */
  reason: string;
  /** s; null: not said. */
  retryAfter: number | null;
}

export function readSubscriptionState(value: string): SubscriptionState | null {
  const read = readTokenValue(value);
  if (!read) return null;
  const { token, parameters } = read;
  const word = token.toLowerCase();
  return {
    state: word === 'active' || word === 'terminated' ? word : 'pending',
    expires: readNumber(parameters.get('expires') ?? ''),
    reason: parameters.get('reason')?.toLowerCase() ?? '',
    retryAfter: readNumber(parameters.get('retry-after') ?? ''),
  };
}

export function writeSubscriptionState({ state, expires, reason, retryAfter }: SubscriptionState): string {
  const seconds = expires === null || state === 'terminated' ? '' : `;expires=${expires}`;
  return `${state}${seconds}${reason && `;reason=${reason}`}${retryAfter === null ? '' : `;retry-after=${retryAfter}`}`;
}

/** When a subscription that the other side has ended may be asked for again (RFC 6665 §4.1.3). */
export function resubscription({ reason, retryAfter }: SubscriptionState): 'now' | 'later' | 'never' {
  if (reason === 'deactivated' || reason === 'timeout') return 'now';
  if (reason === 'rejected' || reason === 'noresource' || reason === 'invariant') return 'never';
  return retryAfter === 0 ? 'now' : 'later';
}
