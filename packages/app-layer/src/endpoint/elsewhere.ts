/** Calls that went on at an endpoint which the agent left: the last that was heard of them, until they count as ended. */
import type { Roaming } from '@thinline/shared/config/link.ts';
import type { Call, EndpointIdentity, Snapshot } from '@thinline/shared/contract/types.ts';

export interface Elsewhere {
  endpointId: string;
  host: string;
  /** As they were when the link to it was last up. */
  calls: readonly Call[];
  /** When the agent was met at another endpoint, ms since 1970. */
  sinceMs: number;
}

/** Nobody talks for so long unheard; from then on a call counts as ended, ms. */
export const longestUnheard = 4 * 3_600_000;
/** Endpoints left behind that are kept, so that the list can't grow for ever. */
const mostEndpoints = 4;

type Machine = Pick<EndpointIdentity, 'endpointId' | 'host'>;

/** An adapter that is too old to say which machine it is on is known by the machine's name. */
export const isSameMachine = (a: Machine, b: Machine): boolean =>
  a.endpointId !== '' && b.endpointId !== '' ? a.endpointId === b.endpointId : a.host === b.host;

/** The list after the endpoint `now` was met: it speaks for itself again, and what is left behind is kept if it has calls. */
export function meet(
  list: readonly Elsewhere[],
  left: Snapshot | null,
  now: EndpointIdentity,
  nowMs: number,
): readonly Elsewhere[] {
  const others = list.filter((it) => !isSameMachine(it, now));
  const old = left?.endpoint;
  if (!left || !old || isSameMachine(old, now) || left.calls.length === 0) return others;
  const kept = { endpointId: old.endpointId, host: old.host, calls: left.calls, sinceMs: nowMs };
  return [kept, ...others.filter((it) => !isSameMachine(it, old))].slice(0, mostEndpoints);
}

/** Without those that count as ended by now. */
export const stillOn = (list: readonly Elsewhere[], nowMs: number): readonly Elsewhere[] =>
  list.filter((it) => nowMs - it.sinceMs < longestUnheard);

/** How long until one of them counts as ended, ms; null: there is none. */
export function nextEnd(list: readonly Elsewhere[], nowMs: number): number | null {
  return list.length === 0 ? null : Math.max(0, Math.min(...list.map((it) => it.sinceMs)) + longestUnheard - nowMs);
}

/** Whether an endpoint may be told its configuration, and so register, now. */
export const mayConfigure = (roaming: Roaming, list: readonly Elsewhere[]): boolean =>
  roaming === 'at_once' || list.length === 0;
