/** G.722 at 64 kbit/s (ITU-T G.722): a filter halves the band, and each half is coded by itself. One byte for two samples. */
import { Concealment } from '../concealment.ts';
import type { Codec, Decoder, Encoder } from './codec.ts';
import { HigherBand, LowerBand } from './g722-adpcm.ts';

const sampleRate = 16_000;
/** 120 ms in bytes. */
const longest = 960;
const packetMs = [10, 20, 30, 40, 50, 60];
/** Table 11: the quadrature mirror filter's coefficients for every other sample; for those between them, backwards. */
const taps = 12;
const later = Int32Array.of(-11, 53, -156, 362, -805, 3876, 951, -210, 32, 12, -11, 3);
const earlier = Int32Array.of(3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11);
/** Samples of both bands that the filter still needs. */
const kept = taps - 1;

const limit = (value: number): number => (value > 16_383 ? 16_383 : value < -16_384 ? -16_384 : value);
const saturate = (value: number): number => (value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value);

class G722Encoder implements Encoder {
  readonly packetMs = packetMs;
  readonly #lower = new LowerBand();
  readonly #higher = new HigherBand();
  readonly #line = new Int32Array(2 * (kept + longest));

  encode(sound: Int16Array, out: Uint8Array, offset: number): number {
    const line = this.#line;
    const bytes = Math.min(sound.length >> 1, longest);
    line.set(sound, 2 * kept);
    for (let n = 0; n < bytes; n++) {
      let first = 0;
      let second = 0;
      for (let i = 0, at = 2 * n; i < taps; i++, at += 2) {
        first = (first + Math.imul(line[at] ?? 0, earlier[i] ?? 0)) | 0;
        second = (second + Math.imul(line[at + 1] ?? 0, later[i] ?? 0)) | 0;
      }
      const low = this.#lower.encode(limit((second + first) >> 14));
      const high = this.#higher.encode(limit((second - first) >> 14));
      out[offset + n] = (high << 6) | low;
    }
    line.copyWithin(0, 2 * bytes, 2 * (bytes + kept));
    return bytes;
  }

  adapt(): void {}

  close(): void {}
}

class G722Decoder implements Decoder {
  readonly resting = false;
  readonly #lower = new LowerBand();
  readonly #higher = new HigherBand();
  readonly #sums = new Int32Array(kept + longest);
  readonly #differences = new Int32Array(kept + longest);
  readonly #concealment = new Concealment(sampleRate);

  duration(_packet: Uint8Array, _offset: number, length: number): number {
    return length <= longest ? 2 * length : 0;
  }

  decode(payload: Uint8Array, length: number, out: Int16Array): number {
    const sums = this.#sums;
    const differences = this.#differences;
    const bytes = Math.min(length, out.length >> 1, longest);
    for (let n = 0; n < bytes; n++) {
      const code = payload[n] ?? 0;
      const low = this.#lower.decode(code & 0x3f);
      const high = this.#higher.decode(code >> 6);
      sums[kept + n] = low + high;
      differences[kept + n] = low - high;
      let first = 0;
      let second = 0;
      for (let i = 0; i < taps; i++) {
        first = (first + Math.imul(differences[n + i] ?? 0, later[i] ?? 0)) | 0;
        second = (second + Math.imul(sums[n + i] ?? 0, earlier[i] ?? 0)) | 0;
      }
      out[2 * n] = saturate(first >> 11);
      out[2 * n + 1] = saturate(second >> 11);
    }
    sums.copyWithin(0, bytes, bytes + kept);
    differences.copyWithin(0, bytes, bytes + kept);
    this.#concealment.heard(out, 2 * bytes);
    return 2 * bytes;
  }

  recover(): number {
    return 0;
  }

  conceal(samples: number, out: Int16Array): void {
    this.#concealment.fill(out, samples);
  }

  close(): void {}
}

export const g722: Codec = {
  name: 'G722',
  payloadType: 9,
  // RFC 3551 §4.5.2: by mistake, and for good.
  clockRate: 8_000,
  channels: 1,
  sampleRate,
  fmtp: '',
  packetMs,
  recovers: false,
  ownsSilence: false,
  open: async () => ({ encoder: new G722Encoder(), decoder: new G722Decoder() }),
};
