/** Which devices there are, and which of them are used. */
import { EventEmitter } from 'node:events';
import type { Device, DeviceKind } from '@thinline/shared/contract/types.ts';
import type { AudioDriver } from './driver.ts';

const pollMs = 1000;

/** The device to use: the default one, else the first; null when there is none of that kind. */
export function pickDevice(devices: readonly Device[], kind: DeviceKind): Device | null {
  const ofKind = devices.filter((device) => device.kind === kind);
  return ofKind.find((device) => device.isDefault) ?? ofKind[0] ?? null;
}

export interface Selection {
  devices: readonly Device[];
  capture: Device | null;
  playback: Device | null;
}

const same = (a: readonly Device[], b: readonly Device[]): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Emits `listed` after each look but the first; `changed`: a device came, went, or became the default. */
export class Inventory extends EventEmitter<{ listed: [changed: boolean] }> {
  readonly #driver: AudioDriver;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #again = false;
  #stopped = false;
  #selection: Selection = { devices: [], capture: null, playback: null };

  constructor(driver: AudioDriver) {
    super();
    this.#driver = driver;
  }

  get selection(): Selection {
    return this.#selection;
  }

  /** Settles after the first look; from then on it looks once a second, or less often while the sound service is slow. */
  async start(): Promise<void> {
    this.#selection = await this.#look();
    if (this.#stopped) return;
    this.#timer = setInterval(() => {
      if (!this.#looking) this.refresh();
    }, pollMs);
    this.#timer.unref();
  }

  /** Looks now. A look under way is taken again, as it may have missed what this one is for. */
  refresh(): void {
    if (this.#looking) this.#again = true;
    else void this.#update();
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  async #update(): Promise<void> {
    const found = await this.#look();
    if (this.#stopped) return;
    const changed = !same(found.devices, this.#selection.devices);
    if (changed) this.#selection = found;
    this.emit('listed', changed);
  }

  async #look(): Promise<Selection> {
    let devices: readonly Device[];
    this.#looking = true;
    do {
      this.#again = false;
      devices = await this.#driver.devices();
    } while (this.#again);
    this.#looking = false;
    return { devices, capture: pickDevice(devices, 'CAPTURE'), playback: pickDevice(devices, 'PLAYBACK') };
  }
}
