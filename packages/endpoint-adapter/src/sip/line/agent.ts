/** The agent at this line: who it is and what is asked of the server, whichever way it is told. */
import type { Agent, Failure, SetAgentState } from '@thinline/shared/contract/types.ts';
import { FailureError, failureOf } from '@thinline/shared/failures.ts';
import type { Feature } from './feature.ts';

export interface LineAgent extends Feature {
  readonly agent: Agent;
  /** Settles when the server has confirmed it. Rejects with FailureError agentRefused, agentNoAnswer, noAgentId or featureUnavailable. */
  set(wanted: SetAgentState): Promise<void>;
}

export const agentUnavailable = (): FailureError => new FailureError('featureUnavailable', { feature: 'agent state' });
export const agentRefused = (detail: string): FailureError => new FailureError('agentRefused', { detail });

interface Request {
  state: Agent['state'];
  resolve(): void;
  reject(error: Error): void;
}

/** The one change that is under way, and why the last one was not made. */
export class AgentRequest {
  readonly #changed: () => void;
  #request: Request | null = null;
  #failure: Failure | null = null;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Null: nothing is under way. */
  get wanted(): Agent['state'] | null {
    return this.#request?.state ?? null;
  }

  get status(): Pick<Agent, 'pending' | 'failure'> {
    return { pending: this.#request !== null, failure: this.#failure };
  }

  /** act may settle it at once. */
  begin(state: Agent['state'], act: () => void): Promise<void> {
    this.fail(agentRefused('Something else was asked for meanwhile'));
    return new Promise((resolve, reject) => {
      this.#request = { state, resolve, reject };
      this.#failure = null;
      this.#changed();
      act();
    });
  }

  confirm(): void {
    const request = this.#request;
    this.#request = null;
    if (!request) return;
    this.#changed();
    request.resolve();
  }

  fail(error: Error): void {
    const request = this.#request;
    this.#request = null;
    if (!request) return;
    this.#failure = failureOf(error);
    this.#changed();
    request.reject(error);
  }
}
