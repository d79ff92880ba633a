/** Keys and packets for tests of SRTP. */
import { write16, write32, writeRtpHeader } from '../../rtp.ts';
import type { SrtpKey, SrtpSuite } from '../../stream-settings.ts';
import { suites } from '../suites.ts';

export const suiteNames: readonly SrtpSuite[] = [
  'AES_CM_128_HMAC_SHA1_80',
  'AES_CM_128_HMAC_SHA1_32',
  'AES_256_CM_HMAC_SHA1_80',
  'AES_256_CM_HMAC_SHA1_32',
  'AEAD_AES_128_GCM',
  'AEAD_AES_256_GCM',
];

export const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Another `number`, another key. */
export function testKey(suite: SrtpSuite, number = 1, change: Partial<SrtpKey> = {}): SrtpKey {
  const { keyBytes, saltBytes } = suites[suite];
  return {
    suite,
    key: Uint8Array.from({ length: keyBytes }, (_, i) => i * 7 + number),
    salt: Uint8Array.from({ length: saltBytes }, (_, i) => i * 13 + number),
    lifetime: null,
    mki: null,
    plainRtcp: false,
    ...change,
  };
}

export const testSsrc = 0xdead_beef;

/** A packet, and the buffer with room behind it that it is in. */
export interface TestPacket {
  buffer: Uint8Array;
  length: number;
}

const room = 256;

function packetOf(bytes: number, write: (buffer: Uint8Array) => void): TestPacket {
  const buffer = new Uint8Array(bytes + room);
  write(buffer);
  return { buffer, length: bytes };
}

export const rtpPacket = (sequence: number, payloadBytes = 160, ssrc = testSsrc): TestPacket =>
  packetOf(12 + payloadBytes, (buffer) => {
    writeRtpHeader(buffer, 0, false, sequence & 0xffff, sequence * 160, ssrc);
    for (let i = 0; i < payloadBytes; i++) buffer[12 + i] = sequence + i;
  });

/** With two contributing sources and a header extension of two words (RFC 3550 §5.3.1). */
export const extendedRtpPacket = (sequence: number): TestPacket =>
  packetOf(12 + 8 + 12 + 40, (buffer) => {
    writeRtpHeader(buffer, 0, false, sequence, 0, testSsrc);
    buffer[0] = 0x92;
    write16(buffer, 20, 0xbede);
    write16(buffer, 22, 2);
    buffer.fill(0x5a, 32, 72);
  });

/** A sender report without blocks. */
export const rtcpPacket = (ssrc = testSsrc): TestPacket =>
  packetOf(28, (buffer) => {
    buffer[0] = 0x80;
    buffer[1] = 200;
    write16(buffer, 2, 6);
    write32(buffer, 4, ssrc);
    buffer.fill(0x33, 8, 28);
  });

export const contentOf = ({ buffer, length }: TestPacket): Uint8Array => buffer.slice(0, length);
