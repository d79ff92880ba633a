/** How good the network is, in a word: the worst of loss, jitter and delay. Pure. */
import type { CallQuality } from '@thinline/shared/contract/types.ts';

export type NetworkLevel = NonNullable<CallQuality['networkLevel']>;

const levels = ['GOOD', 'MEDIUM', 'POOR', 'BAD'] as const satisfies readonly NetworkLevel[];
/** Each level's share lost, ms of jitter and ms one way lie below these; the last one has none. */
const lossLimits: readonly number[] = [0.001, 0.01, 0.05];
const jitterLimitsMs: readonly number[] = [10, 20, 60];
const delayLimitsMs: readonly number[] = [40, 100, 400];

export interface NetworkFacts {
  loss: number | null;
  jitterMs: number | null;
  /** Half the round trip. */
  delayMs: number | null;
}

const rank = (value: number | null, limits: readonly number[]): number =>
  value === null ? 0 : limits.filter((limit) => value >= limit).length;

/** UNKNOWN while none of the three is known. */
export function networkLevel({ loss, jitterMs, delayMs }: NetworkFacts): NetworkLevel {
  if (loss === null && jitterMs === null && delayMs === null) return 'UNKNOWN';
  const worst = Math.max(rank(loss, lossLimits), rank(jitterMs, jitterLimitsMs), rank(delayMs, delayLimitsMs));
  return levels[worst] ?? 'UNKNOWN';
}
