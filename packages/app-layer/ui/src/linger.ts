/** Released calls stay on the page for a moment, so that one can read why they ended. */
import type { Call } from '../../src/panel/api.ts';

export const lingerMs = 5_000;

export interface SeenCall {
  call: Call;
  /** When the page first saw it released, on its own clock; null: it lives. */
  releasedAtMs: number | null;
}

/**
 * The calls seen before and those of a new state. A released call is remembered while the state has it, so that it
 * does not come back after it has gone from the page; one that left the state stays until it has lingered.
 */
export function see(seen: readonly SeenCall[], calls: readonly Call[], nowMs: number): SeenCall[] {
  const before = new Map(seen.map((it) => [it.call.id, it]));
  const present = new Set(calls.map(({ id }) => id));
  const current = calls.map((call): SeenCall => {
    if (call.state !== 'RELEASED') return { call, releasedAtMs: null };
    const known = before.get(call.id);
    // Not seen alive: it ended before this page was opened, or too fast.
    const releasedAtMs = known ? (known.releasedAtMs ?? nowMs) : Math.min(nowMs, call.releasedAtMs);
    return { call, releasedAtMs };
  });
  const gone = seen.filter((it) => !present.has(it.call.id) && lingers(it, nowMs) && it.releasedAtMs !== null);
  return [...current, ...gone];
}

const lingers = (it: SeenCall, nowMs: number): boolean =>
  it.releasedAtMs === null || nowMs - it.releasedAtMs < lingerMs;

/** What to show: calls that wait for an answer first, then the oldest first. */
export function shown(seen: readonly SeenCall[], nowMs: number): Call[] {
  const rank = (call: Call) => (call.state === 'ALERTING' ? 0 : call.state === 'RELEASED' ? 2 : 1);
  return seen
    .filter((it) => lingers(it, nowMs))
    .map(({ call }) => call)
    .sort((a, b) => rank(a) - rank(b) || a.createdAtMs - b.createdAtMs);
}
