/** Sound for tests: made, and measured. */

/** A sine whose peak is at `dbfs`. */
export function tone(hz: number, dbfs: number, sampleRate: number, samples: number): Int16Array {
  const peak = 32_767 * 10 ** (dbfs / 20);
  return Int16Array.from({ length: samples }, (_, i) =>
    Math.round(peak * Math.sin((2 * Math.PI * hz * i) / sampleRate)),
  );
}

/** How strong one frequency is in a sound, dBFS of its peak (Goertzel, over a Hann window). */
export function toneDbfs(sound: Int16Array, hz: number, sampleRate: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
  let before = 0;
  let now = 0;
  sound.forEach((sample, i) => {
    const window = 1 - Math.cos((2 * Math.PI * i) / sound.length);
    [before, now] = [now, sample * window + turn * now - before];
  });
  const power = before * before + now * now - turn * before * now;
  return 20 * Math.log10((2 * Math.sqrt(Math.max(power, 1e-9))) / sound.length / 32_767);
}

/** Harmonics of 130 Hz that swell four times a second, and a little noise: codecs take it for a voice. */
export function speechLike(sampleRate: number, samples: number): Int16Array {
  let noise = 1;
  return Int16Array.from({ length: samples }, (_, i) => {
    const seconds = i / sampleRate;
    noise = (noise * 1_103_515_245 + 12_345) & 0x7fff_ffff;
    let sum = ((noise >> 16) / 16_384 - 1) * 0.2;
    for (let h = 1; h < 20; h++) sum += Math.sin(2 * Math.PI * 130 * h * seconds + h * h) / h;
    return Math.round(sum * 4_000 * (0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * seconds)));
  });
}

export function rmsDbfs(sound: Int16Array): number {
  const sum = sound.reduce((total, sample) => total + sample * sample, 0);
  return 10 * Math.log10(Math.max(1e-9, sum / sound.length) / 32_767 ** 2);
}

/** Between two neighbouring samples: a click shows here. */
export const largestStep = (sound: Int16Array): number =>
  sound.reduce((most, sample, i) => (i === 0 ? 0 : Math.max(most, Math.abs(sample - (sound[i - 1] ?? 0)))), 0);

/** The same numbers in every run, from 0 to 1. */
export function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
