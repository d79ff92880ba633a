/** For what a peer doesn't announce: asks again and again until it holds. */
import { setTimeout as pause } from 'node:timers/promises';

/** Rejects with the sentence `what` when the condition doesn't hold by the deadline (ms). */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  deadline = 10_000,
  every = 25,
): Promise<void> {
  const end = performance.now() + deadline;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Not within ${deadline} ms: ${what}.`);
    await pause(every);
  }
}
