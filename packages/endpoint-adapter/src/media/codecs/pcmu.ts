import { g711 } from './g711.ts';

/** G.711 adds this before it looks for the segment, so that each segment is twice as wide as the one below. */
const bias = 132;
const loudest = 32_635;

/** One 16 bit sample to one byte of µ-law (G.711 table 2a); all bits are inverted on the wire. */
export function compress(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), loudest) + bias;
  const segment = 24 - Math.clz32(magnitude);
  const step = (magnitude >> (segment + 3)) & 0x0f;
  return ~(sign | (segment << 4) | step) & 0xff;
}

export function expand(byte: number): number {
  const code = ~byte;
  const magnitude = ((((code & 0x0f) << 3) + bias) << ((code >> 4) & 7)) - bias;
  return code & 0x80 ? -magnitude : magnitude;
}

export const pcmu = g711({ name: 'PCMU', payloadType: 0, compress, expand });
