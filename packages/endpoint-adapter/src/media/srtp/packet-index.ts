/** Numbers of packets that go beyond the 16 bits of a sequence number, and those that came already (RFC 3711 §3.3). */

/** So many packets, and sequence numbers begin anew. */
export const roundOfNumbers = 65_536;
const half = roundOfNumbers / 2;
/** RFC 3711 §3.3.2 wants 64 at least; 128 packets of 20 ms are later than anything that could still be played. */
const windowPackets = 128;

/** RFC 3711 §3.3.1: the index nearest to the highest so far; below zero where that would be before the first. */
export function guessIndex(highest: number, sequence: number): number {
  const last = highest % roundOfNumbers;
  const start = highest - last;
  if (last < half) return sequence - last > half ? start - roundOfNumbers + sequence : start + sequence;
  return last - half > sequence ? start + roundOfNumbers + sequence : start + sequence;
}

export const rollOverOf = (index: number): number => Math.floor(index / roundOfNumbers);

/** Whether a packet is new. */
export class ReplayWindow {
  /** -1 before the first. */
  highest = -1;
  /** The index seen last of those with the same remainder. */
  readonly #seen = new Float64Array(windowPackets).fill(-1);

  isNew(index: number): boolean {
    return (
      index > this.highest || (index > this.highest - windowPackets && this.#seen[index % windowPackets] !== index)
    );
  }

  /** Only after the packet has been authenticated. */
  add(index: number): void {
    this.#seen[index % windowPackets] = index;
    if (index > this.highest) this.highest = index;
  }
}
