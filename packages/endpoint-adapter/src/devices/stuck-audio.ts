/** `restart_audio_if_stuck`: when a device that is there, but has stopped calling, is opened anew. Pure. */

const firstWaitMs = 1000;
const longestWaitMs = 30_000;
/** Devices that have worked for so long since the last time are given a new chance at once. */
const healthyMs = 60_000;

export class StuckAudio {
  #waitMs = 0;
  #reopenedAtMs = Number.NEGATIVE_INFINITY;

  /**
   * Devices stand still though they are listed. In how many ms they are to be opened anew; null: when others are chosen.
   * `restart`: again and again, and not just the first time.
   */
  stuck(nowMs: number, restart: boolean): number | null {
    const isFirst = nowMs - this.#reopenedAtMs >= healthyMs;
    if (!isFirst && !restart) return null;
    const waitMs = isFirst ? 0 : this.#waitMs;
    this.#reopenedAtMs = nowMs + waitMs;
    this.#waitMs = Math.min(longestWaitMs, Math.max(firstWaitMs, 2 * waitMs));
    return waitMs;
  }
}
