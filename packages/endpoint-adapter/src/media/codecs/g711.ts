/** What both laws of G.711 have in common: one byte a sample, by table. */
import { Concealment } from '../concealment.ts';
import type { Codec, Decoder, Encoder } from './codec.ts';

/** 120 ms. */
const longest = 960;
const packetMs = [10, 20, 30, 40, 50, 60];

interface Law {
  name: string;
  payloadType: number;
  compress: (sample: number) => number;
  expand: (byte: number) => number;
}

class TableEncoder implements Encoder {
  readonly packetMs = packetMs;
  #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  encode(sound: Int16Array, out: Uint8Array, offset: number): number {
    const bytes = this.#bytes;
    for (let i = 0; i < sound.length; i++) out[offset + i] = bytes[(sound[i] ?? 0) + 32_768] ?? 0;
    return sound.length;
  }

  adapt(): void {}

  close(): void {}
}

class TableDecoder implements Decoder {
  readonly resting = false;
  #samples: Int16Array;
  #concealment = new Concealment(8_000);

  constructor(samples: Int16Array) {
    this.#samples = samples;
  }

  duration(_packet: Uint8Array, _offset: number, length: number): number {
    return length <= longest ? length : 0;
  }

  decode(payload: Uint8Array, length: number, out: Int16Array): number {
    const samples = this.#samples;
    const count = Math.min(length, out.length);
    for (let i = 0; i < count; i++) out[i] = samples[payload[i] ?? 0] ?? 0;
    this.#concealment.heard(out, count);
    return count;
  }

  recover(): number {
    return 0;
  }

  conceal(samples: number, out: Int16Array): void {
    this.#concealment.fill(out, samples);
  }

  close(): void {}
}

export function g711(law: Law): Codec {
  const bytes = Uint8Array.from({ length: 65_536 }, (_, index) => law.compress(index - 32_768));
  const samples = Int16Array.from({ length: 256 }, (_, byte) => law.expand(byte));
  return {
    name: law.name,
    payloadType: law.payloadType,
    clockRate: 8_000,
    channels: 1,
    sampleRate: 8_000,
    fmtp: '',
    packetMs,
    recovers: false,
    ownsSilence: false,
    open: async () => ({ encoder: new TableEncoder(bytes), decoder: new TableDecoder(samples) }),
  };
}
