/** The two sub-bands of G.722 (ITU-T G.722 §§3, 4): adaptive differential PCM with 15 bit samples at 8 kHz, bit-exact. */

/** Table 14: decision levels of the lower band's 60 level quantiser. */
const decisions = [
  ...[35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219, 1339],
  ...[1458, 1612, 1765, 1980, 2195, 2557, 2919],
];
const highest = 2919;
/** The interval between decision levels, from 1 up, that a magnitude lies in. */
const intervals = Uint8Array.from(
  { length: highest + 1 },
  (_, ratio) => 1 + decisions.filter((it) => it <= ratio).length,
);
/** Table 17: outputs of the quantisers of 6, 4 and 2 bits, by code. */
const sixBits = Int16Array.of(
  ...[-136, -136, -136, -136, -24_808, -21_904, -19_008, -16_704, -14_984, -13_512, -12_280, -11_192, -10_232, -9360],
  ...[-8576, -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360],
  ...[-1040, -728, 24_808, 21_904, 19_008, 16_704, 14_984, 13_512, 12_280, 11_192, 10_232, 9360, 8576, 7856, 7192],
  ...[6576, 6000, 5456, 4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136],
);
const fourBits = Int16Array.of(
  ...[0, -20_456, -12_896, -8968, -6288, -4240, -2584, -1200, 20_456, 12_896, 8968, 6288, 4240, 2584, 1200, 0],
);
const twoBits = Int16Array.of(-7408, -1616, 7408, 1616);
/** Table 18: how the logarithm of the scale factor changes, by code. */
const lowerSteps = Int16Array.of(-60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60);
const higherSteps = Int16Array.of(798, -214, 798, -214);
/** Table 20: 2048 times the powers of two between 1 and 2, in steps of 1/32. */
const antilogarithm = Int16Array.from({ length: 32 }, (_, i) => Math.round(2048 * 2 ** (i / 32)));

const saturate = (value: number): number => (value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value);
const limit = (value: number, most: number): number => (value > most ? most : value < -most ? -most : value);

/**
 * What encoder and decoder of both bands have in common: block 4 of §3.6, two poles and six zeros. Where a sum of the
 * Recommendation can't leave 16 bits, it isn't limited here.
 */
class Predictor {
  /** What is expected of the next sample. */
  estimate = 0;
  #zeros = 0;
  /** This difference and the last six, newest first, each already doubled as FILTEZ wants them. */
  readonly #doubled = new Int32Array(7);
  readonly #weights = new Int32Array(7);
  /** The last reconstructed signal, doubled for FILTEP, and the last two partially reconstructed ones. */
  #reconstructed = 0;
  #p1 = 0;
  #p2 = 0;
  #a1 = 0;
  #a2 = 0;

  /** The quantised difference between the sample and its estimate. */
  adapt(difference: number): void {
    const reconstructed = saturate(2 * saturate(this.estimate + difference));
    this.#adaptPoles(saturate(this.#zeros + difference));
    this.#adaptZeros(difference);
    const poles = (Math.imul(this.#a1, reconstructed) >> 15) + (Math.imul(this.#a2, this.#reconstructed) >> 15);
    this.#reconstructed = reconstructed;
    this.estimate = saturate(saturate(poles) + this.#zeros);
  }

  /** UPPOL2 and UPPOL1. */
  #adaptPoles(p0: number): void {
    const sign = p0 >> 31;
    const sameAsLast = sign === this.#p1 >> 31;
    const four = saturate(4 * this.#a1);
    const turn = sameAsLast ? saturate(-four) : four;
    const a2 = (turn >> 7) + (sign === this.#p2 >> 31 ? 128 : -128) + (Math.imul(this.#a2, 32_512) >> 15);
    this.#a2 = limit(a2, 12_288);
    this.#a1 = limit((sameAsLast ? 192 : -192) + (Math.imul(this.#a1, 32_640) >> 15), 15_360 - this.#a2);
    this.#p2 = this.#p1;
    this.#p1 = p0;
  }

  /** UPZERO, the delay line, and FILTEZ with the new weights. */
  #adaptZeros(difference: number): void {
    const doubled = this.#doubled;
    const weights = this.#weights;
    const step = difference === 0 ? 0 : 128;
    let sum = 0;
    doubled[0] = saturate(2 * difference);
    for (let i = 6; i > 0; i--) {
      const past = doubled[i] ?? 0;
      const newer = doubled[i - 1] ?? 0;
      // One step up where both have the same sign, else one down.
      const change = Math.imul(((past ^ difference) >> 31) | 1, step);
      const weight = (Math.imul(weights[i] ?? 0, 32_640) >> 15) + change;
      weights[i] = weight;
      doubled[i] = newer;
      sum = saturate(sum + (Math.imul(weight, newer) >> 15));
    }
    this.#zeros = sum;
  }
}

/** The scale factor from its logarithm (SCALEL, SCALEH). */
function scale(logarithm: number, shift: number): number {
  const fraction = antilogarithm[(logarithm >> 6) & 31] ?? 0;
  const right = shift - (logarithm >> 11);
  return (right < 0 ? fraction << -right : fraction >> right) << 2;
}

/** Below 4 kHz: 6 bits a sample, of which the predictor follows the first four. */
export class LowerBand {
  readonly #predictor = new Predictor();
  #logarithm = 0;
  #scale = 32;

  /** Code of a sample. */
  encode(sample: number): number {
    const difference = saturate(sample - this.#predictor.estimate);
    const magnitude = difference < 0 ? ~difference : difference;
    // The interval of the quantiser: magnitude >= level * scale >> 12 is the same as this ratio >= level.
    const ratio = ((((magnitude + 1) << 12) - 1) / this.#scale) | 0;
    const interval = intervals[ratio < highest ? ratio : highest] ?? 0;
    // Table 15: downwards from 61 and from 31; below zero, the two innermost intervals lie at the end.
    const code = difference >= 0 ? 62 - interval : interval < 3 ? 64 - interval : 34 - interval;
    this.#adapt(code >> 2);
    return code;
  }

  /** Sample of a code. */
  decode(code: number): number {
    const difference = Math.imul(this.#scale, sixBits[code] ?? 0) >> 15;
    const sample = saturate(this.#predictor.estimate + difference);
    this.#adapt(code >> 2);
    return sample > 16_383 ? 16_383 : sample < -16_384 ? -16_384 : sample;
  }

  #adapt(code: number): void {
    this.#predictor.adapt(Math.imul(this.#scale, fourBits[code] ?? 0) >> 15);
    const logarithm = (Math.imul(this.#logarithm, 127) >> 7) + (lowerSteps[code] ?? 0);
    this.#logarithm = logarithm < 0 ? 0 : logarithm > 18_432 ? 18_432 : logarithm;
    this.#scale = scale(this.#logarithm, 8);
  }
}

/** Above 4 kHz: 2 bits a sample. */
export class HigherBand {
  readonly #predictor = new Predictor();
  #logarithm = 0;
  #scale = 8;

  /** Code of a sample. */
  encode(sample: number): number {
    const difference = saturate(sample - this.#predictor.estimate);
    const magnitude = difference < 0 ? ~difference : difference;
    const outer = magnitude >= Math.imul(564, this.#scale) >> 12;
    const code = difference < 0 ? (outer ? 0 : 1) : outer ? 2 : 3;
    this.#adapt(code);
    return code;
  }

  /** Sample of a code. */
  decode(code: number): number {
    const difference = Math.imul(this.#scale, twoBits[code] ?? 0) >> 15;
    const sample = saturate(this.#predictor.estimate + difference);
    this.#adapt(code);
    return sample > 16_383 ? 16_383 : sample < -16_384 ? -16_384 : sample;
  }

  #adapt(code: number): void {
    this.#predictor.adapt(Math.imul(this.#scale, twoBits[code] ?? 0) >> 15);
    const logarithm = (Math.imul(this.#logarithm, 127) >> 7) + (higherSteps[code] ?? 0);
    this.#logarithm = logarithm < 0 ? 0 : logarithm > 22_528 ? 22_528 : logarithm;
    this.#scale = scale(this.#logarithm, 10);
  }
}
