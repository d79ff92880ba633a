/** Many samples as few numbers. */

export interface Summary {
  median: number;
  p95: number;
  max: number;
  samples: number;
}

/** The smallest sample that at least `percent` of all are not above (nearest rank). Throws RangeError without samples. */
export function percentile(samples: readonly number[], percent: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  const found = sorted[rank - 1];
  if (found === undefined) throw new RangeError('There is no percentile of no samples.');
  return found;
}

/** To two decimals. Throws RangeError without samples. */
export const summary = (samples: readonly number[]): Summary => ({
  median: Number(percentile(samples, 50).toFixed(2)),
  p95: Number(percentile(samples, 95).toFixed(2)),
  max: Number(percentile(samples, 100).toFixed(2)),
  samples: samples.length,
});
