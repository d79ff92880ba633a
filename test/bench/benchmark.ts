/** What a benchmark is, and what comes out of one. */
import type { Summary } from './statistics.ts';

export type Who = 'thinline' | 'adapter' | 'app layer' | 'baresip';

export interface Figure {
  name: string;
  /** What was measured, from where to where. */
  what: string;
  unit: 'ms' | 'µs' | 'dB' | '%' | '% of a core' | 'bytes' | 'MB' | 'times' | 'calls/s' | 'requests/s' | 'MiB/s';
  results: Partial<Record<Who, Summary>>;
}

export interface BenchmarkOptions {
  /** Samples of what is quick to measure; of slower things a part of it. */
  runs: number;
  /** What to measure of it, for one that has `choices`; empty for the usual. */
  words: readonly string[];
  progress: (text: string) => void;
}

export interface Benchmark {
  name: string;
  meaning: string;
  /** Programs that must be there, by name. */
  peers: readonly string[];
  /** The words that choose a part of it. */
  choices?: string;
  run(options: BenchmarkOptions): Promise<Figure[]>;
}
