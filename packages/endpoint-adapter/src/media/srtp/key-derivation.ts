/** From a master key to the keys of packets (RFC 3711 §4.3, RFC 6188 §3, RFC 7714 §11); key derivation rate 0. */
import { createCipheriv } from 'node:crypto';
import type { SrtpKey } from '../stream-settings.ts';
import { suites } from './suites.ts';

/** RFC 3711 §4.3.1 and §4.3.2. */
const labels = { rtp: { key: 0, auth: 1, salt: 2 }, rtcp: { key: 3, auth: 4, salt: 5 } };
const labelAt = 7;
const blockBytes = 16;
/** HMAC-SHA1 (RFC 3711 §4.2.1). */
const authBytes = 20;

export interface SessionKeys {
  key: Uint8Array;
  salt: Uint8Array;
  /** Empty where the cipher authenticates by itself. */
  auth: Uint8Array;
}

export function deriveKeys(master: SrtpKey, of: 'rtp' | 'rtcp'): SessionKeys {
  const facts = suites[master.suite];
  const { key, auth, salt } = labels[of];
  return {
    key: derive(master, key, facts.keyBytes),
    salt: derive(master, salt, facts.saltBytes),
    auth: derive(master, auth, facts.cipher === 'counter' ? authBytes : 0),
  };
}

function derive({ key, salt }: SrtpKey, label: number, bytes: number): Uint8Array {
  // A shorter salt is followed by zeros (RFC 7714 §11), as the counter in the last two bytes is.
  const block = new Uint8Array(blockBytes);
  block.set(salt);
  block[labelAt] = (block[labelAt] ?? 0) ^ label;
  return createCipheriv(`aes-${key.length * 8}-ctr`, key, block).update(new Uint8Array(bytes));
}
