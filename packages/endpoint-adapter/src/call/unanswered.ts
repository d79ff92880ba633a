/** What becomes of an incoming call that nobody answers: the clocks that run while it rings. */
import { TimerSet, timerMs } from '../sip/timers.ts';

/** All in ms from the 180; null: never. */
export interface UnansweredPlan {
  /** Until it is heard to ring. */
  ringMs: number;
  answerMs: number | null;
  /** target: a URI. */
  forward: { ms: number; target: string } | null;
  giveUpMs: number | null;
}

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
}

export function unansweredPlan(it: UnansweredFacts): UnansweredPlan {
  const soon = it.answerMs !== null && it.answerMs <= ringGuardMs;
  return {
    ringMs: soon || !it.hasOffer ? ringGuardMs : 0,
    answerMs: it.answerMs,
    forward: it.forwarding && { ms: it.forwarding.seconds * 1000, target: it.forwarding.target },
    giveUpMs: it.ringingTimeoutS > 0 ? it.ringingTimeoutS * 1000 : null,
  };
}

export interface UnansweredActions {
  ring(): void;
  answer(): void;
  redirect(target: string): void;
  giveUp(): void;
}

export class Unanswered {
  readonly #plan: UnansweredPlan;
  readonly #actions: UnansweredActions;
  readonly #timers: TimerSet<'ring' | 'answer' | 'forward' | 'giveUp'>;

  constructor(plan: UnansweredPlan, actions: UnansweredActions) {
    this.#plan = plan;
    this.#actions = actions;
    this.#timers = new TimerSet((name) => this.#expired(name));
  }

  start(): void {
    const { ringMs, answerMs, forward, giveUpMs } = this.#plan;
    if (ringMs > 0) this.#timers.set('ring', timerMs(ringMs));
    if (answerMs !== null) this.#timers.set('answer', timerMs(answerMs));
    if (forward) this.#timers.set('forward', timerMs(forward.ms));
    if (giveUpMs !== null) this.#timers.set('giveUp', timerMs(giveUpMs));
  }

  /** From here on a person has to answer it. */
  leaveToPeople(): void {
    this.#timers.clear('answer');
  }

  stop(): void {
    this.#timers.clearAll();
  }

  #expired(name: 'ring' | 'answer' | 'forward' | 'giveUp'): void {
    // The first one but for the ring is the last: what it does ends the waiting.
    if (name !== 'ring') this.stop();
    if (name === 'ring') this.#actions.ring();
    else if (name === 'answer') this.#actions.answer();
    else if (name === 'giveUp') this.#actions.giveUp();
    else if (this.#plan.forward) this.#actions.redirect(this.#plan.forward.target);
  }
}
