/** What a soak test is, and what comes out of one: much of the same, and nothing may be left of it. */

import type { Opened } from '../tools/inside.ts';

export interface SoakOptions {
  calls: number;
  progress: (text: string) => void;
}

/** The adapter's process at one moment, with nothing going on. */
export interface Reading extends Opened {
  /** So far. */
  calls: number;
  /** 10⁶ bytes. */
  residentMb: number;
  /** The same of JavaScript's heap, after garbage collection. */
  heapMb: number;
}

export interface SoakResult {
  seconds: number;
  /** How often each kind of call was made. */
  kinds: Readonly<Record<string, number>>;
  first: Reading;
  last: Reading;
  faults: readonly string[];
}

export interface Soak {
  name: string;
  meaning: string;
  run(options: SoakOptions): Promise<SoakResult>;
}
