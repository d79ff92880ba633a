/** a=crypto (RFC 4568): the keys of SRTP, as they stand in SDP. */
import { randomBytes } from 'node:crypto';
import { maxMkiBytes, suites } from '../../media/srtp/suites.ts';
import type { SrtpKey, SrtpSuite } from '../../media/stream-settings.ts';

export interface CryptoAttribute {
  tag: number;
  key: SrtpKey;
}

/** In the order of our offers. */
export const offeredSuites: readonly SrtpSuite[] = [
  'AEAD_AES_256_GCM',
  'AEAD_AES_128_GCM',
  'AES_256_CM_HMAC_SHA1_80',
  'AES_CM_128_HMAC_SHA1_80',
  'AES_256_CM_HMAC_SHA1_32',
  'AES_CM_128_HMAC_SHA1_32',
];

/** RFC 3711 §9.2: no master key is good for more packets. */
const longestLifetime = 2 ** 48;

export function newKey(suite: SrtpSuite, plainRtcp: boolean): SrtpKey {
  const { keyBytes, saltBytes } = suites[suite];
  // A copy: Node's buffers share memory with others.
  const bytes = new Uint8Array(randomBytes(keyBytes + saltBytes));
  return { suite, key: bytes.slice(0, keyBytes), salt: bytes.slice(keyBytes), lifetime: null, mki: null, plainRtcp };
}

/** The value of an a=crypto line; null where it is malformed or asks for what we can't do: it is as if it weren't there. */
export function readCrypto(value: string): CryptoAttribute | null {
  const [, tag = '', named = '', parameters = '', rest = ''] = /^(\d{1,9}) +(\w+) +(\S+)(.*)$/.exec(value) ?? [];
  const suite = offeredSuites.find((it) => it === named);
  if (!suite) return null;
  const key = readKey(suite, parameters);
  const session = readSessionParameters(rest);
  return key && session ? { tag: Number(tag), key: { ...key, ...session } } : null;
}

/** `inline:` key and salt, lifetime, MKI. Of several keys we could receive one alone, so that there may be only one. */
function readKey(suite: SrtpSuite, text: string): Omit<SrtpKey, 'plainRtcp'> | null {
  if (!text.startsWith('inline:')) return null;
  const [secret = '', ...more] = text.slice('inline:'.length).split('|');
  const { keyBytes, saltBytes } = suites[suite];
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(secret) || more.length > 2) return null;
  const bytes = new Uint8Array(Buffer.from(secret, 'base64'));
  if (bytes.length !== keyBytes + saltBytes) return null;
  const mkiWord = more.findIndex((it) => it.includes(':'));
  const mki = mkiWord < 0 ? null : readMki(more[mkiWord] ?? '');
  // The lifetime, where there is one, comes first (RFC 4568 §9.2).
  const lifetimeWord = mkiWord === 0 ? undefined : more[0];
  const lifetime = lifetimeWord === undefined ? null : readLifetime(lifetimeWord);
  if ((mkiWord >= 0 && !mki) || (lifetimeWord !== undefined && lifetime === null)) return null;
  if (more.length > (mki ? 1 : 0) + (lifetime === null ? 0 : 1)) return null;
  return { suite, key: bytes.slice(0, keyBytes), salt: bytes.slice(keyBytes), lifetime, mki };
}

function readLifetime(text: string): number | null {
  const [, power, digits = ''] = /^(2\^)?(\d{1,15})$/.exec(text) ?? [];
  if (digits === '') return null;
  const packets = power ? 2 ** Number(digits) : Number(digits);
  return packets > 0 && packets <= longestLifetime ? packets : null;
}

/** A number, and the bytes that it takes in each packet. */
function readMki(text: string): Uint8Array | null {
  const [, digits = '', size] = /^(\d{1,310}):(\d{1,3})$/.exec(text) ?? [];
  const length = Number(size);
  if (digits === '' || !(length > 0) || length > maxMkiBytes) return null;
  const hex = BigInt(digits).toString(16);
  if (hex.length > length * 2) return null;
  return new Uint8Array(Buffer.from(hex.padStart(length * 2, '0'), 'hex'));
}

/**
 * Null where one is to be obeyed and can't be: RFC 4568 §6.3.7 lets only those be ignored that begin with a dash, and
 * WSH (§6.3.6).
 */
function readSessionParameters(text: string): { plainRtcp: boolean } | null {
  let plainRtcp = false;
  for (const word of text.split(' ')) {
    if (word === '' || word.startsWith('-') || /^WSH=\d+$/i.test(word) || /^KDR=0$/i.test(word)) continue;
    if (word.toUpperCase() !== 'UNENCRYPTED_SRTCP') return null;
    plainRtcp = true;
  }
  return { plainRtcp };
}

export function writeCrypto({ tag, key: it }: CryptoAttribute): string {
  const words = [Buffer.concat([it.key, it.salt]).toString('base64')];
  if (it.lifetime !== null) words.push(writeLifetime(it.lifetime));
  if (it.mki) words.push(`${BigInt(`0x${Buffer.from(it.mki).toString('hex')}`)}:${it.mki.length}`);
  return `${tag} ${it.suite} inline:${words.join('|')}${it.plainRtcp ? ' UNENCRYPTED_SRTCP' : ''}`;
}

function writeLifetime(packets: number): string {
  const power = Math.log2(packets);
  return Number.isInteger(power) ? `2^${power}` : String(packets);
}

/** Our key for packets to a far end that sends with `theirs`: as long in force as ours was, with an MKI if theirs has one. */
export function keyTowards(theirs: SrtpKey, ours: SrtpKey | undefined): SrtpKey {
  // RFC 4568 §7.1.4: the same key stays while nothing changes; its roll-over counter goes on.
  const key = ours?.suite === theirs.suite ? ours : newKey(theirs.suite, theirs.plainRtcp);
  return { ...key, mki: theirs.mki, plainRtcp: theirs.plainRtcp };
}
