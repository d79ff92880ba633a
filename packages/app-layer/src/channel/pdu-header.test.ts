import { array, assert, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkBytes, PduHeaders } from './pdu-header.ts';

const first = 1;
const last = 2;

function read(length: number, flags: number, payload: Uint8Array | string): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(length, 0);
  header.writeUInt32LE(flags, 4);
  return Buffer.concat([header, Buffer.from(payload)]);
}

/** What the reads of one message bring. */
function readsOf(message: Uint8Array): Buffer[] {
  const reads: Buffer[] = [];
  for (let at = 0; at < message.length; at += chunkBytes) {
    const flags = (at === 0 ? first : 0) | (at + chunkBytes >= message.length ? last : 0);
    reads.push(read(message.length, flags, message.subarray(at, at + chunkBytes)));
  }
  return reads;
}

describe('channel headers', () => {
  it('are taken off each read', () => {
    const headers = new PduHeaders();
    expect(String(headers.payloadOf(read(5, first | last, 'whole')))).toBe('whole');
    expect(String(headers.payloadOf(read(6, first, 'in ')))).toBe('in ');
    expect(String(headers.payloadOf(read(6, 0, 't')))).toBe('t');
    expect(String(headers.payloadOf(read(6, last, 'wo')))).toBe('wo');
    expect(String(headers.payloadOf(read(0, first | last, '')))).toBe('');
    expect(String(headers.payloadOf(read(1, first | last, '.')))).toBe('.');
  });

  it('leave what was sent, whatever its sizes', () => {
    assert(
      property(array(uint8Array({ minLength: 1, maxLength: 3 * chunkBytes + 1 }), { maxLength: 8 }), (messages) => {
        const headers = new PduHeaders();
        const payloads = messages.flatMap(readsOf).map((it) => headers.payloadOf(it));
        expect(Buffer.concat(payloads).equals(Buffer.concat(messages))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['8 bytes, and came with 7', [Buffer.alloc(7)]],
    ['8 bytes, and came with 0', [Buffer.alloc(0)]],
    ['announces 1048577 bytes', [read(1_048_577, first, 'x')]],
    ['announces 4294967295 bytes', [read(0xffff_ffff, first, 'x')]],
    ['more bytes came', [read(1, first | last, 'xx')]],
    ['more bytes came', [read(3, first, 'xx'), read(3, last, 'xx')]],
    ['fewer bytes came', [read(3, first | last, 'xx')]],
    ['goes on with none', [read(2, last, 'xx')]],
    ['goes on with none', [read(2, first | last, 'xx'), read(2, 0, 'xx')]],
    ['within another', [read(3, first, 'xx'), read(3, first, 'xx')]],
  ])('that cannot be true are an end: %s', (why, reads) => {
    const headers = new PduHeaders();
    expect(() => reads.map((it) => headers.payloadOf(it))).toThrow(why);
  });

  it('of random bytes end the channel or bring no more than came', () => {
    assert(
      property(array(uint8Array({ maxLength: 40 }), { maxLength: 20 }), (reads) => {
        const headers = new PduHeaders();
        for (const it of reads) {
          try {
            expect(headers.payloadOf(Buffer.from(it)).length).toBe(it.length - 8);
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
            return;
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
