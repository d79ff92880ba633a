/** What the adapter sees of one line: an address of record at one server. */
import type { EventEmitter } from 'node:events';
import type { LineConfiguration, Line as LineSnapshot } from '@thinline/shared/contract/types.ts';
import type { Session, SessionMedia } from './session.ts';

export interface LineEvents {
  /** state, failure, times: whatever of the line's snapshot changed. */
  changed: [line: LineSnapshot];
  /** An INVITE outside a dialog; it waits (100 Trying at most) until the owner rings, answers or rejects it. */
  incoming: [incoming: IncomingInvite];
}

/** Media is chosen by the owner once it knows that it wants the call. */
export interface IncomingInvite {
  /** The offer, or null where the INVITE has none (delayed offer). */
  readonly offer: string | null;
  header(name: string): string | null;
  take(media: SessionMedia): Session;
  refuse(status: number): void;
  /** 302 with this Contact, a URI. */
  redirect(target: string): void;
}

export interface Line extends EventEmitter<LineEvents> {
  readonly configuration: LineConfiguration;
  readonly snapshot: LineSnapshot;
  /** The address that the route to the server gives us, for SDP; known once the line is started. */
  readonly localAddress: string;
  /** Registers (unless reg_timeout is 0) and keeps it so. */
  start(): Promise<void>;
  register(): void;
  /** Removes the registration; settles when the server said so, or after a generous bound. */
  unregister(): Promise<void>;
  /** Ends everything without a word: timers, dialogs, transports. */
  stop(): Promise<void>;
  /** target: a sip: URI, user@host, or a number at this line's server. Throws FailureError malformedTarget, or noLine once it is stopped. */
  invite(target: string, media: SessionMedia): Session;
}
