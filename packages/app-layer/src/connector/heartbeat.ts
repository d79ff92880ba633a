/** How long an agent desktop may be silent before it counts as gone. */

/** So many periods; before one is said, it is a second. */
const periods = 30;
/** More than any desktop needs: who is silent for longer doesn't keep the phone from others. */
const mostPatienceMs = 300_000;
const firstPeriodMs = 1000;
/**
 * Chromium lets the timers of a page that has been hidden for 5 minutes run once a minute, whatever their period
 * (https://developer.chrome.com/blog/timer-throttling-in-chrome-88); a little more, as requests are not timers.
 */
const hiddenPageMs = 65_000;
/** A timer that is later than this was asleep, with the machine and so with the desktop, ms. */
const asleep = 5000;

/** periodMs: how often the desktop means to be heard; null: it hasn't said. A program has no page that may be hidden. */
export function patienceMs(periodMs: number | null, isPage: boolean): number {
  const leastMs = isPage || (periodMs !== null && periodMs >= 1000) ? hiddenPageMs : 0;
  return Math.min(Math.max(periods * (periodMs ?? firstPeriodMs), leastMs), mostPatienceMs);
}

/** Tells when a desktop has been silent for too long. */
export class Heartbeat {
  readonly #onSilence: () => void;
  #periodMs: number | null = null;
  #isPage = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(onSilence: () => void) {
    this.#onSilence = onSilence;
  }

  /** Somebody is listened for, who has not said a period yet. */
  begin(isPage: boolean): void {
    this.#periodMs = null;
    this.#isPage = isPage;
    this.beat();
  }

  /** The desktop was heard. */
  beat(): void {
    clearTimeout(this.#timer);
    const patience = patienceMs(this.#periodMs, this.#isPage);
    const due = performance.now() + patience;
    this.#timer = setTimeout(() => {
      if (performance.now() - due > asleep) this.beat();
      else this.#onSilence();
    }, patience);
  }

  setPeriod(ms: number): void {
    this.#periodMs = ms;
    this.beat();
  }

  /** Nobody is listened for. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
