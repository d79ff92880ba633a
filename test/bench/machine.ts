/** Where it was measured. */
import { cpus, loadavg, release, type } from 'node:os';

export interface Machine {
  cores: number;
  cpu: string;
  system: string;
  node: string;
  /** Of the last 1, 5 and 15 minutes. */
  loadAverage: number[];
}

export const machine = (): Machine => ({
  cores: cpus().length,
  cpu: cpus()[0]?.model ?? 'unknown',
  system: `${type()} ${release()}`,
  node: process.version,
  loadAverage: loadavg().map((it) => Number(it.toFixed(2))),
});
