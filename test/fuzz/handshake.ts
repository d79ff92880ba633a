/** DTLS records out of order, in pieces, repeated and wrong, up to where werift gets them. */
import { HandshakeOrder } from '@thinline/endpoint-adapter/media/dtls/handshake-order.ts';
import { mutateBytes } from './mutate-bytes.ts';
import type { Random } from './random.ts';
import type { Step } from './watch.ts';

const messagesInStep = 25;
const recordHeader = 13;
const messageHeader = 12;
/** ClientHello, ServerHello, Certificate, ServerKeyExchange, ServerHelloDone (RFC 5246 §7.4). */
const types = [1, 2, 11, 12, 14] as const;
/** RFC 6347 §4.1 and §4.2.2. */
const [handshake, alert] = [22, 21];

function record(type: number, sequence: number, body: Buffer, from: number, to: number, epoch: number): Buffer {
  const bytes = Buffer.alloc(recordHeader + messageHeader + to - from);
  bytes.set([handshake, 254, 253], 0);
  bytes.writeUInt16BE(epoch, 3);
  bytes.writeUInt16BE(messageHeader + to - from, 11);
  bytes[recordHeader] = type;
  bytes.writeUIntBE(body.length, recordHeader + 1, 3);
  bytes.writeUInt16BE(sequence, recordHeader + 4);
  bytes.writeUIntBE(from, recordHeader + 6, 3);
  bytes.writeUIntBE(to - from, recordHeader + 9, 3);
  body.copy(bytes, recordHeader + messageHeader, from, to);
  return bytes;
}

/** A message as one record, or as two. */
function recordsOf(random: Random, sequence: number): Buffer[] {
  const body = Buffer.alloc(random.below(300), sequence + 1);
  const type = types[sequence % types.length] ?? 1;
  const middle = random.chance(50) ? body.length : random.below(body.length + 1);
  const first = record(type, sequence, body, 0, middle, 0);
  return middle === body.length ? [first] : [first, record(type, sequence, body, middle, body.length, 0)];
}

/** What comes out must be whole: in the clear with one message in one piece. */
function check(out: Buffer): void {
  if (out.length < recordHeader || out.readUInt16BE(11) !== out.length - recordHeader)
    throw new Error('a record has another length than it says');
  if (out.readUInt16BE(3) > 0) return;
  const length = out.readUIntBE(recordHeader + 1, 3);
  if (out.readUIntBE(recordHeader + 6, 3) !== 0 || out.readUIntBE(recordHeader + 9, 3) !== length)
    throw new Error('a message is in pieces');
  if (out.length !== recordHeader + messageHeader + length)
    throw new Error('a message has another length than it says');
}

export async function playHandshake(random: Random, take: Step['take']): Promise<void> {
  const order = new HandshakeOrder();
  const records = types.flatMap((_, sequence) => recordsOf(random, sequence));
  const corpus: [Buffer, ...Buffer[]] = [
    Buffer.concat(records),
    ...records,
    Buffer.from([alert, 254, 253, ...Array<number>(8).fill(0), 0, 2, 2, 40]),
    record(20, 5, Buffer.alloc(12), 0, 12, 1),
  ];
  let next = 0;
  for (let i = 0; i < messagesInStep; i++) {
    const bytes = random.chance(40) ? random.pick(corpus) : mutateBytes(corpus, random);
    await take(bytes, () => {
      const found = order.take(bytes);
      let inOrder = 0;
      for (const out of found) {
        check(out);
        if (out.readUInt16BE(3) > 0) continue;
        const sequence = out.readUInt16BE(recordHeader + 4);
        if (sequence !== next && sequence !== next - 1) throw new Error(`message ${sequence} where ${next} was due`);
        if (sequence === next) {
          next++;
          inOrder++;
        }
      }
      return inOrder > 0 ? 'DTLS: message' : 'DTLS';
    });
  }
}
