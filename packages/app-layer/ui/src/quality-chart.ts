/** A measure over time as a curve, and in words. Pure. */
import { recordS, type Sample } from './quality-record.ts';

export type Measure = 'loss' | 'jitter' | 'delay' | 'mos';
export const measures: readonly Measure[] = ['loss', 'jitter', 'delay', 'mos'];

interface Scale {
  of: (sample: Sample) => number | null;
  /** At the bottom of the chart, and at least at its top. */
  bottom: number;
  top: number;
  /** What is fair is on one side of this. */
  fair: number;
  /** Whether more of it is better. */
  rising: boolean;
}

export const scales: Readonly<Record<Measure, Scale>> = {
  loss: { of: (it) => it.lossPercent, bottom: 0, top: 5, fair: 1, rising: false },
  jitter: { of: (it) => it.jitterMs, bottom: 0, top: 40, fair: 20, rising: false },
  delay: { of: (it) => it.delayMs, bottom: 0, top: 400, fair: 200, rising: false },
  mos: { of: (it) => it.mos, bottom: 1, top: 4.5, fair: 3.6, rising: true },
};

export const chartWidth = recordS;
export const chartHeight = 40;
/** A curve at the edge is still seen whole. */
const margin = 2;

/** The top of the chart: twice the usual one, and so on, where a value needs it. */
export function topOf(measure: Measure, samples: readonly Sample[]): number {
  const { of, top, rising } = scales[measure];
  if (rising) return top;
  const most = Math.max(0, ...samples.map((it) => of(it) ?? 0));
  let fitting = top;
  while (fitting < most) fitting *= 2;
  return fitting;
}

/** The height of a value, from the top of the chart. */
export function heightOf(measure: Measure, value: number, top: number): number {
  const { bottom } = scales[measure];
  const share = Math.min(1, Math.max(0, (value - bottom) / (top - bottom)));
  return margin + (1 - share) * (chartHeight - 2 * margin);
}

/** Data of an SVG path, the last second at the right edge: what was not measured is left out, not drawn as nothing. */
export function curve(measure: Measure, samples: readonly Sample[]): string {
  const top = topOf(measure, samples);
  const from = chartWidth - samples.length + 1;
  let pen = 'M';
  let data = '';
  samples.forEach((sample, place) => {
    const value = scales[measure].of(sample);
    if (value === null) {
      pen = 'M';
      return;
    }
    const y = heightOf(measure, value, top).toFixed(1);
    // One second by itself is a dot: a line of no length with round ends.
    data += pen === 'M' ? `M${from + place} ${y}h0` : `L${from + place} ${y}`;
    pen = 'L';
  });
  return data;
}

export interface Summary {
  /** Of the last second; null: not measured in it. */
  now: number | null;
  mean: number;
  worst: number;
}

/** null: nothing was measured. */
export function summaryOf(measure: Measure, samples: readonly Sample[]): Summary | null {
  const { of, rising } = scales[measure];
  const values = samples.map(of).filter((it) => it !== null);
  if (values.length === 0) return null;
  const last = samples.at(-1);
  return {
    now: last ? of(last) : null,
    mean: values.reduce((sum, it) => sum + it, 0) / values.length,
    worst: rising ? Math.min(...values) : Math.max(...values),
  };
}

export const isFair = (measure: Measure, value: number): boolean =>
  scales[measure].rising ? value >= scales[measure].fair : value <= scales[measure].fair;
