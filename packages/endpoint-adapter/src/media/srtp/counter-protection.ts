/** AES in counter mode with HMAC-SHA1 (RFC 3711): header | encrypted | [E and index] | MKI | tag. */
import { timingSafeEqual } from 'node:crypto';
import { write32 } from '../rtp.ts';
import { CounterMode } from './counter-mode.ts';
import { digestBytes, HmacSha1 } from './hmac-sha1.ts';
import type { SessionKeys } from './key-derivation.ts';
import { encryptedFlag, rtcpHeaderBytes, rtcpIndexBytes } from './packet.ts';
import type { Protection, RtcpStep, RtpStep } from './protection.ts';

/** Writes and compares the first bytes of a packet's code. */
class Authenticator {
  readonly tagBytes: number;
  readonly #hmac: HmacSha1;
  readonly #code = new Uint8Array(digestBytes);
  readonly #expected: Uint8Array;
  readonly #received: Uint8Array;

  constructor(key: Uint8Array, tagBytes: number) {
    this.tagBytes = tagBytes;
    this.#hmac = new HmacSha1(key);
    this.#expected = this.#code.subarray(0, tagBytes);
    this.#received = new Uint8Array(tagBytes);
  }

  write(packet: Uint8Array, length: number, suffix: number | null, at: number): void {
    this.#hmac.compute(packet, length, suffix, this.#code);
    for (let i = 0; i < this.tagBytes; i++) packet[at + i] = this.#code[i] ?? 0;
  }

  matches(packet: Uint8Array, length: number, suffix: number | null, at: number): boolean {
    this.#hmac.compute(packet, length, suffix, this.#code);
    for (let i = 0; i < this.tagBytes; i++) this.#received[i] = packet[at + i] ?? 0;
    return timingSafeEqual(this.#expected, this.#received);
  }
}

export class CounterProtection implements Protection {
  readonly rtpMkiFromEnd: number;
  readonly rtcpMkiFromEnd: number;
  readonly #mki: Uint8Array;
  readonly #rtpCipher: CounterMode;
  readonly #rtcpCipher: CounterMode;
  readonly #rtpTag: Authenticator;
  readonly #rtcpTag: Authenticator;

  constructor(rtp: SessionKeys, rtcp: SessionKeys, mki: Uint8Array, rtpTagBytes: number, rtcpTagBytes: number) {
    this.rtpMkiFromEnd = mki.length + rtpTagBytes;
    this.rtcpMkiFromEnd = mki.length + rtcpTagBytes;
    this.#mki = mki;
    this.#rtpCipher = new CounterMode(rtp.key, rtp.salt);
    this.#rtcpCipher = new CounterMode(rtcp.key, rtcp.salt);
    this.#rtpTag = new Authenticator(rtp.auth, rtpTagBytes);
    this.#rtcpTag = new Authenticator(rtcp.auth, rtcpTagBytes);
  }

  readonly protectRtp: RtpStep = (packet, payload, length, ssrc, rollOver, sequence) => {
    this.#rtpCipher.apply(packet, payload, length, ssrc, rollOver, sequence);
    packet.set(this.#mki, length);
    this.#rtpTag.write(packet, length, rollOver, length + this.#mki.length);
    return length + this.rtpMkiFromEnd;
  };

  readonly unprotectRtp: RtpStep = (packet, payload, length, ssrc, rollOver, sequence) => {
    const end = length - this.rtpMkiFromEnd;
    if (!this.#rtpTag.matches(packet, end, rollOver, end + this.#mki.length)) return 0;
    this.#rtpCipher.apply(packet, payload, end, ssrc, rollOver, sequence);
    return end;
  };

  readonly protectRtcp: RtcpStep = (packet, length, ssrc, index, encrypted) => {
    if (encrypted) this.#applyRtcp(packet, length, ssrc, index);
    write32(packet, length, encrypted ? index | encryptedFlag : index);
    const end = length + rtcpIndexBytes;
    packet.set(this.#mki, end);
    this.#rtcpTag.write(packet, end, null, end + this.#mki.length);
    return end + this.rtcpMkiFromEnd;
  };

  readonly unprotectRtcp: RtcpStep = (packet, length, ssrc, index, encrypted) => {
    const end = length - this.rtcpMkiFromEnd;
    if (!this.#rtcpTag.matches(packet, end, null, end + this.#mki.length)) return 0;
    if (encrypted) this.#applyRtcp(packet, end - rtcpIndexBytes, ssrc, index);
    return end - rtcpIndexBytes;
  };

  /** The index of SRTCP takes the place of SRTP's (RFC 3711 §4.1.1). */
  #applyRtcp(packet: Uint8Array, end: number, ssrc: number, index: number): void {
    this.#rtcpCipher.apply(packet, rtcpHeaderBytes, end, ssrc, index >>> 16, index & 0xffff);
  }
}
