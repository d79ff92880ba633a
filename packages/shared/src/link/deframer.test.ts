import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Deframer } from './deframer.ts';
import { controlFrame, dataFrames, type Frame, headerBytes, longestPayload } from './frame.ts';
import { anyBytes } from './testing/channel.ts';

function deframer() {
  const frames: Frame[] = [];
  return { frames, it: new Deframer((frame) => frames.push(frame)) };
}

/** Bytes, cut at these places, whatever their order. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ordered = [...new Set(places.map((it) => it % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ordered, bytes.length].map((end, i) => bytes.subarray(ordered[i - 1] ?? 0, end));
}

const payload = anyBytes(1, longestPayload);
/** Much of it begins like a frame. */
const garbage = fc
  .array(
    fc.oneof(
      anyBytes(0, 300),
      fc.nat(headerBytes - 4).map((length) => controlFrame('ping', 1, 1).subarray(0, length)),
      fc.nat(64).map((length) => Buffer.alloc(length, 0xfe)),
    ),
    { maxLength: 4 },
  )
  .map((parts) => Buffer.concat(parts));
/** A frame's beginning that is followed by another frame swallows it; bytes that are no frame's don't. */
const betweenFrames = garbage.map((it) => Buffer.concat([it, Buffer.alloc(headerBytes)]));

describe('the deframer', () => {
  it('finds every frame in any chunks with any garbage between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(payload, betweenFrames), { maxLength: 6 }),
        fc.array(fc.nat(30_000), { maxLength: 40 }),
        (parts, places) => {
          const { frames, it } = deframer();
          const stream = Buffer.concat(parts.flatMap(([data, rubbish], i) => [dataFrames(9, i, data), rubbish]));
          for (const chunk of cut(stream, places)) it.take(chunk);
          expect(frames.map((frame) => frame.payload.toString('hex'))).toEqual(
            parts.map(([data]) => data.toString('hex')),
          );
          expect(frames.map((frame) => frame.number)).toEqual(parts.map((_, i) => i));
        },
      ),
    );
  });

  it('counts what it skips', () => {
    const { frames, it } = deframer();
    const damaged = dataFrames(1, 0, Buffer.from('damaged'));
    damaged[headerBytes] = 0;
    it.take(Buffer.concat([Buffer.from('garbage'), damaged, controlFrame('ping', 1, 0), Buffer.alloc(5)]));
    expect(frames.map((frame) => frame.type)).toEqual(['ping']);
    expect(it.skipped).toBe(7 + damaged.length + 5);
  });

  it('skips a frame that is longer than any', () => {
    const { frames, it } = deframer();
    const long = dataFrames(1, 0, Buffer.alloc(longestPayload));
    long.writeUInt16BE(longestPayload + 1, 6);
    it.take(long);
    it.take(controlFrame('ping', 1, 0));
    expect(frames.map((frame) => frame.type)).toEqual(['ping']);
  });

  it('hands on payloads that stay as they are', () => {
    const { frames, it } = deframer();
    const stream = Buffer.concat([dataFrames(1, 0, Buffer.from('one')), dataFrames(1, 1, Buffer.from('two'))]);
    for (const byte of stream) it.take(Buffer.of(byte));
    expect(frames.map((frame) => String(frame.payload))).toEqual(['one', 'two']);
  });

  it('skips a megabyte in which every byte could begin a frame', () => {
    const { frames, it } = deframer();
    it.take(Buffer.alloc(1 << 20, 0xfe));
    it.take(controlFrame('ping', 1, 0));
    expect(frames.map((frame) => frame.type)).toEqual(['ping']);
    expect(it.skipped).toBe(1 << 20);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(garbage, { maxLength: 20 }), (chunks) => {
        const { it } = deframer();
        for (const chunk of chunks) it.take(chunk);
      }),
    );
  });
});
