/** INVITE client transaction (RFC 3261 §17.1.1, RFC 6026 §7.2): one function per state. */
import type { SipMessage } from '../message/message.ts';
import { T1, TIMEOUT, TimerSet } from '../timers.ts';
import type { ClientEffects, ClientEvent, ClientMachine } from './machine.ts';

type Timer = 'A' | 'B' | 'D' | 'M';
type Event = ClientEvent<Timer>;

/** RFC 3261 §17.1.1.2: at least 32 s on unreliable transports. */
const TIMER_D = 32_000;

export class InviteClient implements ClientMachine {
  readonly #reliable: boolean;
  readonly #effects: ClientEffects;
  readonly #timers = new TimerSet<Timer>((timer) => this.#state({ kind: 'timer', timer }));
  #state: (event: Event) => void = () => {};
  #a = T1;

  constructor(reliable: boolean, effects: ClientEffects) {
    this.#reliable = reliable;
    this.#effects = effects;
  }

  start(): void {
    this.#state = this.#calling;
    if (!this.#reliable) this.#timers.set('A', this.#a);
    this.#timers.set('B', TIMEOUT);
    this.#effects.send();
  }

  receive(response: SipMessage): void {
    this.#state({ kind: 'response', response });
  }

  fail(error: Error): void {
    this.#state({ kind: 'failure', error });
  }

  cancelled(): void {
    this.#state({ kind: 'cancelled' });
  }

  stop(): void {
    this.#state = () => {};
    this.#timers.clearAll();
  }

  readonly #calling = (event: Event): void => {
    if (event.kind === 'timer' && event.timer === 'A') {
      this.#a *= 2;
      this.#timers.set('A', this.#a);
      this.#effects.send();
    } else this.#unanswered(event);
  };

  readonly #proceeding = (event: Event): void => {
    // RFC 3261 §9.1: with no final response 64*T1 after the CANCEL, the transaction counts as cancelled.
    if (event.kind === 'cancelled') this.#timers.set('B', TIMEOUT);
    else this.#unanswered(event);
  };

  #unanswered(event: Event): void {
    if (event.kind === 'timer' && event.timer === 'B') this.#end(() => this.#effects.timedOut());
    else if (event.kind === 'failure') this.#end(() => this.#effects.failed(event.error));
    else if (event.kind === 'response') this.#answered(event.response);
  }

  #answered(response: SipMessage): void {
    this.#timers.clear('A');
    if (response.status < 200) {
      if (this.#state === this.#calling) this.#timers.clear('B');
      this.#state = this.#proceeding;
      this.#effects.deliver(response);
      return;
    }
    this.#timers.clear('B');
    if (response.status < 300) {
      this.#state = this.#accepted;
      this.#timers.set('M', TIMEOUT);
    } else {
      this.#state = this.#completed;
      this.#timers.set('D', this.#reliable ? 0 : TIMER_D);
      this.#effects.acknowledge(response);
    }
    this.#effects.deliver(response);
  }

  readonly #accepted = (event: Event): void => {
    // RFC 6026 §7.2: each 2xx goes up, those of other forks and repeated ones too.
    if (event.kind === 'response' && event.response.status >= 200 && event.response.status < 300)
      this.#effects.deliver(event.response);
    else if (event.kind === 'timer') this.#end(() => {});
  };

  readonly #completed = (event: Event): void => {
    if (event.kind === 'response' && event.response.status >= 300) this.#effects.acknowledge(event.response);
    else if (event.kind === 'timer') this.#end(() => {});
  };

  #end(tell: () => void): void {
    this.stop();
    tell();
    this.#effects.terminated();
  }
}
