/** Whether the adapter that answers is new enough for this desktop. */
import type { LinkSettings } from '@thinline/shared/config/link.ts';

/** good: like any other; the others: what on_mismatch says. */
export type AdapterVerdict = 'good' | LinkSettings['onMismatch'];

/** A version that is none is older than all others. */
export function judgeAdapter(
  version: string,
  { minAdapter, onMismatch }: Pick<LinkSettings, 'minAdapter' | 'onMismatch'>,
): AdapterVerdict {
  const wanted = numbersOf(minAdapter);
  if (!wanted) return 'good';
  const found = numbersOf(version);
  return found && compare(found, wanted) >= 0 ? 'good' : onMismatch;
}

type Numbers = readonly [major: number, minor: number, patch: number];

/** What follows the numbers ("-rc.1") is left out of account. */
function numbersOf(version: string): Numbers | null {
  const [, major, minor, patch] = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:[-+].*)?$/.exec(version) ?? [];
  return major === undefined ? null : [Number(major), Number(minor), Number(patch)];
}

const compare = (a: Numbers, b: Numbers): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
