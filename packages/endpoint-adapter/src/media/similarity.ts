/** Where a sound is like itself: what concealment and time scale look for. */

/** Pitch shows at this rate as well as at any higher one. */
const coarseRate = 4_000;

export const decimationOf = (sampleRate: number): number => Math.max(1, Math.round(sampleRate / coarseRate));

/** Means of `step` samples each, from `from` to `to`, into `out`; returns how many. The last one ends at `to`. */
export function decimate(sound: ArrayLike<number>, from: number, to: number, step: number, out: Float32Array): number {
  const count = Math.min(out.length, Math.floor((to - from) / step));
  const start = to - count * step;
  for (let j = 0; j < count; j++) {
    let sum = 0;
    for (let i = start + j * step; i < start + (j + 1) * step; i++) sum += sound[i] ?? 0;
    out[j] = sum / step;
  }
  return count;
}

/** The answer of `bestLag`, overwritten by the next. */
const answer = { lag: 0, likeness: 0 };

/**
 * The lag between two bounds at which `window` samples from `at` on are most like those so much later (or earlier, for a
 * negative lag): normalised correlation, from -1 to 1.
 */
export function bestLag(
  sound: ArrayLike<number>,
  at: number,
  window: number,
  from: number,
  to: number,
  step: number,
): Readonly<typeof answer> {
  answer.lag = from;
  answer.likeness = -1;
  let power = 1;
  for (let i = at; i < at + window; i++) power += (sound[i] ?? 0) ** 2;
  for (let lag = from; lag <= to; lag += step) {
    let product = 0;
    let energy = 1;
    for (let i = at; i < at + window; i++) {
      const other = sound[i + lag] ?? 0;
      product += (sound[i] ?? 0) * other;
      energy += other * other;
    }
    const likeness = product / Math.sqrt(energy * power);
    if (likeness > answer.likeness) {
      answer.likeness = likeness;
      answer.lag = lag;
    }
  }
  return answer;
}
