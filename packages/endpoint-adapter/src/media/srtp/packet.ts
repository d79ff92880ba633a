/** What SRTP reads of a packet before it can be trusted: nothing but what isn't encrypted. */
import { headerBytes, looksLikeRtcp, read16 } from '../rtp.ts';

/** The fixed header of RTCP with its SSRC, which is all that is never encrypted (RFC 3711 §3.4). */
export const rtcpHeaderBytes = 8;
/** The E flag and the index that SRTCP adds, and the flag itself. */
export const rtcpIndexBytes = 4;
export const encryptedFlag = 0x8000_0000;

/** Where the payload of RTP begins within `length` bytes; 0 when this isn't RTP. */
export function payloadStart(packet: Uint8Array, length: number): number {
  if (length < headerBytes || length > packet.length) return 0;
  const first = packet[0] ?? 0;
  if (first >> 6 !== 2 || looksLikeRtcp(packet)) return 0;
  let start = headerBytes + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (start + 4 > length) return 0;
    start += 4 + read16(packet, start + 2) * 4;
  }
  return start > length ? 0 : start;
}

export const isRtcp = (packet: Uint8Array, length: number): boolean =>
  length >= rtcpHeaderBytes && length <= packet.length && (packet[0] ?? 0) >> 6 === 2 && looksLikeRtcp(packet);
