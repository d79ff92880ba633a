/** Interarrival jitter (RFC 3550 §6.4.1 and A.8). */
export class JitterEstimate {
  #clockRate: number;
  #transit = 0;
  #started = false;
  /** In units of the RTP clock. */
  value = 0;

  constructor(clockRate: number) {
    this.#clockRate = clockRate;
  }

  update(timestamp: number, arrivalMs: number): void {
    // 32 bits wrap alike on both sides of the difference.
    const transit = (Math.round((arrivalMs * this.#clockRate) / 1000) - timestamp) | 0;
    if (this.#started) this.value += (Math.abs((transit - this.#transit) | 0) - this.value) / 16;
    this.#started = true;
    this.#transit = transit;
  }

  /** After a jump of the timestamps that is no jitter. */
  restart(): void {
    this.#started = false;
  }

  get ms(): number {
    return (this.value * 1000) / this.#clockRate;
  }
}
