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

/** Emits `changed` when a device came, went, or became the default. */
export class Inventory extends EventEmitter<{ changed: [selection: Selection] }> {
  readonly #driver: AudioDriver;
  #timer: NodeJS.Timeout | undefined;
  #selection: Selection = { devices: [], capture: null, playback: null };

  constructor(driver: AudioDriver) {
    super();
    this.#driver = driver;
  }

  get selection(): Selection {
    return this.#selection;
  }

  /** Looks at once, without an event, and then once a second. */
  start(): Selection {
    this.#selection = this.#look();
    this.#timer = setInterval(() => this.refresh(), pollMs);
    this.#timer.unref();
    return this.#selection;
  }

  /** Looks now: a device that was lost needs not wait for its second. */
  refresh(): Selection {
    const found = this.#look();
    if (same(found.devices, this.#selection.devices)) return this.#selection;
    this.#selection = found;
    this.emit('changed', found);
    return found;
  }

  #look(): Selection {
    const devices = this.#driver.devices();
    return { devices, capture: pickDevice(devices, 'CAPTURE'), playback: pickDevice(devices, 'PLAYBACK') };
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
