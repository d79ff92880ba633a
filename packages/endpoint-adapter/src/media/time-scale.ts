/** Makes a stretch of sound shorter or longer by one period of its own, so that the ear hardly notices (WSOLA). */

const shortestMs = 2.5;
const longestMs = 10;
/** Below this mean square (about -55 dBFS) anything may be cut or repeated. */
const quiet = 1_000;

export const isQuiet = (meanSquare: number): boolean => meanSquare < quiet;

/** The lag at which the beginning of the sound is most like what follows it. */
function likestLag(sound: Int16Array, samples: number, sampleRate: number): number {
  const longest = Math.min(samples >> 1, (longestMs * sampleRate) / 1000);
  const shortest = Math.ceil((shortestMs * sampleRate) / 1000);
  // The search may be coarse at high rates: 8 kHz resolution is enough for a seam.
  const stride = Math.max(1, Math.floor(sampleRate / 8_000));
  let lag = 0;
  let best = Number.NEGATIVE_INFINITY;
  for (let candidate = shortest; candidate <= longest; candidate += stride) {
    let product = 0;
    let energy = 1;
    for (let i = 0; i + candidate < samples && i < longest; i += stride) {
      const shifted = sound[i + candidate] ?? 0;
      product += (sound[i] ?? 0) * shifted;
      energy += shifted * shifted;
    }
    const likeness = product / Math.sqrt(energy);
    if (likeness > best) {
      best = likeness;
      lag = candidate;
    }
  }
  return lag;
}

/** Takes one period out, in place; returns how many samples are left. Sound that is too short stays as it is. */
export function shorten(sound: Int16Array, samples: number, sampleRate: number): number {
  const lag = likestLag(sound, samples, sampleRate);
  if (lag === 0) return samples;
  for (let i = 0; i < lag; i++) {
    const weight = (i + 1) / (lag + 1);
    sound[i] = Math.round((sound[i] ?? 0) * (1 - weight) + (sound[i + lag] ?? 0) * weight);
  }
  sound.copyWithin(lag, 2 * lag, samples);
  return samples - lag;
}

/** Plays one period twice, in place; returns how many samples there are now. */
export function lengthen(sound: Int16Array, samples: number, sampleRate: number): number {
  const lag = likestLag(sound, samples, sampleRate);
  if (lag === 0 || samples + lag > sound.length) return samples;
  sound.copyWithin(2 * lag, lag, samples);
  for (let i = 0; i < lag; i++) {
    const weight = (i + 1) / (lag + 1);
    sound[lag + i] = Math.round((sound[2 * lag + i] ?? 0) * (1 - weight) + (sound[i] ?? 0) * weight);
  }
  return samples + lag;
}
