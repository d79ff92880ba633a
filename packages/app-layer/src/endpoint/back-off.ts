/** How long to wait before the endpoint is sought again. */

/** Between the first attempts, ms. */
const firstWait = 500;
/** A phone that somebody else has is asked for so often, so that its next user has it soon after the last call, ms. */
export const takenWait = 500;

/** attempt: how many have failed on end. At once at first, then after 0.5, 1, 2, 4 … s, but never after more than mostWaitMs. */
export function waitBefore(attempt: number, mostWaitMs: number): number {
  return attempt === 0 ? 0 : Math.min(firstWait * 2 ** Math.min(attempt - 1, 20), mostWaitMs);
}
