/**
 * The adaptive jitter buffer: packets in as they come, packets out in order and in time. Pure: it knows no clock and no
 * codec. Delay means: how long after the arrival of the fastest packets their sound would be played.
 */
import { DelayEstimate } from './delay-estimate.ts';
import { maxPacketBytes } from './rtp.ts';

/** More than the longest delay needs with the shortest packets. */
const slots = 64;
/** What one pull is for. */
const frameMs = 10;
/** A timestamp this far from where time says it should be is a new beginning. */
const jumpMs = 1_000;
/** The delay may be off the target by so much, each way, before anything is done about it. */
const toleranceBelowMs = 5;
const toleranceAboveMs = 10;
const hurryAboveMs = 40;
/** Above the target by so much, whole packets go: a burst after a hold-up in the network. */
const dropAboveMs = 100;
/** The least delay is looked for in blocks this long; two of them count. */
const blockMs = 500;

export interface MediaPacket {
  /** Extended (RFC 3550 A.1). */
  sequence: number;
  timestamp: number;
  /** In units of the RTP clock; 0 for silence. */
  duration: number;
  /** The far end says that there is nothing to be heard: comfort noise (RFC 3389), or a telephone event. */
  silence: boolean;
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
 * waiting: not begun yet. packet: `slot` is to be played, or says that silence begins. recover: the sound before `slot`, as far as it carries that;
 * `slot` comes again with the next pull. lost: 10 ms never came. empty: 10 ms aren't there yet, and may still come.
 */
export type Pulled = 'waiting' | 'packet' | 'recover' | 'lost' | 'empty';

/** What to do to a packet's sound, to come nearer to the target. */
export type Adjustment = 'none' | 'shorten' | 'lengthen';

export interface JitterBufferStats {
  /** How long packets wait here, mean, ms; 0 before there was one. */
  delayMs: number;
  targetMs: number;
  /** Came too late, twice, or were dropped to catch up. */
  late: number;
  duplicate: number;
  dropped: number;
  restarts: number;
}

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
  /** With 'recover': the length of the missing sound, in units of the RTP clock. */
  missing = 0;
  adjustment: Adjustment = 'none';
  /** The delay is far over the target: shorten whenever you can. */
  hurry = false;
  #slots = Array.from({ length: slots }, makeSlot);
  #perMs: number;
  #recovers: boolean;
  #delay = new DelayEstimate();
  #packetMs = 20;
  #playing = false;
  #waiting = 0;
  #nextSequence = 0;
  /** The timestamp of the next sound to be played. */
  #cursor = 0;
  #lastTimestamp = 0;
  /** Sound that was made up while nothing was there, in units of the clock: late or lost, later packets tell which. */
  #stalled = 0;
  #waitMs = 0;
  /** What the delays that are remembered were measured from. */
  #base = 0;
  #leastNow = Number.POSITIVE_INFINITY;
  #leastBefore = Number.POSITIVE_INFINITY;
  #blockStartMs = 0;
  #late = 0;
  #duplicate = 0;
  #dropped = 0;
  #restarts = 0;

  /** `recovers`: the codec's packets may carry their predecessors' sound. */
  constructor(clockRate: number, recovers: boolean) {
    this.#perMs = clockRate / 1000;
    this.#recovers = recovers;
    this.slot = makeSlot();
  }

  put(packet: MediaPacket, arrivalMs: number): void {
    if (packet.silence) {
      if (this.#playing && packet.sequence >= this.#nextSequence)
        this.#store(packet, this.#extend(packet.timestamp), arrivalMs);
      return;
    }
    let timestamp = this.#extend(packet.timestamp);
    const transit = arrivalMs - timestamp / this.#perMs;
    if (!this.#delay.started || Math.abs(transit - this.#delay.base) > jumpMs) {
      if (this.#delay.started) this.#restarts++;
      this.restart();
      timestamp = packet.timestamp;
    }
    this.#lastTimestamp = timestamp;
    this.#delay.update(arrivalMs - timestamp / this.#perMs, arrivalMs);
    if (packet.duration > 0) this.#packetMs = packet.duration / this.#perMs;
    if (this.#playing && packet.sequence < this.#nextSequence) {
      this.#late++;
      return;
    }
    this.#store(packet, timestamp, arrivalMs);
  }

  /** `queuedMs`: sound that was pulled before and is still to be played. */
  pull(nowMs: number, queuedMs: number): Pulled {
    this.adjustment = 'none';
    const first = this.#first();
    const slot = first !== null && this.#playing ? this.#catchUp(first, nowMs, queuedMs) : first;
    if (!this.#playing) {
      if (slot === null || this.#delayOf(slot, nowMs, queuedMs) < this.target - toleranceBelowMs) return 'waiting';
      this.#begin(slot, nowMs);
    }
    if (slot === null) {
      this.#stalled += frameMs * this.#perMs;
      return 'empty';
    }
    if (slot.silence) return this.#announce(slot);
    const gap = slot.timestamp - this.#cursor;
    if (gap > 0) {
      const outcome = this.#acrossGap(slot, gap);
      if (outcome !== 'packet') return outcome;
    } else if (this.#stalled > 0) {
      // It was late, not lost: all sound is delayed by that much from here on.
      this.adjusted(this.#stalled / this.#perMs);
    }
    this.#stalled = 0;
    return this.#take(slot, nowMs, queuedMs);
  }

  /** What is played from here on comes so much later than it would have. */
  adjusted(ms: number): void {
    this.#leastNow += ms;
    this.#leastBefore += ms;
  }

  restart(): void {
    for (const slot of this.#slots) slot.filled = false;
    this.#waiting = 0;
    this.#playing = false;
    this.#stalled = 0;
    this.#waitMs = 0;
    this.#delay.restart();
  }

  get target(): number {
    return this.#delay.target(this.#packetMs);
  }

  stats(): JitterBufferStats {
    return {
      delayMs: this.#waitMs,
      targetMs: this.target,
      late: this.#late,
      duplicate: this.#duplicate,
      dropped: this.#dropped,
      restarts: this.#restarts,
    };
  }

  #store(packet: MediaPacket, timestamp: number, arrivalMs: number): void {
    const slot = this.#slots[packet.sequence % slots];
    if (slot === undefined || packet.length > slot.payload.length) return;
    if (slot.filled && slot.sequence === packet.sequence) {
      this.#duplicate++;
      return;
    }
    // Further ahead than there are slots: the older ones will not be played in time any more.
    if (slot.filled) this.#dropped++;
    else this.#waiting++;
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
    this.#leastNow = Number.POSITIVE_INFINITY;
    this.#leastBefore = Number.POSITIVE_INFINITY;
    this.#blockStartMs = nowMs;
  }

  /** Silence has no length: whatever is played for it counts as made up while waiting, until the next sound comes. */
  #announce(slot: Slot): Pulled {
    this.#remove(slot);
    this.#nextSequence = slot.sequence + 1;
    this.slot = slot;
    return 'packet';
  }

  /** There is sound to come, but not the next. */
  #acrossGap(slot: Slot, gap: number): Pulled {
    if (this.#recovers && slot.sequence === this.#nextSequence + 1 && gap <= slot.duration) {
      if (this.#stalled > 0) this.adjusted(this.#stalled / this.#perMs);
      this.#stalled = 0;
      this.missing = gap;
      this.#cursor = slot.timestamp;
      this.#nextSequence = slot.sequence;
      this.slot = slot;
      return 'recover';
    }
    // What was made up while waiting stood for sound that is lost, as is known now.
    const made = Math.min(gap, this.#stalled);
    this.#stalled = 0;
    this.#cursor += made;
    const missing = gap - made;
    if (missing === 0) return 'packet';
    if (missing > jumpMs * this.#perMs) {
      this.#cursor = slot.timestamp;
      return 'packet';
    }
    this.#cursor += Math.min(missing, frameMs * this.#perMs);
    return 'lost';
  }

  /** Drops what is hopelessly late, and begins anew with the next: also in the midst of a gap, which could else go on. */
  #catchUp(first: Slot, nowMs: number, queuedMs: number): Slot {
    const target = this.target;
    let slot = first;
    let delay = this.#delayOf(slot, nowMs, queuedMs);
    if (delay <= target + dropAboveMs) return slot;
    for (; delay > target && this.#waiting > 1; delay = this.#delayOf(slot, nowMs, queuedMs)) {
      this.#remove(slot);
      this.#dropped++;
      slot = this.#first() ?? slot;
    }
    this.#begin(slot, nowMs);
    return slot;
  }

  #take(slot: Slot, nowMs: number, queuedMs: number): Pulled {
    const delay = this.#delayOf(slot, nowMs, queuedMs);
    const target = this.target;
    this.#remove(slot);
    this.#nextSequence = slot.sequence + 1;
    this.#cursor = slot.timestamp + slot.duration;
    this.#watch(delay, nowMs);
    this.#measureWait(nowMs + queuedMs - slot.arrivalMs);
    const least = Math.min(this.#leastNow, this.#leastBefore);
    this.hurry = least > target + hurryAboveMs;
    // Where nothing else waits there is nothing to be won: the far end has lost time, and the delay is only apparent.
    if (least > target + toleranceAboveMs && this.#waiting > 0) this.adjustment = 'shorten';
    else if (least < target - toleranceBelowMs) this.adjustment = 'lengthen';
    this.slot = slot;
    return 'packet';
  }

  /** The least delay of the last second is what counts: the device may pull in bursts. */
  #watch(delay: number, nowMs: number): void {
    const { base } = this.#delay;
    this.adjusted(this.#base - base);
    this.#base = base;
    if (nowMs - this.#blockStartMs >= blockMs) {
      this.#leastBefore = this.#leastNow;
      this.#leastNow = Number.POSITIVE_INFINITY;
      this.#blockStartMs = nowMs;
    }
    this.#leastNow = Math.min(this.#leastNow, delay);
  }

  #measureWait(ms: number): void {
    this.#waitMs = this.#waitMs === 0 ? ms : this.#waitMs + (ms - this.#waitMs) / 16;
  }

  #delayOf(slot: Slot, nowMs: number, queuedMs: number): number {
    return nowMs + queuedMs - this.#delay.base - slot.timestamp / this.#perMs;
  }

  #remove(slot: Slot): void {
    slot.filled = false;
    this.#waiting--;
  }

  #first(): Slot | null {
    if (this.#waiting === 0) return null;
    let first: Slot | null = null;
    for (const slot of this.#slots) {
      if (slot.filled && (first === null || slot.sequence < first.sequence)) first = slot;
    }
    return first;
  }

  /** 32 bits, unfolded around the last one. */
  #extend(timestamp: number): number {
    return this.#delay.started ? this.#lastTimestamp + ((timestamp - this.#lastTimestamp) | 0) : timestamp;
  }
}
