/** What the agent has set of the sound, kept in a small file on the endpoint, so that tomorrow's start has it. */
import { closeSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Log } from '@thinline/shared/log/log.ts';
import type { DevicePick } from './devices/picks.ts';
import { type SoundPreferences, usualPreferences } from './media/preferences.ts';
import { fullVolume } from './media/volume.ts';

/** Bytes; more was not written by us. */
const longestFile = 16_384;
/** Of an id or a name, characters. */
const longestName = 1024;
/** A slider that is moved is written down once, ms. */
const restMs = 500;

interface Kept {
  microphone: DevicePick | null;
  speaker: DevicePick | null;
  ringer: DevicePick | null;
  microphoneVolume: number;
  speakerVolume: number;
}

export class SoundMemory {
  readonly #file: string;
  readonly #log: Log;
  #waiting: SoundPreferences | null = null;
  #timer: NodeJS.Timeout | undefined;
  #failed = false;

  constructor(file: string, log: Log) {
    this.#file = file;
    this.#log = log;
  }

  /** What was kept; what can't be read was never said. Nobody is muted at first: they would not know why. */
  read(): SoundPreferences {
    try {
      return readKept(JSON.parse(readBounded(this.#file)));
    } catch (error) {
      const isThere = !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
      if (isThere)
        this.#log.warning(`${this.#file} can't be read, so devices and volumes are the usual ones: ${error}`);
      return usualPreferences;
    }
  }

  /** Written down a little later. */
  keep(preferences: SoundPreferences): void {
    this.#waiting = preferences;
    this.#timer ??= setTimeout(() => this.flush(), restMs);
    this.#timer.unref();
  }

  /** Writes down now what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting === null) return;
    try {
      this.#write(`${JSON.stringify(keptOf(waiting), null, 2)}\n`);
    } catch (error) {
      // A thin client may have nowhere to write to; one line of the log says so.
      if (!this.#failed) this.#log.warning(`devices and volumes are forgotten at the end: ${error}`);
      this.#failed = true;
    }
  }

  /** As a whole, or not at all. */
  #write(text: string): void {
    const beside = `${this.#file}.${process.pid}`;
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    rmSync(beside, { force: true });
    writeFileSync(beside, text, { flag: 'wx', mode: 0o600 });
    renameSync(beside, this.#file);
  }
}

function readBounded(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(longestFile + 1);
    const count = readSync(handle, bytes);
    if (count > longestFile) throw new Error(`it has more than ${longestFile} bytes`);
    return bytes.toString('utf8', 0, count);
  } finally {
    closeSync(handle);
  }
}

const keptOf = ({ picks, volumes }: SoundPreferences): Kept => ({
  microphone: picks.capture,
  speaker: picks.playback,
  ringer: picks.ringer,
  microphoneVolume: volumes.microphone,
  speakerVolume: volumes.speaker,
});

const isRecord = (value: unknown): value is Partial<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= longestName;

function readKept(value: unknown): SoundPreferences {
  const kept = isRecord(value) ? value : {};
  const pick = (said: unknown): DevicePick | null =>
    isRecord(said) && isName(said.id) && isName(said.name) ? { id: said.id, name: said.name } : null;
  const volume = (said: unknown): number =>
    Number.isInteger(said) && typeof said === 'number' && said >= 0 && said <= fullVolume ? said : fullVolume;
  return {
    picks: { capture: pick(kept.microphone), playback: pick(kept.speaker), ringer: pick(kept.ringer) },
    volumes: {
      ...usualPreferences.volumes,
      microphone: volume(kept.microphoneVolume),
      speaker: volume(kept.speakerVolume),
    },
  };
}
