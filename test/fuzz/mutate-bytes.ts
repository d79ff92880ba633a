/** Makes packets wrong that have no text: bits, lengths, and pieces of others. */
import type { Random } from './random.ts';

/** What UDP carries at most. */
const maxBytes = 65_507;

type Change = (packet: Buffer, random: Random, other: Buffer) => Buffer;

/** Headers, with their lengths and counts, are in front. */
const place = (packet: Buffer, random: Random): number =>
  random.below(random.chance(60) ? Math.min(packet.length, 24) + 1 : packet.length + 1);

const extremes = [0, 1, 0x7f, 0x80, 0xfe, 0xff] as const;

const changes: readonly [Change, ...Change[]] = [
  (packet, random) => {
    const at = place(packet, random);
    if (at < packet.length) packet[at] = (packet[at] ?? 0) ^ (1 << random.below(8));
    return packet;
  },
  (packet, random) => {
    const at = place(packet, random);
    if (at < packet.length) packet[at] = random.chance(50) ? random.pick(extremes) : random.below(256);
    return packet;
  },
  (packet, random) => packet.fill(random.pick(extremes), place(packet, random), place(packet, random)),
  (packet, random) => packet.subarray(0, place(packet, random)),
  (packet, random) => {
    const at = place(packet, random);
    return Buffer.concat([packet.subarray(0, at), packet.subarray(at + 1 + random.below(12))]);
  },
  (packet, random) => {
    const at = place(packet, random);
    const more = Buffer.alloc(1 << random.below(random.chance(10) ? 16 : 8), random.pick(extremes));
    return Buffer.concat([packet.subarray(0, at), more, packet.subarray(at)]);
  },
  (packet, random) => {
    const at = place(packet, random);
    return Buffer.concat([packet.subarray(0, at), packet.subarray(at, at + 1 + random.below(64)), packet.subarray(at)]);
  },
  (packet, random, other) =>
    Buffer.concat([packet.subarray(0, place(packet, random)), other.subarray(place(other, random))]),
];

/** A packet of its own, whatever was given. */
export function mutateBytes(corpus: readonly [Buffer, ...Buffer[]], random: Random): Buffer {
  let packet = Buffer.from(random.pick(corpus));
  for (let left = 1 << random.below(3); left > 0; left--)
    packet = Buffer.from(random.pick(changes)(packet, random, random.pick(corpus))).subarray(0, maxBytes);
  return packet;
}
