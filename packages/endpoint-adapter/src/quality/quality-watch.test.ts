/** Calls whose figures come once a second, in virtual time. */
import { blankCall, blankLine } from '@thinline/shared/contract/blank.ts';
import type { Call, CallQuality } from '@thinline/shared/contract/types.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QualityWatch, usualQuality } from './quality-watch.ts';

let settings = usualQuality;
/** What was notified, and when, in seconds. */
let told: unknown[] = [];
let reports: { collector: string; lines: string[] }[] = [];
let lineGone = false;
let watch: QualityWatch;
let seconds = 0;

beforeEach(() => {
  vi.useFakeTimers();
  settings = { publish: true, collector: 'vq@collector.example', alarmThreshold: 3.5 };
  told = [];
  reports = [];
  lineGone = false;
  seconds = 0;
  const line = {
    snapshot: blankLine({ id: 'line0', address: 'sip:alice@example.org' }),
    reportQuality: (collector: string, body: string) => reports.push({ collector, lines: body.split('\r\n') }),
  };
  watch = new QualityWatch({
    settings: () => settings,
    notify: (subject, trouble) => told.push([seconds, subject, trouble?.name ?? null]),
    line: (id) => (id === 'line0' && !lineGone ? line : undefined),
  });
});
afterEach(() => {
  watch.flush();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const talking = (id: string, more: Partial<Call> = {}): Call =>
  blankCall({
    id,
    lineId: 'line0',
    state: 'TALKING',
    remote: { uri: 'sip:602@example.org', number: '602', displayName: '' },
    connectedAtMs: 1_000,
    ...more,
  });

const released = (id: string, more: Partial<Call> = {}): Call =>
  talking(id, { state: 'RELEASED', releasedAtMs: 61_000, ...more });

const figures = (callId: string, more: Partial<CallQuality> = {}): CallQuality => ({
  callId,
  packetsSent: 0,
  packetsReceived: 50 * seconds,
  packetsLost: 0,
  packetsDiscarded: 0,
  concealedMs: 0,
  longestGapMs: 0,
  receivedDbfs: -25,
  ...more,
});

interface Second {
  quality?: Partial<CallQuality>;
  microphoneDbfs?: number | null;
}

/** So many seconds of a call. */
function pass(id: string, count: number, at: (second: number) => Second = () => ({})): void {
  for (let i = 0; i < count; i++) {
    vi.advanceTimersByTime(1_000);
    seconds++;
    const { quality = {}, microphoneDbfs = -30 } = at(seconds);
    if (microphoneDbfs !== null) {
      watch.levels({ microphoneDbfs, speakerDbfs: -25 });
      watch.levels({ microphoneDbfs: -127, speakerDbfs: -25 });
    }
    watch.quality(figures(id, quality));
  }
}

/** Intervals of 5 s with these MOS. */
const rated =
  (...mos: number[]) =>
  (second: number): Second => {
    const intervals = Math.floor(second / 5);
    const mosListening = mos[intervals - 1];
    return { quality: { intervals, ...(mosListening ? { intervalRating: { mosListening } } : {}) } };
  };

describe('a call that sounds bad', () => {
  it('is told of after two intervals of it, and until two are clearly better; each end of it is reported', () => {
    watch.changed(talking('a'));
    pass('a', 40, rated(3.4, 4, 3.4, 3.4, 3.6, 3.7, 3.7, 4));
    expect(told).toEqual([
      [20, 'quality', 'poorQuality'],
      [35, 'quality', null],
    ]);
    expect(reports.map(({ lines }) => lines[0])).toEqual([
      'VQAlertReport: Type=MOSLQ Severity=Warning Dir=local',
      'VQAlertReport: Type=MOSLQ Severity=Clear Dir=local',
    ]);
  });

  it('is judged by how it is to talk in, where the delay is known', () => {
    const facts: unknown[] = [];
    const own = new QualityWatch({
      settings: () => settings,
      notify: (_, trouble) => facts.push(trouble?.facts),
      line: () => undefined,
    });
    own.changed(talking('a'));
    for (const intervals of [1, 2])
      own.quality(figures('a', { intervals, intervalRating: { mosListening: 4.4, mosConversational: 2.04 } }));
    expect(facts).toEqual([{ target: '602', mos: '2.0', threshold: '3.5' }]);
  });

  it("is nobody's affair without a threshold, which can be taken away at any time", () => {
    settings = { ...settings, publish: false };
    watch.changed(talking('a'));
    pass('a', 11, rated(1, 1, 1));
    settings = { ...settings, alarmThreshold: 0 };
    pass('a', 20, rated(1, 1, 1, 1, 1, 1));
    expect(told).toEqual([
      [10, 'quality', 'poorQuality'],
      [12, 'quality', null],
    ]);
    expect(reports).toEqual([]);
  });

  it('is forgotten when it ends, and not before the last such call does', () => {
    watch.changed(talking('a'));
    watch.changed(talking('b'));
    for (let i = 0; i < 10; i++) {
      pass('a', 1, rated(1, 1));
      watch.quality(figures('b', rated(1, 1)(seconds).quality));
    }
    watch.changed(released('b'));
    watch.changed(released('a', { connectedAtMs: 0 }));
    expect(told.map((it) => [it].flat().slice(1))).toEqual([
      ['quality', 'poorQuality'],
      ['quality', 'poorQuality'],
      ['quality', 'poorQuality'],
      ['quality', null],
    ]);
  });
});

describe('silence', () => {
  it('of the microphone is told of', () => {
    watch.changed(talking('a'));
    pass('a', 60, (second) => ({ microphoneDbfs: second >= 20 && second < 25 ? -40 : -90 }));
    expect(told).toEqual([
      [11, 'microphone', 'microphoneSilent'],
      [20, 'microphone', null],
      [54, 'microphone', 'microphoneSilent'],
    ]);
  });

  it.each([
    ['muted', { muted: true }],
    ['held', { state: 'HELD' }],
    ['held by the far end', { state: 'REMOTE_HELD' }],
    ['not answered', { state: 'RINGING' }],
  ] as const)('is as it should be in a call that is %s', (_, more) => {
    watch.changed(talking('a'));
    watch.changed(talking('a', more));
    pass('a', 60, () => ({ microphoneDbfs: -90, quality: 'muted' in more ? {} : { receivedDbfs: -127 } }));
    expect(told).toEqual([]);
  });

  it('of a microphone that nobody has measured says nothing', () => {
    watch.changed(talking('a'));
    pass('a', 60, () => ({ microphoneDbfs: null }));
    expect(told).toEqual([]);
  });

  it.each([
    ['farEndSilent', {}],
    ['nothingReceived', { packetsReceived: 0 }],
  ])('of the far end is told of: %s', (name, more) => {
    watch.changed(talking('a'));
    pass('a', 12, () => ({ quality: { receivedDbfs: -127, ...more } }));
    expect(told).toEqual([[11, 'farEnd', name]]);
    watch.changed(released('a', { connectedAtMs: 0 }));
    expect(told.at(-1)).toEqual([12, 'farEnd', null]);
  });
});

describe('the report of a call', () => {
  it('is made of the figures that come after its end', () => {
    watch.changed(talking('a'));
    pass('a', 3);
    watch.changed(released('a'));
    expect(reports).toEqual([]);
    watch.quality(figures('a', { lossRate: 0.5 }));
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({ collector: 'vq@collector.example' });
    expect(reports[0]?.lines).toContain('PacketLoss: NLR=50.00 JDR=0.00');
    expect(reports[0]?.lines[2]).toBe('LocalID: <sip:alice@example.org>');
    watch.quality(figures('a'));
    vi.advanceTimersByTime(10_000);
    expect(reports).toHaveLength(1);
  });

  it('is made of those before, where the media worker is gone', () => {
    watch.changed(talking('a'));
    pass('a', 1, () => ({ quality: { lossRate: 0.25 } }));
    watch.changed(released('a'));
    vi.advanceTimersByTime(999);
    expect(reports).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(reports[0]?.lines).toContain('PacketLoss: NLR=25.00 JDR=0.00');
  });

  it('is given to the line that the call had, though that goes meanwhile', () => {
    watch.changed(talking('a'));
    watch.changed(released('a'));
    lineGone = true;
    watch.quality(figures('a'));
    expect(reports).toHaveLength(1);
  });

  it('of a call whose line is about to go is made at once, of what is known', () => {
    watch.changed(talking('a'));
    pass('a', 2);
    watch.changed(released('a'));
    watch.flush();
    expect(reports).toHaveLength(1);
    watch.quality(figures('a'));
    vi.advanceTimersByTime(2_000);
    expect(reports).toHaveLength(1);
  });

  it.each<[string, () => void]>([
    [
      'nobody has asked for it',
      () => {
        settings = usualQuality;
      },
    ],
    [
      'its line is gone',
      () => {
        lineGone = true;
      },
    ],
  ])('is not made where %s', (_, given) => {
    given();
    watch.changed(talking('a'));
    pass('a', 2);
    watch.changed(released('a'));
    watch.quality(figures('a'));
    vi.advanceTimersByTime(2_000);
    expect(reports).toEqual([]);
  });

  it('is not made of a call that was never answered, nor of one without figures', () => {
    watch.changed(talking('a', { state: 'RINGING', connectedAtMs: 0 }));
    watch.changed(released('a', { connectedAtMs: 0 }));
    watch.quality(figures('a'));
    watch.changed(talking('b'));
    watch.changed(released('b'));
    watch.changed(released('b'));
    vi.advanceTimersByTime(2_000);
    expect(reports).toEqual([]);
  });
});
