/**
 * HMAC-SHA1 (RFC 2104, FIPS 180-4) over packets, with nothing made for each. It has no tables and no branches on data,
 * so that its time says nothing about its key.
 */
import { read32, write32 } from '../rtp.ts';

const blockBytes = 64;
export const digestBytes = 20;
const words = new Int32Array(80);

/** One block of SHA-1: FIPS 180-4 §6.1.2. */
function compress(state: Int32Array, bytes: Uint8Array, at: number): void {
  for (let i = 0; i < 16; i++) words[i] = read32(bytes, at + i * 4);
  for (let i = 16; i < 80; i++) {
    const mixed = (words[i - 3] ?? 0) ^ (words[i - 8] ?? 0) ^ (words[i - 14] ?? 0) ^ (words[i - 16] ?? 0);
    words[i] = (mixed << 1) | (mixed >>> 31);
  }
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  let e = state[4] ?? 0;
  for (let i = 0; i < 20; i++) {
    const sum = (((a << 5) | (a >>> 27)) + ((b & c) | (~b & d)) + e + (words[i] ?? 0) + 0x5a827999) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = sum;
  }
  for (let i = 20; i < 40; i++) {
    const sum = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + (words[i] ?? 0) + 0x6ed9eba1) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = sum;
  }
  for (let i = 40; i < 60; i++) {
    const sum = (((a << 5) | (a >>> 27)) + ((b & c) | (b & d) | (c & d)) + e + (words[i] ?? 0) + 0x8f1bbcdc) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = sum;
  }
  for (let i = 60; i < 80; i++) {
    const sum = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + (words[i] ?? 0) + 0xca62c1d6) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = sum;
  }
  state[0] = (state[0] ?? 0) + a;
  state[1] = (state[1] ?? 0) + b;
  state[2] = (state[2] ?? 0) + c;
  state[3] = (state[3] ?? 0) + d;
  state[4] = (state[4] ?? 0) + e;
}

function copyState(from: Int32Array, to: Int32Array): void {
  for (let i = 0; i < 5; i++) to[i] = from[i] ?? 0;
}

function keyState(key: Uint8Array, pad: number): Int32Array {
  const block = new Uint8Array(blockBytes).fill(pad);
  for (let i = 0; i < key.length; i++) block[i] = (key[i] ?? 0) ^ pad;
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  compress(state, block, 0);
  return state;
}

export class HmacSha1 {
  readonly #inner: Int32Array;
  readonly #outer: Int32Array;
  readonly #state = new Int32Array(5);
  /** What is left of a message, its suffix and its padding. */
  readonly #end = new Uint8Array(2 * blockBytes);
  /** The inner digest, padded. */
  readonly #digest = new Uint8Array(blockBytes);

  /** A key of at most 64 bytes. */
  constructor(key: Uint8Array) {
    this.#inner = keyState(key, 0x36);
    this.#outer = keyState(key, 0x5c);
    this.#digest[digestBytes] = 0x80;
    write32(this.#digest, blockBytes - 4, (blockBytes + digestBytes) * 8);
  }

  /** The code of the first `length` bytes, followed by `suffix` as 32 bits unless that is null, goes to `code`. */
  compute(bytes: Uint8Array, length: number, suffix: number | null, code: Uint8Array): void {
    const state = this.#state;
    const end = this.#end;
    copyState(this.#inner, state);
    const whole = length - (length % blockBytes);
    for (let at = 0; at < whole; at += blockBytes) compress(state, bytes, at);
    let rest = length - whole;
    end.fill(0);
    for (let i = 0; i < rest; i++) end[i] = bytes[whole + i] ?? 0;
    if (suffix !== null) {
      write32(end, rest, suffix);
      rest += 4;
    }
    end[rest] = 0x80;
    const padded = rest + 9 <= blockBytes ? blockBytes : 2 * blockBytes;
    write32(end, padded - 4, (blockBytes + whole + rest) * 8);
    for (let at = 0; at < padded; at += blockBytes) compress(state, end, at);
    for (let i = 0; i < 5; i++) write32(this.#digest, i * 4, state[i] ?? 0);
    copyState(this.#outer, state);
    compress(state, this.#digest, 0);
    for (let i = 0; i < 5; i++) write32(code, i * 4, state[i] ?? 0);
  }
}
