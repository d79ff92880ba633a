/** RFC 3261 table 4, ms. */
export const T1 = 500;
export const T2 = 4_000;
export const T4 = 5_000;
/** Timers B, D, F, H, J, L, M, and the wait for an ACK. */
export const TIMEOUT = 64 * T1;
/** RFC 3261 §17.2.1: an INVITE that is not answered by then gets 100 Trying. */
export const TRYING = 200;

/** What a timer of Node.js can wait; given more, it would fire at once. */
const LONGEST = 2 ** 31 - 1;

export const timerMs = (ms: number): number => Math.min(Math.max(ms, 0), LONGEST);

/** Named one-shot timers of one owner; setting a name anew replaces its timer. */
export class TimerSet<Name extends string> {
  readonly #expired: (name: Name) => void;
  readonly #running = new Map<Name, NodeJS.Timeout>();

  constructor(expired: (name: Name) => void) {
    this.#expired = expired;
  }

  /** ms: 0 expires in the next round of the event loop. */
  set(name: Name, ms: number): void {
    clearTimeout(this.#running.get(name));
    this.#running.set(
      name,
      setTimeout(() => {
        this.#running.delete(name);
        this.#expired(name);
      }, ms),
    );
  }

  has(name: Name): boolean {
    return this.#running.has(name);
  }

  clear(...names: Name[]): void {
    for (const name of names) {
      clearTimeout(this.#running.get(name));
      this.#running.delete(name);
    }
  }

  clearAll(): void {
    this.clear(...this.#running.keys());
  }
}
