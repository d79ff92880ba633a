/** A file with the settings of a silent installation, each with its meaning, and its default commented out. */
import { type HalfName, name, type System, settingsOf } from './product.ts';

export function sampleSettings(half: HalfName, system: System): string {
  const rows = settingsOf(half, system).flatMap((it) => [
    '',
    `; ${it.meaning}`,
    ...(it.values ? [`; Values: ${it.values.join(', ')}.`] : []),
    ...(it.also.length > 0 ? [`; Also: ${it.also.join(', ')}.`] : []),
    `;${it.key}=${it.default}`,
  ]);
  return [
    `; Settings of a silent installation of ${name}. A line without a value counts as not there.`,
    '[Thinline]',
    ...rows,
    '',
  ].join('\n');
}
