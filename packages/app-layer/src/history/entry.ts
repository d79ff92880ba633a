/** What is kept of a call that has ended, and for how long: pure functions. */
import type { Call, Failure } from '@thinline/shared/contract/types.ts';

/** Entries that are kept, and how long each of them. */
export const mostEntries = 200;
export const keptDays = 30;
const keptMs = keptDays * 86_400_000;

export type Outcome = 'answered' | 'missed' | 'rejected' | 'elsewhere' | 'unanswered' | 'failed';

const outcomes: readonly Outcome[] = ['answered', 'missed', 'rejected', 'elsewhere', 'unanswered', 'failed'];

export interface HistoryEntry {
  id: string;
  direction: Call['direction'];
  /** Who it was: the name as the far end said it, and what can be dialled to reach them again. */
  name: string;
  target: string;
  /** missed: nobody here answered. rejected: somebody here refused it. elsewhere: somebody did at another phone. unanswered, failed: a call from here. */
  outcome: Outcome;
  /** ms since 1970, by the clock of this machine. */
  startedAtMs: number;
  /** How long they talked, ms; 0: they didn't. */
  talkedMs: number;
  /** Why it failed, where it did. */
  failure: Failure | null;
}

const longestText = 256;
const longestFailure = 1_000;
const mostFacts = 8;

const cut = (text: string): string => text.slice(0, longestText);

/** RFC 3326: another phone of this line took the call, as RFC 3261's forking proxy tells with the CANCEL. */
const takenElsewhere = /\bSIP\s*;\s*cause\s*=\s*200\b/i;

function outcomeOf({ connectedAtMs, direction, endReason, failure, rejected }: Call): Outcome {
  if (connectedAtMs > 0) return 'answered';
  if (rejected) return 'rejected';
  if (direction === 'INCOMING') return takenElsewhere.test(endReason) ? 'elsewhere' : 'missed';
  return failure ? 'failed' : 'unanswered';
}

/** What can be dialled: the number, else the address without what only its own call needs. */
function targetOf({ remote }: Call): string {
  if (!remote) return '';
  return remote.number || (remote.uri.split(/[;?>]/)[0] ?? '');
}

function shortened({ code, message, cause, remedy, facts }: Failure): Failure {
  const short = (text: string) => text.slice(0, longestFailure);
  const kept = Object.entries(facts ?? {}).slice(0, mostFacts);
  return {
    code: short(code),
    message: short(message),
    cause: short(cause),
    remedy: short(remedy),
    facts: Object.fromEntries(kept.map(([name, value]) => [cut(name), cut(value)])),
  };
}

/** What lies between two readings of the endpoint's clock; longer: it was set meanwhile. */
const longestSpanMs = 86_400_000;
const spanMs = (fromMs: number, toMs: number): number => Math.min(Math.max(0, toMs - fromMs) || 0, longestSpanMs);

/** nowMs: when the call ended by the clock of this machine. That of the endpoint may be another's altogether. */
export const entryOf = (call: Call, nowMs: number): HistoryEntry => ({
  // Ids of calls are said anew by each start of the adapter.
  id: `${call.createdAtMs}-${cut(call.id)}`,
  direction: call.direction,
  name: cut(call.remote?.displayName ?? ''),
  target: cut(targetOf(call)),
  outcome: outcomeOf(call),
  startedAtMs: nowMs - spanMs(call.createdAtMs, call.releasedAtMs),
  talkedMs: call.connectedAtMs > 0 ? spanMs(call.connectedAtMs, call.releasedAtMs) : 0,
  failure: call.failure && shortened(call.failure),
});

/** Newest first; without what is too old, and no more than are kept. */
export const kept = (entries: readonly HistoryEntry[], nowMs: number): HistoryEntry[] =>
  entries
    .filter(({ startedAtMs }) => nowMs - startedAtMs < keptMs)
    .sort((a, b) => b.startedAtMs - a.startedAtMs)
    .slice(0, mostEntries);

/** A call is in it once, however often its end is told. */
export const added = (entries: readonly HistoryEntry[], entry: HistoryEntry): HistoryEntry[] => [
  entry,
  ...entries.filter(({ id }) => id !== entry.id),
];

type Fields = Record<string, unknown>;

const isObject = (it: unknown): it is Fields => typeof it === 'object' && it !== null && !Array.isArray(it);
const isText = (it: unknown): it is string => typeof it === 'string' && it.length <= longestFailure;
const isTime = (it: unknown): it is number => typeof it === 'number' && Number.isFinite(it) && it >= 0;

const isFailure = (it: unknown): it is Failure =>
  isObject(it) &&
  [it.code, it.message, it.cause, it.remedy].every(isText) &&
  isObject(it.facts) &&
  Object.values(it.facts).every(isText);

const isOutcome = (it: unknown): it is Outcome => outcomes.some((outcome) => outcome === it);

function readEntry(it: unknown): HistoryEntry | null {
  if (!isObject(it)) return null;
  const { id, direction, name, target, outcome, startedAtMs, talkedMs, failure } = it;
  if (direction !== 'INCOMING' && direction !== 'OUTGOING') return null;
  if (!isText(id) || !isText(name) || !isText(target) || !isOutcome(outcome)) return null;
  if (!isTime(startedAtMs) || !isTime(talkedMs)) return null;
  if (failure !== null && !isFailure(failure)) return null;
  const why = failure === null ? null : shortened(failure);
  return { id, direction, name: cut(name), target: cut(target), outcome, startedAtMs, talkedMs, failure: why };
}

/** What can be read of a file; null: it is none of ours. Entries that make no sense are left out. */
export function readEntries(text: string): HistoryEntry[] | null {
  try {
    const it: unknown = JSON.parse(text);
    if (!isObject(it) || !Array.isArray(it.calls)) return null;
    return it.calls.slice(0, mostEntries).flatMap((call) => readEntry(call) ?? []);
  } catch {
    return null;
  }
}

export const writeEntries = (calls: readonly HistoryEntry[]): string => `${JSON.stringify({ calls })}\n`;
