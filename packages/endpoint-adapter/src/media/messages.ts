/** What the main thread and the media worker say to each other. */
import type { Audio, CallQuality, DeviceSettings, Levels, TestSound } from '@thinline/shared/contract/types.ts';
import type { FailureName } from '@thinline/shared/failures.ts';
import type { Level } from '@thinline/shared/log/log.ts';
import type { PlayedAlert } from './alert.ts';
import type { ShownPreferences, SoundPreferences } from './preferences.ts';
import type { StreamTrouble } from './stream.ts';
import type { LocalAddress, SoundSettings, StreamPlace, StreamSettings, Tone } from './stream-settings.ts';

/** Handed over when the worker starts. */
export interface WorkerOptions {
  /** The value of --audio; null leaves the choice to the registry. */
  audio: string | null;
  logLevel: Level;
}

/** What the worker knows of the sound: what the agent has set comes from the main thread. */
export type WorkerAudio = Omit<Audio, keyof ShownPreferences>;

/** Those with a `request` number are answered, whatever happens. */
export type ToWorker =
  | { type: 'createStream'; request: number; id: string; local: StreamPlace }
  | { type: 'sendDtmf'; request: number; id: string; digits: string; inBand: boolean }
  | { type: 'stop'; request: number }
  | { type: 'updateStream'; id: string; settings: StreamSettings }
  | { type: 'closeStream'; id: string }
  | { type: 'sound'; settings: SoundSettings }
  | { type: 'devices'; settings: DeviceSettings }
  | { type: 'alerts'; alerts: readonly PlayedAlert[] }
  | { type: 'play'; tone: Tone }
  | { type: 'preferences'; preferences: SoundPreferences }
  | { type: 'test'; kind: TestSound['kind'] };

export type FromWorker =
  | { type: 'started'; audio: WorkerAudio }
  | { type: 'audio'; audio: WorkerAudio }
  | { type: 'levels'; levels: Levels }
  | { type: 'quality'; quality: CallQuality }
  | { type: 'dtmf'; id: string; digit: string }
  | { type: 'trouble'; id: string; trouble: StreamTrouble }
  | { type: 'log'; level: Exclude<Level, 'fatal'>; text: string }
  | { type: 'done'; request: number; result: LocalAddress | null }
  /** The failure by its name and facts: a FailureError doesn't survive the way between threads. */
  | { type: 'refused'; request: number; name: FailureName; facts: Record<string, string | number> };
