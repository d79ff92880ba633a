/** Notices that one direction of a call is silent for long: "your microphone is silent", "nothing is heard". Pure. */

/** Means of a second: what a microphone hears in a quiet room is above this, one that is switched off below. */
const silentDbfs = -60;
/** Who begins a call speaks, or is spoken to, at once. */
const neverHeardMs = 10_000;
/** Later, people listen for a while. */
const notHeardMs = 30_000;
/** A thread that was held up, or a machine that slept, hasn't listened: no more than this counts of such a time. */
const longestStepMs = 2000;

/** One direction. Asked about once a second. */
export class SilenceWatch {
  silent = false;
  /** Time with sound so far, and when it was last heard; null: never. */
  heardMs = 0;
  lastHeardAtMs: number | null = null;
  #silentMs = 0;
  #lastTickMs: number | null = null;

  /** `expected`: there is to be sound; while not, nothing is told but the end of an alarm. */
  tick(nowMs: number, expected: boolean, dbfs: number): 'silent' | 'heard' | null {
    const passed = this.#lastTickMs === null ? 0 : Math.max(0, Math.min(longestStepMs, nowMs - this.#lastTickMs));
    this.#lastTickMs = nowMs;
    const heard = expected && dbfs > silentDbfs;
    if (heard) {
      this.heardMs += passed;
      this.lastHeardAtMs = nowMs;
    }
    this.#silentMs = heard || !expected ? 0 : this.#silentMs + passed;
    const silent = this.#silentMs >= (this.lastHeardAtMs === null ? neverHeardMs : notHeardMs);
    if (silent === this.silent) return null;
    this.silent = silent;
    return silent ? 'silent' : 'heard';
  }
}

/** A call's last second. */
export interface HeardSecond {
  /** The microphone is to be heard: the call is connected, neither muted nor held. */
  readonly microphoneExpected: boolean;
  readonly microphoneDbfs: number;
  /** The far end is to be heard: the call is connected, and sound agreed on in that direction. */
  readonly farEndExpected: boolean;
  readonly farEndDbfs: number;
  /** RTP packets of the far end since the call began. */
  readonly packetsReceived: number;
}

export type AudioNews =
  | { readonly alarm: 'microphoneSilent'; readonly raised: boolean }
  /** `packets`: they come, and what is in them is silence. */
  | { readonly alarm: 'nothingHeard'; readonly raised: boolean; readonly packets: boolean };

/** Both directions of one call. */
export class AudioWatch {
  readonly microphone = new SilenceWatch();
  readonly farEnd = new SilenceWatch();
  #packetsWhenHeard = 0;

  /** Returns the alarms that were raised or are over. */
  tick(nowMs: number, second: HeardSecond): AudioNews[] {
    const news: AudioNews[] = [];
    const microphone = this.microphone.tick(nowMs, second.microphoneExpected, second.microphoneDbfs);
    if (microphone !== null) news.push({ alarm: 'microphoneSilent', raised: microphone === 'silent' });
    const farEnd = this.farEnd.tick(nowMs, second.farEndExpected, second.farEndDbfs);
    const packets = second.packetsReceived > this.#packetsWhenHeard;
    if (farEnd !== null) news.push({ alarm: 'nothingHeard', raised: farEnd === 'silent', packets });
    if (this.farEnd.lastHeardAtMs === nowMs || !second.farEndExpected) this.#packetsWhenHeard = second.packetsReceived;
    return news;
  }
}
