/** A local conference: calls that hear each other and the agent. Later ones join as they are answered. */
import { FailureError } from '@thinline/shared/failures.ts';
import type { Call } from './call.ts';

/** Everybody is mixed on this machine. */
const mostMembers = 6;

export class Conference {
  #on = false;

  get on(): boolean {
    return this.#on;
  }

  /**
   * Takes every answered call off hold. Rejects with FailureError conferenceSize, and renegotiationFailed for the first
   * one that can't be had back, which stays on hold while the others talk.
   */
  async begin(calls: readonly Call[]): Promise<void> {
    const members = calls.filter((call) => call.standing.established);
    if (members.length < 2 || members.length > mostMembers) {
      throw new FailureError('conferenceSize', { count: members.length, limit: mostMembers });
    }
    this.#on = true;
    await Promise.all(members.map((call) => call.setHeld(false)));
  }

  end(): void {
    this.#on = false;
  }

  /** Who hears whom, after something has changed. One that is left alone is no conference any more. */
  settle(calls: readonly Call[]): void {
    const members = calls.filter((call) => call.standing.established);
    if (members.length < 2) this.#on = false;
    const joined = members.slice(0, mostMembers).filter((call) => this.#on && !call.standing.held);
    for (const call of calls) call.conference = joined.includes(call);
  }
}
