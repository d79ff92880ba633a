/**
 * Loss in bursts and between them (RFC 3611 §4.7.2). A burst begins and ends with a packet that couldn't be played, and
 * nowhere in it are Gmin packets in a row that could. What is counted is what the transitions of appendix A.2 add up to.
 */
import type { PacketFate } from '../media/jitter-buffer.ts';

/** RFC 3611 §4.7.2 recommends it. */
export const gmin = 16;

export interface BurstGapSummary {
  /** Shares, from 0 to 1. */
  lossRate: number;
  discardRate: number;
  burstDensity: number;
  gapDensity: number;
  /** Mean lengths; 0 and the whole time where there was no burst. */
  burstMs: number;
  gapMs: number;
}

/** How many packets there were, how many couldn't be played, and in how many runs without one that could. */
export interface Tally {
  packets: number;
  missing: number;
  runs: number;
}

export const emptyTally = (): Tally => ({ packets: 0, missing: 0, runs: 0 });

export class BurstGap {
  readonly tally: Tally = emptyTally();
  #lost = 0;
  /** Since the last packet that couldn't be played. */
  #received = 0;
  /** From the first to the last of those that may be a burst: all packets, and the missing ones. */
  #span = 0;
  #missing = 0;
  #bursts = 0;
  #burstPackets = 0;
  #burstMissing = 0;

  /** Each packet once, in the order of sequence numbers. */
  put(fate: PacketFate): void {
    this.tally.packets++;
    if (fate === 'received') {
      this.#received++;
      return;
    }
    if (fate === 'lost') this.#lost++;
    this.tally.missing++;
    if (this.#received > 0 || this.tally.missing === 1) this.tally.runs++;
    if (this.#missing > 0 && this.#received < gmin) {
      this.#span += this.#received + 1;
      this.#missing++;
    } else {
      this.#endSpan();
      this.#span = 1;
      this.#missing = 1;
    }
    this.#received = 0;
  }

  /** Of all packets so far, each `packetMs` long; null when there were none. */
  summary(packetMs: number): BurstGapSummary | null {
    const { packets, missing } = this.tally;
    if (packets === 0) return null;
    // One alone is part of the gap; what may still become a longer burst is one already.
    const open = this.#missing > 1;
    const bursts = this.#bursts + (open ? 1 : 0);
    const burstPackets = this.#burstPackets + (open ? this.#span : 0);
    const burstMissing = this.#burstMissing + (open ? this.#missing : 0);
    const gapPackets = packets - burstPackets;
    return {
      lossRate: this.#lost / packets,
      discardRate: (missing - this.#lost) / packets,
      burstDensity: burstPackets === 0 ? 0 : burstMissing / burstPackets,
      gapDensity: gapPackets === 0 ? 0 : (missing - burstMissing) / gapPackets,
      burstMs: bursts === 0 ? 0 : (burstPackets * packetMs) / bursts,
      gapMs: (gapPackets * packetMs) / Math.max(1, bursts),
    };
  }

  #endSpan(): void {
    if (this.#missing < 2) return;
    this.#bursts++;
    this.#burstPackets += this.#span;
    this.#burstMissing += this.#missing;
  }
}
