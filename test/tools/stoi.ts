/**
 * The short-time objective intelligibility of speech: C. H. Taal, R. C. Hendriks, R. Heusdens, J. Jensen, "An Algorithm for
 * Intelligibility Prediction of Time–Frequency Weighted Noisy Speech", IEEE Transactions on Audio, Speech, and Language
 * Processing 19 (7), 2011. 1: nothing is lost; speech in as much noise is about 0.7.
 */
import { activeFrames, hann, type LagAt, PowerSpectrum } from './spectral.ts';

/** What both sounds are to be sampled with, Hz. */
export const stoiRate = 10_000;
const frame = 256;
const hop = 128;
const fftSize = 512;
const bands = 15;
const lowestBand = 150;
/** Frames in a segment, 384 ms. */
const segment = 30;
/** A band's error counts as at most this much above the speech, dB. */
const clipping = 15;

/** First bin of each third-octave band, and the first one after it. */
const edges: readonly (readonly [number, number])[] = Array.from({ length: bands }, (_, band) => {
  const bin = (hz: number): number => Math.round((hz * fftSize) / stoiRate);
  const centre = lowestBand * 2 ** (band / 3);
  return [bin(centre * 2 ** (-1 / 6)), bin(centre * 2 ** (1 / 6))];
});

const window = hann(frame);

/** The amplitude of each third-octave band in frames of 25.6 ms that begin at these samples: one row of 15 for each. */
export function bandAmplitudes(samples: Float64Array, starts: ArrayLike<number>): Float64Array {
  const spectrum = new PowerSpectrum(fftSize);
  const power = new Float64Array(fftSize / 2 + 1);
  const rows = new Float64Array(starts.length * bands);
  for (let i = 0; i < starts.length; i++) {
    spectrum.of(samples, starts[i] ?? 0, window, power);
    for (const [band, [first, end]] of edges.entries()) {
      let sum = 0;
      for (let k = first; k < end; k++) sum += power[k] ?? 0;
      rows[i * bands + band] = Math.sqrt(sum);
    }
  }
  return rows;
}
export const bandCount = bands;

/** The frames with speech, one after the other, each taken `lagAt` later; overlapping halves add up as in the paper. */
function joined(samples: Float64Array, frames: readonly number[], lagAt: LagAt): Float64Array {
  const result = new Float64Array(Math.max(0, frames.length - 1) * hop + frame);
  for (const [place, number] of frames.entries()) {
    const from = number * hop + Math.round(lagAt((number * hop + hop) / stoiRate) * stoiRate);
    for (let i = 0; i < frame; i++) {
      const at = place * hop + i;
      result[at] = (result[at] ?? 0) + (samples[from + i] ?? 0) * (window[i] ?? 0);
    }
  }
  return result;
}

const everyHop = (samples: Float64Array): Float64Array =>
  bandAmplitudes(
    samples,
    Array.from({ length: Math.max(0, Math.ceil((samples.length - frame) / hop)) }, (_, i) => i * hop),
  );

/** The correlation of one band in one segment, that of what was heard brought to the same energy and clipped. */
function correlation(x: Float64Array, y: Float64Array, first: number, band: number): number {
  let xx = 0;
  let yy = 0;
  for (let i = first; i < first + segment; i++) {
    xx += (x[i * bands + band] ?? 0) ** 2;
    yy += (y[i * bands + band] ?? 0) ** 2;
  }
  if (xx === 0 || yy === 0) return 0;
  const gain = Math.sqrt(xx / yy);
  const bound = 1 + 10 ** (clipping / 20);
  const clipped = (i: number): number =>
    Math.min((y[i * bands + band] ?? 0) * gain, (x[i * bands + band] ?? 0) * bound);
  let meanX = 0;
  let meanY = 0;
  for (let i = first; i < first + segment; i++) {
    meanX += (x[i * bands + band] ?? 0) / segment;
    meanY += clipped(i) / segment;
  }
  let product = 0;
  let powerX = 0;
  let powerY = 0;
  for (let i = first; i < first + segment; i++) {
    const a = (x[i * bands + band] ?? 0) - meanX;
    const b = clipped(i) - meanY;
    product += a * b;
    powerX += a * a;
    powerY += b * b;
  }
  return powerX === 0 || powerY === 0 ? 0 : product / Math.sqrt(powerX * powerY);
}

/** Of sound at 10 kHz; NaN for less than 384 ms of speech. lagAt: how much later each moment was heard. */
export function stoi(sent: Float64Array, heard: Float64Array, lagAt: LagAt = () => 0): number {
  const frames = activeFrames(sent, window, hop);
  const x = everyHop(joined(sent, frames, () => 0));
  const y = everyHop(joined(heard, frames, lagAt));
  const segments = x.length / bands - segment + 1;
  if (segments < 1) return Number.NaN;
  let sum = 0;
  for (let first = 0; first < segments; first++) {
    for (let band = 0; band < bands; band++) sum += correlation(x, y, first, band);
  }
  return sum / (segments * bands);
}
