/** Spectra of speech for objective measures: resampling, windows, power spectra and the log-spectral distance. */

/** Zero crossings of the windowed sinc on each side, at the lower of the two rates. */
const reach = 24;

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** Band-limited, up or down, between rates in whole Hz; kernels are kept by phase. */
export function resampled(samples: ArrayLike<number>, from: number, to: number): Float64Array {
  if (from === to) return Float64Array.from(samples);
  const cutoff = Math.min(1, to / from) * 0.95;
  const half = Math.ceil(reach / cutoff);
  const kernels = new Map<number, Float64Array>();
  const kernelAt = (phase: number): Float64Array => {
    const known = kernels.get(phase);
    if (known) return known;
    const kernel = Float64Array.from({ length: 2 * half }, (_, k) => {
      const x = k - half + 1 - phase / to;
      return cutoff * sinc(cutoff * x) * (0.5 + 0.5 * Math.cos((Math.PI * x) / (half + 1)));
    });
    kernels.set(phase, kernel);
    return kernel;
  };
  const result = new Float64Array(Math.floor((samples.length * to) / from));
  for (let i = 0; i < result.length; i++) {
    const base = Math.floor((i * from) / to) - half + 1;
    const kernel = kernelAt((i * from) % to);
    let sum = 0;
    for (let k = 0; k < kernel.length; k++) sum += (samples[base + k] ?? 0) * (kernel[k] ?? 0);
    result[i] = sum;
  }
  return result;
}

/** Hann's window without the zeros at its ends; halves of neighbours add up to one. */
export const hann = (length: number): Float64Array =>
  Float64Array.from({ length }, (_, k) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (k + 1)) / (length + 1)));

/** Power spectra by the fast Fourier transform, `size` a power of two; what is shorter is followed by zeros. */
export class PowerSpectrum {
  readonly size: number;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #reversed: Uint32Array;

  constructor(size: number) {
    this.size = size;
    this.#re = new Float64Array(size);
    this.#im = new Float64Array(size);
    this.#cos = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.#sin = Float64Array.from({ length: size / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / size));
    this.#reversed = new Uint32Array(size);
    for (let i = 1; i < size; i++) this.#reversed[i] = ((this.#reversed[i >> 1] ?? 0) >> 1) | (i & 1 ? size / 2 : 0);
  }

  /** |X|² of samples[at …] under the window, into `power` (size / 2 + 1 bins); outside the sound it is silent. */
  of(samples: Float64Array, at: number, window: Float64Array, power: Float64Array): void {
    const { size } = this;
    const re = this.#re;
    const im = this.#im.fill(0);
    re.fill(0);
    // Never beyond an array's ends, which is slow.
    const end = Math.min(size, window.length, samples.length - at);
    for (let i = Math.max(0, -at); i < end; i++) re[this.#reversed[i] ?? 0] = (samples[at + i] ?? 0) * (window[i] ?? 0);
    for (let half = 1; half < size; half *= 2) {
      const step = size / (2 * half);
      for (let start = 0; start < size; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const c = this.#cos[k * step] ?? 0;
          const s = this.#sin[k * step] ?? 0;
          const a = start + k;
          const b = a + half;
          const x = (re[b] ?? 0) * c - (im[b] ?? 0) * s;
          const y = (re[b] ?? 0) * s + (im[b] ?? 0) * c;
          re[b] = (re[a] ?? 0) - x;
          im[b] = (im[a] ?? 0) - y;
          re[a] = (re[a] ?? 0) + x;
          im[a] = (im[a] ?? 0) + y;
        }
      }
    }
    for (let k = 0; k < power.length; k++) power[k] = (re[k] ?? 0) ** 2 + (im[k] ?? 0) ** 2;
  }
}

/** Frames, by their number, that are at most 40 dB weaker than the strongest one. */
export function activeFrames(samples: Float64Array, window: Float64Array, hop: number): number[] {
  const energies: number[] = [];
  for (let at = 0; at + window.length <= samples.length; at += hop) {
    let sum = 0;
    for (let i = 0; i < window.length; i++) sum += ((samples[at + i] ?? 0) * (window[i] ?? 0)) ** 2;
    energies.push(sum);
  }
  const least = energies.reduce((most, it) => Math.max(most, it), 0) * 1e-4;
  return energies.flatMap((it, frame) => (it > least ? [frame] : []));
}

/** Where the sound at a time of the sent speech (s) is in what was heard: so much later, s. */
export type LagAt = (seconds: number) => number;

const lsdFrame = 512;
/** Bins weaker than the strongest one of the sent speech by so much count as this weak, dB. */
const lsdFloor = 60;

/**
 * The log-spectral distance, dB (Gray and Markel, "Distance measures for speech processing", 1976): the root mean square
 * over frequency of the difference of the log spectra, its mean over the frames with speech. Both at 16 kHz; 32 ms frames
 * every 16 ms; a difference of level of the whole is taken out. from, to: the band, Hz.
 */
export function logSpectralDistance(
  sent: Float64Array,
  heard: Float64Array,
  lagAt: LagAt,
  { from, to }: { from: number; to: number },
): number {
  const rate = 16_000;
  const hop = lsdFrame / 2;
  const window = hann(lsdFrame);
  const spectrum = new PowerSpectrum(lsdFrame);
  const first = Math.ceil((from * lsdFrame) / rate);
  const last = Math.floor((to * lsdFrame) / rate);
  const frames = activeFrames(sent, window, hop);
  const spectraOf = (samples: Float64Array, lag: LagAt): Float64Array[] =>
    frames.map((frame) => {
      const power = new Float64Array(lsdFrame / 2 + 1);
      const middle = (frame * hop + hop) / rate;
      spectrum.of(samples, frame * hop + Math.round(lag(middle) * rate), window, power);
      return power.slice(first, last + 1);
    });
  const x = spectraOf(sent, () => 0);
  const y = spectraOf(heard, lagAt);
  const sum = (all: Float64Array[]): number => all.reduce((total, it) => total + it.reduce((a, b) => a + b, 0), 0);
  const gain = sum(x) / Math.max(sum(y), 1e-30);
  const floor = x.reduce((most, it) => it.reduce((a, b) => Math.max(a, b), most), 0) * 10 ** (-lsdFloor / 10);
  let distance = 0;
  for (const [i, a] of x.entries()) {
    let squares = 0;
    for (const [k, power] of a.entries()) {
      squares += (10 * Math.log10(Math.max(power, floor) / Math.max((y[i]?.[k] ?? 0) * gain, floor))) ** 2;
    }
    distance += Math.sqrt(squares / a.length);
  }
  return x.length === 0 ? Number.NaN : distance / x.length;
}
