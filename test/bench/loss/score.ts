/**
 * How good the speech is that has come through: STOI, as it is published, needs no training or licence, and falls where
 * sound is missing, wrong or cut; and the log-spectral distance, which also tells what STOI forgives (a muffled, noisy or
 * robotic voice). Neither minds delay: the lag of each 200 ms is found first.
 */
import { readFile } from 'node:fs/promises';
import { align } from '../../tools/align.ts';
import { logSpectralDistance, resampled } from '../../tools/spectral.ts';
import { stoi, stoiRate } from '../../tools/stoi.ts';

export interface Sound {
  rate: number;
  /** Mono. */
  samples: Float64Array;
}

export interface Score {
  /** 1 at best. */
  stoi: number;
  /** Log-spectral distance, dB; 0 at best. */
  distance: number;
  /** Of the envelopes, 1 at best; under a half there was no such speech. */
  match: number;
  /** Between the least and the greatest delay, ms: how far the jitter buffer moved. */
  moved: number;
}

const distanceRate = 16_000;

/** Of the codec, Hz. */
export interface Band {
  from: number;
  to: number;
}

export function score(sent: Sound, heard: Sound, band: Band): Score {
  const at = ({ samples, rate }: Sound, to: number): Float64Array => resampled(samples, rate, to);
  const [x, y] = [at(sent, stoiRate), at(heard, stoiRate)];
  const { lagAt, lags, match } = align(x, y);
  const distance = logSpectralDistance(at(sent, distanceRate), at(heard, distanceRate), lagAt, band);
  return { stoi: stoi(x, y, lagAt), distance, match, moved: 1000 * (Math.max(...lags) - Math.min(...lags)) };
}

/** A WAV file of 16 bit, whose writer may have been stopped before it could say how long it is. */
export async function readRecording(file: string): Promise<Sound> {
  const bytes = await readFile(file);
  const format = bytes.indexOf('fmt ') + 8;
  const start = bytes.indexOf('data') + 8;
  if (format < 8 || start < 8) throw new Error(`${file} is no WAV file.`);
  const channels = bytes.readUInt16LE(format + 2);
  const count = Math.floor((bytes.length - start) / 2 / channels);
  const samples = Float64Array.from({ length: count }, (_, i) => bytes.readInt16LE(start + 2 * i * channels));
  return { rate: bytes.readUInt32LE(format + 4), samples };
}
