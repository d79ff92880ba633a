/** What the adapter sees of one line: an address of record at one server, or at several that stand in for each other. */
import type { EventEmitter } from 'node:events';
import type {
  Forwarding,
  LineConfiguration,
  Line as LineSnapshot,
  SetAgentState,
} from '@thinline/shared/contract/types.ts';
import type { SipMessage } from './message/message.ts';
import type { Referral, Session, SessionMedia } from './session/session.ts';

export interface LineEvents {
  /** state, failure, times, agent, features: whatever of the line's snapshot changed. */
  changed: [line: LineSnapshot];
  /** An INVITE outside a dialog; it waits (100 Trying at most) until the owner rings, answers or rejects it. */
  incoming: [incoming: IncomingInvite];
  /** A REFER outside a dialog, of the line's server (RFC 3515): make-call. */
  refer: [referral: Referral];
}

/** Media is chosen by the owner once it knows that it wants the call. */
export interface IncomingInvite {
  readonly message: SipMessage;
  /** The offer, or null where the INVITE has none (delayed offer). */
  readonly offer: string | null;
  readonly callId: string;
  /** It comes from the line's own server: only then may it answer by itself, or be told to. */
  readonly fromServer: boolean;
  /** RFC 3891: the session of ours whose place it takes; it is to be answered at once, and that one ended. */
  readonly replaces: Session | null;
  take(media: SessionMedia): Session;
  /** reason: the phrase, where the usual one would not say why. */
  refuse(status: number, reason?: string): void;
  /** 302 with this Contact, a URI. */
  redirect(target: string): void;
}

export interface InviteOptions {
  /** Neither name nor number is shown to the far end (RFC 3323, RFC 3325). */
  anonymous?: boolean;
  /** Values of header fields that the INVITE carries: Replaces, Referred-By. */
  replaces?: string;
  referredBy?: string;
  /** The appearance of a shared line to call on; 0: none. */
  appearance?: number;
  /** A REFER asks for it: it goes to its target itself unless refer_to_proxy says otherwise. */
  referred?: boolean;
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
  /** target: a sip: URI, user@host, or a number at this line's server. Throws FailureError malformedTarget, featureUnavailable for an appearance of a line that isn't shared, or noLine once it is stopped. */
  invite(target: string, media: SessionMedia, options?: InviteOptions): Session;
  /** Whether the server keeps do not disturb and forwarding for the line; otherwise they are the phone's own affair. */
  readonly keepsFeatures: boolean;
  /** Rejects with FailureError featureRefused, or featureUnavailable where the server has no such package. */
  setDoNotDisturb(on: boolean): Promise<void>;
  setForwarding(forwarding: Forwarding): Promise<void>;
  /** Settles when the server has confirmed it. Rejects with FailureError agentRefused, agentNoAnswer, noAgentId or featureUnavailable. */
  setAgentState(wanted: SetAgentState): Promise<void>;
  /** Gives a report (events/vq-rtcpxr.ts) to that collector when it can; what can't be given is told in the log. */
  reportQuality(collector: string, body: string): void;
}
