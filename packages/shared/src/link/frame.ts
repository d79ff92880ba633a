/** A frame of the link: what its header says, how it is written and checked. docs/link.md has the table. */
import { crc32 } from 'node:zlib';

/** Of which no byte but the first is like the first, so that a search for it never goes back. */
const magic = 0xfe4c4e4b;
export const firstByte = magic >>> 24;
/** Of the layout below. What bears another is no frame to us. */
const version = 1;

export const headerBytes = 24;
export const longestPayload = 4096;
/** Whatever a dead predecessor on this pipe has begun ends in these zeros, instead of in what follows them. */
export const padding = Buffer.alloc(headerBytes + longestPayload);

/** Where each field lies; numbers are big-endian. */
const at = { magic: 0, version: 4, type: 5, length: 6, epoch: 8, number: 12, payloadCheck: 16, headerCheck: 20 };

/** In the order of their numbers, from 1. */
const types = ['hello', 'ack', 'data', 'end', 'reset', 'ping', 'pong'] as const;
export type FrameType = (typeof types)[number];

export interface Header {
  type: FrameType;
  epoch: number;
  /** How many DATA frames its sender has sent before it in this epoch, modulo 2³². */
  number: number;
  /** Of the payload, bytes. */
  length: number;
  payloadCheck: number;
}

export interface Frame extends Header {
  payload: Buffer;
}

/** The number after this one. */
export const next = (number: number): number => (number + 1) >>> 0;

/** null: no frame begins here. There must be headerBytes of them. */
export function readHeader(bytes: Buffer, from: number): Header | null {
  if (bytes.readUInt32BE(from + at.magic) !== magic || bytes[from + at.version] !== version) return null;
  const check = bytes.readUInt32BE(from + at.headerCheck);
  if (crc32(bytes.subarray(from, from + at.headerCheck)) !== check) return null;
  const type = types[bytes.readUInt8(from + at.type) - 1];
  const length = bytes.readUInt16BE(from + at.length);
  if (type === undefined || length > longestPayload) return null;
  return {
    type,
    length,
    epoch: bytes.readUInt32BE(from + at.epoch),
    number: bytes.readUInt32BE(from + at.number),
    payloadCheck: bytes.readUInt32BE(from + at.payloadCheck),
  };
}

export const isIntact = ({ payloadCheck }: Header, payload: Buffer): boolean => crc32(payload) === payloadCheck;

/** Writes a frame there, returns where it ends. */
function writeFrame(
  into: Buffer,
  from: number,
  type: FrameType,
  epoch: number,
  number: number,
  payload: Buffer,
): number {
  into.writeUInt32BE(magic, from + at.magic);
  into.writeUInt8(version, from + at.version);
  into.writeUInt8(types.indexOf(type) + 1, from + at.type);
  into.writeUInt16BE(payload.length, from + at.length);
  into.writeUInt32BE(epoch, from + at.epoch);
  into.writeUInt32BE(number, from + at.number);
  into.writeUInt32BE(crc32(payload), from + at.payloadCheck);
  into.writeUInt32BE(crc32(into.subarray(from, from + at.headerCheck)), from + at.headerCheck);
  return from + headerBytes + payload.copy(into, from + headerBytes);
}

const nothing = Buffer.alloc(0);

/** A frame without payload. */
export function controlFrame(type: Exclude<FrameType, 'data'>, epoch: number, number: number): Buffer {
  const frame = Buffer.allocUnsafe(headerBytes);
  writeFrame(frame, 0, type, epoch, number, nothing);
  return frame;
}

/** How many frames carry so many bytes. */
export const framesFor = (bytes: number): number => Math.ceil(bytes / longestPayload);

/** The bytes as DATA frames, one after the other, numbered from `number`. */
export function dataFrames(epoch: number, number: number, bytes: Buffer): Buffer {
  const frames = Buffer.allocUnsafe(bytes.length + framesFor(bytes.length) * headerBytes);
  let end = 0;
  for (let from = 0, i = number; from < bytes.length; from += longestPayload, i = next(i))
    end = writeFrame(frames, end, 'data', epoch, i, bytes.subarray(from, from + longestPayload));
  return frames;
}
