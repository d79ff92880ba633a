/** What was started is stopped again, last first, whatever happened in between. */

export interface Open {
  keep<T extends { stop(): Promise<unknown> }>(starting: Promise<T>): Promise<T>;
  /** The same for what is closed in another way. */
  later(stop: () => unknown): void;
}

export async function whileOpen<T>(work: (open: Open) => Promise<T>): Promise<T> {
  const stops: (() => unknown)[] = [];
  const later = (stop: () => unknown): void => void stops.push(stop);
  try {
    return await work({
      later,
      async keep(starting) {
        const it = await starting;
        later(() => it.stop());
        return it;
      },
    });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}
