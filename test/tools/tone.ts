/** What a test asks of a recording: is the tone there, how loud, without gaps, and how late. Samples are 16 bit mono. */

/** Nothing at all; keeps arithmetic away from minus infinity. */
export const silence = -120;

/** The level of one frequency by Goertzel's algorithm, in dB relative to a full-scale sine. */
export function toneLevel(samples: Int16Array, hz: number, rate: number): number {
  if (samples.length === 0) return silence;
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let previous = 0;
  let before = 0;
  for (const sample of samples) {
    const next = sample / 32_768 + coefficient * previous - before;
    before = previous;
    previous = next;
  }
  const power = previous * previous + before * before - coefficient * previous * before;
  const amplitude = (2 * Math.sqrt(Math.max(0, power))) / samples.length;
  return Math.max(silence, 20 * Math.log10(Math.max(amplitude, 1e-9)));
}

/** The level of everything, in dB relative to a full-scale sine. */
export function level(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += (sample / 32_768) ** 2;
  return samples.length === 0 ? silence : Math.max(silence, 10 * Math.log10((2 * sum) / samples.length + 1e-12));
}

/** The upper one of the two in the middle, where there are two. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** toneLevel of each window of `windowMs`, one after the other; a rest shorter than a window is left out. */
export function toneLevels(samples: Int16Array, hz: number, rate: number, windowMs: number): number[] {
  const size = Math.round((rate * windowMs) / 1000);
  const count = Math.floor(samples.length / size);
  return Array.from({ length: count }, (_, i) => toneLevel(samples.subarray(i * size, (i + 1) * size), hz, rate));
}

const gapWindowMs = 5;

/**
 * The longest time (ms, in steps of 5) in which the tone is below `threshold` dBFS. Take a tone of at least 400 Hz, of
 * which 5 ms hold two whole waves.
 */
export function longestGap(samples: Int16Array, hz: number, rate: number, threshold: number): number {
  let longest = 0;
  let current = 0;
  for (const dbfs of toneLevels(samples, hz, rate, gapWindowMs)) {
    current = dbfs < threshold ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return longest * gapWindowMs;
}

/** The sound's outline, one value per millisecond: it survives lossy codecs, the single sample doesn't. */
function envelope(samples: Int16Array, rate: number): Float64Array {
  const size = Math.round(rate / 1000);
  const outline = new Float64Array(Math.floor(samples.length / size));
  for (let i = 0; i < outline.length; i++) {
    let sum = 0;
    for (let k = i * size; k < (i + 1) * size; k++) sum += Math.abs(samples[k] ?? 0);
    outline[i] = sum / size;
  }
  return outline;
}

/**
 * How much later (ms) `heard` has the sound of `said`, from -maxMs to maxMs: where their outlines match best. Both are
 * recorded from the same moment, with bursts of sound in them, at the same rate. Null when they have nothing in common.
 */
export function delayBetween(said: Int16Array, heard: Int16Array, rate: number, maxMs: number): number | null {
  const a = envelope(said, rate);
  const b = envelope(heard, rate);
  const mean = (x: Float64Array): number => x.reduce((sum, value) => sum + value, 0) / Math.max(1, x.length);
  const meanA = mean(a);
  const meanB = mean(b);
  let best = 0;
  let at: number | null = null;
  for (let lag = -maxMs; lag <= maxMs; lag++) {
    let product = 0;
    let powerA = 0;
    let powerB = 0;
    for (let i = Math.max(0, -lag); i < a.length && i + lag < b.length; i++) {
      const x = (a[i] ?? 0) - meanA;
      const y = (b[i + lag] ?? 0) - meanB;
      product += x * y;
      powerA += x * x;
      powerB += y * y;
    }
    const correlation = powerA > 0 && powerB > 0 ? product / Math.sqrt(powerA * powerB) : 0;
    if (correlation > best) {
      best = correlation;
      at = lag;
    }
  }
  return best >= 0.3 ? at : null;
}
