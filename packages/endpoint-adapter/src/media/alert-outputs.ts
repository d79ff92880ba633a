/** Loudspeakers that only ring: the system's and the ringer, where they aren't the one that calls are heard with. */
import { type AudioStream, frameSamples } from '../audio/driver.ts';
import type { AlertRole, PlayedAlert } from './alert.ts';
import { AlertPlayer } from './alert-player.ts';
import { MixLimiter } from './mix-limiter.ts';

/** A playback device's id for each role; null: there is none. */
export type AlertPlaces = Readonly<Record<AlertRole, string | null>>;

export const noPlaces: AlertPlaces = { headset: null, system: null, ringer: null };

export interface AlertOutputsOptions {
  /** What is heard in the mix of the calls. */
  headset: AlertPlayer;
  /** Throws an Error whose message is one clause. */
  open: (playbackId: string, onLost: (detail: string) => void) => AudioStream;
  warn: (text: string) => void;
}

/** One device that rings. */
interface Output {
  readonly player: AlertPlayer;
  readonly limiter: MixLimiter;
  /** null: it couldn't be opened, or was lost; the next change of devices tries again. */
  stream: AudioStream | null;
}

/** Alerts by device; whatever has none, or the headset's, is the headset's. */
export function alertsByDevice(alerts: readonly PlayedAlert[], places: AlertPlaces): Map<string | null, PlayedAlert[]> {
  return Map.groupBy(alerts, ({ role }) => {
    const place = places[role];
    return place === places.headset ? null : place;
  });
}

export class AlertOutputs {
  readonly #options: AlertOutputsOptions;
  readonly #outputs = new Map<string, Output>();
  readonly #mix = new Float32Array(frameSamples);
  readonly #frame = new Int16Array(frameSamples);
  #alerts: readonly PlayedAlert[] = [];
  #places: AlertPlaces = noPlaces;

  constructor(options: AlertOutputsOptions) {
    this.#options = options;
  }

  /** Whether any of them needs the beat. */
  get active(): boolean {
    if (this.#outputs.size === 0) return false;
    for (const { stream, player } of this.#outputs.values()) if (stream !== null && player.active) return true;
    return false;
  }

  /** All that is to be heard from now on. */
  set(alerts: readonly PlayedAlert[]): void {
    this.#alerts = alerts;
    this.#share();
  }

  /** Where it is heard from now on; what rings goes on ringing there. */
  place(places: AlertPlaces): void {
    this.#places = places;
    this.#share();
  }

  /** One beat: 10 ms for each device that rings. */
  tick(): void {
    if (this.#outputs.size === 0) return;
    for (const [id, { stream, player, limiter }] of this.#outputs) {
      if (!player.active) {
        this.#close(id);
        continue;
      }
      if (stream === null || !stream.wants()) continue;
      this.#mix.fill(0);
      player.process(this.#mix);
      limiter.process(this.#mix, this.#frame);
      stream.write(this.#frame);
    }
  }

  stop(): void {
    this.set([]);
    for (const id of this.#outputs.keys()) this.#close(id);
  }

  #share(): void {
    const shares = alertsByDevice(this.#alerts, this.#places);
    this.#options.headset.set(shares.get(null) ?? []);
    for (const [id, { player, stream }] of this.#outputs) {
      if (shares.has(id)) continue;
      player.set([]);
      if (stream === null) this.#outputs.delete(id);
    }
    for (const [id, alerts] of shares) if (id !== null) this.#ring(id, alerts);
  }

  #ring(id: string, alerts: readonly PlayedAlert[]): void {
    const output = this.#outputs.get(id) ?? {
      player: new AlertPlayer(),
      limiter: new MixLimiter(),
      stream: null,
    };
    this.#outputs.set(id, output);
    output.player.set(alerts);
    output.stream ??= this.#open(id);
  }

  #open(id: string): AudioStream | null {
    try {
      return this.#options.open(id, (detail) => this.#lose(id, detail));
    } catch (error) {
      this.#options.warn(`no ringing at ${id}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }

  #lose(id: string, detail: string): void {
    this.#options.warn(`a device that rings was lost: ${detail}`);
    const output = this.#outputs.get(id);
    const stream = output?.stream;
    if (output) output.stream = null;
    stream?.close();
  }

  #close(id: string): void {
    const stream = this.#outputs.get(id)?.stream;
    this.#outputs.delete(id);
    stream?.close();
  }
}
