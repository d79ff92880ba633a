import { expect, test } from 'vitest';
import { loadCommands, segmentName, withoutSignature } from './macho.ts';

/** A header, a segment __LINKEDIT with 100 bytes, and a signature of 60 of them. */
function program(): Buffer {
  const file = Buffer.alloc(32 + 72 + 16 + 100, 7);
  file.fill(0, 0, 120);
  file.writeUInt32LE(0xfeedfacf, 0);
  file.writeUInt32LE(2, 16);
  file.writeUInt32LE(88, 20);
  file.writeUInt32LE(0x19, 32);
  file.writeUInt32LE(72, 36);
  file.write('__LINKEDIT', 40, 'latin1');
  file.writeBigUInt64LE(0x4000n, 64);
  file.writeBigUInt64LE(120n, 72);
  file.writeBigUInt64LE(100n, 80);
  file.writeUInt32LE(0x1d, 104);
  file.writeUInt32LE(16, 108);
  file.writeUInt32LE(160, 112);
  file.writeUInt32LE(60, 116);
  return file;
}

test('the signature goes, with its command and its part of the segment', () => {
  const left = withoutSignature(program());
  expect(left.length).toBe(160);
  const [only, ...others] = loadCommands(left);
  expect(others).toEqual([]);
  expect(only && segmentName(left, only)).toBe('__LINKEDIT');
  expect(left.readBigUInt64LE(80)).toBe(40n);
  expect(left.readUInt32LE(20)).toBe(72);
  expect(withoutSignature(left)).toEqual(left);
});

test('a signature elsewhere is not guessed at', () => {
  const file = Buffer.concat([program(), Buffer.alloc(4)]);
  expect(() => withoutSignature(file)).toThrow('not at the end');
  expect(() => withoutSignature(Buffer.alloc(64))).toThrow('not a 64-bit program for macOS');
});
