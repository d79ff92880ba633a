/** Which servers are bad just now, so that others are tried first. */
import type { Target } from '../address.ts';
import { targetKey } from './locate.ts';

/** ms; a server's Retry-After may say another time. */
const USUAL_TIME = 60_000;
/** ms; no server can shut itself out for longer. */
const MAX_TIME = 3_600_000;
const MAX_BAD = 256;

export class TargetHealth {
  readonly #now: () => number;
  /** When each comes back, ms. */
  readonly #bad = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** It timed out, answered 503, or could not be reached. */
  bad(target: Target, forMs: number = USUAL_TIME): void {
    const now = this.#now();
    for (const [key, until] of this.#bad) if (until <= now) this.#bad.delete(key);
    const key = targetKey(target);
    this.#bad.delete(key);
    this.#bad.set(key, now + Math.min(forMs, MAX_TIME));
    const [oldest] = this.#bad.keys();
    if (this.#bad.size > MAX_BAD && oldest !== undefined) this.#bad.delete(oldest);
  }

  /** It answered. */
  good(target: Target): void {
    this.#bad.delete(targetKey(target));
  }

  isBad(target: Target): boolean {
    return this.#until(target) > 0;
  }

  /** The bad ones last, the one that comes back first before the others; none is dropped. */
  order(targets: readonly Target[]): Target[] {
    return targets.toSorted((a, b) => this.#until(a) - this.#until(b));
  }

  /** 0: it is good. */
  #until(target: Target): number {
    const until = this.#bad.get(targetKey(target)) ?? 0;
    return until > this.#now() ? until : 0;
  }
}
