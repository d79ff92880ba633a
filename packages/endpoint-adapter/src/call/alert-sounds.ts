/** Files for what is to be heard: read when they are configured, so that nothing waits for a disk when it rings. */
import { resolve } from 'node:path';
import type { AlertingSettings } from '@thinline/shared/contract/types.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { readShortWav } from '../audio/wav.ts';
import type { AlertSamples, PlayedAlert } from '../media/alert.ts';
import { codeOf, wordsOf } from '../sip/thrown.ts';
import { type Alert, alertFiles } from './alerting.ts';
import { isRingbackMode } from './ringback.ts';

/** Longer than any ring; a loop goes on anyway. */
const longestS = 30;

/** The names that a configuration has by itself: where there is no such file, a tone of ours is what is meant. */
const ownNames: readonly string[] = ['ringing.wav', 'callwait.wav'];

export interface AlertSoundsOptions {
  log: Log;
  play: (alerts: readonly PlayedAlert[]) => void;
}

export class AlertSounds {
  readonly #options: AlertSoundsOptions;
  /** null: it can't be played, and that has been told. */
  #samples = new Map<string, AlertSamples | null>();
  /** What is to be heard now. */
  #alerts: readonly Alert[] = [];
  /** The newest settings win. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: AlertSoundsOptions) {
    this.#options = options;
  }

  /** Settles when the files are read, all of them anew: a file may have changed. Never rejects. */
  use(settings: AlertingSettings): Promise<void> {
    const { ringbackMode } = settings;
    if (!isRingbackMode(ringbackMode)) {
      this.#options.log.warning(`ringback_enabled has no value ${ringbackMode}; it is taken for 2`);
    }
    this.#turn = this.#turn.then(() => this.#read(alertFiles(settings)));
    return this.#turn;
  }

  /** What has no file, or none that can be played, is played as the tone that stands for it. */
  play(alerts: readonly Alert[]): void {
    this.#alerts = alerts;
    this.#options.play(alerts.map((alert) => this.#played(alert)));
  }

  /** A file that is read while it rings takes the place of the tone that stood for it. */
  #played({ key, callId, file, tone, ...alert }: Alert): PlayedAlert {
    const samples = this.#samples.get(file);
    return { ...alert, key: samples ? key : `${key} ${tone}`, sound: samples ?? tone };
  }

  async #read(files: readonly string[]): Promise<void> {
    const samples = new Map<string, AlertSamples | null>();
    for (const file of new Set(files)) samples.set(file, await this.#readOne(file));
    this.#samples = samples;
    if (this.#alerts.length > 0) this.play(this.#alerts);
  }

  async #readOne(file: string): Promise<AlertSamples | null> {
    const { log } = this.#options;
    try {
      const { samples, cut } = await readShortWav(resolve(file), longestS);
      if (cut) log.warning(`of the sound file ${file} the first ${longestS} s are played`);
      return samples;
    } catch (error) {
      const missing = error instanceof Error && codeOf(error.cause) === 'ENOENT';
      if (!missing || !ownNames.includes(file)) log.warning(`${wordsOf(error)} A tone of ours is played instead.`);
      return null;
    }
  }
}
