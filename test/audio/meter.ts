/** Listens at a device of a sound lab all the time, and says when a tone is there, and how long it was not. */
import { type Listening, labRate, type SoundLab } from '../peers/pulse.ts';
import { toneLevel, toneLevels } from '../tools/tone.ts';

const longestS = 180;
const chunkMs = 20;
const windowMs = 5;
const perMs = labRate / 1000;

export interface Meter {
  /** ms heard so far. */
  readonly ms: number;
  /** What was heard from then (ms) on. */
  since(ms: number): Int16Array;
  /** Once so many ms have been heard from now on. */
  more(ms: number): Promise<void>;
  /** Until 100 ms on end of the tone have been heard, from now on; where they began (ms). Rejects at the deadline (ms). */
  tone(hz: number, dbfs: number, deadline?: number): Promise<number>;
  stop(): Promise<void>;
}

export async function startMeter(lab: SoundLab, source: string): Promise<Meter> {
  const listening: Listening = await lab.listen(source);
  const samples = new Int16Array(longestS * labRate);
  let count = 0;
  let stopped = false;
  let failure: unknown = null;
  let wake = new Set<() => void>();

  const listen = async (): Promise<void> => {
    while (!stopped && count < samples.length) {
      samples.set(await listening.read(chunkMs * perMs), count);
      count += chunkMs * perMs;
      const woken = wake;
      wake = new Set();
      for (const each of woken) each();
    }
  };
  const done = listen().catch((error: unknown) => {
    failure = error;
    for (const each of wake) each();
  });

  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) {
      if (failure !== null) throw failure;
      await new Promise<void>((resolve) => wake.add(resolve));
    }
  };

  return {
    get ms() {
      return count / perMs;
    },
    since: (ms) => samples.slice(Math.round(ms * perMs), count),
    more(ms) {
      const end = count + ms * perMs;
      return until(() => count >= end);
    },
    async tone(hz, dbfs, deadline = 10_000) {
      const end = count + deadline * perMs;
      const size = chunkMs * perMs;
      let from = count;
      let at = count;
      await until(() => {
        for (; at + size <= count; at += size) {
          if (toneLevel(samples.subarray(at, at + size), hz, labRate) < dbfs) from = at + size;
        }
        if (count > end) throw new Error(`No ${hz} Hz of ${dbfs} dBFS at ${source} within ${deadline} ms.`);
        return at - from >= 100 * perMs;
      });
      return from / perMs;
    },
    async stop() {
      stopped = true;
      await listening.stop();
      await done;
    },
  };
}

/**
 * ms from the last of one tone to the first of another in a recording, in steps of 5; NaN where one isn't there. Two windows
 * in a row count, as a click holds any tone. Take tones of whole waves in 5 ms: they are nothing to each other then.
 */
export function gapBetween(samples: Int16Array, rate: number, first: number, second: number, dbfs: number): number {
  const heard = (hz: number): boolean[] =>
    toneLevels(samples, hz, rate, windowMs).map((it, i, all) => it >= dbfs && (all[i + 1] ?? it) >= dbfs);
  const end = heard(first).lastIndexOf(true);
  const begin = heard(second).indexOf(true);
  return end < 0 || begin < 0 ? Number.NaN : (begin - end - 2) * windowMs;
}
