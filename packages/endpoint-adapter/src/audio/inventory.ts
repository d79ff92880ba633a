/** Which devices there are. */
import { EventEmitter } from 'node:events';
import type { Device } from '@thinline/shared/contract/types.ts';
import type { PlugEvents } from '../devices/plug-events.ts';
import type { AudioDriver } from './driver.ts';

const pollMs = 1000;
/** Where the platform tells of plugs, looking is for what it missed. */
const pollWithEventsMs = 5000;
/** A headset's two halves come and go one after the other. */
const settleMs = 20;
/** However much is plugged, no more than twenty looks a second. */
const paceMs = 50;
/** More are no devices of one desk. */
const mostDevices = 256;

const same = (a: readonly Device[], b: readonly Device[]): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Emits `listed` after each look but the first; `changed`: a device came, went, or became the default. */
export class Inventory extends EventEmitter<{ listed: [changed: boolean] }> {
  readonly #driver: AudioDriver;
  readonly #events: PlugEvents | null;
  #poll: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #lookedAt = 0;
  #pluggedAt = Number.NEGATIVE_INFINITY;
  #looking = false;
  #again = false;
  #stopped = false;
  #devices: readonly Device[] = [];

  /** `events`: the platform's own news of plugs; null leaves it to polling. */
  constructor(driver: AudioDriver, events: PlugEvents | null = null) {
    super();
    this.#driver = driver;
    this.#events = events;
  }

  get devices(): readonly Device[] {
    return this.#devices;
  }

  /** When the platform last told of a plug (performance.now()), whatever a look found then. */
  get pluggedAt(): number {
    return this.#pluggedAt;
  }

  /** Settles after the first look; from then on it looks when something is plugged, and every now and then. */
  async start(): Promise<void> {
    this.#devices = await this.#look();
    if (this.#stopped) return;
    this.#events?.start(() => this.#plugged());
    this.#poll = setInterval(() => {
      const restMs = this.#events?.alive ? pollWithEventsMs - pollMs / 2 : 0;
      if (!this.#looking && performance.now() - this.#lookedAt >= restMs) this.refresh();
    }, pollMs);
    this.#poll.unref();
  }

  /** Looks now. A look under way is taken again, as it may have missed what this one is for. */
  refresh(): void {
    if (this.#looking) this.#again = true;
    else void this.#update();
  }

  stop(): void {
    this.#stopped = true;
    this.#events?.stop();
    clearInterval(this.#poll);
    clearTimeout(this.#soon);
  }

  #plugged(): void {
    this.#pluggedAt = performance.now();
    if (this.#soon !== undefined || this.#stopped) return;
    const restMs = this.#lookedAt + paceMs - performance.now();
    this.#soon = setTimeout(
      () => {
        this.#soon = undefined;
        this.refresh();
      },
      Math.max(settleMs, restMs),
    );
  }

  async #update(): Promise<void> {
    const found = await this.#look();
    if (this.#stopped) return;
    const changed = !same(found, this.#devices);
    if (changed) this.#devices = found;
    this.emit('listed', changed);
  }

  async #look(): Promise<readonly Device[]> {
    let devices: readonly Device[];
    this.#looking = true;
    do {
      this.#again = false;
      this.#lookedAt = performance.now();
      devices = (await this.#driver.devices()).slice(0, mostDevices);
    } while (this.#again);
    this.#looking = false;
    return devices;
  }
}
