/** Opus packets as an Ogg file (RFC 3533, RFC 7845) and back, as far as the tests need it: mono, one packet a page. */

const crcOf = (page: Uint8Array): number => {
  let crc = 0;
  for (const byte of page) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000_0000 ? (crc << 1) ^ 0x04c1_1db7 : crc << 1;
  }
  return crc >>> 0;
};

/** kind: 2 for the first page, 4 for the last, else 0. position: samples at 48 kHz up to its end. */
function page(packet: Uint8Array, kind: number, sequence: number, position: number): Buffer {
  const lengths = [...Array<number>(Math.floor(packet.length / 255)).fill(255), packet.length % 255];
  const header = Buffer.alloc(27);
  header.write('OggS');
  header.writeUInt8(kind, 5);
  header.writeBigUInt64LE(BigInt(position), 6);
  header.writeUInt32LE(1, 14);
  header.writeUInt32LE(sequence, 18);
  header.writeUInt8(lengths.length, 26);
  const whole = Buffer.concat([header, Buffer.from(lengths), packet]);
  whole.writeUInt32LE(crcOf(whole), 22);
  return whole;
}

/** samples: of each packet, at 48 kHz. No sample is to be skipped. */
export function oggOf(packets: readonly Uint8Array[], samples: number): Buffer {
  const head = Buffer.from('OpusHead\x01\x01\x00\x00\x80\xbb\x00\x00\x00\x00\x00', 'latin1');
  const tags = Buffer.from('OpusTags\x00\x00\x00\x00\x00\x00\x00\x00', 'latin1');
  const sound = packets.map((packet, i) => page(packet, i === packets.length - 1 ? 4 : 0, i + 2, (i + 1) * samples));
  return Buffer.concat([page(head, 2, 0, 0), page(tags, 0, 1, 0), ...sound]);
}

/** All packets but the two of the header. */
export function packetsOf(file: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  let begun = Buffer.alloc(0);
  for (let at = 0; at + 27 <= file.length; ) {
    const segments = file.subarray(at + 27, at + 27 + file.readUInt8(at + 26));
    at += 27 + segments.length;
    for (const length of segments) {
      begun = Buffer.concat([begun, file.subarray(at, at + length)]);
      at += length;
      if (length === 255) continue;
      packets.push(begun);
      begun = Buffer.alloc(0);
    }
  }
  return packets.slice(2);
}
