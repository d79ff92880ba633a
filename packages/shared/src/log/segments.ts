/** Files of a log: their names, when a new one is begun, which ones have expired. */
import type { LogSettings } from '../contract/types.ts';
import { wallClock } from './log-time.ts';

const day = 86_400_000;
const hour = 3_600_000;

/** "Softphone.20260102_030405_678.log". */
export const segmentName = (name: string, at: Date, utc: boolean): string =>
  `${name}.${wallClock(at, utc).replace(/[-:]/g, '').replace(/[T.]/g, '_')}.log`;

/** Whether a file bears a name that we would have given it. */
export const isSegment = (name: string, file: string): boolean =>
  file.startsWith(`${name}.`) && /^\d{8}_\d{6}_\d{3}\.log$/.test(file.slice(name.length + 1));

export interface Segment {
  begunMs: number;
  bytes: number;
  /** What of it is not the header: a file that is full with its first record would be followed by others without end. */
  records: number;
}

/** Whether a record of so many bytes belongs into the next file. */
export function isOver(
  { begunMs, bytes, records }: Segment,
  next: number,
  { segmentKb, segmentHours }: Pick<LogSettings, 'segmentKb' | 'segmentHours'>,
  nowMs: number,
): boolean {
  if (records === 0) return false;
  if (segmentKb > 0 && bytes + next > segmentKb * 1024) return true;
  return segmentHours > 0 && nowMs - begunMs >= segmentHours * hour;
}

export interface WrittenFile {
  name: string;
  modifiedMs: number;
}

/** Names of those to delete; `current` is the one that is written to, and stays. */
export function expired(
  files: readonly WrittenFile[],
  current: string,
  { expireFiles, expireDays }: Pick<LogSettings, 'expireFiles' | 'expireDays'>,
  nowMs: number,
): string[] {
  const others = files.filter((it) => it.name !== current).sort((a, b) => (a.name < b.name ? 1 : -1));
  const tooMany = expireFiles > 0 ? others.slice(expireFiles - 1) : [];
  const tooOld = expireDays > 0 ? others.filter((it) => nowMs - it.modifiedMs > expireDays * day) : [];
  return [...tooMany, ...tooOld].map((it) => it.name);
}
