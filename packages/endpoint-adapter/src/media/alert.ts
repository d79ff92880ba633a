/** What the media worker is told to let people hear of calls. Files are read, and decided about, by the main thread. */

/** The endpoint's default loudspeaker, what calls are heard with, and a loudspeaker that only rings. */
export type AlertRole = 'system' | 'headset' | 'ringer';

/** Tones of our own; those with a number are the distinctive rings of Bellcore GR-506. */
export type AlertTone =
  | 'ringing'
  | 'ringing2'
  | 'ringing3'
  | 'ringing4'
  | 'ringing5'
  | 'ringback'
  | 'callWaiting'
  | 'beep'
  | 'test';

/** A sound at 48 kHz, in memory that threads share: a message carries it without a copy. */
export type AlertSamples = Int16Array<SharedArrayBuffer>;

/** One that has the key of an earlier one is the same, and goes on. */
export interface PlayedAlert {
  key: string;
  role: AlertRole;
  sound: AlertTone | AlertSamples;
  /** Over and over until it is taken away; otherwise once. */
  loop: boolean;
  /** Between two rounds of samples. */
  pauseMs: number;
  /** 1: as it is. */
  gain: number;
}
