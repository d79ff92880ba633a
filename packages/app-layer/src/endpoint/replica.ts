/** What panel, control and connector see of the phone: the last known state, changes, and a way to send commands. */
import type { EventEmitter } from 'node:events';
import type { Capability } from '@thinline/shared/contract/capabilities.ts';
import type { Call, CommandInput, CommandResult, Failure, Levels, Snapshot } from '@thinline/shared/contract/types.ts';
import type { Elsewhere } from './elsewhere.ts';

/** How the link to the endpoint stands; when it isn't 'up', the phone's state is the last one known. */
export interface LinkStatus {
  state: 'connecting' | 'up' | 'lost' | 'refused';
  /** Where the sound is: "this machine", "inside the desktop" or the endpoint's host name. */
  placement: string;
  /** Why there is no link. */
  failure: Failure | null;
  /** The name of the way to the endpoint, and why that one, for people. */
  channel: string;
  reason: string;
  /** Sound is in the desktop for want of an endpoint. */
  inDesktop: boolean;
  /** What should be known of a link that is up. */
  notices: readonly Failure[];
}

/** The whole of it, as panel and ctl show it. */
export interface PhoneState {
  link: LinkStatus;
  phone: Snapshot | null;
  /** The calls that ended last, newest first. */
  released: readonly Call[];
  /** The number of the last event in it. */
  sequence: number;
  /** Endpoints that the agent left with calls up, the last one first. */
  elsewhere: readonly Elsewhere[];
  /** Why the endpoint does not do some of the commands. */
  unavailable: Readonly<Partial<Record<Capability, string>>>;
}

export interface ReplicaEvents {
  /** Anything but levels changed; `state()` is already the new one. */
  changed: [];
  /** The last that is heard of a call: `state()` has it no more (or won't, from the next change on). */
  released: [call: Call];
  /** The link went up, was lost, or was refused. */
  status: [];
  levels: [levels: Levels];
}

export type CommandBody = Omit<CommandInput, 'id' | 'sessionId' | 'body'>;

export interface Replica extends EventEmitter<ReplicaEvents> {
  state(): PhoneState;
  /** Never rejects: a link that is down is a result with a failure. id: chosen by the sender to be safe to repeat. */
  execute(body: CommandBody, id?: string): Promise<CommandResult>;
}
