/** How much later than the fastest packets the others come, and so how long sound must wait to be played whole. */

/** The fastest packet is that of the last 1 to 2 s: clocks drift, routes change, and senders that stall lose time. */
const baseWindowMs = 1_000;
const bucketMs = 5;
const buckets = 80;
/** This share of packets is to come in time. */
const quantile = 0.97;
/** Weight that a packet keeps with each that follows: at 50 a second, half is forgotten in 2 s. */
const forgetting = 0.993;
/** So many packets in a row, all later than any buffer would wait: the timestamps have moved, not the network. */
const displacedPackets = 10;

export const maxDelayMs = 200;

export class DelayEstimate {
  /** Lateness of each packet in buckets of 5 ms; the weights add up to 1 once the first packet is there. */
  #histogram = new Float64Array(buckets);
  /** What the lateness in the histogram was measured from. */
  #origin = 0;
  #packets = 0;
  #older = Number.POSITIVE_INFINITY;
  #newer = Number.POSITIVE_INFINITY;
  #windowStartMs = 0;
  #displaced = 0;

  /** Arrival less timestamp of the fastest packet, ms. */
  get base(): number {
    return Math.min(this.#older, this.#newer);
  }

  get started(): boolean {
    return this.#packets > 0;
  }

  restart(): void {
    this.#histogram.fill(0);
    this.#packets = 0;
    this.#older = Number.POSITIVE_INFINITY;
    this.#newer = Number.POSITIVE_INFINITY;
    this.#displaced = 0;
  }

  /** Takes one packet's arrival less its timestamp, both ms. */
  update(transitMs: number, arrivalMs: number): void {
    if (arrivalMs - this.#windowStartMs > baseWindowMs) {
      this.#older = this.#newer;
      this.#newer = Number.POSITIVE_INFINITY;
      this.#windowStartMs = arrivalMs;
    }
    this.#newer = Math.min(this.#newer, transitMs);
    this.#shift();
    const late = transitMs - this.base;
    this.#displaced = late > 1.5 * maxDelayMs ? this.#displaced + 1 : 0;
    if (this.#displaced >= displacedPackets) {
      this.#displaced = 0;
      this.#older = Number.POSITIVE_INFINITY;
      this.#newer = transitMs;
      this.#shift();
      return;
    }
    this.#count(late);
  }

  /** What to wait for, ms, at least `packetMs`. */
  target(packetMs: number): number {
    let sum = 0;
    let bucket = 0;
    for (; bucket < buckets - 1; bucket++) {
      sum += this.#histogram[bucket] ?? 0;
      if (sum >= quantile) break;
    }
    // No jitter fills the first bucket: that needs no more than the packet itself.
    return Math.min(maxDelayMs, Math.max(packetMs, (bucket + 1) * bucketMs));
  }

  /** Another fastest packet makes all others later, or less late, than they were taken for. */
  #shift(): void {
    if (this.#packets === 0) this.#origin = this.base;
    const places = Math.round((this.#origin - this.base) / bucketMs);
    if (places === 0) return;
    this.#origin -= places * bucketMs;
    const histogram = this.#histogram;
    const distance = Math.min(Math.abs(places), buckets);
    // What would fall over the edge stays in the bucket there.
    let edge = 0;
    for (let i = 0; i < distance; i++) edge += histogram[places > 0 ? buckets - 1 - i : i] ?? 0;
    histogram.copyWithin(Math.max(0, places), Math.max(0, -places));
    if (places > 0) histogram.fill(0, 0, distance);
    else histogram.fill(0, buckets - distance);
    const last = places > 0 ? buckets - 1 : 0;
    histogram[last] = (histogram[last] ?? 0) + edge;
  }

  #count(lateMs: number): void {
    this.#packets++;
    // The first packets weigh alike; from then on the past fades.
    const keep = Math.min(forgetting, 1 - 1 / this.#packets);
    for (let i = 0; i < buckets; i++) this.#histogram[i] = (this.#histogram[i] ?? 0) * keep;
    const bucket = Math.min(buckets - 1, Math.floor(lateMs / bucketMs));
    this.#histogram[bucket] = (this.#histogram[bucket] ?? 0) + 1 - keep;
  }
}
