/** The calls that an agent who roams leaves behind, for as long as they count, and whether a new endpoint waits for them. */
import type { Roaming as RoamingSetting } from '@thinline/shared/config/link.ts';
import type { EndpointIdentity, Snapshot } from '@thinline/shared/contract/types.ts';
import { type Elsewhere, mayConfigure, meet, nextEnd, stillOn } from './elsewhere.ts';

export class Roaming {
  readonly #setting: RoamingSetting;
  readonly #onEnded: () => void;
  #elsewhere: readonly Elsewhere[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** onEnded: calls elsewhere have come to count as ended. */
  constructor(setting: RoamingSetting, onEnded: () => void) {
    this.#setting = setting;
    this.#onEnded = onEnded;
  }

  /** The endpoint that was left last comes first. */
  get elsewhere(): readonly Elsewhere[] {
    return this.#elsewhere;
  }

  /** The endpoint that was left, and that the one in use has to wait for. */
  get waitsFor(): Elsewhere | null {
    return mayConfigure(this.#setting, this.#elsewhere) ? null : (this.#elsewhere[0] ?? null);
  }

  /** left: the phone as it was heard of last. */
  meet(left: Snapshot | null, endpoint: EndpointIdentity): void {
    this.#elsewhere = meet(this.#elsewhere, left, endpoint, Date.now());
    this.#wait();
  }

  /** The agent says that nothing is left elsewhere. Answers whether something was. */
  forget(): boolean {
    const had = this.#elsewhere.length > 0;
    this.#elsewhere = [];
    this.stop();
    return had;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    this.stop();
    const left = nextEnd(this.#elsewhere, Date.now());
    if (left === null) return;
    this.#timer = setTimeout(() => {
      this.#elsewhere = stillOn(this.#elsewhere, Date.now());
      this.#wait();
      this.#onEnded();
    }, left);
  }
}
