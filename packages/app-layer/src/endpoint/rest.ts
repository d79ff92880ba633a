/** Waits that somebody can end before their time. */
export class Rest {
  readonly #wakers = new Set<() => void>();

  /** ms: the longest. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wakers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#wakers.add(wake);
    });
  }

  /** Whoever sleeps now. */
  wake(): void {
    for (const wake of this.#wakers) wake();
  }
}
