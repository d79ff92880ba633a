/** Session-Expires and Min-SE (RFC 4028). */
import { readNumber, readTokenValue } from './values.ts';

export interface SessionExpires {
  seconds: number;
  /** null: not said, so the one who answers chooses. */
  refresher: 'uac' | 'uas' | null;
}

/** s; RFC 4028 §4: no session may be shorter, and without Min-SE this is it. */
export const SHORTEST_SESSION = 90;

export function readSessionExpires(value: string): SessionExpires | null {
  const read = readTokenValue(value);
  const seconds = readNumber(read?.token ?? '');
  if (!read || seconds === null) return null;
  const refresher = read.parameters.get('refresher')?.toLowerCase();
  return { seconds, refresher: refresher === 'uac' || refresher === 'uas' ? refresher : null };
}

export const writeSessionExpires = ({ seconds, refresher }: SessionExpires): string =>
  `${seconds}${refresher ? `;refresher=${refresher}` : ''}`;

/** s. A field that is missing or can't be read is the shortest (RFC 4028 §5). */
export const readMinSe = (value: string): number =>
  Math.max(readNumber(readTokenValue(value)?.token ?? '') ?? 0, SHORTEST_SESSION);
