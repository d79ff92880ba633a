/**
 * When what was said was heard: one lag for each 200 ms of the sent speech, as a jitter buffer stretches and shortens sound
 * and clocks differ. Within such a piece the lag is the same, so that sound put in or left out there is heard as a fault.
 * The lags are the path of the least cost (dynamic programming) through how well the third-octave envelopes match.
 */
import type { LagAt } from './spectral.ts';
import { bandAmplitudes, bandCount, stoiRate } from './stoi.ts';

const perMs = stoiRate / 1000;
const pieceMs = 200;
/** Between the frames that are compared. */
const frameStepMs = 10;
const coarseStepMs = 10;
/** How far the lag of a piece may be from that of the whole. */
const rangeMs = 400;
/** What each ms of a change of the lag costs, a perfect match being worth one; silence fits anywhere, and changes nothing. */
const costPerMs = 0.003;

export interface Alignment {
  lagAt: LagAt;
  /** Of each piece with speech, s. */
  lags: readonly number[];
  /** How well the envelopes of the speech match, 1 at best. */
  match: number;
}

/** dB over the floor, 40 dB below the strongest: silence is all the same. */
function decibels(amplitudes: Float64Array): Float64Array {
  const most = amplitudes.reduce((a, b) => Math.max(a, b), 1e-12);
  return amplitudes.map((it) => Math.max(0, 20 * Math.log10(Math.max(it / most, 1e-12)) + 40));
}

const envelope = (samples: Float64Array, stepMs: number): Float64Array =>
  decibels(
    bandAmplitudes(
      samples,
      Array.from({ length: Math.floor(samples.length / (stepMs * perMs)) }, (_, i) => i * stepMs * perMs),
    ),
  );

/** Pearson's correlation of rows of two envelopes; `stride` and `from` are in rows, outside there is silence. */
function match(
  sent: { rows: Float64Array; from: number; stride: number },
  heard: { rows: Float64Array; from: number; stride: number },
  count: number,
): number {
  let [sumX, sumY, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const atX = (sent.from + i * sent.stride) * bandCount;
    const atY = (heard.from + i * heard.stride) * bandCount;
    const isInside = atY >= 0 && atY < heard.rows.length;
    for (let band = 0; band < bandCount; band++) {
      const x = sent.rows[atX + band] ?? 0;
      const y = isInside ? (heard.rows[atY + band] ?? 0) : 0;
      sumX += x;
      sumY += y;
      xx += x * x;
      yy += y * y;
      xy += x * y;
    }
  }
  const n = count * bandCount;
  const powers = (xx - (sumX * sumX) / n) * (yy - (sumY * sumY) / n);
  return powers <= 1e-9 ? 0 : (xy - (sumX * sumY) / n) / Math.sqrt(powers);
}

/** The lag of the whole, ms; what is heard may begin before it is said by as much as it is longer. */
function coarseLag(sent: Float64Array, heard: Float64Array): number {
  const x = envelope(sent, coarseStepMs);
  const y = envelope(heard, coarseStepMs);
  const rows = x.length / bandCount;
  const span = Math.max(rows, y.length / bandCount);
  let best = { value: -1, lag: 0 };
  for (let lag = -span; lag <= span; lag++) {
    const value = match({ rows: x, from: 0, stride: 1 }, { rows: y, from: lag, stride: 1 }, rows);
    if (value > best.value) best = { value, lag };
  }
  return best.lag * coarseStepMs;
}

/** Both at 10 kHz. */
export function align(sent: Float64Array, heard: Float64Array): Alignment {
  const middle = coarseLag(sent, heard);
  const x = envelope(sent, frameStepMs);
  const y = envelope(heard, 1);
  const perPiece = pieceMs / frameStepMs;
  const pieces = Math.ceil(x.length / bandCount / perPiece);
  const width = 2 * rangeMs + 1;
  const matches = Array.from({ length: pieces }, (_, piece) => {
    const from = piece * perPiece;
    return Float64Array.from({ length: width }, (_, k) => {
      const lag = middle - rangeMs + k;
      return match(
        { rows: x, from, stride: 1 },
        { rows: y, from: from * frameStepMs + lag, stride: frameStepMs },
        perPiece,
      );
    });
  });
  const mean = (piece: number): number => {
    const rows = x.subarray(piece * perPiece * bandCount, (piece + 1) * perPiece * bandCount);
    return rows.reduce((sum, it) => sum + it, 0) / Math.max(1, rows.length);
  };
  const loudness = Float64Array.from({ length: pieces }, (_, piece) => mean(piece));
  const loudest = loudness.reduce((a, b) => Math.max(a, b), 1e-9);
  const path = leastCost(matches.map((row, piece) => row.map((it) => (it * (loudness[piece] ?? 0)) / loudest)));
  const lagOf = (piece: number): number => (middle - rangeMs + (path[piece] ?? 0)) / 1000;
  const spoken = path.flatMap((_, piece) => ((loudness[piece] ?? 0) > loudest / 4 ? [piece] : []));
  return {
    lagAt: (seconds) => lagOf(Math.max(0, Math.min(pieces - 1, Math.floor((seconds * 1000) / pieceMs)))),
    lags: spoken.map(lagOf),
    match:
      spoken.reduce((sum, piece) => sum + (matches[piece]?.[path[piece] ?? 0] ?? 0), 0) / Math.max(1, spoken.length),
  };
}

/** For each row the place that is taken, so that what the places are worth less what changes cost is the most. */
function leastCost(rows: readonly Float64Array[]): number[] {
  const width = rows[0]?.length ?? 0;
  let worth = new Float64Array(width);
  const origins: Uint32Array[] = [];
  for (const row of rows) {
    const origin = new Uint32Array(width);
    const next = new Float64Array(width);
    // The best to come from, what the way costs taken off: one pass up, one down.
    for (let k = 0; k < width; k++) {
      next[k] = worth[k] ?? 0;
      origin[k] = k;
    }
    for (const step of [1, -1]) {
      const first = step === 1 ? 0 : width - 1;
      let carried = Number.NEGATIVE_INFINITY;
      let carriedFrom = first;
      for (let k = first; k >= 0 && k < width; k += step) {
        carried -= costPerMs;
        if (carried > (next[k] ?? 0)) {
          next[k] = carried;
          origin[k] = carriedFrom;
        }
        if ((worth[k] ?? 0) > carried) {
          carried = worth[k] ?? 0;
          carriedFrom = k;
        }
      }
    }
    for (let k = 0; k < width; k++) next[k] = (next[k] ?? 0) + (row[k] ?? 0);
    origins.push(origin);
    worth = next;
  }
  let place = worth.reduce((best, it, k) => (it > (worth[best] ?? 0) ? k : best), 0);
  const path: number[] = [];
  for (const origin of origins.toReversed()) {
    path.push(place);
    place = origin[place] ?? 0;
  }
  return path.toReversed();
}
