/** Redundant audio (RFC 2198): a packet that carries earlier ones too, for any codec. Made and read without allocation. */
import { read16, write16 } from './rtp.ts';

/** Earlier payloads that we send in one packet at most. */
export const maxRedundancy = 2;
/** More is nobody's audio. */
const maxBlocks = 8;
/** Well within one Ethernet frame, with every header and whatever protects it. */
const maxPayloadBytes = 1_200;
/** RFC 2198 §3: the fields' sizes are 14 and 10 bits. */
const maxTimestampOffset = 0x3fff;
const maxBlockBytes = 0x3ff;
const headBytes = 4;
const moreFollow = 0x80;

export interface RedBlock {
  payloadType: number;
  /** By how much it is earlier than the packet, in units of the RTP clock; 0 for the primary. */
  timestampOffset: number;
  /** Within the array that was read. */
  offset: number;
  length: number;
}

/** Takes a payload apart. The blocks are the reader's own, and change with the next payload. */
export class RedReader {
  readonly blocks: readonly RedBlock[] = Array.from({ length: maxBlocks }, () => ({
    payloadType: 0,
    timestampOffset: 0,
    offset: 0,
    length: 0,
  }));
  /** How many there are, the primary last. */
  count = 0;

  /** False, and no blocks, when the payload isn't well-formed. */
  read(packet: Uint8Array, offset: number, length: number): boolean {
    this.count = 0;
    const end = Math.min(offset + length, packet.length);
    let at = offset;
    let redundant = 0;
    let count = 0;
    while (at < end && ((packet[at] ?? 0) & moreFollow) !== 0) {
      const block = this.blocks[count];
      // The last place is the primary's.
      if (block === undefined || count === maxBlocks - 1 || at + headBytes > end) return false;
      const lower = read16(packet, at + 2);
      block.payloadType = (packet[at] ?? 0) & 0x7f;
      block.timestampOffset = (read16(packet, at + 1) >> 2) & maxTimestampOffset;
      block.length = lower & maxBlockBytes;
      redundant += block.length;
      count++;
      at += headBytes;
    }
    const primary = this.blocks[count];
    if (primary === undefined || at >= end || at + 1 + redundant > end) return false;
    primary.payloadType = packet[at] ?? 0;
    primary.timestampOffset = 0;
    primary.length = end - at - 1 - redundant;
    this.count = count + 1;
    let start = at + 1;
    for (let i = 0; i < this.count; i++) {
      const block = this.blocks[i];
      if (block === undefined) return false;
      block.offset = start;
      start += block.length;
    }
    return true;
  }
}

/**
 * How many packets before its own a block was sent first, where each lasts `duration`; 0 when that can't be told. Its
 * sequence number follows: RED doesn't carry it.
 */
export function packetsBefore(timestampOffset: number, duration: number): number {
  const packets = duration > 0 ? timestampOffset / duration : 0;
  return Number.isInteger(packets) ? packets : 0;
}

interface Earlier {
  payloadType: number;
  timestamp: number;
  length: number;
  readonly payload: Uint8Array;
}

/** Remembers what was sent and puts it into what is sent next. */
export class RedWriter {
  /** By turns; the newest at #newest. */
  readonly #earlier: readonly Earlier[] = Array.from({ length: maxRedundancy }, () => ({
    payloadType: 0,
    timestamp: 0,
    length: 0,
    payload: new Uint8Array(maxBlockBytes),
  }));
  #newest = 0;
  #count = 0;

  /** What was sent before doesn't belong to what comes: after a silence, an event, another codec. */
  restart(): void {
    this.#count = 0;
  }

  /** For a packet that was sent as it is, so that redundancy can begin at any time. */
  remember(payload: Uint8Array, offset: number, length: number, payloadType: number, timestamp: number): void {
    // A gap in what is remembered would give the older ones a wrong place.
    if (length === 0 || length > maxBlockBytes) {
      this.restart();
      return;
    }
    this.#newest = (this.#newest + 1) % maxRedundancy;
    const earlier = this.#earlier[this.#newest];
    if (earlier === undefined) return;
    for (let i = 0; i < length; i++) earlier.payload[i] = payload[offset + i] ?? 0;
    earlier.length = length;
    earlier.payloadType = payloadType;
    earlier.timestamp = timestamp;
    this.#count = Math.min(maxRedundancy, this.#count + 1);
  }

  /**
   * Writes `payload` with up to `depth` earlier ones to `out` at `at`, and remembers it. Returns the bytes written; 0
   * where not even the primary fits.
   */
  write(
    payload: Uint8Array,
    offset: number,
    length: number,
    payloadType: number,
    timestamp: number,
    depth: number,
    out: Uint8Array,
    at: number,
  ): number {
    const room = Math.min(maxPayloadBytes, out.length - at);
    if (1 + length > room) return 0;
    const used = this.#fitting(depth, timestamp, room - 1 - length);
    let head = at;
    let body = at + used * headBytes + 1;
    for (let back = used; back > 0; back--) {
      const earlier = this.#before(back);
      if (earlier === undefined) return 0;
      const behind = (timestamp - earlier.timestamp) >>> 0;
      out[head] = moreFollow | earlier.payloadType;
      write16(out, head + 1, ((behind << 2) & 0xfffc) | (earlier.length >> 8));
      out[head + 3] = earlier.length;
      head += headBytes;
      for (let i = 0; i < earlier.length; i++) out[body + i] = earlier.payload[i] ?? 0;
      body += earlier.length;
    }
    out[head] = payloadType;
    for (let i = 0; i < length; i++) out[body + i] = payload[offset + i] ?? 0;
    this.remember(payload, offset, length, payloadType, timestamp);
    return body + length - at;
  }

  /** How many of the latest can go along; none is left out in between. */
  #fitting(depth: number, timestamp: number, room: number): number {
    let left = room;
    for (let back = 1; back <= Math.min(depth, this.#count); back++) {
      const earlier = this.#before(back);
      if (earlier === undefined) return back - 1;
      left -= headBytes + earlier.length;
      const behind = (timestamp - earlier.timestamp) >>> 0;
      if (left < 0 || behind === 0 || behind > maxTimestampOffset) return back - 1;
    }
    return Math.min(depth, this.#count);
  }

  /** The one `back` packets ago; 1 is the latest. */
  #before(back: number): Earlier | undefined {
    return this.#earlier[(this.#newest + maxRedundancy - back + 1) % maxRedundancy];
  }
}
