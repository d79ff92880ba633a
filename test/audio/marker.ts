/** Numbered frames, to be found again bit for bit in what comes back, wherever a frame begins there. */
import { frameSamples } from '@thinline/endpoint-adapter/audio/driver.ts';

const mark = [30_001, -30_001] as const;

/** A frame of silence that begins with the mark and its number. */
export function markedFrame(number: number): Int16Array {
  const frame = new Int16Array(frameSamples);
  frame.set([mark[0], mark[1], number >> 12, number & 0xfff]);
  return frame;
}

/** Returns the numbers of the frames that begin in the samples seen so far, each once. */
export function makeFinder(): (samples: Int16Array) => number[] {
  let rest: number[] = [];
  return (samples) => {
    const all = [...rest, ...samples];
    const found: number[] = [];
    for (let i = 0; i + 3 < all.length; i++) {
      if (all[i] === mark[0] && all[i + 1] === mark[1]) found.push(((all[i + 2] ?? 0) << 12) | (all[i + 3] ?? 0));
    }
    rest = all.slice(-3);
    return found;
  };
}
