/** A way to the endpoint. One file a kind. */
import type { Duplex } from 'node:stream';

export interface ChannelProvider {
  name: string;
  /** Where it leads, for people. */
  placement: string;
  /** The most to wait between two attempts, ms: short where a failed one costs nobody anything. */
  mostWaitMs: number;
  /** A new byte pipe to the adapter. Rejects when there is none now; it is asked again. */
  open(): Promise<Duplex>;
}

/** What a program can know of the desktop that it runs in. */
export interface Surroundings {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
}

/** A way that leads through the remoting session that we run in. */
export interface VirtualChannel extends ChannelProvider {
  /** By what this desktop is known to have it, as a clause ("this is an xrdp session"); null: it hasn't. */
  detect(surroundings: Surroundings): string | null;
  /** What an administrator puts in an allow list to let our program open the channel; empty: there is no such list. */
  allowList(program: string): readonly AllowListLine[];
}

export interface AllowListLine {
  /** The policy or key that the line goes to. */
  list: string;
  line: string;
}

/** Names that both ends agree on; a static name has at most 7 characters. */
export const staticName = 'THNLINE';
export const dynamicName = 'thinline.grpc';

/** The most to wait for a virtual channel, ms: it costs the session nothing to ask, and its agent waits for sound. */
export const virtualChannelWait = 500;
