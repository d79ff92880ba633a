/** Whether this process, or its machine, has just stood still for so long that the app layer has given its link up. */
import type { Duplex } from 'node:stream';
import { tickMs } from '../link/epoch.ts';
import { longestStandstill } from '../link/responder.ts';

/**
 * When a process goes on, it is handed bytes before a timer runs: also those that its link had taken, and that lie
 * between it and gRPC. When a timer has run, the link has ended and with it those bytes.
 */
export class Standstill {
  #links = new Set<Duplex>();
  #timer: NodeJS.Timeout | undefined;
  #lastTick = 0;

  /** Looks at the clock for as long as there is a link. */
  watch(link: Duplex): void {
    if (link.destroyed) return;
    if (this.#links.size === 0) this.#start();
    this.#links.add(link);
    link.once('close', () => {
      this.#links.delete(link);
      if (this.#links.size === 0) clearInterval(this.#timer);
    });
  }

  /** The wall clock also counts while the machine sleeps. */
  get hasJustBeen(): boolean {
    return this.#links.size > 0 && Date.now() - this.#lastTick > longestStandstill;
  }

  #start(): void {
    this.#lastTick = Date.now();
    this.#timer = setInterval(() => {
      this.#lastTick = Date.now();
    }, tickMs);
  }
}
