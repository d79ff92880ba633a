/** Watches over the quality of all calls: tells people of what is wrong with it, and reports it (RFC 6035) where that is configured. */
import type { Call, CallQuality, Levels, QualitySettings } from '@thinline/shared/contract/types.ts';
import { type VqReportKind, writeVqReport } from '../sip/events/vq-rtcpxr.ts';
import type { Line } from '../sip/line.ts';
import { callReport } from './call-report.ts';
import { type CallNews, CallWatch, type Opinion } from './call-watch.ts';

/** What a notice is about. */
export type QualitySubject = 'quality' | 'microphone' | 'farEnd';

/** A row of the failure catalogue, with its facts. */
export interface QualityTrouble {
  name: 'poorQuality' | 'microphoneSilent' | 'farEndSilent' | 'nothingReceived';
  facts: Readonly<Record<string, string | number>>;
}

export interface QualityWatchOptions {
  settings: () => QualitySettings;
  /** Null: the subject is in order again. */
  notify: (subject: QualitySubject, trouble: QualityTrouble | null) => void;
  line: (id: string) => Pick<Line, 'snapshot' | 'reportQuality'> | undefined;
}

export const usualQuality: QualitySettings = { publish: false, collector: '', alarmThreshold: 0 };

/** ms that the media worker may take for the last figures of a call that is over. */
const lastFiguresMs = 1_000;

interface Watched {
  call: Call;
  watch: CallWatch;
  quality: CallQuality | null;
}

interface Ending {
  report(quality: CallQuality | null): void;
  /** What was known when it ended. */
  known: CallQuality | null;
  timer: NodeJS.Timeout;
}

export class QualityWatch {
  readonly #options: QualityWatchOptions;
  readonly #calls = new Map<string, Watched>();
  /** Reports of calls that are over, which wait for the last figures. */
  readonly #ending = new Map<string, Ending>();
  /** What is wrong, by subject and call. */
  readonly #troubles = new Map<QualitySubject, Map<string, QualityTrouble>>();

  constructor(options: QualityWatchOptions) {
    this.#options = options;
  }

  /** A call began, changed, or ended. */
  changed(call: Call): void {
    const known = this.#calls.get(call.id);
    if (call.state !== 'RELEASED') {
      if (known) known.call = call;
      else this.#calls.set(call.id, { call, watch: new CallWatch(), quality: null });
    } else if (known) this.#ended(call, known.quality);
  }

  /** What the microphone hears, several times a second. */
  levels({ microphoneDbfs }: Levels): void {
    for (const { watch } of this.#calls.values()) watch.microphone(microphoneDbfs);
  }

  /** A call's figures: once a second, and once after its end. */
  quality(quality: CallQuality): void {
    const { callId } = quality;
    this.#ending.get(callId)?.report(quality);
    const watched = this.#calls.get(callId);
    if (!watched) return;
    watched.quality = quality;
    const { alarmThreshold } = this.#options.settings();
    for (const news of watched.watch.tick(performance.now(), watched.call, quality, alarmThreshold))
      this.#tell(news, watched.call, quality);
  }

  /** Reports what waits for its last figures, as the line that would report it is about to go. */
  flush(): void {
    for (const { report, known } of [...this.#ending.values()]) report(known);
  }

  #tell(news: CallNews, call: Call, quality: CallQuality): void {
    const subject = subjects[news.alarm];
    this.#set(subject, call.id, news.raised ? this.#troubleOf(news, call) : null);
    if (news.alarm !== 'poorQuality' || !news.opinion) return;
    const { metric } = news.opinion;
    this.#report({ kind: 'alert', metric, severity: news.raised ? 'Warning' : 'Clear' }, call)(quality);
  }

  #troubleOf(news: CallNews, { remote }: Call): QualityTrouble {
    const target = remote?.number || remote?.uri || 'the far end';
    switch (news.alarm) {
      case 'poorQuality':
        return { name: 'poorQuality', facts: { target, ...this.#figures(news.opinion) } };
      case 'microphoneSilent':
        return { name: 'microphoneSilent', facts: {} };
      case 'nothingHeard':
        return { name: news.packets ? 'farEndSilent' : 'nothingReceived', facts: { target } };
    }
  }

  #figures(opinion: Opinion | null): Record<string, string> {
    const { alarmThreshold } = this.#options.settings();
    return { mos: opinion?.mos.toFixed(1) ?? 'unknown', threshold: alarmThreshold.toFixed(1) };
  }

  #ended(call: Call, quality: CallQuality | null): void {
    this.#calls.delete(call.id);
    for (const subject of this.#troubles.keys()) this.#set(subject, call.id, null);
    if (call.connectedAtMs === 0 || !this.#options.settings().publish) return;
    // The line as it is now: it may be about to go.
    const write = this.#report({ kind: 'session' }, call);
    const report = (last: CallQuality | null): void => {
      clearTimeout(timer);
      this.#ending.delete(call.id);
      if (last) write(last);
    };
    const timer = setTimeout(() => report(quality), lastFiguresMs);
    this.#ending.set(call.id, { report, known: quality, timer });
  }

  #report(what: VqReportKind, call: Call): (quality: CallQuality) => void {
    const { publish, collector } = this.#options.settings();
    const line = publish ? this.#options.line(call.lineId) : undefined;
    if (!line) return () => {};
    const ownId = line.snapshot.address;
    return (quality) =>
      line.reportQuality(collector, writeVqReport(callReport(what, call, quality, { ownId, nowMs: Date.now() })));
  }

  /** A subject that several calls have trouble with is told of once, as the latest has it. */
  #set(subject: QualitySubject, callId: string, trouble: QualityTrouble | null): void {
    const troubles = this.#troubles.get(subject) ?? new Map<string, QualityTrouble>();
    this.#troubles.set(subject, troubles);
    if (!trouble && !troubles.delete(callId)) return;
    if (trouble) troubles.set(callId, trouble);
    this.#options.notify(subject, [...troubles.values()].at(-1) ?? null);
  }
}

const subjects = {
  poorQuality: 'quality',
  microphoneSilent: 'microphone',
  nothingHeard: 'farEnd',
} as const satisfies Record<CallNews['alarm'], QualitySubject>;
