/** thinline config diff: what a file says other than the defaults. */
import type { Difference } from '@thinline/shared/config/differences.ts';

export function differencesText(differences: readonly Difference[], json: boolean): string[] {
  if (json) return [JSON.stringify(differences)];
  if (differences.length === 0) return ['all as by default'];
  return differences.map(({ path, value, usual, hasEffect }) => {
    const idle = hasEffect ? '' : ', no effect';
    return `${path} = ${value ?? '(secret)'} (default: ${usual || 'empty'}${idle})`;
  });
}
