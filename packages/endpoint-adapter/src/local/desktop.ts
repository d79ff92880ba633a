/** Whether a desktop is connected: an app layer that sees what happens here. */
import { EventEmitter } from 'node:events';

export interface DesktopStatus {
  connected: boolean;
  /** Since when it is as it is, ms since 1970. */
  sinceMs: number;
}

export class Desktop extends EventEmitter<{ changed: [status: DesktopStatus] }> {
  #status: DesktopStatus = { connected: false, sinceMs: Date.now() };

  get status(): DesktopStatus {
    return this.#status;
  }

  set(connected: boolean): void {
    if (connected === this.#status.connected) return;
    this.#status = { connected, sinceMs: Date.now() };
    this.emit('changed', this.#status);
  }
}
