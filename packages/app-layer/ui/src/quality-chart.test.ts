import { describe, expect, test } from 'vitest';
import { chartHeight, chartWidth, curve, heightOf, isFair, summaryOf, topOf } from './quality-chart.ts';
import { recordS, type Sample, unmeasured } from './quality-record.ts';

const loss = (...values: (number | null)[]): Sample[] => values.map((lossPercent) => ({ ...unmeasured, lossPercent }));

describe('a curve', () => {
  test('ends at the right edge, and goes down as what it shows gets less', () => {
    expect(curve('loss', loss(5, 2.5, 0))).toBe('M118 2.0h0L119 20.0L120 38.0');
  });

  test('has a gap where nothing was measured, and a dot where one second was', () => {
    expect(curve('loss', loss(0, null, 0, null))).toBe('M117 38.0h0M119 38.0h0');
    expect(curve('loss', loss(null, null))).toBe('');
    expect(curve('loss', [])).toBe('');
  });

  test('of two minutes fills the chart', () => {
    const data = curve('loss', loss(...Array.from({ length: recordS }, () => 1)));
    expect(data.startsWith('M1 ')).toBe(true);
    expect(data).toContain(`L${chartWidth} `);
  });

  test('stays inside: the chart grows by doubling', () => {
    expect(topOf('loss', loss(1))).toBe(5);
    expect(topOf('loss', loss(12, 1))).toBe(20);
    expect(topOf('mos', [])).toBe(4.5);
    expect(heightOf('mos', 1, 4.5)).toBe(chartHeight - 2);
    expect(heightOf('mos', 4.5, 4.5)).toBe(2);
    expect(heightOf('delay', 100_000, 400)).toBe(2);
  });
});

test('a summary of what was measured, nothing of what was not', () => {
  expect(summaryOf('loss', loss(1, null, 3))).toEqual({ now: 3, mean: 2, worst: 3 });
  expect(summaryOf('loss', loss(1, 3, null))).toEqual({ now: null, mean: 2, worst: 3 });
  expect(summaryOf('loss', loss(null))).toBeNull();
  const mos = [4.2, 3.1].map((it) => ({ ...unmeasured, mos: it }));
  expect(summaryOf('mos', mos)?.worst).toBe(3.1);
});

test('less is better, but for ratings', () => {
  expect([isFair('loss', 0.5), isFair('loss', 2), isFair('mos', 4), isFair('mos', 3)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
