/**
 * What is in the address that a browser is started with: it lets in once, and soon or never. The browser's command line,
 * which every user of a machine can read, so has nothing of the token that is kept.
 */
import { makeToken } from '@thinline/shared/loopback-guard.ts';

/** How long one lets in, ms: a browser takes its time to start in a desktop where everybody signs in at once. */
const lifetime = 60_000;
/** More are not kept; the oldest is forgotten. */
const most = 16;

export const panelAddressPath = '/api/panel-address';

/** What a POST there is answered with. */
export interface PanelAddressAnswer {
  /** Opens the panel, once and within a minute. */
  url: string;
}

export class PanelTickets {
  readonly #until = new Map<string, number>();
  readonly #now: () => number;

  /** now: milliseconds of a clock that is never set. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  make(): string {
    const ticket = makeToken();
    this.#until.set(ticket, this.#now() + lifetime);
    for (const oldest of this.#until.keys()) {
      if (this.#until.size <= most) break;
      this.#until.delete(oldest);
    }
    return ticket;
  }

  /** Whether it would let in. */
  has(ticket: string): boolean {
    return this.#now() < (this.#until.get(ticket) ?? 0);
  }

  /** Whether it lets in; from then on it doesn't. */
  take(ticket: string): boolean {
    const lets = this.has(ticket);
    this.#until.delete(ticket);
    return lets;
  }
}
