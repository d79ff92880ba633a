import { blankCall } from '@thinline/shared/contract/blank.ts';
import { describe, expect, test } from 'vitest';
import { blankLink, blankState } from '../../src/endpoint/blank-state.ts';
import type { Call, CallQuality, PhoneState } from '../../src/panel/api.ts';
import { networkFacts, type QualityRecord, recordAll, recordS, unmeasured, windowOf } from './quality-record.ts';
import { qualityOf } from './testing/quality.ts';

const talking = (said: Partial<Call> = {}): Call =>
  blankCall({ id: 'call1', state: 'TALKING', connectedAtMs: 1, ...said });

function stateOf(calls: Call[], qualities: CallQuality[], link: PhoneState['link']['state'] = 'up'): PhoneState {
  return blankState({
    link: blankLink({ state: link }),
    phone: {
      endpoint: null,
      configurationRevision: '',
      lines: [],
      calls,
      audio: null,
      qualities,
      notices: [],
    },
  });
}

/** One second after the other, each as told. */
const follow = (seconds: readonly Partial<CallQuality>[], call = talking()): QualityRecord | undefined =>
  seconds.reduce<QualityRecord[]>((records, said) => recordAll(records, stateOf([call], [qualityOf(said)])), []).at(0);

/** 50 packets a second, some of them lost. */
const stream = (seconds: number, lostEach = 0, said: Partial<CallQuality> = {}): Partial<CallQuality>[] =>
  Array.from({ length: seconds }, (_, second) => ({
    packetsReceived: second * (50 - lostEach),
    packetsLost: second * lostEach,
    jitterMs: 4,
    ...said,
  }));

describe('seconds of a call', () => {
  test('loss is a share of the last five seconds, not of the whole call', () => {
    const record = follow([
      ...stream(60),
      ...stream(11, 5).map((it) => ({
        ...it,
        packetsReceived: 3_000 + (it.packetsReceived ?? 0),
        packetsLost: it.packetsLost ?? 0,
      })),
    ]);
    expect(record?.samples.at(-1)?.lossPercent).toBeCloseTo(10);
    expect(record?.samples.at(30)?.lossPercent).toBe(0);
    expect(networkFacts(record, qualityOf({ roundTripMs: 80 }))).toMatchObject({ lossPercent: 10, delayMs: 40 });
  });

  test('nothing is measured before there are two readings', () => {
    expect(follow(stream(1))?.samples).toEqual([unmeasured]);
    expect(follow(stream(2))?.samples.at(-1)).toEqual({ lossPercent: 0, jitterMs: 4, delayMs: null, mos: null });
  });

  test('what came too late counts as lost, and what was only late is taken back', () => {
    const late = follow([{ packetsReceived: 100 }, { packetsReceived: 150, packetsDiscarded: 5 }]);
    expect(late?.samples.at(-1)?.lossPercent).toBe(10);
    const back = follow([
      { packetsReceived: 100, packetsLost: 5 },
      { packetsReceived: 150, packetsLost: 2 },
    ]);
    expect(back?.samples.at(-1)?.lossPercent).toBe(0);
  });

  test('a stream that stands still has no jitter, delay or rating, and its seconds are counted', () => {
    const measured = { jitterMs: 7, oneWayDelayMs: 90, rating: { mosListening: 4.3, mosConversational: 4.1 } };
    const moving = follow([
      { packetsReceived: 100, ...measured },
      { packetsReceived: 150, ...measured },
    ]);
    expect(moving?.samples.at(-1)).toEqual({ lossPercent: 0, jitterMs: 7, delayMs: 90, mos: 4.1 });
    const still = follow(Array.from({ length: 8 }, () => ({ packetsReceived: 100, ...measured })));
    expect(still?.samples.at(-1)).toEqual(unmeasured);
    expect(still?.nothingS).toBe(7);
  });

  test('the rating is that of the last interval where there is one, and of listening where delay is unknown', () => {
    const rating = { mosListening: 4.3, mosConversational: 4.1 };
    const intervalRating = { mosListening: 2.5 };
    const [first, second] = [{ packetsReceived: 0 }, { packetsReceived: 50, rating, intervalRating }];
    expect(follow([first, second])?.samples.at(-1)?.mos).toBe(2.5);
  });

  test('a call on hold, and one whose phone is away, leave gaps, and begin anew', () => {
    const calls = [talking()];
    const qualities = [qualityOf({ packetsReceived: 100 })];
    let records = recordAll([], stateOf(calls, qualities));
    records = recordAll(records, stateOf([talking({ state: 'HELD' })], qualities));
    records = recordAll(records, stateOf(calls, [qualityOf({ packetsReceived: 150 })], 'lost'));
    records = recordAll(records, stateOf(calls, [qualityOf({ packetsReceived: 900 })]));
    expect(records[0]?.samples).toEqual([unmeasured, unmeasured, unmeasured, unmeasured]);
    expect(records.map((it) => windowOf(it).received)).toEqual([0]);
  });

  test('two minutes are kept, and calls that ended are not', () => {
    const record = follow(stream(recordS + 60));
    expect(record?.samples).toHaveLength(recordS);
    expect(record?.counters).toHaveLength(6);
    expect(recordAll(record ? [record] : [], stateOf([], []))).toEqual([]);
    expect(recordAll(record ? [record] : [], null)).toEqual([]);
  });

  test('silence is counted on each side, and not where its level is unknown', () => {
    const levels = { sentDbfs: -80, receivedDbfs: -70 };
    const silent = follow(stream(10, 0, levels));
    expect([silent?.microphoneSilentS, silent?.farEndSilentS]).toEqual([10, 10]);
    const spoken = follow([...stream(10, 0, levels), { packetsReceived: 500, sentDbfs: -30, receivedDbfs: -90 }]);
    expect([spoken?.microphoneSilentS, spoken?.farEndSilentS]).toEqual([0, 11]);
    expect(follow(stream(10))?.microphoneSilentS).toBe(0);
  });
});
