import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { write16 } from '../rtp.ts';
import { receiverFor } from './srtp-receiver.ts';
import { senderFor } from './srtp-sender.ts';
import { rtpPacket, suiteNames, testKey } from './testing/packets.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

it.each(suiteNames)('%s leaves nothing behind, and in counter mode makes only what Node returns', (suite) => {
  const sender = senderFor(testKey(suite), null, () => {});
  const receiver = receiverFor(testKey(suite), null);
  const { buffer, length } = rtpPacket(0);
  const header = buffer.slice(0, 12);
  let sequence = 0;
  const run = (packets: number) => {
    for (let i = 0; i < packets; i++) {
      for (let at = 0; at < 12; at++) buffer[at] = header[at] ?? 0;
      write16(buffer, 2, sequence++ & 0xffff);
      receiver.unprotectRtp(buffer, sender.protectRtp(buffer, length));
    }
  };
  run(1_000);
  collect();
  const before = process.memoryUsage();
  run(2_000);
  const made = process.memoryUsage().heapUsed - before.heapUsed;
  collect();
  const after = process.memoryUsage();
  expect(receiver.stats().rtp).toBe(3_000);
  expect(after.heapUsed - before.heapUsed).toBeLessThan(256 * 1024);
  // The view of the keystream, each way.
  if (suite.endsWith('GCM')) return;
  expect(made).toBeLessThan(2_000 * 2 * 400);
});
