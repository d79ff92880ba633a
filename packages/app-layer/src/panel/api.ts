/** The panel's HTTP API as its two ends see it: server, page and `thinline ctl`. */
import type { CommandInput, Failure } from '@thinline/shared/contract/types.ts';

export type {
  Agent,
  AgentState,
  Audio,
  Call,
  CallQuality,
  Failure,
  Forwarding,
  Levels,
  Line,
  Notice,
} from '@thinline/shared/contract/types.ts';
export type { Desk, SignIn } from '../desk.ts';
export type { LinkStatus, PhoneState } from '../endpoint/replica.ts';

/** What may be commanded through HTTP; configuring and ending the phone are not among it. */
export type CommandName =
  | 'dial'
  | 'answer'
  | 'reject'
  | 'hangUp'
  | 'hold'
  | 'resume'
  | 'mute'
  | 'sendDtmf'
  | 'register'
  | 'transfer'
  | 'conference'
  | 'setAgentState'
  | 'setDoNotDisturb'
  | 'setForwarding'
  | 'selectDevices'
  | 'setVolume'
  | 'testSound';

/** Exactly one command, under its name: `{ dial: { target: '602' } }`. */
export type PanelCommand = {
  [Name in CommandName]: { [Key in Name]: NonNullable<CommandInput[Name]> };
}[CommandName];

/** Body of POST /api/commands. id: chosen by the sender, so that a repeated request does nothing twice. */
export interface CommandRequest {
  id?: string;
  command: PanelCommand;
}

/** Status 200. callId: the call that a dial made, else empty. */
export interface CommandAnswer {
  id: string;
  callId: string;
}

/** Body of POST /api/sign-in; what is absent is empty. POST /api/sign-out has none. Both answer 204, or a failure. */
export interface SignInRequest {
  user: string;
  password: string;
  displayName?: string;
  authUser?: string;
  server?: string;
  transport?: string;
  keep?: boolean;
}

/** Any other status. */
export interface FailureAnswer {
  failure: Failure;
}

/**
 * GET /api/state answers a PhoneState, GET /api/desk a Desk. GET /api/events sends server-sent events: `state` with a
 * PhoneState and `desk` with a Desk (at first and after each change), `released` with a Call as it ended, `levels` with
 * Levels. POST /api/commands takes a CommandRequest.
 */
export const paths = {
  state: '/api/state',
  desk: '/api/desk',
  events: '/api/events',
  commands: '/api/commands',
  signIn: '/api/sign-in',
  signOut: '/api/sign-out',
} as const;
