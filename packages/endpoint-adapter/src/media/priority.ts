/** The media thread before all others, where the system allows it. */
import { constants, setPriority } from 'node:os';

/** On Linux this is the calling thread's own; without the right to it (RLIMIT_NICE) the thread stays as it is. */
export function raisePriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_HIGH);
  } catch {
    // An ordinary user's phone works without.
  }
}
