/** Non-INVITE client transaction (RFC 3261 §17.1.2): one function per state. */
import type { SipMessage } from '../message/message.ts';
import { T1, T2, T4, TIMEOUT, TimerSet } from '../timers.ts';
import type { ClientEffects, ClientEvent, ClientMachine } from './machine.ts';

type Timer = 'E' | 'F' | 'K';
type Event = ClientEvent<Timer>;

export class NonInviteClient implements ClientMachine {
  readonly #reliable: boolean;
  readonly #effects: ClientEffects;
  readonly #timers = new TimerSet<Timer>((timer) => this.#state({ kind: 'timer', timer }));
  #state: (event: Event) => void = () => {};
  #e = T1;

  constructor(reliable: boolean, effects: ClientEffects) {
    this.#reliable = reliable;
    this.#effects = effects;
  }

  start(): void {
    this.#state = this.#trying;
    if (!this.#reliable) this.#timers.set('E', this.#e);
    this.#timers.set('F', TIMEOUT);
    this.#effects.send();
  }

  receive(response: SipMessage): void {
    this.#state({ kind: 'response', response });
  }

  fail(error: Error): void {
    this.#state({ kind: 'failure', error });
  }

  cancelled(): void {}

  stop(): void {
    this.#state = () => {};
    this.#timers.clearAll();
  }

  readonly #trying = (event: Event): void => {
    if (event.kind === 'timer' && event.timer === 'E') this.#repeat(Math.min(this.#e * 2, T2));
    else this.#unanswered(event);
  };

  readonly #proceeding = (event: Event): void => {
    if (event.kind === 'timer' && event.timer === 'E') this.#repeat(T2);
    else this.#unanswered(event);
  };

  #repeat(next: number): void {
    this.#e = next;
    this.#timers.set('E', next);
    this.#effects.send();
  }

  #unanswered(event: Event): void {
    if (event.kind === 'timer' && event.timer === 'F') this.#end(() => this.#effects.timedOut());
    else if (event.kind === 'failure') this.#end(() => this.#effects.failed(event.error));
    else if (event.kind === 'response') this.#answered(event.response);
  }

  #answered(response: SipMessage): void {
    if (response.status < 200) this.#state = this.#proceeding;
    else {
      this.#state = this.#completed;
      this.#timers.clear('E', 'F');
      this.#timers.set('K', this.#reliable ? 0 : T4);
    }
    this.#effects.deliver(response);
  }

  readonly #completed = (event: Event): void => {
    if (event.kind === 'timer') this.#end(() => {});
  };

  #end(tell: () => void): void {
    this.stop();
    tell();
    this.#effects.terminated();
  }
}
