/** Non-INVITE server transaction (RFC 3261 §17.2.2): one function per state. */
import type { SipMessage } from '../message/message.ts';
import { TIMEOUT, TimerSet } from '../timers.ts';
import type { ServerEffects, ServerEvent, ServerMachine } from './machine.ts';

/** "unanswered" ends a transaction whose user never says a word. */
type Timer = 'J' | 'unanswered';
type Event = ServerEvent<Timer>;

export class NonInviteServer implements ServerMachine {
  readonly #reliable: boolean;
  readonly #effects: ServerEffects;
  readonly #timers = new TimerSet<Timer>((timer) => this.#state({ kind: 'timer', timer }));
  #state: (event: Event) => void = () => {};
  #last: SipMessage | null = null;

  constructor(reliable: boolean, effects: ServerEffects) {
    this.#reliable = reliable;
    this.#effects = effects;
  }

  start(): void {
    this.#state = this.#trying;
    this.#timers.set('unanswered', TIMEOUT);
  }

  receive(request: SipMessage): void {
    this.#state({ kind: 'request', request });
  }

  respond(response: SipMessage): void {
    this.#state({ kind: 'response', response });
  }

  stop(): void {
    this.#state = () => {};
    this.#timers.clearAll();
  }

  readonly #trying = (event: Event): void => {
    if (event.kind === 'timer') this.#end();
    else if (event.kind === 'response') this.#answer(event.response);
  };

  readonly #proceeding = (event: Event): void => {
    if (event.kind === 'timer') this.#end();
    else if (event.kind === 'response') this.#answer(event.response);
    else if (this.#last) this.#effects.send(this.#last);
  };

  readonly #completed = (event: Event): void => {
    if (event.kind === 'timer') this.#end();
    else if (event.kind === 'request' && this.#last) this.#effects.send(this.#last);
  };

  #answer(response: SipMessage): void {
    this.#last = response;
    if (response.status < 200) this.#state = this.#proceeding;
    else {
      this.#state = this.#completed;
      this.#timers.clear('unanswered');
      this.#timers.set('J', this.#reliable ? 0 : TIMEOUT);
    }
    this.#effects.send(response);
  }

  #end(): void {
    this.stop();
    this.#effects.terminated();
  }
}
