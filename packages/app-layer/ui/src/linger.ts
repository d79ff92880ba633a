/** Released calls stay on the page for a moment, so that one can read why they ended. */
import type { Call } from '../../src/panel/api.ts';

export const lingerMs = 5_000;
/** Of one that failed, as three sentences say why and what to do. */
export const failedLingerMs = 20_000;

export interface SeenCall {
  call: Call;
  /** When the page heard that it was released, on the page's own clock, ms; null: it lives. */
  releasedAtMs: number | null;
}

const lingers = (it: SeenCall, nowMs: number): boolean =>
  it.releasedAtMs === null || nowMs - it.releasedAtMs < (it.call.failure ? failedLingerMs : lingerMs);

const isReleased = (it: SeenCall): boolean => it.releasedAtMs !== null;

/** The calls of a new state, and those that linger. */
export function see(seen: readonly SeenCall[], calls: readonly Call[], nowMs: number): SeenCall[] {
  const lingering = seen.filter((it) => isReleased(it) && lingers(it, nowMs));
  const over = new Set(lingering.map((it) => it.call.id));
  const living = calls.filter((call) => call.state !== 'RELEASED' && !over.has(call.id));
  return [...living.map((call): SeenCall => ({ call, releasedAtMs: null })), ...lingering];
}

/** A call has ended. */
export function seeReleased(seen: readonly SeenCall[], call: Call, nowMs: number): SeenCall[] {
  const others = seen.filter((it) => it.call.id !== call.id && lingers(it, nowMs));
  return [...others, { call, releasedAtMs: nowMs }];
}

/** What to show: calls that wait for an answer first, ended ones last, the others by age. */
export function shown(seen: readonly SeenCall[], nowMs: number): Call[] {
  const rank = (call: Call) => (call.state === 'ALERTING' ? 0 : call.state === 'RELEASED' ? 2 : 1);
  return seen
    .filter((it) => lingers(it, nowMs))
    .map(({ call }) => call)
    .sort((a, b) => rank(a) - rank(b) || a.createdAtMs - b.createdAtMs);
}
