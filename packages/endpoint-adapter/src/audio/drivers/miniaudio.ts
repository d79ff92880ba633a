/** The platform's own sound (PulseAudio, ALSA, WASAPI, Core Audio) by the addon in native/. */
import type { Device, DeviceKind } from '@thinline/shared/contract/types.ts';
import { type Addon, loadAddon } from '../addon.ts';
import type { AudioDriver, AudioStream, DriverRecord, OpenOptions } from '../driver.ts';
import type { Ring } from '../ring.ts';
import { slot } from '../ring.ts';
import { RingStream } from '../ring-stream.ts';
import { watchDevices } from '../watch.ts';

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Not all that a sound service lists is a headset or a loudspeaker: PulseAudio has a monitor of every output, which would
 * send the far end its own voice, and ALSA has converters. Those can be opened by their id, but are not offered.
 */
export function isForPeople(backend: string, device: Device): boolean {
  if (backend === 'PulseAudio') return !(device.kind === 'CAPTURE' && device.id.endsWith('.monitor'));
  if (backend === 'ALSA') return /^:\d+,\d+|^(default|sysdefault)\b|CARD=/.test(device.id);
  return true;
}

class MiniaudioDriver implements AudioDriver {
  readonly name = 'miniaudio';
  #addon: Addon | null = null;
  #backend = '';
  #listing: Promise<Device[]> | null = null;
  readonly #streams = new Set<AudioStream>();

  get backend(): string {
    return this.#backend;
  }

  async unavailable(): Promise<string | null> {
    try {
      this.#start();
    } catch (error) {
      return message(error);
    }
    // ALSA starts on machines without any sound card; one without a single device will hardly get one.
    if (this.#backend !== 'ALSA' || (await this.devices()).length > 0) return null;
    return 'no sound service answers, and ALSA has no sound card';
  }

  #start(): Addon {
    this.#addon ??= loadAddon();
    try {
      // Once it is known, it stays the same: ALSA would take over as soon as PulseAudio is restarted.
      this.#backend = this.#addon.start(this.#backend);
    } catch (error) {
      throw new Error(`no sound service answers (${message(error)})`);
    }
    return this.#addon;
  }

  /** One listing serves all who ask while it is under way. */
  devices(): Promise<Device[]> {
    this.#listing ??= this.#list().finally(() => {
      this.#listing = null;
    });
    return this.#listing;
  }

  async #list(): Promise<Device[]> {
    try {
      const all = (await this.#addon?.devices()) ?? [];
      return all.filter((device) => isForPeople(this.#backend, device));
    } catch {
      // The sound service went away; the next listing connects again.
      return [];
    }
  }

  open(options: OpenOptions): AudioStream {
    const addon = this.#start();
    const handles: unknown[] = [];
    const stream = new RingStream(() => {
      stopWatch();
      this.#streams.delete(stream);
      for (const handle of handles) addon.close(handle);
    });
    const opened: Ring[] = [];
    const add = (kind: DeviceKind, id: string | null, ring: Ring, onSound: () => void) => {
      if (id === null) return;
      const wake = () => (ring.counted(slot.stopped) ? check() : onSound());
      handles.push(addon.open(kind, id, ring.header, ring.samples, wake));
      opened.push(ring);
    };
    const { check, stop: stopWatch } = watchDevices(opened, options);
    this.#streams.add(stream);
    try {
      // Opening may take long, and what is captured meanwhile would be heard as late.
      add('PLAYBACK', options.playbackId, stream.playback, () => {});
      add('CAPTURE', options.captureId, stream.capture, options.onCaptured);
    } catch (error) {
      stream.close();
      throw error;
    }
    stream.capture.keep(0);
    return stream;
  }

  close(): void {
    for (const stream of [...this.#streams]) stream.close();
    this.#addon?.stop();
  }
}

export const miniaudio: DriverRecord = {
  name: 'miniaudio',
  make(options) {
    if (options !== '') throw new Error(`The sound driver miniaudio has no options, so not "${options}".`);
    return new MiniaudioDriver();
  },
};
