/** The calls that ended, as the server keeps them. */

import type { HistoryEntry } from '../../src/history/entry.ts';
import type { Failure } from '../../src/panel/api.ts';
import type { HistoryAnswer } from '../../src/panel/history-routes.ts';
import { makeSource, type Source } from '../../src/source.ts';
import { failureIn, unreachable } from './client.ts';
import { panel } from './store.ts';

export type { HistoryEntry };

const path = '/api/history';
const mostRecent = 8;

/** Newest first; null: not known yet. */
export const history: Source<readonly HistoryEntry[] | null> = makeSource<readonly HistoryEntry[] | null>(null);

export interface Recent {
  target: string;
  /** Empty: only the number is known. */
  name: string;
}

/** Whom one may want to call again, the last one first, nobody twice. */
export function recentNumbers(entries: readonly HistoryEntry[] | null): Recent[] {
  const recent = new Map<string, Recent>();
  for (const { target, name } of entries ?? []) {
    const known = recent.get(target);
    if (known && known.name === '') known.name = name;
    if (known || target === '' || recent.size === mostRecent) continue;
    recent.set(target, { target, name });
  }
  return [...recent.values()];
}

export interface Day {
  /** The midnight it begins with, in the time of this computer, ms since 1970. */
  atMs: number;
  entries: readonly HistoryEntry[];
}

const dayOf = (atMs: number): number => new Date(atMs).setHours(0, 0, 0, 0);

export function byDay(entries: readonly HistoryEntry[]): Day[] {
  const days = new Map<number, HistoryEntry[]>();
  for (const entry of entries) {
    const atMs = dayOf(entry.startedAtMs);
    days.set(atMs, [...(days.get(atMs) ?? []), entry]);
  }
  return [...days].map(([atMs, all]) => ({ atMs, entries: all })).sort((a, b) => b.atMs - a.atMs);
}

/** Whether a day is today, yesterday, or neither. Days are not all of 24 hours. */
export function nearness(atMs: number, nowMs: number): 'today' | 'yesterday' | null {
  if (dayOf(atMs) === dayOf(nowMs)) return 'today';
  const noonYesterday = dayOf(nowMs) - 12 * 3_600_000;
  return dayOf(atMs) === dayOf(noonYesterday) ? 'yesterday' : null;
}

/** The newest wish wins: an answer that was overtaken is dropped. */
let asked = 0;
export async function loadHistory(): Promise<void> {
  asked += 1;
  const mine = asked;
  try {
    const response = await fetch(path);
    if (!response.ok) return;
    const { calls }: HistoryAnswer = await response.json();
    if (mine === asked) history.set(calls);
  } catch {
    // The panel says by itself that Thinline is lost, and this is asked again when it is back.
  }
}

/** One, or all. Answers why not; null: done. */
export async function eraseHistory(id?: string): Promise<Failure | null> {
  try {
    const response = await fetch(id === undefined ? path : `${path}/${encodeURIComponent(id)}`, { method: 'DELETE' });
    const failure = response.ok ? null : await failureIn(response);
    await loadHistory();
    return failure;
  } catch {
    return unreachable();
  }
}

/** Keeps up for as long as the page is open: with each call that ends, and with each new connection. */
export function followHistory(): void {
  let ended = '';
  let isLost = true;
  const look = () => {
    const { seen, phone, lost } = panel.get();
    const now = seen
      .filter(({ releasedAtMs }) => releasedAtMs !== null)
      .map(({ call }) => call.id)
      .join(' ');
    const isBack = isLost && lost === null && phone !== null;
    const isNew = now !== ended && now !== '';
    isLost = lost !== null || phone === null;
    ended = now;
    if (isBack || isNew) void loadHistory();
  };
  panel.watch(look);
  look();
}
