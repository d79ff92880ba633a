/** What the four transaction machines of RFC 3261 §17 have in common. */
import type { Head } from '../message/head.ts';

/** The effects of a machine; all decisions are its own. */
export interface ClientEffects {
  /** Sends the request, again too. */
  send(): void;
  /** Sends the ACK of a final response other than 2xx (RFC 3261 §17.1.1.3). */
  acknowledge(response: Head): void;
  /** Hands a response to the transaction user. */
  deliver(response: Head): void;
  /** Timer B or F: the transaction user gets a 408. */
  timedOut(): void;
  /** Transport error: the transaction user gets a 503. */
  failed(error: Error): void;
  /** The transaction is over and forgotten. */
  terminated(): void;
}

export interface ServerEffects {
  send(response: Head): void;
  /** Hands an ACK to the transaction user. */
  deliver(request: Head): void;
  /** Sends our own 100 Trying. */
  trying(): void;
  terminated(): void;
}

export type ClientEvent<Timer> =
  | { kind: 'response'; response: Head }
  | { kind: 'timer'; timer: Timer }
  | { kind: 'failure'; error: Error }
  | { kind: 'cancelled' };

export type ServerEvent<Timer> =
  /** The request again, or the ACK of an INVITE. */
  | { kind: 'request'; request: Head }
  /** From the transaction user. */
  | { kind: 'response'; response: Head }
  | { kind: 'timer'; timer: Timer };

export interface ClientMachine {
  start(): void;
  receive(response: Head): void;
  fail(error: Error): void;
  /** A CANCEL of this transaction is on its way. */
  cancelled(): void;
  stop(): void;
}

export interface ServerMachine {
  start(): void;
  receive(request: Head): void;
  respond(response: Head): void;
  stop(): void;
}
