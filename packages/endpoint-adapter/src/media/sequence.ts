/** Sequence numbers of one source, extended to 32 bits, and what they say about loss (RFC 3550 A.1 and A.3). */

const modulus = 65_536;
const maxDropout = 3_000;
const maxMisorder = 100;

export type SequenceVerdict = 'accepted' | 'restarted' | 'rejected';

/**
 * RFC 3550's probation of a new source is left to the latch, which knows the address that signalling gave; without it
 * the first packet of a call can be played.
 */
export class Sequence {
  /** The extended number of the packet that was accepted last. */
  extended = 0;
  received = 0;
  #started = false;
  #base = 0;
  #max = 0;
  #cycles = 0;
  #bad = -1;
  #expectedBefore = 0;
  #receivedBefore = 0;

  update(sequence: number): SequenceVerdict {
    if (!this.#started) return this.#restart(sequence, 'accepted');
    const ahead = (sequence - this.#max) & 0xffff;
    if (ahead < maxDropout) {
      if (sequence < this.#max) this.#cycles += modulus;
      this.#max = sequence;
      this.#bad = -1;
    } else if (ahead <= modulus - maxMisorder) {
      // Two in a row after a very large jump: the far end has restarted without telling.
      if (sequence === this.#bad) return this.#restart(sequence, 'restarted');
      this.#bad = (sequence + 1) & 0xffff;
      return 'rejected';
    }
    this.received++;
    this.extended = this.#cycles + this.#max - ((this.#max - sequence) & 0xffff);
    return 'accepted';
  }

  /** The highest extended number so far, for reports. */
  get highest(): number {
    return this.#cycles + this.#max;
  }

  get expected(): number {
    return this.#started ? this.highest - this.#base + 1 : 0;
  }

  /** Negative where duplicates outnumber losses. */
  get lost(): number {
    return this.expected - this.received;
  }

  /** The share lost since the last call of this, in 1/256 (RFC 3550 A.3). */
  fractionLost(): number {
    const expected = this.expected - this.#expectedBefore;
    const received = this.received - this.#receivedBefore;
    this.#expectedBefore = this.expected;
    this.#receivedBefore = this.received;
    const lost = expected - received;
    return expected <= 0 || lost <= 0 ? 0 : Math.min(255, Math.floor((lost * 256) / expected));
  }

  /** Counters of a former run would be meaningless beside the new numbers. */
  #restart(sequence: number, verdict: SequenceVerdict): SequenceVerdict {
    this.#started = true;
    this.#base = sequence;
    this.#max = sequence;
    // One cycle up, so that a packet from before the first still has a number above zero.
    this.#cycles = modulus;
    this.#base += modulus;
    this.#bad = -1;
    this.received = 1;
    this.#expectedBefore = 0;
    this.#receivedBefore = 0;
    this.extended = this.#cycles + sequence;
    return verdict;
  }
}
