/** Whether RTP still comes. Pure; asked about once a second. */

/** A thread that was held up, or a machine that slept, hasn't listened: no more than this counts of such a time. */
const longestStepMs = 2_000;

export class Inactivity {
  lost = false;
  #heard = false;
  #silentMs = 0;
  #lastTickMs: number | null = null;

  /** A packet came; tick() tells of the return. */
  heard(): void {
    this.#heard = true;
  }

  /**
   * `expected`: the far end is to send, so not while it is on hold (RFC 3264 §8.4); `limitS` 0: never lost. 'back' also
   * when nothing is expected any more.
   */
  tick(nowMs: number, expected: boolean, limitS: number): 'lost' | 'back' | null {
    const passed = this.#lastTickMs === null ? 0 : Math.min(longestStepMs, nowMs - this.#lastTickMs);
    this.#lastTickMs = nowMs;
    this.#silentMs = this.#heard || !expected || limitS === 0 ? 0 : this.#silentMs + passed;
    this.#heard = false;
    const lost = limitS > 0 && this.#silentMs >= limitS * 1000;
    if (lost === this.lost) return null;
    this.lost = lost;
    return lost ? 'lost' : 'back';
  }
}
