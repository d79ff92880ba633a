import { expect, it } from 'vitest';
import { HandshakeOrder } from './handshake-order.ts';

interface Piece {
  type?: number;
  sequence: number;
  body: Buffer;
  /** Of the whole message; as long as the body unless given. */
  length?: number;
  offset?: number;
  epoch?: number;
}

function record({ type = 11, sequence, body, length = body.length, offset = 0, epoch = 0 }: Piece): Buffer {
  const bytes = Buffer.alloc(25 + body.length);
  bytes.set([22, 254, 253], 0);
  bytes.writeUInt16BE(epoch, 3);
  bytes.writeUInt16BE(12 + body.length, 11);
  bytes[13] = type;
  bytes.writeUIntBE(length, 14, 3);
  bytes.writeUInt16BE(sequence, 17);
  bytes.writeUIntBE(offset, 19, 3);
  bytes.writeUIntBE(body.length, 22, 3);
  body.copy(bytes, 25);
  return bytes;
}

const bodies = (records: readonly Buffer[]): string[] => records.map((it) => it.subarray(25).toString());
const text = (value: string): Buffer => Buffer.from(value);

it('puts messages in order, each once', () => {
  const order = new HandshakeOrder();
  expect(bodies(order.take(record({ sequence: 1, body: text('b') })))).toEqual([]);
  expect(bodies(order.take(record({ sequence: 2, body: text('c') })))).toEqual([]);
  expect(bodies(order.take(record({ sequence: 0, body: text('a') })))).toEqual(['a', 'b', 'c']);
  expect(bodies(order.take(record({ sequence: 1, body: text('b') })))).toEqual([]);
});

it('gives the last one again when it is repeated, as it was first', () => {
  const order = new HandshakeOrder();
  order.take(record({ sequence: 0, body: text('first') }));
  expect(bodies(order.take(record({ sequence: 0, body: text('forged') })))).toEqual(['first']);
});

it('makes one message of its fragments, in whatever order', () => {
  const order = new HandshakeOrder();
  const piece = (offset: number, body: string) => record({ sequence: 0, length: 6, offset, body: text(body) });
  expect(order.take(piece(4, 'ef'))).toEqual([]);
  expect(order.take(piece(0, 'abc'))).toEqual([]);
  expect(order.take(piece(0, 'ab'))).toEqual([]);
  const whole = order.take(Buffer.concat([piece(2, 'cd'), record({ sequence: 1, body: text('g') })]));
  expect(bodies(whole)).toEqual(['abcdef', 'g']);
  expect(whole[0]?.subarray(13, 25).toString('hex')).toBe('0b0000060000000000000006');
});

it.each([
  ['a length that nothing has', { sequence: 0, length: 16_385, body: text('a') }],
  ['more than there is', { sequence: 0, length: 1, offset: 1, body: text('a') }],
  ['what is far ahead', { sequence: 6, body: text('a') }],
  ['Finished in the clear', { sequence: 0, type: 20, body: text('a') }],
] as const)('leaves out %s', (_, piece) => {
  const order = new HandshakeOrder();
  expect(order.take(record(piece))).toEqual([]);
  expect(bodies(order.take(record({ sequence: 0, body: text('x') })))).toEqual(['x']);
});

it('hands on what is encrypted, and remembers alerts only', () => {
  const order = new HandshakeOrder();
  const encrypted = record({ sequence: 9, epoch: 1, body: text('secret') });
  expect(order.take(encrypted)).toEqual([encrypted]);
  expect(order.take(Buffer.from('15fefd000000000000000000020228', 'hex'))).toEqual([]);
  expect(order.alert).toBe(0x28);
});

it('repeats no more than a handshake needs', () => {
  const order = new HandshakeOrder();
  const hello = record({ sequence: 0, body: text('a') });
  const answers = Array.from({ length: 1_000 }, () => order.take(hello).length);
  expect(answers.filter((it) => it > 0)).toHaveLength(31);
  expect(bodies(order.take(record({ sequence: 1, body: text('b') })))).toEqual(['b']);
});
