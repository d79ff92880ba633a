/** What the agent tries out: a tone at the loudspeaker, the ringer, the microphone's level. Each ends by itself. */
import type { TestSound } from '@thinline/shared/contract/types.ts';
import type { PlayedAlert } from './alert.ts';

export type TestKind = TestSound['kind'];

/** Time to speak, to look, and to turn the microphone up. */
const microphoneMs = 30_000;
/** Of a Bluetooth headset that is woken up; the tone waits for it. */
const longestOpeningMs = 5_000;
/** The tone itself, and what of it is still in the device's queue. */
const toneMs = 2_000 + 200;
/** One round of the ring, and the time to open the ringer. */
const ringMs = 4_000;
/** Beside somebody who is talked to. */
const gainInCall = 0.5;

export interface SoundTestOptions {
  /** The loudspeaker plays: what is to be heard is heard from its beginning. */
  plays: () => boolean;
  inCall: () => boolean;
  /** What kind() and alerts() say has changed. */
  onChanged: () => void;
}

export class SoundTest {
  readonly #options: SoundTestOptions;
  #kind: TestKind = 'NONE';
  #alerts: readonly PlayedAlert[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** An alert of another key begins anew. */
  #count = 0;

  constructor(options: SoundTestOptions) {
    this.#options = options;
  }

  get kind(): TestKind {
    return this.#kind;
  }

  /** To be heard now, beside those of calls. */
  get alerts(): readonly PlayedAlert[] {
    return this.#alerts;
  }

  /** Microphone and loudspeaker are to be open. */
  get needsDevices(): boolean {
    return this.#kind === 'TONE' || this.#kind === 'MICROPHONE';
  }

  /** In place of what is tried out now. */
  start(kind: TestKind): void {
    if (kind === 'NONE' && this.#kind === 'NONE') return;
    this.#kind = kind;
    this.#alerts = [];
    clearTimeout(this.#timer);
    if (kind === 'TONE') this.#endIn(longestOpeningMs);
    if (kind === 'MICROPHONE') this.#endIn(microphoneMs);
    if (kind === 'RINGER') {
      this.#alerts = [this.#alert('ringer', 'ringing')];
      this.#endIn(ringMs);
    }
    this.#options.onChanged();
    this.opened();
  }

  /** Devices may have been opened. */
  opened(): void {
    if (this.#kind !== 'TONE' || this.#alerts.length > 0 || !this.#options.plays()) return;
    this.#alerts = [this.#alert('headset', 'test')];
    this.#endIn(toneMs);
    this.#options.onChanged();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #alert(role: PlayedAlert['role'], sound: 'test' | 'ringing'): PlayedAlert {
    this.#count += 1;
    const gain = this.#options.inCall() ? gainInCall : 1;
    return { key: `test ${this.#count}`, role, sound, loop: false, pauseMs: 0, gain };
  }

  #endIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.start('NONE'), ms);
  }
}
