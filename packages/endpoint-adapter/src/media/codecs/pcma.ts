import { g711 } from './g711.ts';

/** Every second bit is inverted on the wire (G.711 table 1a). */
const alternate = 0x55;

/** One 16 bit sample to one byte of A-law; a set sign bit means positive. */
export function compress(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80;
  const magnitude = sample < 0 ? -1 - sample : sample;
  const segment = Math.max(0, 24 - Math.clz32(magnitude));
  const step = (magnitude >> (segment === 0 ? 4 : segment + 3)) & 0x0f;
  return (sign | (segment << 4) | step) ^ alternate;
}

export function expand(byte: number): number {
  const code = byte ^ alternate;
  const segment = (code >> 4) & 7;
  const middle = ((code & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? middle : (middle + 256) << (segment - 1);
  return code & 0x80 ? magnitude : -magnitude;
}

export const pcma = g711({ name: 'PCMA', payloadType: 8, compress, expand });
