/** How much of us a visitor may take up. Loopback is open to every program and every page of this machine. */

export interface DoorLimits {
  /** Until a TLS handshake is done, in ms. */
  handshakeMs: number;
  /** Until a request's headers are complete, in ms. */
  headersMs: number;
  /** Until a request's body is complete, in ms. */
  requestMs: number;
  /** Longer than event feeds are silent, so that it only ends what is stuck; in ms. */
  silentMs: number;
  headerBytes: number;
  headerCount: number;
  /** Connections that have not yet shown that they may be here. */
  strangers: number;
  /** Connections that have, of each door. */
  proven: number;
  /** Requests of one origin, a second in the long run, and at once. */
  requestsPerSecond: number;
  requestsAtOnce: number;
}

export const usualLimits: DoorLimits = {
  handshakeMs: 5_000,
  headersMs: 5_000,
  requestMs: 10_000,
  silentMs: 60_000,
  headerBytes: 16 * 1024,
  headerCount: 100,
  strangers: 256,
  proven: 64,
  requestsPerSecond: 50,
  requestsAtOnce: 100,
};
