/** What a SIP transport is: a record that opens sockets, and flows to send on (RFC 3261 §18). */
import type { Log } from '@thinline/shared/log/log.ts';
import type { Remote, TransportName } from '../address.ts';

/** RFC 3261 §18.1.1 asks for 65,535 bytes at least; nothing longer is taken. */
export const MAX_MESSAGE = 65_535;

/** One way to one remote address: the UDP socket and its target, or a TCP connection. */
export interface Flow {
  readonly transport: TransportName;
  readonly reliable: boolean;
  readonly remote: Remote;
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

/** Open sockets of one transport in one address family. */
export interface TransportSockets {
  readonly port: number;
  /** The flow to that address: one in use already, or a new one. */
  flowTo(remote: Remote): Flow;
  close(): Promise<void>;
}

export interface SipTransport {
  readonly name: TransportName;
  /** Rejects with the system's error (EADDRINUSE and the like). port 0: any. */
  open(address: string, port: number, sink: TransportSink, log: Log): Promise<TransportSockets>;
}
