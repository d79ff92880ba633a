/** Waiting for what a message is to bring about: looked at after every change, never by polling. */

interface Waiter {
  look(): void;
}

export class Waiters {
  #waiting = new Set<Waiter>();

  /** Something has changed. */
  look(): void {
    for (const it of [...this.#waiting]) it.look();
  }

  /**
   * The first value but null, undefined and false that the probe gives, now or after a change. Rejects when it throws, or
   * at the bound (ms) with the sentence and what `explain` adds.
   */
  wait<T>(what: string, probe: () => T | null | undefined | false, explain: () => string, bound: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        act();
      };
      const waiter: Waiter = {
        look: () => {
          try {
            const found = probe();
            if (found !== null && found !== undefined && found !== false) settle(() => resolve(found));
          } catch (error) {
            settle(() => reject(error));
          }
        },
      };
      const timer = setTimeout(
        () => settle(() => reject(new Error(`Not within ${bound} ms: ${what}.\n${explain()}`))),
        bound,
      );
      this.#waiting.add(waiter);
      waiter.look();
    });
  }
}
