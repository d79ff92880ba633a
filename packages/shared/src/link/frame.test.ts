import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  controlFrame,
  dataFrames,
  framesFor,
  headerBytes,
  isIntact,
  longestPayload,
  next,
  readHeader,
} from './frame.ts';
import { anyBytes } from './testing/channel.ts';

describe('a frame', () => {
  it('is what docs/link.md says, byte by byte', () => {
    expect(controlFrame('hello', 0x01020304, 5).toString('hex')).toBe(
      'fe4c4e4b' + '01' + '01' + '0000' + '01020304' + '00000005' + '00000000' + 'fed2fe1e',
    );
    expect(dataFrames(0xfffefdfc, 7, Buffer.from('123456789')).toString('hex')).toBe(
      'fe4c4e4b' + '01' + '03' + '0009' + 'fffefdfc' + '00000007' + 'cbf43926' + '69c7b942' + '313233343536373839',
    );
  });

  it('of each kind is read as it was written', () => {
    for (const type of ['hello', 'ack', 'end', 'reset', 'ping', 'pong'] as const)
      expect(readHeader(controlFrame(type, 0xffffffff, 9), 0)).toMatchObject({ type, epoch: 0xffffffff, number: 9 });
  });

  it('with any one bit changed is none, or not intact', () => {
    const whole = dataFrames(1, 2, Buffer.from('sound'));
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const damaged = Buffer.from(whole);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const header = readHeader(damaged, 0);
      if (bit < headerBytes * 8) expect(header, `bit ${bit}`).toBeNull();
      else expect(header && isIntact(header, damaged.subarray(headerBytes))).toBe(false);
    }
  });
});

describe('bytes', () => {
  it('become frames of at most 4096, numbered one after the other', () => {
    fc.assert(
      fc.property(anyBytes(1, 20_000), fc.nat(), (bytes, number) => {
        const frames = dataFrames(3, number, bytes);
        const payloads: Buffer[] = [];
        let expected = number;
        for (let at = 0; at < frames.length; ) {
          const header = readHeader(frames, at);
          expect(header).toMatchObject({ type: 'data', epoch: 3, number: expected });
          const end = at + headerBytes + (header?.length ?? 0);
          payloads.push(frames.subarray(at + headerBytes, end));
          expect(payloads.at(-1)?.length).toBeLessThanOrEqual(longestPayload);
          expected = next(expected);
          at = end;
        }
        expect(payloads).toHaveLength(framesFor(bytes.length));
        expect(Buffer.concat(payloads).equals(bytes)).toBe(true);
      }),
    );
  });

  it('are numbered on after 2³² − 1 from 0', () => {
    const frames = dataFrames(3, 2 ** 32 - 1, Buffer.alloc(longestPayload + 1));
    expect(readHeader(frames, headerBytes + longestPayload)?.number).toBe(0);
  });
});
