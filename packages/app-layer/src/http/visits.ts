/** Which pages have asked the connector, for people who look for the reason why one can't. */
import type { Verdict } from './connector-guard.ts';

/** Origins that are remembered, and how much of each. */
const mostOrigins = 16;
const longestOrigin = 200;

export interface Visit {
  /** Empty: programs. */
  origin: string;
  preflights: number;
  requests: number;
  /** What became of the last one. */
  verdict: Verdict;
}

export class Visits {
  readonly #visits = new Map<string, Visit>();

  note({ origin, isPreflight, verdict }: { origin: string | undefined; isPreflight: boolean; verdict: Verdict }): void {
    const name = (origin ?? '').slice(0, longestOrigin);
    const { preflights, requests } = this.#visits.get(name) ?? { preflights: 0, requests: 0 };
    this.#visits.delete(name);
    this.#visits.set(name, {
      origin: name,
      preflights: preflights + (isPreflight ? 1 : 0),
      requests: requests + (isPreflight ? 0 : 1),
      verdict,
    });
    for (const oldest of this.#visits.keys()) {
      if (this.#visits.size <= mostOrigins) break;
      this.#visits.delete(oldest);
    }
  }

  /** The last one to ask comes last. */
  list(): Visit[] {
    return [...this.#visits.values()];
  }

  /** Whether any page has asked: where none has, the browser may not let it. */
  get hasPage(): boolean {
    return [...this.#visits.keys()].some((origin) => origin !== '');
  }
}
