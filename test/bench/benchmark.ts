/** What a benchmark is, and what comes out of one. */
import type { Summary } from './statistics.ts';

export type Who = 'thinline' | 'adapter' | 'app layer' | 'baresip';

export interface Figure {
  name: string;
  /** What was measured, from where to where. */
  what: string;
  unit: 'ms' | '% of a core' | 'MB' | 'calls/s' | 'requests/s';
  results: Partial<Record<Who, Summary>>;
}

export interface BenchmarkOptions {
  /** Samples of what is quick to measure; of slower things a part of it. */
  runs: number;
  progress: (text: string) => void;
}

export interface Benchmark {
  name: string;
  meaning: string;
  /** Programs that must be there, by name. */
  peers: readonly string[];
  run(options: BenchmarkOptions): Promise<Figure[]>;
}
