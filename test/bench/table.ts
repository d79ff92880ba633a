/** Figures as the table that stands in the README. */
import type { Figure, Who } from './benchmark.ts';

function cell({ results, unit }: Figure, whose: readonly Who[]): string {
  const digits = unit === 'MB' ? 0 : 1;
  const parts = whose.flatMap((who) => {
    const it = results[who];
    if (it === undefined) return [];
    const values = `${it.median.toFixed(digits)} (${it.p95.toFixed(digits)})`;
    return [who === 'thinline' || who === 'baresip' ? values : `${who} ${values}`];
  });
  return parts.join(', ') || '–';
}

/** Markdown; each value is the median, and the 95th percentile in brackets. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map(
    (it) => `| ${it.what}, ${it.unit} | ${cell(it, ['thinline', 'adapter', 'app layer'])} | ${cell(it, ['baresip'])} |`,
  );
  return ['| what: median (95th percentile) | ours | baresip |', '|---|---|---|', ...rows].join('\n');
}
