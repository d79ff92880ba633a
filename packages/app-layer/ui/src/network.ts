/** How good the network is, in a word, and what limits it: the three levels of a good network, and one below them. Pure. */
import type { CallQuality } from '../../src/panel/api.ts';

export type NetworkLevel = NonNullable<CallQuality['networkLevel']>;
export type Limit = 'loss' | 'jitter' | 'delay';

const levels = ['GOOD', 'MEDIUM', 'POOR', 'BAD'] as const satisfies readonly NetworkLevel[];

/** Each level's percent lost, ms of jitter and ms one way lie below these; the last one has none. */
const limits: Readonly<Record<Limit, readonly number[]>> = {
  loss: [0.1, 1, 5],
  jitter: [10, 20, 60],
  delay: [40, 100, 400],
};

/** null: not measured. delayMs: half the round trip. */
export interface NetworkFacts {
  lossPercent: number | null;
  jitterMs: number | null;
  delayMs: number | null;
}

const rank = (value: number | null, thresholds: readonly number[]): number =>
  value === null ? -1 : thresholds.filter((limit) => value >= limit).length;

const ranked = ({ lossPercent, jitterMs, delayMs }: NetworkFacts): [Limit, number][] => [
  ['loss', rank(lossPercent, limits.loss)],
  ['jitter', rank(jitterMs, limits.jitter)],
  ['delay', rank(delayMs, limits.delay)],
];

/** The worst of the three; UNKNOWN while none of them is known. */
export function levelOf(facts: NetworkFacts): NetworkLevel {
  const worst = Math.max(...ranked(facts).map(([, it]) => it));
  return levels[worst] ?? 'UNKNOWN';
}

/** What keeps the network from being good, the worst first; nothing where it is good, or not known. */
export function limitsOf(facts: NetworkFacts): Limit[] {
  const worst = Math.max(...ranked(facts).map(([, it]) => it));
  return worst <= 0
    ? []
    : ranked(facts)
        .filter(([, it]) => it === worst)
        .map(([limit]) => limit);
}

/** How many of the badge's bars are full. */
export const barsOf = (level: NetworkLevel): number => ({ GOOD: 3, MEDIUM: 2, POOR: 1, BAD: 0, UNKNOWN: 0 })[level];
