/** What there is to tell of one call's sound: it sounds bad, the microphone is silent, the far end isn't heard. */
import type { Call, CallQuality } from '@thinline/shared/contract/types.ts';
import { type AudioNews, AudioWatch } from '../devices/audio-watch.ts';
import { type AlarmState, alarm, noAlarm } from './alarm.ts';

export interface Opinion {
  mos: number;
  /** MOSCQ takes the delay into account, where it is known. */
  metric: 'MOSLQ' | 'MOSCQ';
}

export type CallNews =
  | AudioNews
  | { readonly alarm: 'poorQuality'; readonly raised: boolean; readonly opinion: Opinion | null };

/** Of the last interval that is over; null where nothing was heard in it. */
export function opinionOf({ intervalRating: rating }: CallQuality): Opinion | null {
  if (!rating) return null;
  const { mosConversational: mos } = rating;
  return mos === undefined ? { mos: rating.mosListening, metric: 'MOSLQ' } : { mos, metric: 'MOSCQ' };
}

export class CallWatch {
  readonly #audio = new AudioWatch();
  #alarm: AlarmState = noAlarm;
  #intervals = 0;
  /** Since the last second began; null: nothing was measured. */
  #loudestDbfs: number | null = null;

  /** Several times a second. */
  microphone(dbfs: number): void {
    this.#loudestDbfs = Math.max(this.#loudestDbfs ?? dbfs, dbfs);
  }

  /** Once a second. `threshold`: a MOS; 0: none. `nowMs` is monotonic. Returns the alarms that were raised or are over. */
  tick(nowMs: number, call: Call, quality: CallQuality, threshold: number): CallNews[] {
    const talking = call.state === 'TALKING';
    const news: CallNews[] = this.#audio.tick(nowMs, {
      microphoneExpected: talking && !call.muted && this.#loudestDbfs !== null,
      microphoneDbfs: this.#loudestDbfs ?? 0,
      farEndExpected: talking && quality.receivedDbfs !== undefined,
      farEndDbfs: quality.receivedDbfs ?? 0,
      packetsReceived: quality.packetsReceived,
    });
    this.#loudestDbfs = null;
    const opinion = opinionOf(quality);
    const { on } = this.#alarm;
    this.#judge(quality.intervals ?? 0, opinion, threshold);
    if (this.#alarm.on !== on) news.push({ alarm: 'poorQuality', raised: this.#alarm.on, opinion });
    return news;
  }

  /** Each interval counts once. */
  #judge(intervals: number, opinion: Opinion | null, threshold: number): void {
    if (intervals === this.#intervals && threshold > 0) return;
    this.#intervals = intervals;
    this.#alarm = alarm(this.#alarm, opinion?.mos ?? null, threshold);
  }
}
