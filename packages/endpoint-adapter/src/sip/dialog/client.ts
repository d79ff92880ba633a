/** Sends the requests of one line, by the way that each asks for. */
import type { Target } from '../address.ts';
import type { SipMessage } from '../message/message.ts';
import { type Answer, Exchange, type ExchangePorts, type Handler, type SendOptions, type Sent } from './exchange.ts';

export class Client {
  readonly #ports: ExchangePorts;

  constructor(ports: ExchangePorts) {
    this.#ports = ports;
  }

  /** make: called for each try that needs a number of its own. */
  send(make: () => SipMessage, handler: Handler, options: SendOptions = {}): Sent {
    const exchange = new Exchange(this.#ports, make, handler, options);
    exchange.start();
    return exchange;
  }

  /** Settles with the final word; never rejects. */
  ask(make: () => SipMessage, options: SendOptions = {}): Promise<Answer> {
    return new Promise((resolve) => this.send(make, { final: resolve }, options));
  }

  /** An ACK for a 2xx, the same branch for each repetition, with the credentials of its INVITE (RFC 3261 §22.1). */
  acknowledge(ack: SipMessage, invite: SipMessage, branch: string): void {
    const { layer, routing } = this.#ports;
    const go = (targets: readonly Target[]): void => {
      const target = targets[0];
      if (!target) return;
      const names = ['authorization', 'proxy-authorization'];
      const credentials = routing.trusts(target) ? invite.fields.filter(({ name }) => names.includes(name)) : [];
      layer.acknowledge({ ...ack, fields: [...ack.fields, ...credentials] }, target, branch, (flow) =>
        routing.sentBy(flow),
      );
    };
    try {
      const targets = routing.targets(ack);
      if (targets instanceof Promise) targets.then(go, () => {});
      else go(targets);
    } catch {
      // The far end has named no way that could be read: it will miss its ACK, and end the call.
    }
  }
}
