/** How much later than the fastest packets the others come, and so how long sound should wait to be played. */

/** The fastest packet is that of the last 1 to 2 s: clocks drift, routes change, and senders that stall lose time. */
const baseWindowMs = 1_000;
const bucketMs = 2.5;
const buckets = 160;
/** Of what was seen, half is forgotten after so much sound. */
const halfLifeMs = 1_500;
/** One packet in a hundred that comes in time is worth so much delay. */
const worthOfPercentMs = 13;
/** Nobody knows what the network is like before so much sound has come. */
const unknownMs = 1_000;
const unknownTargetMs = 20;
/** So many packets in a row, all later than any buffer would wait: the timestamps have moved, not the network. */
const displacedPackets = 10;

const minDelayMs = 5;
export const maxDelayMs = 200;

export class DelayEstimate {
  /** Lateness of each packet in buckets; the weights add up to 1 once the first packet is there. */
  #histogram = new Float64Array(buckets);
  /** What the lateness in the histogram was measured from. */
  #origin = 0;
  #packets = 0;
  #packetMs = 0;
  #keep = 0;
  #older = Number.POSITIVE_INFINITY;
  #newer = Number.POSITIVE_INFINITY;
  #windowStartMs = 0;
  #displaced = 0;
  /** What to wait for, ms. */
  target = unknownTargetMs;

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
    this.target = unknownTargetMs;
  }

  /** Takes one packet's arrival less its timestamp, both ms, and its length. */
  update(transitMs: number, arrivalMs: number, packetMs: number): void {
    if (arrivalMs - this.#windowStartMs > baseWindowMs) {
      this.#older = this.#newer;
      this.#newer = Number.POSITIVE_INFINITY;
      this.#windowStartMs = arrivalMs;
    }
    this.#newer = Math.min(this.#newer, transitMs);
    this.#shift();
    if (packetMs !== this.#packetMs) {
      this.#packetMs = packetMs;
      this.#keep = 0.5 ** (packetMs / halfLifeMs);
    }
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

  /** Takes sound that was lost and came again later, with another packet: waiting for it is worth as much. */
  updateRecovered(transitMs: number): void {
    if (this.started) this.#count(Math.max(0, transitMs - this.base));
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
    const keep = Math.min(this.#keep, 1 - 1 / this.#packets);
    for (let i = 0; i < buckets; i++) this.#histogram[i] = (this.#histogram[i] ?? 0) * keep;
    const bucket = Math.min(buckets - 1, Math.floor(lateMs / bucketMs));
    this.#histogram[bucket] = (this.#histogram[bucket] ?? 0) + 1 - keep;
    const best = this.#cheapest();
    this.target = this.#packets * this.#packetMs < unknownMs ? Math.max(best, unknownTargetMs) : best;
  }

  /** Where delay and what comes too late for it cost the least together. */
  #cheapest(): number {
    let late = 1;
    let cheapest = Number.POSITIVE_INFINITY;
    let best = maxDelayMs;
    for (let bucket = 0; bucket < maxDelayMs / bucketMs; bucket++) {
      late -= this.#histogram[bucket] ?? 0;
      const delay = (bucket + 1) * bucketMs;
      const cost = delay + late * 100 * worthOfPercentMs;
      if (cost < cheapest) {
        cheapest = cost;
        best = delay;
      }
    }
    return Math.max(minDelayMs, best);
  }
}
