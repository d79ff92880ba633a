/** What the media worker sees of a sound driver. One file a driver, one line in the registry. */
import type { Device } from '@thinline/shared/contract/types.ts';

/** Mono, signed 16 bit, at every driver's edge. */
export const sampleRate = 48_000;
/** One frame: 10 ms. */
export const frameSamples = 480;

export interface AudioStream {
  /** Captured sound waiting to be read, in samples. */
  readonly captured: number;
  /** Sound written and not yet played, in samples. */
  readonly queued: number;
  /**
   * Takes one frame of captured sound; false when there isn't a whole one yet. What is old, as nobody took it while the
   * thread was held up, is thrown away.
   */
  read(frame: Int16Array): boolean;
  /**
   * Whether the frame of this beat is to be made and written; asked once a beat. Where a hold-up has left too much in the
   * queue it isn't: what it would have had comes with the next one.
   */
  wants(): boolean;
  /** Hands one frame over to be played: a little longer or shorter where the devices' clocks differ. */
  write(frame: Int16Array): void;
  stats(): AudioStreamStats;
  close(): void;
}

export interface AudioStreamStats {
  /** Device callbacks so far; one that stands still is a device that is gone or stuck. */
  captureCallbacks: number;
  playbackCallbacks: number;
  /** Times that the device wanted sound and there was none, and frames that found the queue full. */
  underruns: number;
  overruns: number;
}

export interface OpenOptions {
  /** A device's id; null leaves that direction silent. */
  captureId: string | null;
  playbackId: string | null;
  /** Called in the media worker whenever captured sound has arrived (about every 10 ms); must not throw. */
  onCaptured: () => void;
  /** An open device went away or failed, or gives no sign of life any more (`isStuck`); the stream is to be closed. */
  onLost: (detail: string, isStuck: boolean) => void;
  /** An open device has been silent for longer than any hiccup: it may have been pulled out, so it is time for a listing. */
  onQuiet?: () => void;
}

export interface AudioDriver {
  readonly name: 'miniaudio' | 'portaudio' | 'virtual';
  /** What it stands on here, for people: "PulseAudio"; known once `unavailable()` has resolved to null. */
  readonly backend?: string;
  /** null when it works here, else the reason why not: one clause, for people. Never rejects. */
  unavailable(): Promise<string | null>;
  /** Waits, without holding up the thread, for as long as the sound service does. Never rejects: none while that is away. */
  devices(): Promise<Device[]>;
  /** May wait for the sound service, so it is for just after a listing. Throws an Error whose message is one clause. */
  open(options: OpenOptions): AudioStream;
  close(): void;
}

/** Line of the registry. */
export interface DriverRecord {
  readonly name: AudioDriver['name'];
  /** `options`: what followed the colon in `--audio NAME:options`. Throws an Error whose message is a sentence. */
  make(options: string): AudioDriver;
}
