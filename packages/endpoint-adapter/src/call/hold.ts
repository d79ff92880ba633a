/** Hold and resume, where the far end takes its time and wishes change meanwhile. */
import type { Outcome } from '../sip/session/session.ts';

export interface HoldActions {
  /** Whether the far end can be asked at all. */
  isUp(): boolean;
  /** A re-INVITE; what it has agreed upon is in force when it settles. */
  renegotiate(held: boolean): Promise<Outcome>;
  /** What is wanted is another thing now than it was. */
  wishChanged(): void;
}

/** A wish that the far end has refused. */
export class HoldRefused extends Error {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super(`${outcome.status} ${outcome.reason}`);
    this.outcome = outcome;
  }
}

export class Hold {
  readonly #actions: HoldActions;
  #agreed: boolean;
  #wanted: boolean;
  #following = false;
  /** The last wish being followed; where one comes that is being followed already, it is this. */
  #turn: Promise<void> = Promise.resolve();

  constructor(held: boolean, actions: HoldActions) {
    this.#agreed = held;
    this.#wanted = held;
    this.#actions = actions;
  }

  /** By us, as the far end knows. */
  get agreed(): boolean {
    return this.#agreed;
  }

  get wanted(): boolean {
    return this.#wanted;
  }

  /** The last wish is what stays, and what lies between is left out. Rejects with HoldRefused; all is as it was then. */
  set(held: boolean): Promise<void> {
    if (held === this.#wanted) return this.#turn;
    this.#want(held);
    if (!this.#following) this.#turn = this.#follow();
    return this.#turn;
  }

  #want(held: boolean): void {
    this.#wanted = held;
    this.#actions.wishChanged();
  }

  async #follow(): Promise<void> {
    this.#following = true;
    try {
      while (this.#wanted !== this.#agreed && this.#actions.isUp()) await this.#ask(this.#wanted);
    } finally {
      this.#following = false;
    }
  }

  async #ask(held: boolean): Promise<void> {
    const outcome = await this.#actions.renegotiate(held);
    if (outcome.ok) this.#agreed = held;
    else if (this.#wanted === held) {
      this.#want(this.#agreed);
      throw new HoldRefused(outcome);
    }
  }
}
