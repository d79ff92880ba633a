/** How much later than the fastest packets the others come, and so how long sound should wait to be played. */

/** The fastest packet is that of the last 1 to 2 s: clocks drift, routes change, and senders that stall lose time. */
const baseWindowMs = 1_000;
const bucketMs = 2.5;
const buckets = 160;
/** Of what was seen, half is forgotten after so much sound; or after a share of all that has come, while that is less. */
const halfLifeMs = 1_500;
const halfLifeShare = 0.2;
/** One packet in a hundred that comes in time is worth so much delay. */
const worthOfPercentMs = 13;
/**
 * One that was lost, and can still be had, is worth more, as nothing stands for it otherwise, whereas of a late one some is
 * played. It is remembered for longer: losses are rare, and a delay that comes and goes with each would be heard.
 */
const worthOfRecovered = 3;
const recoveredHalfLifeMs = 10_000;
/** Fewer say nothing of how often that is. */
const fewPackets = 200;
/** Less counts as none. */
const leastShare = 1e-6;
/** Nobody knows what the network is like before so much sound has come. */
const unknownMs = 500;
const unknownTargetMs = 20;
/** After that, when still few have come, a single late one mustn't move everything: one of them weighs no more than this. */
const mostWeight = 0.02;
/** So many packets in a row, all later than any buffer would wait: the timestamps have moved, not the network. */
const displacedPackets = 10;

const minDelayMs = bucketMs;
export const maxDelayMs = 200;

export class DelayEstimate {
  /** Lateness of each packet in buckets; the weights add up to #known: 1, or less as long as little is known. */
  #histogram = new Float64Array(buckets);
  #known = 0;
  /** Of what was lost and came again; the weights add up to its share of all packets, #lost. */
  #recovered = new Float64Array(buckets);
  #lost = 0;
  /** What the lateness in the histogram was measured from. */
  #origin = 0;
  #packets = 0;
  #packetMs = 0;
  #halfLife = 0;
  /** What is left, after one packet, of what was seen before; and what one packet weighs. */
  #keep = 0;
  #weight = 1;
  #older = Number.POSITIVE_INFINITY;
  #newer = Number.POSITIVE_INFINITY;
  #windowStartMs = 0;
  #displaced = 0;
  /** What to wait for, ms. */
  target = unknownTargetMs;
  /** Arrival less timestamp of the fastest packet, ms. */
  base = Number.POSITIVE_INFINITY;

  get started(): boolean {
    return this.#packets > 0;
  }

  restart(): void {
    this.#histogram.fill(0);
    this.#known = 0;
    this.#recovered.fill(0);
    this.#lost = 0;
    this.#packets = 0;
    this.#halfLife = 0;
    this.#older = Number.POSITIVE_INFINITY;
    this.#newer = Number.POSITIVE_INFINITY;
    this.base = Number.POSITIVE_INFINITY;
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
      this.#halfLife = 0;
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

  /** Takes sound that was lost and came again later, with another packet. */
  updateRecovered(transitMs: number): void {
    if (!this.started) return;
    const keep = this.#keepRecovered();
    count(this.#recovered, Math.max(0, transitMs - this.base), keep, 1 - keep);
    this.#lost = this.#lost * keep + 1 - keep;
    this.#aim();
  }

  /** Another fastest packet makes all others later, or less late, than they were taken for. */
  #shift(): void {
    this.base = Math.min(this.#older, this.#newer);
    if (this.#packets === 0) this.#origin = this.base;
    const places = Math.round((this.#origin - this.base) / bucketMs);
    if (places === 0) return;
    this.#origin -= places * bucketMs;
    shift(this.#histogram, places);
    shift(this.#recovered, places);
  }

  #count(lateMs: number): void {
    this.#packets++;
    if (this.#halfLife < halfLifeMs) this.#age();
    count(this.#histogram, lateMs, this.#keep, this.#weight);
    this.#known = this.#known * this.#keep + this.#weight;
    if (this.#lost > 0) this.#forgetLoss();
    this.#aim();
  }

  #keepFor(halfLife: number): number {
    return 0.5 ** (this.#packetMs / halfLife);
  }

  /** A call's first second is like no other: programs are still being loaded at both ends, and devices opened. */
  #age(): void {
    this.#halfLife = Math.min(halfLifeMs, halfLifeShare * this.#packets * this.#packetMs);
    this.#keep = this.#keepFor(this.#halfLife);
    this.#weight = this.#begins ? 1 - this.#keep : Math.min(1 - this.#keep, mostWeight);
  }

  #forgetLoss(): void {
    const keep = this.#keepRecovered();
    for (let i = 0; i < buckets; i++) this.#recovered[i] = (this.#recovered[i] ?? 0) * keep;
    this.#lost = this.#lost < leastShare ? 0 : this.#lost * keep;
  }

  /** At first all weigh alike. */
  #keepRecovered(): number {
    return Math.min(this.#keepFor(recoveredHalfLifeMs), 1 - 1 / Math.max(this.#packets, fewPackets));
  }

  #aim(): void {
    const best = this.#cheapest();
    this.target = this.#begins ? Math.max(best, unknownTargetMs) : best;
  }

  get #begins(): boolean {
    return this.#packets * this.#packetMs < unknownMs;
  }

  /** Where delay and what comes too late for it cost the least together. */
  #cheapest(): number {
    const histogram = this.#histogram;
    const recovered = this.#recovered;
    let late = this.#known + worthOfRecovered * this.#lost;
    let cheapest = Number.POSITIVE_INFINITY;
    let best = maxDelayMs;
    for (let bucket = 0; bucket < maxDelayMs / bucketMs; bucket++) {
      late -= (histogram[bucket] ?? 0) + worthOfRecovered * (recovered[bucket] ?? 0);
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

function count(histogram: Float64Array, lateMs: number, keep: number, weight: number): void {
  for (let i = 0; i < buckets; i++) histogram[i] = (histogram[i] ?? 0) * keep;
  const bucket = Math.min(buckets - 1, Math.floor(lateMs / bucketMs));
  histogram[bucket] = (histogram[bucket] ?? 0) + weight;
}

/** By whole buckets, later or earlier; what would fall over the edge stays in the bucket there. */
function shift(histogram: Float64Array, places: number): void {
  const distance = Math.min(Math.abs(places), buckets);
  let edge = 0;
  for (let i = 0; i < distance; i++) edge += histogram[places > 0 ? buckets - 1 - i : i] ?? 0;
  histogram.copyWithin(Math.max(0, places), Math.max(0, -places));
  if (places > 0) histogram.fill(0, 0, distance);
  else histogram.fill(0, buckets - distance);
  const last = places > 0 ? buckets - 1 : 0;
  histogram[last] = (histogram[last] ?? 0) + edge;
}
