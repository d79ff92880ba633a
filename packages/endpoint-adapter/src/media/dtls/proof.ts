/** What proves that the far end of a DTLS handshake is the one that SDP named; werift looks at none of it. */
import { createHash, createHmac, timingSafeEqual, verify, X509Certificate } from 'node:crypto';
import type { Fingerprint } from '../stream-settings.ts';

/** RFC 8122 §5, the strongest first; MD5 is not to be used. */
const hashes = ['sha-512', 'sha-384', 'sha-256', 'sha-224', 'sha-1'] as const;
const maxFingerprints = 16;

/** Of several hash functions the strongest counts, and of that one any value (RFC 8122 §5.1). */
export function matchesFingerprint(certificate: Uint8Array, fingerprints: readonly Fingerprint[]): boolean {
  const named = fingerprints.slice(0, maxFingerprints);
  const isOf = (hash: string) => (it: Fingerprint) => it.algorithm.toLowerCase() === hash;
  const strongest = hashes.find((hash) => named.some(isOf(hash)));
  if (strongest === undefined) return false;
  const digest = createHash(strongest.replace('-', '')).update(certificate).digest('hex');
  return named.filter(isOf(strongest)).some(({ value }) => value.replaceAll(':', '').toLowerCase() === digest);
}

/** ServerKeyExchange of ECDHE (RFC 8422 §5.4): the signature is over both randoms and the key before it. */
export function isKeyExchangeProven(
  body: Uint8Array,
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
  certificate: Uint8Array,
): boolean {
  const bytes = Buffer.from(body);
  const keyEnd = 4 + (bytes[3] ?? 0);
  if (bytes.length < keyEnd + 4) return false;
  const signed = Buffer.concat([clientRandom, serverRandom, bytes.subarray(0, keyEnd)]);
  return isSigned(signed, bytes.subarray(keyEnd), certificate);
}

/** CertificateVerify (RFC 5246 §7.4.8): the signature is over all messages before it. */
export const isCertificateProven = (body: Uint8Array, transcript: Uint8Array, certificate: Uint8Array): boolean =>
  isSigned(transcript, Buffer.from(body), certificate);

/** Signature algorithms as we offer them (RFC 5246 §7.4.1.4.1): SHA-256 with RSA or ECDSA. */
const schemes: ReadonlyMap<number, string> = new Map([
  [0x0401, 'rsa'],
  [0x0403, 'ec'],
]);

/** `signature`: its algorithm, its length, and itself. */
function isSigned(data: Uint8Array, signature: Buffer, certificate: Uint8Array): boolean {
  if (signature.length < 4 || signature.length !== 4 + signature.readUInt16BE(2)) return false;
  try {
    const { publicKey } = new X509Certificate(certificate);
    if (publicKey.asymmetricKeyType !== schemes.get(signature.readUInt16BE(0))) return false;
    return verify('sha256', data, publicKey, signature.subarray(4));
  } catch {
    // It is no certificate.
    return false;
  }
}

/** Finished (RFC 5246 §7.4.9): both saw the same messages and have the same secret. */
export function isFinishedProven(
  body: Uint8Array,
  sender: 'client' | 'server',
  masterSecret: Uint8Array,
  transcript: Uint8Array,
): boolean {
  const seed = Buffer.concat([Buffer.from(`${sender} finished`), createHash('sha256').update(transcript).digest()]);
  const expected = pseudoRandom(masterSecret, seed, 12);
  return body.length === expected.length && timingSafeEqual(body, expected);
}

/** P_SHA256 of RFC 5246 §5. */
function pseudoRandom(secret: Uint8Array, seed: Buffer, length: number): Buffer {
  const hmac = (data: Uint8Array) => createHmac('sha256', secret).update(data).digest();
  const blocks: Buffer[] = [];
  let a: Buffer = seed;
  for (let made = 0; made < length; made += 32) {
    a = hmac(a);
    blocks.push(hmac(Buffer.concat([a, seed])));
  }
  return Buffer.concat(blocks, length);
}
