/** What was measured of each call in the last two minutes, second by second. Pure but for `followQuality`. */

import type { Call, CallQuality, PhoneState } from '../../src/panel/api.ts';
import { makeSource, type Source } from '../../src/source.ts';
import type { NetworkFacts } from './network.ts';
import { panel } from './store.ts';

/** Seconds that are kept. */
export const recordS = 120;
/** Loss is the share of what should have come in so many seconds: one second of it is too coarse. */
const windowS = 5;
/** A mean of a second below these is silence, dBFS. */
const silentDbfs = -65;

/** One second. null: not measured, which is not the same as nothing. */
export interface Sample {
  lossPercent: number | null;
  jitterMs: number | null;
  /** From mouth to ear. */
  delayMs: number | null;
  mos: number | null;
}

export const unmeasured: Sample = { lossPercent: null, jitterMs: null, delayMs: null, mos: null };

/** Counters at the end of a second, all since the call began. */
interface Counters {
  received: number;
  lost: number;
  discarded: number;
  longestGapMs: number;
}

export interface QualityRecord {
  callId: string;
  /** The last one is of now; at most recordS. */
  samples: readonly Sample[];
  /** Of the last seconds, one more than the window has. */
  counters: readonly Counters[];
  /** For how many seconds on end nothing came, and nothing was to be heard from microphone and far end. */
  nothingS: number;
  microphoneSilentS: number;
  farEndSilentS: number;
  last: CallQuality | null;
}

const begun = (callId: string): QualityRecord => ({
  callId,
  samples: [],
  counters: [],
  nothingS: 0,
  microphoneSilentS: 0,
  farEndSilentS: 0,
  last: null,
});

const countersOf = ({ packetsReceived, packetsLost, packetsDiscarded, longestGapMs }: CallQuality): Counters => ({
  received: packetsReceived,
  lost: packetsLost,
  discarded: packetsDiscarded,
  longestGapMs,
});

interface Window {
  received: number;
  /** Percent of what should have come; null: nothing should have. */
  lostPercent: number | null;
  discardedPercent: number | null;
  /** How much longer the longest gap in what is heard has become. */
  gapGrewMs: number;
}

/** What happened in the last seconds. */
export function windowOf({ counters }: QualityRecord): Window {
  const [first] = counters;
  const last = counters.at(-1);
  if (!first || !last || first === last) {
    return { received: 0, lostPercent: null, discardedPercent: null, gapGrewMs: 0 };
  }
  const received = Math.max(0, last.received - first.received);
  // A packet that was only late is taken back from those that were lost.
  const lost = Math.max(0, last.lost - first.lost);
  const discarded = Math.max(0, last.discarded - first.discarded);
  const due = received + lost;
  const percent = (count: number) => (due === 0 ? null : Math.min(100, (100 * count) / due));
  return {
    received,
    lostPercent: percent(lost),
    discardedPercent: percent(discarded),
    gapGrewMs: Math.max(0, last.longestGapMs - first.longestGapMs),
  };
}

const isTalking = ({ state }: Call): boolean => state === 'TALKING';

const silentFor = (seconds: number, dbfs: number | undefined): number =>
  dbfs !== undefined && dbfs < silentDbfs ? seconds + 1 : 0;

function sampleOf(record: QualityRecord, quality: CallQuality): Sample {
  const { received, lostPercent, discardedPercent } = windowOf(record);
  // What is told of a stream that stands still was measured earlier.
  if (received === 0) return { ...unmeasured, lossPercent: lostPercent };
  const rating = quality.intervalRating ?? quality.rating;
  return {
    lossPercent: lostPercent === null ? null : Math.min(100, lostPercent + (discardedPercent ?? 0)),
    jitterMs: quality.jitterMs ?? null,
    delayMs: quality.oneWayDelayMs ?? null,
    mos: rating ? (rating.mosConversational ?? rating.mosListening) : null,
  };
}

/** The record of a call after one more second. quality: null where the phone told nothing. */
export function recordSecond(before: QualityRecord, call: Call, quality: CallQuality | null): QualityRecord {
  const push = (sample: Sample) => [...before.samples, sample].slice(-recordS);
  if (!quality || !isTalking(call)) {
    return { ...before, ...begun(call.id), samples: push(unmeasured), last: quality ?? before.last };
  }
  const counters = [...before.counters, countersOf(quality)].slice(-windowS - 1);
  const came = counters.length < 2 || quality.packetsReceived > (before.last?.packetsReceived ?? 0);
  const record: QualityRecord = {
    ...before,
    counters,
    nothingS: came ? 0 : before.nothingS + 1,
    microphoneSilentS: silentFor(before.microphoneSilentS, quality.sentDbfs),
    farEndSilentS: came ? silentFor(before.farEndSilentS, quality.receivedDbfs) : 0,
    last: quality,
  };
  return { ...record, samples: push(sampleOf(record, quality)) };
}

/** One more second of all calls that are up; the others are forgotten. */
export function recordAll(before: readonly QualityRecord[], state: PhoneState | null): QualityRecord[] {
  if (!state?.phone) return [];
  const { calls, qualities } = state.phone;
  const isUp = state.link.state === 'up';
  return calls
    .filter((call) => call.state !== 'RELEASED' && (call.connectedAtMs > 0 || qualities.some(isOf(call))))
    .map((call) => {
      const record = before.find(({ callId }) => callId === call.id) ?? begun(call.id);
      return recordSecond(record, call, (isUp && qualities.find(isOf(call))) || null);
    });
}

const isOf =
  (call: Call) =>
  ({ callId }: CallQuality): boolean =>
    callId === call.id;

/** Of the last seconds. */
export function networkFacts(record: QualityRecord | undefined, quality: CallQuality): NetworkFacts {
  const measured = record ? windowOf(record).lostPercent : null;
  const { jitterMs, roundTripMs } = quality;
  return {
    lossPercent: measured,
    jitterMs: jitterMs ?? null,
    delayMs: roundTripMs === undefined ? null : roundTripMs / 2,
  };
}

export const qualityRecords: Source<readonly QualityRecord[]> = makeSource<readonly QualityRecord[]>([]);

/** Records for as long as the page is open. */
export function followQuality(): void {
  setInterval(() => {
    const records = recordAll(qualityRecords.get(), panel.get().lost ? null : panel.get().phone);
    if (records.length > 0 || qualityRecords.get().length > 0) qualityRecords.set(records);
  }, 1000);
}
