/**
 * Whether somebody speaks: a likelihood ratio test on the short-time spectrum (Sohn, Kim and Sung, IEEE Signal Processing
 * Letters 6(1), 1999) with the maximum-likelihood estimate of each band's signal-to-noise ratio, over a noise floor from
 * minimum statistics (Martin, IEEE Transactions on Speech and Audio Processing 9(5), 2001). Sixteen bands up to 4 kHz.
 */

/** 0 keeps the most, 3 leaves out the most, as vad_level has it. */
export type VadLevel = 0 | 1 | 2 | 3;

const analysisRate = 8_000;
/** 16 ms every 10 ms. */
const windowSamples = 128;
const hopSamples = 80;
const bands = 16;
/** Bins of 62.5 Hz in a band; the first bin, of hum and offset, is left out. */
const binsInBand = 4;
const firstBin = 1;

/** Mean log likelihood ratio from which a frame is speech. */
const thresholds = [0.3, 0.45, 0.7, 1.1] as const;
/** Frames of 10 ms that speech is held after its last such frame: ends of words are weak. */
const hangovers = [30, 20, 12, 6] as const;

/** Of a band's energy, from frame to frame. */
const smoothing = 0.6;
/** The least of 1.5 s, found in pieces of 250 ms so that it is never searched for. */
const pieceFrames = 25;
const pieces = 6;
/** A minimum of smoothed noise lies this far below its mean. */
const bias = 1.9;
/** Mean square of a band below which all is silence: −84 dBFS, rounding noise. */
const leastEnergy = 4;
/** A ratio above it says no more: one band alone can't decide. */
const mostRatio = 12;

const window = Float32Array.from({ length: windowSamples }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / windowSamples));
const cosines = Float32Array.from({ length: windowSamples }, (_, i) => Math.cos((2 * Math.PI * i) / windowSamples));
const sines = Float32Array.from({ length: windowSamples }, (_, i) => Math.sin((2 * Math.PI * i) / windowSamples));
const reversed = Uint8Array.from({ length: windowSamples }, (_, i) => {
  let mirror = 0;
  for (let bit = 1; bit < windowSamples; bit *= 2) if ((i & bit) !== 0) mirror += windowSamples / 2 / bit;
  return mirror;
});

export class VoiceActivity {
  #level: VadLevel;
  #ratio: number;
  readonly #line = new Float32Array(windowSamples);
  readonly #real = new Float32Array(windowSamples);
  readonly #imaginary = new Float32Array(windowSamples);
  readonly #energy = new Float32Array(bands);
  /** The running least of each piece, one after another for each band; and the floor that follows from them. */
  readonly #least = new Float32Array(bands * pieces).fill(Number.POSITIVE_INFINITY);
  readonly #noise = new Float32Array(bands);
  #piece = 0;
  #frame = 0;
  #held = 0;
  #started = false;
  #active = 0;
  #frames = 0;

  constructor(level: VadLevel, sampleRate: 8_000 | 16_000 | 48_000 = 48_000) {
    this.#level = level;
    this.#ratio = sampleRate / analysisRate;
  }

  set level(level: VadLevel) {
    this.#level = level;
  }

  /** Frames of 10 ms so far, and those with speech. */
  stats(): { frames: number; active: number } {
    return { frames: this.#frames, active: this.#active };
  }

  /** 10 ms at the rate given; true while somebody speaks. */
  process(frame: Int16Array): boolean {
    this.#take(frame);
    this.#spectrum();
    const likelihood = this.#likelihood();
    this.#frames++;
    if (likelihood > thresholds[this.#level]) this.#held = hangovers[this.#level] + 1;
    if (this.#held === 0) return false;
    this.#held--;
    this.#active++;
    return true;
  }

  /** Means of neighbours are a low-pass that is good enough for energies. */
  #take(frame: Int16Array): void {
    const line = this.#line;
    const ratio = this.#ratio;
    line.copyWithin(0, hopSamples);
    for (let i = 0; i < hopSamples; i++) {
      let sum = 0;
      for (let k = 0; k < ratio; k++) sum += frame[i * ratio + k] ?? 0;
      line[windowSamples - hopSamples + i] = sum / ratio;
    }
  }

  /** Radix-2 FFT in place. */
  #spectrum(): void {
    const real = this.#real;
    const imaginary = this.#imaginary;
    for (let i = 0; i < windowSamples; i++) real[reversed[i] ?? 0] = (this.#line[i] ?? 0) * (window[i] ?? 0);
    imaginary.fill(0);
    for (let half = 1; half < windowSamples; half *= 2) {
      const turn = windowSamples / 2 / half;
      for (let start = 0; start < windowSamples; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const low = start + k;
          const high = low + half;
          const c = cosines[k * turn] ?? 0;
          const s = sines[k * turn] ?? 0;
          const a = real[high] ?? 0;
          const b = imaginary[high] ?? 0;
          const re = a * c + b * s;
          const im = b * c - a * s;
          const lowReal = real[low] ?? 0;
          const lowImaginary = imaginary[low] ?? 0;
          real[high] = lowReal - re;
          imaginary[high] = lowImaginary - im;
          real[low] = lowReal + re;
          imaginary[low] = lowImaginary + im;
        }
      }
    }
  }

  #likelihood(): number {
    const fresh = !this.#started;
    this.#started = true;
    let sum = 0;
    for (let band = 0; band < bands; band++) {
      const now = this.#bandEnergy(band);
      const before = fresh ? now : (this.#energy[band] ?? 0);
      const energy = before * smoothing + now * (1 - smoothing);
      this.#energy[band] = energy;
      this.#learn(band, energy);
      const ratio = Math.min(mostRatio, energy / Math.max(leastEnergy, this.#noise[band] ?? 0));
      if (ratio > 1) sum += ratio - Math.log(ratio) - 1;
    }
    this.#frame++;
    if (this.#frame % pieceFrames === 0) this.#nextPiece();
    return sum / bands;
  }

  #bandEnergy(band: number): number {
    let energy = 0;
    const first = firstBin + band * binsInBand;
    const last = Math.min(windowSamples / 2 - 1, first + binsInBand - 1);
    for (let bin = first; bin <= last; bin++) energy += (this.#real[bin] ?? 0) ** 2 + (this.#imaginary[bin] ?? 0) ** 2;
    return energy / (windowSamples / 2);
  }

  #learn(band: number, energy: number): void {
    const at = band * pieces;
    if (energy >= (this.#least[at + this.#piece] ?? 0)) return;
    this.#least[at + this.#piece] = energy;
    this.#settle(band);
  }

  #settle(band: number): void {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < pieces; i++) least = Math.min(least, this.#least[band * pieces + i] ?? least);
    this.#noise[band] = least * bias;
  }

  #nextPiece(): void {
    this.#piece = (this.#piece + 1) % pieces;
    for (let band = 0; band < bands; band++) {
      this.#least[band * pieces + this.#piece] = this.#energy[band] ?? 0;
      this.#settle(band);
    }
  }
}
