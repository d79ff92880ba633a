/** INVITE server transaction (RFC 3261 §17.2.1, RFC 6026 §7.1): one function per state. */
import type { SipMessage } from '../message/message.ts';
import { T1, T2, T4, TIMEOUT, TimerSet, TRYING } from '../timers.ts';
import type { ServerEffects, ServerEvent, ServerMachine } from './machine.ts';

/** "abandoned" ends a transaction whose user is gone. */
type Timer = 'trying' | 'abandoned' | 'G' | 'H' | 'I' | 'L';
type Event = ServerEvent<Timer>;

/** ms; a user that still rings says so every minute (RFC 3261 §13.3.1.1), and proxies give up as late (§16.6 timer C). */
const ABANDONED = 240_000;

export class InviteServer implements ServerMachine {
  readonly #reliable: boolean;
  readonly #effects: ServerEffects;
  readonly #timers = new TimerSet<Timer>((timer) => this.#state({ kind: 'timer', timer }));
  #state: (event: Event) => void = () => {};
  #last: SipMessage | null = null;
  #g = T1;

  constructor(reliable: boolean, effects: ServerEffects) {
    this.#reliable = reliable;
    this.#effects = effects;
  }

  start(): void {
    this.#state = this.#proceeding;
    this.#timers.set('trying', TRYING);
    this.#timers.set('abandoned', ABANDONED);
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

  readonly #proceeding = (event: Event): void => {
    if (event.kind === 'timer' && event.timer === 'trying') this.#effects.trying();
    else if (event.kind === 'timer') this.#end();
    else if (event.kind === 'request') this.#repeat(event.request);
    else {
      this.#timers.clear('trying', 'abandoned');
      this.#last = event.response;
      this.#effects.send(event.response);
      if (event.response.status < 200) {
        this.#timers.set('abandoned', ABANDONED);
        return;
      }
      if (event.response.status < 300) {
        this.#state = this.#accepted;
        this.#timers.set('L', TIMEOUT);
        return;
      }
      this.#state = this.#completed;
      if (!this.#reliable) this.#timers.set('G', this.#g);
      this.#timers.set('H', TIMEOUT);
    }
  };

  readonly #accepted = (event: Event): void => {
    // RFC 6026 §7.1: repeated INVITEs are absorbed; the transaction user repeats its 2xx (RFC 3261 §13.3.1.4).
    if (event.kind === 'timer') this.#end();
    else if (event.kind === 'response' && event.response.status >= 200 && event.response.status < 300)
      this.#effects.send(event.response);
    else if (event.kind === 'request' && event.request.method === 'ACK') this.#effects.deliver(event.request);
  };

  readonly #completed = (event: Event): void => {
    if (event.kind === 'request' && event.request.method === 'ACK') {
      this.#timers.clear('G', 'H');
      this.#state = this.#confirmed;
      this.#timers.set('I', this.#reliable ? 0 : T4);
      this.#effects.deliver(event.request);
    } else if (event.kind === 'request') this.#repeat(event.request);
    else if (event.kind === 'timer' && event.timer === 'G') {
      this.#g = Math.min(this.#g * 2, T2);
      this.#timers.set('G', this.#g);
      if (this.#last) this.#effects.send(this.#last);
    } else if (event.kind === 'timer' && event.timer === 'H') this.#end();
  };

  readonly #confirmed = (event: Event): void => {
    if (event.kind === 'timer') this.#end();
  };

  #repeat(request: SipMessage): void {
    if (request.method === 'INVITE' && this.#last) this.#effects.send(this.#last);
  }

  #end(): void {
    this.stop();
    this.#effects.terminated();
  }
}
