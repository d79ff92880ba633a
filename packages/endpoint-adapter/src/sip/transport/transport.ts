/** What a SIP transport is: a record that opens sockets, and flows to send on (RFC 3261 §18). */
import type { Log } from '@thinline/shared/log/log.ts';
import type { Remote, Target, TransportName } from '../address.ts';
import type { Dial } from './dial.ts';
import type { Mark } from './marking.ts';
import type { TlsIdentity } from './tls-identity.ts';

/** RFC 3261 §18.1.1 asks for 65,535 bytes at least; nothing longer is taken. */
export const MAX_MESSAGE = 65_535;

/** Shorter ones are keep-alives (CRLFCRLF, RFC 5626 §3.5.1, or a single NUL). */
export const SHORTEST_MESSAGE = 5;

/** One way to one remote address: the UDP socket and its target, or a connection. */
export interface Flow {
  readonly transport: TransportName;
  readonly reliable: boolean;
  readonly remote: Remote;
  /** Our end; address '' and port 0 where they aren't known, or not yet. */
  readonly local: Remote;
  /** failed is called later, never within send. */
  send(message: Buffer, failed: (error: Error) => void): void;
  /**
   * Nobody answered a request that went out at sinceMs (of performance.now()). A connection on which nothing at all has
   * come since then is dead, and ends.
   */
  timedOut(sinceMs: number): void;
}

export interface TransportSink {
  message(message: Buffer, flow: Flow): void;
  /** Whether anything is to be sent or awaited on a connection of ours; one that is idle otherwise is closed. */
  needed(flow: Flow): boolean;
  /** A connection is gone; whatever waits on it has failed. */
  closed(flow: Flow, error: Error): void;
}

/** What all transports of one network share. */
export interface TransportContext {
  sink: TransportSink;
  log: Log;
  /** Makes TCP connections, from the address that is listened on; marked already. */
  dial: Dial;
  mark: Mark;
  tls: TlsIdentity;
}

/** Open sockets of one transport at one local address. */
export interface TransportSockets {
  /** 0: nothing listens. */
  readonly port: number;
  /** The flow to that address: one in use already, or a new one. */
  flowTo(target: Target): Flow;
  close(): Promise<void>;
}

export interface SipTransport {
  readonly name: TransportName;
  /** Rejects with the system's error (EADDRINUSE and the like). port: the network's; 0: any. */
  open(address: string, port: number, context: TransportContext): Promise<TransportSockets>;
}

export const unknownEnd: Remote = { address: '', port: 0 };

export const isWildcard = (address: string): boolean => address === '0.0.0.0' || address === '::';
