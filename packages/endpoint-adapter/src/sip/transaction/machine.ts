/** What the four transaction machines of RFC 3261 §17 have in common. */
import type { SipMessage } from '../message/message.ts';

/** The effects of a machine; all decisions are its own. */
export interface ClientEffects {
  /** Sends the request, again too. */
  send(): void;
  /** Sends the ACK of a final response other than 2xx (RFC 3261 §17.1.1.3). */
  acknowledge(response: SipMessage): void;
  /** Hands a response to the transaction user. */
  deliver(response: SipMessage): void;
  /** Timer B or F: the transaction user gets a 408. */
  timedOut(): void;
  /** Transport error: the transaction user gets a 503. */
  failed(error: Error): void;
  /** The transaction is over and forgotten. */
  terminated(): void;
}

export interface ServerEffects {
  send(response: SipMessage): void;
  /** Hands an ACK to the transaction user. */
  deliver(request: SipMessage): void;
  /** Sends our own 100 Trying. */
  trying(): void;
  terminated(): void;
}

export type ClientEvent<Timer> =
  | { kind: 'response'; response: SipMessage }
  | { kind: 'timer'; timer: Timer }
  | { kind: 'failure'; error: Error }
  | { kind: 'cancelled' };

export type ServerEvent<Timer> =
  /** The request again, or the ACK of an INVITE. */
  | { kind: 'request'; request: SipMessage }
  /** From the transaction user. */
  | { kind: 'response'; response: SipMessage }
  | { kind: 'timer'; timer: Timer };

export interface ClientMachine {
  start(): void;
  receive(response: SipMessage): void;
  fail(error: Error): void;
  /** A CANCEL of this transaction is on its way. */
  cancelled(): void;
  stop(): void;
}

export interface ServerMachine {
  start(): void;
  receive(request: SipMessage): void;
  respond(response: SipMessage): void;
  stop(): void;
}
