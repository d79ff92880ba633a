/**
 * AES in counter mode (RFC 3711 §4.1.1). One cipher object lives as long as the key does and encrypts the counters of a
 * packet, in constant time; Node makes its output a new buffer, and that is all that is made.
 */
import { type Cipheriv, createCipheriv } from 'node:crypto';
import { maxPacketBytes, read16, read32, write16, write32 } from '../rtp.ts';

const blockBytes = 16;
const maxBlocks = Math.ceil(maxPacketBytes / blockBytes);

export class CounterMode {
  readonly #cipher: Cipheriv;
  readonly #salt: Uint8Array;
  readonly #counters = new Uint8Array(maxBlocks * blockBytes);
  /** The first so many blocks of the counters, made when they are first needed. */
  readonly #views: Uint8Array[] = [];

  constructor(key: Uint8Array, salt: Uint8Array) {
    this.#cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
    this.#salt = salt;
    for (let block = 0; block < maxBlocks; block++) {
      this.#counters.set(salt, block * blockBytes);
      write16(this.#counters, block * blockBytes + 14, block);
    }
  }

  /** Encrypts or decrypts bytes[from..to); of the packet's 48-bit index the upper 32 and the lower 16 bits. */
  apply(bytes: Uint8Array, from: number, to: number, ssrc: number, indexHigh: number, indexLow: number): void {
    if (to <= from) return;
    const blocks = Math.ceil((to - from) / blockBytes);
    this.#writeCounters(blocks, ssrc, indexHigh, indexLow);
    const keystream = this.#cipher.update(this.#view(blocks));
    for (let i = from; i < to; i++) bytes[i] = (bytes[i] ?? 0) ^ (keystream[i - from] ?? 0);
  }

  /** IV = salt * 2^16 XOR SSRC * 2^64 XOR index * 2^16; the first four bytes and the counter never change. */
  #writeCounters(blocks: number, ssrc: number, indexHigh: number, indexLow: number): void {
    const counters = this.#counters;
    const salt = this.#salt;
    write32(counters, 4, ssrc ^ read32(salt, 4));
    write32(counters, 8, indexHigh ^ read32(salt, 8));
    write16(counters, 12, indexLow ^ read16(salt, 12));
    for (let at = blockBytes; at < blocks * blockBytes; at += blockBytes)
      for (let i = 4; i < 14; i++) counters[at + i] = counters[i] ?? 0;
  }

  #view(blocks: number): Uint8Array {
    const known = this.#views[blocks];
    if (known !== undefined) return known;
    const view = this.#counters.subarray(0, blocks * blockBytes);
    this.#views[blocks] = view;
    return view;
  }
}
