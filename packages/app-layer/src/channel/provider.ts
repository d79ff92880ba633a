/** A way to the endpoint. One file a kind. */
import type { Duplex } from 'node:stream';

export interface ChannelProvider {
  name: string;
  /** Where it leads, for people. */
  placement: string;
  /** A new byte pipe to the adapter. Rejects when there is none now; it is asked again. */
  open(): Promise<Duplex>;
}
