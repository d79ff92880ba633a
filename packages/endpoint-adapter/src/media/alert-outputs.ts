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
  /** Devices that ring are needed: place() is to be called as soon as the sound service has answered. */
  look: () => void;
  warn: (text: string) => void;
}

/** One device that rings; it stays for as long as it is asked for, so that what is heard once doesn't begin anew. */
interface Output {
  readonly player: AlertPlayer;
  readonly limiter: MixLimiter;
  /** null: it isn't open yet, couldn't be opened, or was lost; the next listing of devices tries again. */
  stream: AudioStream | null;
}

/** Alerts by device; whatever has none, or the headset's, is the headset's. Two roles of one device aren't twice as loud. */
export function alertsByDevice(alerts: readonly PlayedAlert[], places: AlertPlaces): Map<string | null, PlayedAlert[]> {
  const byDevice = new Map<string | null, PlayedAlert[]>();
  for (const alert of alerts) {
    const place = places[alert.role] === places.headset ? null : places[alert.role];
    const before = byDevice.get(place) ?? [];
    byDevice.set(place, before);
    if (!before.some(({ role, sound }) => role !== alert.role && sound === alert.sound)) before.push(alert);
  }
  return byDevice;
}

export class AlertOutputs {
  readonly #options: AlertOutputsOptions;
  readonly #outputs = new Map<string, Output>();
  readonly #mix = new Float32Array(frameSamples);
  readonly #frame = new Int16Array(frameSamples);
  #alerts: readonly PlayedAlert[] = [];
  #places: AlertPlaces = noPlaces;
  #told = '';

  constructor(options: AlertOutputsOptions) {
    this.#options = options;
  }

  /** Whether any of them needs the beat: to ring, or to be closed. */
  get active(): boolean {
    if (this.#outputs.size === 0) return false;
    for (const { stream } of this.#outputs.values()) if (stream !== null) return true;
    return false;
  }

  /** All that is to be heard from now on. */
  set(alerts: readonly PlayedAlert[]): void {
    this.#alerts = alerts;
    this.#share();
    const isWaiting = [...this.#outputs.values()].some(({ stream, player }) => stream === null && player.active);
    if (isWaiting) this.#options.look();
  }

  /**
   * Where it is heard from now on; what rings goes on ringing there. For just after a listing of the devices: they are
   * opened here alone, as that waits for the sound service.
   */
  place(places: AlertPlaces): void {
    this.#places = places;
    this.#share();
    for (const [id, output] of this.#outputs) if (output.player.active) output.stream ??= this.#open(id);
  }

  /** One beat: 10 ms for each device that rings. */
  tick(): void {
    if (this.#outputs.size === 0) return;
    for (const output of this.#outputs.values()) {
      const { stream, player, limiter } = output;
      if (!player.active) this.#close(output);
      else if (stream?.wants()) {
        this.#mix.fill(0);
        player.process(this.#mix);
        limiter.process(this.#mix, this.#frame);
        stream.write(this.#frame);
      }
    }
  }

  stop(): void {
    this.set([]);
    for (const output of this.#outputs.values()) this.#close(output);
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
  }

  #open(id: string): AudioStream | null {
    try {
      const stream = this.#options.open(id, (detail) => this.#lose(id, detail));
      this.#told = '';
      return stream;
    } catch (error) {
      this.#warn(`no ringing at ${id}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }

  /** Each listing tries again; what is told once is known. */
  #warn(text: string): void {
    if (text === this.#told) return;
    this.#told = text;
    this.#options.warn(text);
  }

  #lose(id: string, detail: string): void {
    this.#options.warn(`a device that rings was lost: ${detail}`);
    const output = this.#outputs.get(id);
    if (output) this.#close(output);
  }

  #close(output: Output): void {
    const { stream } = output;
    output.stream = null;
    stream?.close();
  }
}
