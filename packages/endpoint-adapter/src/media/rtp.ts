/** RTP packets (RFC 3550 §5.1): read in place, written in place, no object for each. */

export const headerBytes = 12;
/** What fits one Ethernet frame; longer datagrams are no sound of ours. */
export const maxPacketBytes = 1_472;

export interface RtpHeader {
  payloadType: number;
  marker: boolean;
  sequence: number;
  timestamp: number;
  ssrc: number;
  payloadOffset: number;
  payloadLength: number;
}

export const emptyHeader = (): RtpHeader => ({
  payloadType: 0,
  marker: false,
  sequence: 0,
  timestamp: 0,
  ssrc: 0,
  payloadOffset: 0,
  payloadLength: 0,
});

/** Big-endian reads that never fail: the caller has checked the length. */
export const read16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
export const read32 = (bytes: Uint8Array, at: number): number =>
  ((read16(bytes, at) << 16) | read16(bytes, at + 2)) >>> 0;

export function write16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

export function write32(bytes: Uint8Array, at: number, value: number): void {
  write16(bytes, at, value >>> 16);
  write16(bytes, at + 2, value & 0xffff);
}

/** RFC 5761 §4: packet types of RTCP seen where the payload type of RTP would be. */
export const looksLikeRtcp = (packet: Uint8Array): boolean => {
  const type = packet[1] ?? 0;
  return type >= 192 && type <= 223;
};

/** Reads the header of the first `length` bytes; false when they aren't well-formed RTP (RFC 3550 A.1). */
export function readRtp(packet: Uint8Array, header: RtpHeader, length = packet.length): boolean {
  if (length < headerBytes || length > maxPacketBytes) return false;
  const first = packet[0] ?? 0;
  const second = packet[1] ?? 0;
  if (first >> 6 !== 2 || looksLikeRtcp(packet)) return false;
  let start = headerBytes + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (start + 4 > length) return false;
    start += 4 + read16(packet, start + 2) * 4;
  }
  let end = length;
  if (first & 0x20) {
    const padding = packet[length - 1] ?? 0;
    if (padding === 0) return false;
    end -= padding;
  }
  if (start > end) return false;
  header.payloadType = second & 0x7f;
  header.marker = (second & 0x80) !== 0;
  header.sequence = read16(packet, 2);
  header.timestamp = read32(packet, 4);
  header.ssrc = read32(packet, 8);
  header.payloadOffset = start;
  header.payloadLength = end - start;
  return true;
}

/** Writes the fixed header; the payload follows at headerBytes. */
export function writeRtpHeader(
  packet: Uint8Array,
  payloadType: number,
  marker: boolean,
  sequence: number,
  timestamp: number,
  ssrc: number,
): void {
  packet[0] = 0x80;
  packet[1] = (marker ? 0x80 : 0) | payloadType;
  write16(packet, 2, sequence);
  write32(packet, 4, timestamp);
  write32(packet, 8, ssrc);
}
