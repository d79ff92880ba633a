/**
 * Whether a steady tone stays one: dips in its level, and steps in its phase, which are sound that was dropped or put in.
 * Over a long time its phase may move slowly, as clocks differ.
 */
import { median } from './tone.ts';

/**
 * Hz. 10, 20, 40 and 50 ms of it aren't whole waves, nor nearly so: sound of that length can't be dropped without a step.
 */
export const steadyHz = 1028;

const windowMs = 5;
/** Below what the level mostly is, dB. */
const dip = 3;
/** From one window to the one after the next, in turns: 0.1 ms. Less is what taking out a whole period leaves. */
const step = 0.11;
/** Windows with a step in them don't begin another one. */
const apart = 4;

export interface Steadiness {
  heardMs: number;
  /** Windows of 5 ms with less than the level, and ms of the longest run of them. */
  dips: number;
  longestDipMs: number;
  steps: number;
}

interface Window {
  dbfs: number;
  /** Against a tone that has run since the beginning, in turns. */
  phase: number;
}

function windowsOf(samples: Int16Array, hz: number, rate: number): Window[] {
  const size = (rate * windowMs) / 1000;
  const turns = hz / rate;
  const hann = Float64Array.from({ length: size }, (_, i) => 1 - Math.cos((2 * Math.PI * (i + 0.5)) / size));
  const cos = hann.map((weight, i) => weight * Math.cos(2 * Math.PI * turns * i));
  const sin = hann.map((weight, i) => weight * Math.sin(2 * Math.PI * turns * i));
  return Array.from({ length: Math.floor(samples.length / size) }, (_, n) => {
    let [re, im] = [0, 0];
    for (let i = 0; i < size; i++) {
      const sample = samples[n * size + i] ?? 0;
      re += sample * (cos[i] ?? 0);
      im -= sample * (sin[i] ?? 0);
    }
    const amplitude = (2 * Math.hypot(re, im)) / size / 32_768;
    const phase = Math.atan2(im, re) / (2 * Math.PI) - ((n * size * turns) % 1);
    return { dbfs: 20 * Math.log10(Math.max(amplitude, 1e-6)), phase };
  });
}

/** The least way from one phase to the other. */
function distance(a: number, b: number): number {
  const way = Math.abs(a - b) % 1;
  return Math.min(way, 1 - way);
}

export function steadiness(samples: Int16Array, rate: number, hz = steadyHz): Steadiness {
  const windows = windowsOf(samples, hz, rate);
  const least = median(windows.map(({ dbfs }) => dbfs)) - dip;
  let [dips, run, longestRun, steps, quietUntil] = [0, 0, 0, 0, 0];
  for (const [n, { dbfs, phase }] of windows.entries()) {
    const isDip = dbfs < least;
    run = isDip ? run + 1 : 0;
    dips += isDip ? 1 : 0;
    longestRun = Math.max(longestRun, run);
    const before = windows[n - 2];
    if (before === undefined || n < quietUntil || distance(phase, before.phase) < step) continue;
    steps++;
    quietUntil = n + apart;
  }
  return { heardMs: windows.length * windowMs, dips, longestDipMs: longestRun * windowMs, steps };
}
