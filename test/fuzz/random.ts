/** Numbers that look random and are the same for the same seed (mulberry32, public domain). */

export interface Random {
  /** 0 to n - 1. */
  below(n: number): number;
  /** True in `percent` of all cases. */
  chance(percent: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
}

export function makeRandom(seed: number): Random {
  // Neighbouring seeds are to have nothing in common.
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (n: number): number => next() % n;
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick: (items) => items[below(items.length)] ?? items[0],
  };
}
