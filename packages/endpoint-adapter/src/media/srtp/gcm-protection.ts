/**
 * AES-GCM (RFC 7714): header | encrypted | tag | [E and index] | MKI. Node has no cipher that could be used again, so
 * that each packet costs a few objects.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { read32, write32 } from '../rtp.ts';
import type { SessionKeys } from './key-derivation.ts';
import { encryptedFlag, rtcpHeaderBytes, rtcpIndexBytes } from './packet.ts';
import type { Protection, RtcpStep, RtpStep } from './protection.ts';

const ivBytes = 12;
const tagBytes = 16;

/** One session key, and the IV of the packet at hand. */
class Gcm {
  readonly #algorithm: 'aes-128-gcm' | 'aes-256-gcm';
  readonly #key: KeyObject;
  readonly #salt: Uint8Array;
  readonly #iv = new Uint8Array(ivBytes);

  constructor({ key, salt }: SessionKeys) {
    this.#algorithm = key.length === 16 ? 'aes-128-gcm' : 'aes-256-gcm';
    this.#key = createSecretKey(key);
    this.#salt = salt;
  }

  /** RFC 7714 §8.1 and §9.1: two zero bytes, SSRC, 48 bits of index; all of it XOR salt. */
  setIv(ssrc: number, indexHigh: number, indexLow: number): void {
    const iv = this.#iv;
    const salt = this.#salt;
    iv[0] = salt[0] ?? 0;
    iv[1] = salt[1] ?? 0;
    xor32(iv, 2, salt, ssrc);
    xor32(iv, 6, salt, indexHigh);
    iv[10] = (salt[10] ?? 0) ^ (indexLow >>> 8);
    iv[11] = (salt[11] ?? 0) ^ indexLow;
  }

  /** Encrypts packet[from..to) in place, and writes the tag behind. `more`: what else is authenticated, after that. */
  seal(packet: Uint8Array, from: number, to: number, more: Uint8Array | null): void {
    const cipher = createCipheriv(this.#algorithm, this.#key, this.#iv);
    cipher.setAAD(associated(packet, from, more));
    packet.set(cipher.update(packet.subarray(from, to)), from);
    cipher.final();
    packet.set(cipher.getAuthTag(), to);
  }

  /** The opposite; `to` is where the tag begins. */
  open(packet: Uint8Array, from: number, to: number, more: Uint8Array | null): boolean {
    const decipher = createDecipheriv(this.#algorithm, this.#key, this.#iv, { authTagLength: tagBytes });
    decipher.setAAD(associated(packet, from, more));
    decipher.setAuthTag(packet.subarray(to, to + tagBytes));
    const plain = decipher.update(packet.subarray(from, to));
    try {
      decipher.final();
    } catch {
      return false;
    }
    packet.set(plain, from);
    return true;
  }
}

function xor32(iv: Uint8Array, at: number, salt: Uint8Array, value: number): void {
  write32(iv, at, read32(salt, at) ^ value);
}

function associated(packet: Uint8Array, length: number, more: Uint8Array | null): Uint8Array {
  const header = packet.subarray(0, length);
  return more === null ? header : Buffer.concat([header, more]);
}

export class GcmProtection implements Protection {
  readonly rtpMkiFromEnd: number;
  readonly rtcpMkiFromEnd: number;
  readonly #mki: Uint8Array;
  readonly #rtp: Gcm;
  readonly #rtcp: Gcm;
  readonly #index = new Uint8Array(rtcpIndexBytes);

  constructor(rtp: SessionKeys, rtcp: SessionKeys, mki: Uint8Array) {
    this.rtpMkiFromEnd = mki.length;
    this.rtcpMkiFromEnd = mki.length;
    this.#mki = mki;
    this.#rtp = new Gcm(rtp);
    this.#rtcp = new Gcm(rtcp);
  }

  readonly protectRtp: RtpStep = (packet, payload, length, ssrc, rollOver, sequence) => {
    this.#rtp.setIv(ssrc, rollOver, sequence);
    this.#rtp.seal(packet, payload, length, null);
    packet.set(this.#mki, length + tagBytes);
    return length + tagBytes + this.#mki.length;
  };

  readonly unprotectRtp: RtpStep = (packet, payload, length, ssrc, rollOver, sequence) => {
    const end = length - this.#mki.length - tagBytes;
    this.#rtp.setIv(ssrc, rollOver, sequence);
    return this.#rtp.open(packet, payload, end, null) ? end : 0;
  };

  /** RFC 7714 §9.2 and §9.3: E and index are authenticated beside the header, or beside all that isn't encrypted. */
  readonly protectRtcp: RtcpStep = (packet, length, ssrc, index, encrypted) => {
    this.#setRtcp(ssrc, index, encrypted);
    this.#rtcp.seal(packet, encrypted ? rtcpHeaderBytes : length, length, this.#index);
    packet.set(this.#index, length + tagBytes);
    packet.set(this.#mki, length + tagBytes + rtcpIndexBytes);
    return length + tagBytes + rtcpIndexBytes + this.#mki.length;
  };

  readonly unprotectRtcp: RtcpStep = (packet, length, ssrc, index, encrypted) => {
    const end = length - this.#mki.length - rtcpIndexBytes - tagBytes;
    this.#setRtcp(ssrc, index, encrypted);
    return this.#rtcp.open(packet, encrypted ? rtcpHeaderBytes : end, end, this.#index) ? end : 0;
  };

  #setRtcp(ssrc: number, index: number, encrypted: boolean): void {
    this.#rtcp.setIv(ssrc, index >>> 16, index & 0xffff);
    write32(this.#index, 0, encrypted ? index | encryptedFlag : index);
  }
}
