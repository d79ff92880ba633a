import { describe, expect, it } from 'vitest';
import { packetsBefore, RedReader, RedWriter } from './red.ts';
import { makeRandom } from './testing/sound.ts';

const payload = (value: number, length: number): Uint8Array => new Uint8Array(length).fill(value);

interface Block {
  type: number;
  before: number;
  bytes: number[];
}

/** The blocks of a payload, each with its first and last byte. */
function blocksOf(packet: Uint8Array, offset = 0, length = packet.length - offset): Block[] | null {
  const reader = new RedReader();
  if (!reader.read(packet, offset, length)) return null;
  return reader.blocks.slice(0, reader.count).map((block) => ({
    type: block.payloadType,
    before: block.timestampOffset,
    bytes: [...packet.subarray(block.offset, block.offset + block.length)],
  }));
}

/** Sends `lengths.length` packets 160 units apart, the nth filled with n; returns what the last one became. */
function send(lengths: number[], depth: number, step = 160): Uint8Array {
  const writer = new RedWriter();
  const out = new Uint8Array(1_472);
  let bytes = 0;
  // The timestamp wraps on the way.
  lengths.forEach((length, n) => {
    bytes = writer.write(payload(n, length), 0, length, 8, (4_294_967_200 + n * step) >>> 0, depth, out, 12);
  });
  return out.slice(12, 12 + bytes);
}

describe('writing', () => {
  it('has the bytes of RFC 2198 §3', () => {
    expect([...send([2, 3], 1)]).toEqual([0x88, 160 >> 6, (160 << 2) & 0xff, 2, 0x08, 0, 0, 1, 1, 1]);
  });

  it('carries as many as asked for, the oldest first', () => {
    expect(blocksOf(send([1, 2, 3, 4], 0))?.map(({ bytes }) => bytes)).toEqual([[3, 3, 3, 3]]);
    expect(blocksOf(send([1, 2, 3, 4], 1))?.map(({ bytes }) => bytes)).toEqual([
      [2, 2, 2],
      [3, 3, 3, 3],
    ]);
    expect(blocksOf(send([1, 2, 3], 2))).toEqual([
      { type: 8, before: 320, bytes: [0] },
      { type: 8, before: 160, bytes: [1, 1] },
      { type: 8, before: 0, bytes: [2, 2, 2] },
    ]);
  });

  it('begins with the primary alone', () => {
    expect([...send([2], 2)]).toEqual([8, 0, 0]);
  });

  it.each([
    ['1,200 bytes', [480, 480, 480], 160, 2],
    ['10 bits of length', [100, 1_024, 100], 160, 1],
    ['14 bits of time', [10, 10, 10], 8_192, 2],
  ])('keeps to %s', (_, lengths, step, blocks) => {
    const packet = send(lengths, 2, step);
    expect(packet.length).toBeLessThanOrEqual(1_200);
    expect(blocksOf(packet)).toHaveLength(blocks);
  });

  it('refuses a primary that does not fit', () => {
    expect(send([1_200], 2)).toHaveLength(0);
  });

  it('forgets what does not belong together', () => {
    const writer = new RedWriter();
    const out = new Uint8Array(100);
    writer.remember(payload(1, 4), 0, 4, 0, 0);
    expect(blocksOf(out, 0, writer.write(payload(2, 4), 0, 4, 0, 160, 2, out, 0))).toHaveLength(2);
    writer.restart();
    expect(blocksOf(out, 0, writer.write(payload(3, 4), 0, 4, 0, 320, 2, out, 0))).toHaveLength(1);
  });
});

describe('reading', () => {
  it.each<[string, number[]]>([
    ['nothing', []],
    ['a head without a primary', [0x88, 0, 0, 0]],
    ['half a head', [0x88, 0]],
    ['a block longer than the packet', [0x88, 0, 0, 5, 0x08, 1, 2]],
    ['more blocks than there can be', [...Array.from({ length: 8 }, () => [0x88, 0, 0, 0]).flat(), 8]],
  ])('refuses %s', (_, bytes) => {
    expect(blocksOf(Uint8Array.from(bytes))).toBeNull();
  });

  it('keeps inside the payload, whatever comes', () => {
    const random = makeRandom(7);
    const reader = new RedReader();
    let wellFormed = 0;
    for (let round = 0; round < 20_000; round++) {
      const packet = Uint8Array.from({ length: Math.floor(random() * 40) }, () => Math.floor(random() * 256));
      const offset = Math.floor(random() * 8);
      const length = Math.floor(random() * 40);
      if (!reader.read(packet, offset, length)) {
        expect(reader.count).toBe(0);
        continue;
      }
      wellFormed++;
      for (const block of reader.blocks.slice(0, reader.count)) {
        expect(block.offset).toBeGreaterThanOrEqual(offset);
        expect(block.offset + block.length).toBeLessThanOrEqual(Math.min(packet.length, offset + length));
      }
    }
    expect(wellFormed).toBeGreaterThan(1_000);
  });
});

it('tells how many packets ago a block was sent', () => {
  expect([packetsBefore(160, 160), packetsBefore(320, 160), packetsBefore(100, 160), packetsBefore(9, 0)]).toEqual([
    1, 2, 0, 0,
  ]);
});
