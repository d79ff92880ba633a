/** STUN messages (RFC 8489) as far as connectivity checks need them: written, read, and proven by their integrity. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { crc32 } from 'node:zlib';

/** Message types of the Binding method (RFC 8489 §18.1, §18.2). */
export const stunType = { request: 0x0001, indication: 0x0011, success: 0x0101, error: 0x0111 } as const;

/** RFC 8489 §18.3, RFC 8445 §16.1. */
export const stunAttribute = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  xorMappedAddress: 0x0020,
  priority: 0x0024,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  iceControlled: 0x8029,
  iceControlling: 0x802a,
} as const;

const cookie = 0x2112a442;
const headerLength = 20;
const integrityLength = 20;
const fingerprintXor = 0x5354554e;
/** More than any message of ICE has. */
const maxLength = 1_280;
const maxAttributes = 32;

export interface StunMessage {
  type: number;
  /** 24 hexadecimal digits. */
  transaction: string;
  /** The first of each kind counts (RFC 8489 §5). */
  attributes: ReadonlyMap<number, Buffer>;
  /** Where MESSAGE-INTEGRITY begins; null: there is none. */
  integrityAt: number | null;
}

export const newTransaction = (): string => randomBytes(12).toString('hex');

/** Null for what is no STUN message, has a wrong length or a wrong fingerprint. */
export function readStun(packet: Uint8Array): StunMessage | null {
  const bytes = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength);
  if (bytes.length < headerLength || bytes.length > maxLength || bytes.length % 4 !== 0) return null;
  const type = bytes.readUInt16BE(0);
  if (type > 0x3fff || bytes.readUInt32BE(4) !== cookie) return null;
  if (bytes.readUInt16BE(2) !== bytes.length - headerLength) return null;
  const attributes = new Map<number, Buffer>();
  let integrityAt: number | null = null;
  for (let at = headerLength, count = 0; at < bytes.length; count++) {
    const kind = bytes.readUInt16BE(at);
    const end = at + 4 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || count === maxAttributes) return null;
    const value = bytes.subarray(at + 4, end);
    if (kind === stunAttribute.fingerprint) {
      // The last attribute (RFC 8489 §14.7).
      const right = value.length === 4 && value.readUInt32BE(0) === fingerprintOf(bytes.subarray(0, at));
      if (!right || end !== bytes.length) return null;
    }
    // What follows the integrity is not covered by it (RFC 8489 §14.5).
    if (integrityAt === null && !attributes.has(kind)) attributes.set(kind, value);
    if (kind === stunAttribute.integrity && integrityAt === null) integrityAt = at;
    at = end + ((4 - (end % 4)) % 4);
  }
  return { type, transaction: bytes.toString('hex', 8, headerLength), attributes, integrityAt };
}

/** Whether whoever wrote the message knows the password (RFC 8489 §9.1.3). */
export function isAuthentic(packet: Uint8Array, { attributes, integrityAt }: StunMessage, password: string): boolean {
  const stated = attributes.get(stunAttribute.integrity);
  if (integrityAt === null || stated?.length !== integrityLength) return false;
  const covered = Buffer.from(packet.subarray(0, integrityAt));
  return timingSafeEqual(stated, integrityOf(covered, password));
}

export interface StunDraft {
  type: number;
  transaction: string;
  attributes: readonly (readonly [kind: number, value: Uint8Array])[];
  /** null: no integrity, as to a STUN server. */
  password: string | null;
}

export function writeStun({ type, transaction, attributes, password }: StunDraft): Buffer {
  const header = Buffer.alloc(headerLength);
  header.writeUInt16BE(type, 0);
  header.writeUInt32BE(cookie, 4);
  header.write(transaction, 8, 'hex');
  let bytes = Buffer.concat([header, ...attributes.map(([kind, value]) => attribute(kind, value))]);
  if (password !== null) {
    bytes = Buffer.concat([bytes, attribute(stunAttribute.integrity, integrityOf(Buffer.from(bytes), password))]);
  }
  const check = Buffer.alloc(4);
  check.writeUInt32BE(fingerprintOf(bytes), 0);
  bytes = Buffer.concat([bytes, attribute(stunAttribute.fingerprint, check)]);
  bytes.writeUInt16BE(bytes.length - headerLength, 2);
  return bytes;
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value, 0);
  return bytes;
}

export function uint64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value, 0);
  return bytes;
}

/** RFC 8489 §14.8. */
export const errorCode = (code: number, reason: string): Buffer =>
  Buffer.concat([Buffer.from([0, 0, Math.floor(code / 100), code % 100]), Buffer.from(reason)]);

/** 0 where there is none. */
export function readErrorCode({ attributes }: StunMessage): number {
  const value = attributes.get(stunAttribute.errorCode);
  return value === undefined || value.length < 4 ? 0 : (value[2] ?? 0) * 100 + (value[3] ?? 0);
}

/** What the error says of itself, for a log. */
export const readReason = ({ attributes }: StunMessage): string =>
  attributes.get(stunAttribute.errorCode)?.toString('utf8', 4, 132) ?? '';

export interface Place {
  address: string;
  port: number;
}

/** The value of XOR-MAPPED-ADDRESS (RFC 8489 §14.2). */
export function xorAddress({ address, port }: Place, transaction: string): Buffer {
  const plain = isIPv4(address) ? Buffer.from(address.split('.').map(Number)) : ipv6Bytes(address);
  const value = Buffer.alloc(4 + plain.length);
  value[1] = plain.length === 4 ? 1 : 2;
  value.writeUInt16BE(port ^ (cookie >>> 16), 2);
  const mask = maskOf(transaction);
  for (const [i, byte] of plain.entries()) value[4 + i] = byte ^ (mask[i] ?? 0);
  return value;
}

export function readXorAddress({ attributes, transaction }: StunMessage): Place | null {
  const value = attributes.get(stunAttribute.xorMappedAddress);
  if (value?.length !== (value?.[1] === 2 ? 20 : 8) || value === undefined) return null;
  const mask = maskOf(transaction);
  const plain = value.subarray(4).map((byte, i) => byte ^ (mask[i] ?? 0));
  const port = value.readUInt16BE(2) ^ (cookie >>> 16);
  if (plain.length === 4) return { address: plain.join('.'), port };
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((plain[2 * i] ?? 0) << 8) | (plain[2 * i + 1] ?? 0)).toString(16),
  );
  return { address: canonical(groups.join(':')), port };
}

/** An address as Node writes those that packets come from; those of a link have a zone at their end (RFC 4007 §11). */
export function canonical(address: string): string {
  if (!isIPv6(address)) return address;
  const [plain, ...zone] = address.split('%');
  return [new URL(`http://[${plain}]`).hostname.slice(1, -1), ...zone].join('%');
}

function maskOf(transaction: string): Buffer {
  const mask = Buffer.alloc(16);
  mask.writeUInt32BE(cookie, 0);
  mask.write(transaction, 4, 'hex');
  return mask;
}

function ipv6Bytes(address: string): Buffer {
  const [head = '', tail] = canonical(address).split('::');
  const groups = (text: string): number[] => (text === '' ? [] : text.split(':').map((it) => Number.parseInt(it, 16)));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const bytes = Buffer.alloc(16);
  for (const [i, group] of first.entries()) bytes.writeUInt16BE(group, 2 * i);
  for (const [i, group] of last.entries()) bytes.writeUInt16BE(group, 2 * (8 - last.length + i));
  return bytes;
}

function attribute(kind: number, value: Uint8Array): Buffer {
  const bytes = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  bytes.writeUInt16BE(kind, 0);
  bytes.writeUInt16BE(value.length, 2);
  bytes.set(value, 4);
  return bytes;
}

/** The length in the header is that of a message which ends after this attribute; it is written into `covered`. */
function integrityOf(covered: Buffer, password: string): Buffer {
  covered.writeUInt16BE(covered.length - headerLength + 4 + integrityLength, 2);
  return createHmac('sha1', password).update(covered).digest();
}

function fingerprintOf(covered: Uint8Array): number {
  const bytes = Buffer.from(covered);
  bytes.writeUInt16BE(bytes.length - headerLength + 8, 2);
  return (crc32(bytes) ^ fingerprintXor) >>> 0;
}
