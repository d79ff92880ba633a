/**
 * The adaptive jitter buffer: packets in as they come, packets out in order and in time. Pure: it knows no clock and no
 * codec. A packet's margin is how long after the fastest packet's arrival it is asked for. It is played when what was
 * queued before it has been; that is under 10 ms, and of no use, as packets are asked for every 10 ms only.
 */
import { DelayEstimate } from './delay-estimate.ts';
import { maxPacketBytes } from './rtp.ts';

/** More than the longest delay needs with the shortest packets. */
const slots = 64;
/** What one pull is for. */
const frameMs = 10;
/** Sound is made up in multiples of this: Opus has no shorter frames (RFC 6716 §2.1.4). */
const madeUpStepMs = 2.5;
/** A timestamp this far from where time says it should be is a new beginning. */
const jumpMs = 1_000;
/** The margin may be under the target by so much, and so much may be to be won, before anything is done about it. */
const toleranceBelowMs = 1;
const toleranceAboveMs = 2.5;
const hurryAboveMs = 40;
/** Above the target by so much, whole packets go: the network, or we, stood still. */
const dropAboveMs = 400;
/** So much made-up sound may stand for good where it was late sound's turn; of more, nothing that was said is left out. */
const bridgedMs = 20;
/** The least margin is looked for in blocks this long; two of them count. */
const blockMs = 500;
/** What has come is known so many sequence numbers back. */
const remembered = 128;
/** What became of a packet is told when so many further ones have had their turn: by then it is final. */
const verdictAfter = 32;

export interface MediaPacket {
  /** Extended (RFC 3550 A.1). */
  sequence: number;
  timestamp: number;
  /** In units of the RTP clock; 0 for silence. */
  duration: number;
  /**
   * The far end says that there is nothing to be heard: comfort noise with its payload (RFC 3389), or a telephone event,
   * of which the length is 0 here.
   */
  silence: boolean;
  /** A copy that came with a later packet (RFC 2198). */
  redundant: boolean;
  payload: Uint8Array;
  offset: number;
  length: number;
}

/** A packet as it waits. */
export interface Slot {
  sequence: number;
  /** Extended likewise. */
  timestamp: number;
  duration: number;
  silence: boolean;
  payload: Uint8Array;
  length: number;
  arrivalMs: number;
  filled: boolean;
}

/**
 * waiting: not begun yet. packet: `slot` is to be played from `skip` on, or says that silence begins. recover: the sound
 * before `slot`, as far as it carries that, from `skip` on; `slot` comes again with the next pull. lost: sound that never
 * came. empty: sound that isn't there yet, and may still come.
 */
export type Pulled = 'waiting' | 'packet' | 'recover' | 'lost' | 'empty';

/** What to do to a packet's sound, to come nearer to the target. */
export type Adjustment = 'none' | 'shorten' | 'lengthen';

/** What became of a packet that was sent; recovered ones count as received (RFC 3611 §4.7.1). */
export type PacketFate = 'received' | 'lost' | 'discarded';
type OnPacketFate = (fate: PacketFate) => void;

export interface JitterBufferStats {
  /** How long packets wait here, mean, ms; 0 before there was one. */
  delayMs: number;
  targetMs: number;
  /** Came too late, twice, or were dropped to catch up. Copies (RFC 2198) are none of these. */
  late: number;
  duplicate: number;
  dropped: number;
  restarts: number;
  /** Packets that were lost, or late, and came in time as copies. */
  recovered: number;
}

/** What is remembered of a sequence number. A copy stands in for its packet and makes it no duplicate. */
const unseen = 0;
const copied = 1;
const arrived = 2;
const discarded = 3;

const makeSlot = (): Slot => ({
  sequence: 0,
  timestamp: 0,
  duration: 0,
  silence: false,
  payload: new Uint8Array(maxPacketBytes),
  length: 0,
  arrivalMs: 0,
  filled: false,
});

export class JitterBuffer {
  slot: Slot;
  /**
   * The length of the missing sound, in units of the RTP clock: all of it with 'recover', what is needed just now with
   * 'lost' and 'empty'.
   */
  missing = 0;
  /** What to leave out at the beginning of this sound, as its time has passed; in units of the RTP clock. */
  skip = 0;
  /** By how much this sound can be shortened without need for more, ms. */
  surplusMs = 0;
  adjustment: Adjustment = 'none';
  /** The delay is far over the target: shorten whenever you can. */
  hurry = false;
  #slots = Array.from({ length: slots }, makeSlot);
  #perMs: number;
  #recovers: boolean;
  /** Whether packets were found to carry their predecessors: if not, that isn't worth waiting for. */
  #recoverable = false;
  #onFate: OnPacketFate | undefined;
  #delay = new DelayEstimate();
  #packetMs = 20;
  #playing = false;
  /** The far end has said so: there is nothing to be kept in step until it speaks again. */
  #silent = false;
  #waiting = 0;
  #nextSequence = 0;
  #highest = -1;
  #seen = new Float64Array(remembered).fill(-1);
  #seenAs = new Uint8Array(remembered);
  #nextVerdict = -1;
  /** The timestamp of the next sound to be played. */
  #cursor = 0;
  #lastTimestamp = 0;
  /** With 'recover': as much of the missing sound as was made up before. */
  #madeUp = 0;
  /** The packet before was played in part. */
  #skipped = false;
  /** Sound that was made up while nothing was there, in units of the clock: late or lost, later packets tell which. */
  #stalled = 0;
  #waitMs = 0;
  /** Sound that was still to be played when the last packet was asked for: less than a frame. */
  #queuedMs = 0;
  /** What the delays that are remembered were measured from. */
  #base = 0;
  #leastNow = Number.POSITIVE_INFINITY;
  #leastBefore = Number.POSITIVE_INFINITY;
  #blockStartMs = 0;
  #late = 0;
  #duplicate = 0;
  #dropped = 0;
  #restarts = 0;
  #recovered = 0;

  /** `recovers`: the codec's packets may carry their predecessors' sound. `onFate` is told in order of sequence numbers. */
  constructor(clockRate: number, recovers: boolean, onFate?: OnPacketFate) {
    this.#perMs = clockRate / 1000;
    this.#recovers = recovers;
    this.#onFate = onFate;
    this.slot = makeSlot();
  }

  put(packet: MediaPacket, arrivalMs: number): void {
    if (packet.redundant) {
      this.#putCopy(packet, arrivalMs);
      return;
    }
    if (packet.silence) {
      if (!this.#playing) return;
      const before = this.#remember(packet.sequence, arrived);
      this.#highest = Math.max(this.#highest, packet.sequence);
      if (before !== unseen) this.#duplicate++;
      else if (packet.sequence >= this.#nextSequence) this.#store(packet, this.#extend(packet.timestamp), arrivalMs);
      return;
    }
    let timestamp = this.#extend(packet.timestamp);
    const transit = arrivalMs - timestamp / this.#perMs;
    if (!this.#delay.started || Math.abs(transit - this.#delay.base) > jumpMs) {
      if (this.#delay.started) this.#restarts++;
      this.restart();
      timestamp = packet.timestamp;
    }
    const before = this.#remember(packet.sequence, arrived);
    if (before >= arrived) {
      this.#duplicate++;
      return;
    }
    if (packet.duration > 0) this.#packetMs = packet.duration / this.#perMs;
    this.#lastTimestamp = timestamp;
    this.#delay.update(arrivalMs - timestamp / this.#perMs, arrivalMs, this.#packetMs);
    if (packet.sequence === this.#highest + 2 && this.#recovers && this.#recoverable) {
      this.#delay.updateRecovered(arrivalMs - (timestamp - packet.duration) / this.#perMs);
    }
    this.#highest = Math.max(this.#highest, packet.sequence);
    if (before === copied) return;
    if (this.#playing && packet.sequence < this.#nextSequence) this.#discard(packet.sequence);
    else this.#store(packet, timestamp, arrivalMs);
  }

  /** `queuedMs`: sound that was pulled before and is still to be played. */
  pull(nowMs: number, queuedMs: number): Pulled {
    this.adjustment = 'none';
    this.skip = 0;
    this.#queuedMs = queuedMs;
    const first = this.#first();
    const slot = first !== null && this.#playing ? this.#catchUp(first, nowMs) : first;
    if (!this.#playing) {
      if (slot === null || this.#marginOf(slot, nowMs) < this.target - toleranceBelowMs) return 'waiting';
      this.#begin(slot, nowMs);
    }
    if (slot === null) return this.#stall(this.#needed(queuedMs));
    if (slot.silence) return this.#announce(slot);
    if (this.#silent) {
      // After silence any delay will do, so let it be the right one.
      if (this.#marginOf(slot, nowMs) < this.target - toleranceBelowMs) {
        this.missing = this.#needed(queuedMs);
        return 'empty';
      }
      this.#silent = false;
      this.#stalled = 0;
      this.#cursor = slot.timestamp;
    }
    const gap = slot.timestamp - this.#cursor;
    if (gap > 0) {
      const outcome = this.#acrossGap(slot, gap, nowMs);
      if (outcome !== 'packet') return outcome;
    }
    const covered = this.#stalled + this.#cursor - slot.timestamp;
    if (this.#waiting > 1 && covered >= slot.duration && this.#spares(slot.timestamp, covered, nowMs)) {
      // All of it was made up, and the next is here: it came too late.
      this.#remove(slot);
      this.#discard(slot.sequence);
      this.#nextSequence = slot.sequence + 1;
      return this.pull(nowMs, queuedMs);
    }
    this.#resume(slot.timestamp, slot.duration, covered, nowMs);
    this.#stalled = 0;
    return this.#take(slot, nowMs, queuedMs);
  }

  /** What is played from here on comes so much later than it would have. */
  adjusted(ms: number): void {
    const queued = this.#queuedMs + ms;
    const wholeFrames = Math.floor(queued / frameMs) * frameMs;
    this.#queuedMs = queued - wholeFrames;
    this.#shiftLeast(wholeFrames);
  }

  /**
   * Whether the packet that was to be recovered from could do so. Returns how much is to be made up, in units of the RTP
   * clock: where there is nothing real to be played, what was made up already stands for good.
   */
  recovery(success: boolean): number {
    this.#recoverable = success;
    if (!success) {
      if (this.skip === 0) this.adjusted(-this.#madeUp / this.#perMs);
      return this.missing - this.#madeUp;
    }
    this.#recovered++;
    this.#remember(this.#nextSequence - 1, copied);
    return 0;
  }

  restart(): void {
    for (const slot of this.#slots) slot.filled = false;
    this.#seen.fill(-1);
    this.#nextVerdict = -1;
    this.#highest = -1;
    this.#silent = false;
    this.#waiting = 0;
    this.#playing = false;
    this.#stalled = 0;
    this.#waitMs = 0;
    this.#delay.restart();
  }

  get target(): number {
    return this.#delay.target;
  }

  stats(): JitterBufferStats {
    return {
      delayMs: this.#waitMs,
      targetMs: this.target,
      late: this.#late,
      duplicate: this.#duplicate,
      dropped: this.#dropped,
      restarts: this.#restarts,
      recovered: this.#recovered,
    };
  }

  /** A copy of a packet that has come, or that nobody waits for any more, says nothing about the network. */
  #putCopy(packet: MediaPacket, arrivalMs: number): void {
    if (!this.#delay.started) return;
    const timestamp = this.#extend(packet.timestamp);
    const transit = arrivalMs - timestamp / this.#perMs;
    if (Math.abs(transit - this.#delay.base) > jumpMs) return;
    if (this.#seenAsOf(packet.sequence) !== unseen) return;
    this.#delay.updateRecovered(transit);
    if (this.#playing && packet.sequence < this.#nextSequence) return;
    this.#remember(packet.sequence, copied);
    this.#recovered++;
    this.#store(packet, timestamp, arrivalMs);
  }

  #seenAsOf(sequence: number): number {
    const place = sequence % remembered;
    return this.#seen[place] === sequence ? (this.#seenAs[place] ?? unseen) : unseen;
  }

  /** Returns what was known of it before. */
  #remember(sequence: number, as: number): number {
    const before = this.#seenAsOf(sequence);
    const place = sequence % remembered;
    this.#seen[place] = sequence;
    this.#seenAs[place] = Math.max(before, as);
    return before;
  }

  #discard(sequence: number): void {
    const place = sequence % remembered;
    if (this.#seenAsOf(sequence) === copied) {
      // A copy that was of no use leaves its packet lost.
      this.#seenAs[place] = unseen;
      this.#recovered--;
      return;
    }
    this.#late++;
    this.#remember(sequence, discarded);
  }

  /** Tells what became of all packets that are far enough behind `sequence`. */
  #judge(sequence: number): void {
    if (this.#onFate === undefined) return;
    const until = sequence - verdictAfter;
    // A jump of the sequence numbers is no loss.
    if (until - this.#nextVerdict > remembered) this.#nextVerdict = until;
    for (; this.#nextVerdict < until; this.#nextVerdict++) {
      const as = this.#seenAsOf(this.#nextVerdict);
      this.#onFate(as === unseen ? 'lost' : as === discarded ? 'discarded' : 'received');
    }
  }

  #store(packet: MediaPacket, timestamp: number, arrivalMs: number): void {
    const slot = this.#slots[packet.sequence % slots];
    if (slot === undefined || packet.length > slot.payload.length) return;
    // Further ahead than there are slots: the older ones will not be played in time any more.
    if (slot.filled) this.#drop(slot);
    this.#waiting++;
    slot.sequence = packet.sequence;
    slot.timestamp = timestamp;
    slot.duration = packet.duration;
    slot.silence = packet.silence;
    slot.length = packet.length;
    slot.arrivalMs = arrivalMs;
    for (let i = 0; i < packet.length; i++) slot.payload[i] = packet.payload[packet.offset + i] ?? 0;
    slot.filled = true;
  }

  #begin(slot: Slot, nowMs: number): void {
    this.#playing = true;
    this.#base = this.#delay.base;
    this.#cursor = slot.timestamp;
    this.#nextSequence = slot.sequence;
    if (this.#nextVerdict < 0) this.#nextVerdict = slot.sequence;
    this.#leastNow = Number.POSITIVE_INFINITY;
    this.#leastBefore = Number.POSITIVE_INFINITY;
    this.#blockStartMs = nowMs;
  }

  /** Silence has no length: whatever is played for it counts as made up while waiting, until the next sound comes. */
  #announce(slot: Slot): Pulled {
    this.#remove(slot);
    this.#nextSequence = slot.sequence + 1;
    this.#silent = true;
    this.slot = slot;
    return 'packet';
  }

  /**
   * Of the `length` of sound at `timestamp`, which can be played now, `covered` was made up before. If that was short and
   * there is no need for more delay, the rest is played; else all of it, and what follows is so much later. Twice in a row
   * means that there is such need, whatever the statistics say as yet.
   */
  #resume(timestamp: number, length: number, covered: number, nowMs: number): void {
    const skippedBefore = this.#skipped;
    this.#skipped = false;
    if (covered <= 0) return;
    if (covered < length && !skippedBefore && this.#spares(timestamp, covered, nowMs)) {
      this.skip = covered;
      this.#skipped = true;
    } else {
      this.adjusted(covered / this.#perMs);
    }
  }

  /** Whether `covered` of the sound at `timestamp`, which was made up, can be done without. */
  #spares(timestamp: number, covered: number, nowMs: number): boolean {
    const ms = covered / this.#perMs;
    const margin = nowMs - this.#delay.base - timestamp / this.#perMs;
    return ms <= bridgedMs && margin - ms >= this.target - toleranceBelowMs;
  }

  /** What a frame still lacks. No more than that is made up, so that of sound which comes late as much as can be is heard. */
  #needed(queuedMs: number): number {
    return Math.ceil((frameMs - queuedMs) / madeUpStepMs) * madeUpStepMs * this.#perMs;
  }

  #stall(length: number): Pulled {
    this.#stalled += length;
    this.missing = length;
    return 'empty';
  }

  /** There is sound to come, but not the next. */
  #acrossGap(slot: Slot, gap: number, nowMs: number): Pulled {
    if (this.#recovers && slot.sequence === this.#nextSequence + 1 && gap <= slot.duration) {
      this.#resume(this.#cursor, gap, this.#stalled, nowMs);
      this.#madeUp = Math.min(gap, this.#stalled);
      this.#stalled = 0;
      this.missing = gap;
      this.#cursor = slot.timestamp;
      this.#nextSequence = slot.sequence;
      this.slot = slot;
      return 'recover';
    }
    // What was made up while waiting stood for sound that is lost, as is known now.
    const made = Math.min(gap, this.#stalled);
    this.#stalled -= made;
    this.#cursor += made;
    const missing = gap - made;
    if (missing === 0) return 'packet';
    if (missing > jumpMs * this.#perMs) {
      this.#cursor = slot.timestamp;
      return 'packet';
    }
    this.missing = Math.min(missing, this.#needed(this.#queuedMs));
    this.#cursor += this.missing;
    return 'lost';
  }

  /** Drops what is hopelessly late, and begins anew with the next: also in the midst of a gap, which could else go on. */
  #catchUp(first: Slot, nowMs: number): Slot {
    const target = this.target;
    let slot = first;
    if (this.#marginOf(slot, nowMs) <= target + dropAboveMs) return slot;
    while (this.#marginOf(slot, nowMs) > target && this.#waiting > 1) {
      this.#drop(slot);
      slot = this.#first() ?? slot;
    }
    this.#begin(slot, nowMs);
    return slot;
  }

  #take(slot: Slot, nowMs: number, queuedMs: number): Pulled {
    const skippedMs = this.skip / this.#perMs;
    const waited = nowMs - slot.arrivalMs - skippedMs;
    this.#remove(slot);
    this.#nextSequence = slot.sequence + 1;
    this.#cursor = slot.timestamp + slot.duration;
    this.#judge(this.#nextSequence);
    this.#watch(this.#marginOf(slot, nowMs) - skippedMs, nowMs);
    this.#measureWait(waited + queuedMs);
    const over = Math.min(this.#leastNow, this.#leastBefore) - this.target;
    // What has hardly waited can't wait less: the far end has lost time, and the margin is only apparent.
    const idle = Math.min(over, waited);
    // The margin comes down by whole frames, and with it all that is queued when a packet is asked for.
    this.surplusMs = over < 0 ? 0 : Math.max(0, Math.floor(idle / frameMs)) * frameMs + queuedMs;
    this.hurry = this.surplusMs > hurryAboveMs;
    if (this.surplusMs > toleranceAboveMs) this.adjustment = 'shorten';
    else if (over < -toleranceBelowMs) this.adjustment = 'lengthen';
    this.slot = slot;
    return 'packet';
  }

  /** The least margin of the last second is what counts: the device may pull in bursts. */
  #watch(margin: number, nowMs: number): void {
    const { base } = this.#delay;
    this.#shiftLeast(this.#base - base);
    this.#base = base;
    if (nowMs - this.#blockStartMs >= blockMs) {
      this.#leastBefore = this.#leastNow;
      this.#leastNow = Number.POSITIVE_INFINITY;
      this.#blockStartMs = nowMs;
    }
    this.#leastNow = Math.min(this.#leastNow, margin);
  }

  #shiftLeast(ms: number): void {
    this.#leastNow += ms;
    this.#leastBefore += ms;
  }

  #measureWait(ms: number): void {
    this.#waitMs = this.#waitMs === 0 ? ms : this.#waitMs + (ms - this.#waitMs) / 16;
  }

  #marginOf(slot: Slot, nowMs: number): number {
    return nowMs - this.#delay.base - slot.timestamp / this.#perMs;
  }

  #drop(slot: Slot): void {
    this.#remove(slot);
    this.#dropped++;
    this.#remember(slot.sequence, discarded);
  }

  #remove(slot: Slot): void {
    slot.filled = false;
    this.#waiting--;
  }

  #first(): Slot | null {
    if (this.#waiting === 0) return null;
    let first: Slot | null = null;
    for (let i = 0; i < slots; i++) {
      const slot = this.#slots[i];
      if (slot?.filled && (first === null || slot.sequence < first.sequence)) first = slot;
    }
    return first;
  }

  /** 32 bits, unfolded around the last one. */
  #extend(timestamp: number): number {
    return this.#delay.started ? this.#lastTimestamp + ((timestamp - this.#lastTimestamp) | 0) : timestamp;
  }
}
