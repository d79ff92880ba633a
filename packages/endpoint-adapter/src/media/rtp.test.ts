import { describe, expect, it } from 'vitest';
import { emptyHeader, headerBytes, readRtp, writeRtpHeader } from './rtp.ts';

const packetOf = (payload: number[], change: (packet: number[]) => number[] = (it) => it): Uint8Array => {
  const head = new Uint8Array(headerBytes);
  writeRtpHeader(head, 0, true, 0xfffe, 0xdeadbeef, 0xcafebabe);
  return Uint8Array.from(change([...head, ...payload]));
};

it('reads what it wrote', () => {
  const header = emptyHeader();
  expect(readRtp(packetOf([1, 2, 3]), header)).toBe(true);
  expect(header).toEqual({
    payloadType: 0,
    marker: true,
    sequence: 0xfffe,
    timestamp: 0xdeadbeef,
    ssrc: 0xcafebabe,
    payloadOffset: 12,
    payloadLength: 3,
  });
});

it('finds the payload behind sources and extension, before padding', () => {
  const header = emptyHeader();
  const extras = [0, 0, 0, 1, 0, 0, 0, 2, 0xbe, 0xde, 0, 1, 9, 9, 9, 9];
  const packet = packetOf([...extras, 7, 7, 0, 2], ([first = 0, ...rest]) => [first | 0x20 | 0x10 | 2, ...rest]);
  expect(readRtp(packet, header)).toBe(true);
  expect([header.payloadOffset, header.payloadLength]).toEqual([28, 2]);
});

describe('refuses', () => {
  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['half a header', packetOf([]).subarray(0, 11)],
    ['another version', packetOf([1], ([, ...rest]) => [0x40, ...rest])],
    ['more sources than bytes', packetOf([1], ([, ...rest]) => [0x8f, ...rest])],
    ['an extension without a head', packetOf([1], ([, ...rest]) => [0x90, ...rest])],
    ['an extension beyond the end', packetOf([0xbe, 0xde, 0xff, 0xff], ([, ...rest]) => [0x90, ...rest])],
    ['padding of no length', packetOf([0], ([, ...rest]) => [0xa0, ...rest])],
    ['padding beyond the payload', packetOf([9], ([, ...rest]) => [0xa0, ...rest])],
    ['a giant', packetOf(Array<number>(1_500).fill(0))],
    ['RTCP', packetOf([1], ([first = 0, , ...rest]) => [first, 200, ...rest])],
  ])('%s', (_, packet) => {
    expect(readRtp(packet, emptyHeader())).toBe(false);
  });
});
