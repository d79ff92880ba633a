/** What each crypto suite consists of (RFC 4568 §6.2, RFC 6188 §4, RFC 7714 §12), in bytes. */
import type { SrtpKey, SrtpSuite } from '../stream-settings.ts';
import { rtcpIndexBytes } from './packet.ts';

interface SuiteFacts {
  cipher: 'counter' | 'gcm';
  keyBytes: number;
  saltBytes: number;
  rtpTagBytes: number;
  rtcpTagBytes: number;
}

const counter = (keyBytes: number, rtpTagBytes: number): SuiteFacts => ({
  cipher: 'counter',
  keyBytes,
  saltBytes: 14,
  rtpTagBytes,
  // RFC 4568 §6.2.2: 80 bits for RTCP even where RTP has 32.
  rtcpTagBytes: 10,
});

const gcm = (keyBytes: number): SuiteFacts => ({
  cipher: 'gcm',
  keyBytes,
  saltBytes: 12,
  rtpTagBytes: 16,
  rtcpTagBytes: 16,
});

export const suites: Readonly<Record<SrtpSuite, SuiteFacts>> = {
  AES_CM_128_HMAC_SHA1_80: counter(16, 10),
  AES_CM_128_HMAC_SHA1_32: counter(16, 4),
  AES_256_CM_HMAC_SHA1_80: counter(32, 10),
  AES_256_CM_HMAC_SHA1_32: counter(32, 4),
  AEAD_AES_128_GCM: gcm(16),
  AEAD_AES_256_GCM: gcm(32),
};

/** RFC 4568 §6.1: a master key identifier is no longer. */
export const maxMkiBytes = 128;

/** So many bytes a packet buffer must have left after an RTP packet. */
export const rtpOverhead = ({ suite, mki }: SrtpKey): number => suites[suite].rtpTagBytes + (mki?.length ?? 0);
export const rtcpOverhead = ({ suite, mki }: SrtpKey): number =>
  suites[suite].rtcpTagBytes + (mki?.length ?? 0) + rtcpIndexBytes;

/** RFC 3711 §9.2: what one master key is good for at most. */
const maxRtpPackets = 2 ** 48;
const maxRtcpPackets = 2 ** 31;

export const rtpLifetime = ({ lifetime }: SrtpKey): number => Math.min(lifetime ?? maxRtpPackets, maxRtpPackets);
export const rtcpLifetime = ({ lifetime }: SrtpKey): number => Math.min(lifetime ?? maxRtcpPackets, maxRtcpPackets);

/** Throws where a key doesn't fit its suite. */
export function checkKey({ suite, key, salt, mki }: SrtpKey): void {
  const facts = suites[suite];
  if (key.length !== facts.keyBytes || salt.length !== facts.saltBytes)
    throw new RangeError(`a key of ${suite} has ${facts.keyBytes} bytes, and its salt ${facts.saltBytes}`);
  if (mki !== null && (mki.length === 0 || mki.length > maxMkiBytes))
    throw new RangeError(`a master key identifier has 1 to ${maxMkiBytes} bytes`);
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/**
 * Whether the session keys of both are the same ones: then the packets that have been counted with one count for the
 * other, or a keystream would be used twice (RFC 3711 §9.1).
 */
export const sameMasterKey = (a: SrtpKey, b: SrtpKey): boolean =>
  suites[a.suite].cipher === suites[b.suite].cipher && sameBytes(a.key, b.key) && sameBytes(a.salt, b.salt);

/** Whether nothing at all has changed. */
export const sameKey = (a: SrtpKey, b: SrtpKey): boolean =>
  a.suite === b.suite &&
  sameMasterKey(a, b) &&
  a.lifetime === b.lifetime &&
  a.plainRtcp === b.plainRtcp &&
  (a.mki === null || b.mki === null ? a.mki === b.mki : sameBytes(a.mki, b.mki));
