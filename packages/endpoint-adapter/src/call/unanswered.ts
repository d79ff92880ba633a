/** What becomes of an incoming call that nobody answers: the clocks that run meanwhile. */
import { TimerSet, timerMs } from '../sip/timers.ts';

/** All in ms from the 180; null: never. */
export interface UnansweredPlan {
  /** Until it is heard to ring. */
  ringMs: number;
  answerMs: number | null;
  /** target: a URI. */
  forward: { ms: number; target: string } | null;
  /** Until it is heard no more; it can still be answered. */
  silentMs: number | null;
}

/** A caller whose CANCEL was lost, or who died, must not ring here for ever. */
export const giveUpMs = 600_000;

/** What the server answers by itself in a moment must not be heard to ring, ms. */
const ringGuardMs = 100;

export interface UnansweredFacts {
  /** The INVITE had one; the servers of contact centres leave it out where they call somebody for the agent. */
  hasOffer: boolean;
  answerMs: number | null;
  /** target: a URI. */
  forwarding: { target: string; seconds: number } | null;
  /** 0: never. */
  ringingTimeoutS: number;
  /** It is heard once, and through an answer: nothing need be waited for. */
  ringsOnce: boolean;
}

export function unansweredPlan(it: UnansweredFacts): UnansweredPlan {
  const soon = it.answerMs !== null && it.answerMs <= ringGuardMs && !it.ringsOnce;
  return {
    ringMs: soon || !it.hasOffer ? ringGuardMs : 0,
    answerMs: it.answerMs,
    forward: it.forwarding && { ms: it.forwarding.seconds * 1000, target: it.forwarding.target },
    silentMs: it.ringingTimeoutS > 0 ? it.ringingTimeoutS * 1000 : null,
  };
}

export interface UnansweredActions {
  ring(): void;
  answer(): void;
  redirect(target: string): void;
  fallSilent(): void;
  giveUp(): void;
}

type Clock = 'ring' | 'answer' | 'forward' | 'silence' | 'end';

export class Unanswered {
  readonly #plan: UnansweredPlan;
  readonly #actions: UnansweredActions;
  readonly #timers: TimerSet<Clock>;

  constructor(plan: UnansweredPlan, actions: UnansweredActions) {
    this.#plan = plan;
    this.#actions = actions;
    this.#timers = new TimerSet((name) => this.#expired(name));
  }

  start(): void {
    const { ringMs, answerMs, forward, silentMs } = this.#plan;
    if (ringMs > 0) this.#timers.set('ring', timerMs(ringMs));
    if (answerMs !== null) this.#timers.set('answer', timerMs(answerMs));
    if (forward) this.#timers.set('forward', timerMs(forward.ms));
    if (silentMs !== null) this.#timers.set('silence', timerMs(silentMs));
    this.#timers.set('end', giveUpMs);
  }

  /** From here on a person has to answer it. */
  leaveToPeople(): void {
    this.#timers.clear('answer');
  }

  stop(): void {
    this.#timers.clearAll();
  }

  #expired(name: Clock): void {
    // What is heard meanwhile goes on beside the others, and the first of these is the last.
    if (name === 'answer' || name === 'forward' || name === 'end') this.stop();
    if (name === 'ring') this.#actions.ring();
    else if (name === 'silence') this.#actions.fallSilent();
    else if (name === 'answer') this.#actions.answer();
    else if (name === 'end') this.#actions.giveUp();
    else if (this.#plan.forward) this.#actions.redirect(this.#plan.forward.target);
  }
}
