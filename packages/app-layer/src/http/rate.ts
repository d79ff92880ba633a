/** How often each origin may ask: a bucket of tokens each, so that none uses up another's. */
import type { DoorLimits } from './limits.ts';

/** Origins that are remembered; of more, the one that has asked longest ago is forgotten. */
const mostOrigins = 64;

interface Bucket {
  tokens: number;
  atMs: number;
}

export class Rate {
  readonly #perMs: number;
  readonly #atOnce: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(limits: Pick<DoorLimits, 'requestsPerSecond' | 'requestsAtOnce'>, now: () => number) {
    this.#perMs = limits.requestsPerSecond / 1000;
    this.#atOnce = limits.requestsAtOnce;
    this.#now = now;
  }

  /** Milliseconds until `origin` may ask again; 0: it may now, and this counts. */
  take(origin: string): number {
    const now = this.#now();
    const { tokens, atMs } = this.#buckets.get(origin) ?? { tokens: this.#atOnce, atMs: now };
    const there = Math.min(this.#atOnce, tokens + (now - atMs) * this.#perMs);
    this.#buckets.delete(origin);
    this.#buckets.set(origin, { tokens: there >= 1 ? there - 1 : there, atMs: now });
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= mostOrigins) break;
      this.#buckets.delete(oldest);
    }
    return there >= 1 ? 0 : (1 - there) / this.#perMs;
  }
}
