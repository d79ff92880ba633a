/** What the call model sees of signalling: one INVITE dialog (a session), told what to do and asked for SDP. */
import type { EventEmitter } from 'node:events';
import type { Failure } from '@thinline/shared/contract/types.ts';

/** The side of a session that knows media. The bodies are SDP. */
export interface SessionMedia {
  /** Our offer, or a new one for a re-INVITE. */
  offer(): string;
  /** The far end's offer: our answer, or null when nothing fits (488 Not Acceptable Here). */
  answer(remoteOffer: string): string | null;
  /** The far end's answer to our offer; false when it can't be used. */
  accept(remoteAnswer: string): boolean;
}

/** The name of the far end, as From or To (or P-Asserted-Identity) gives it. */
export interface Peer {
  uri: string;
  user: string;
  displayName: string;
}

export interface SessionEnd {
  /** Who ended it: we, the far end, or a timeout, a transport failure, a request that can't be understood. */
  by: 'local' | 'remote' | 'failure';
  /** The SIP status that ended it; 0 for a BYE. */
  status: number;
  reason: string;
  /** Where the status alone doesn't say it: tooManyRedirections. */
  failure?: Failure;
}

/** 'calling' → 'early' → 'confirmed' → 'ended', or 'incoming' → 'early' → 'confirmed' → 'ended'. */
export type SessionState = 'calling' | 'incoming' | 'early' | 'confirmed' | 'ended';

export interface SessionEvents {
  /** A provisional response (RFC 3261 §13.2.2.1) other than 100. */
  progress: [status: number, reason: string];
  /** SDP of the far end is in force before the answer: early media (RFC 3960). */
  earlyMedia: [];
  /** A 3xx, or a 181, moved the call on; followed by itself (RFC 3261 §8.1.3.4). */
  redirected: [target: string, status: number];
  /** 200 and ACK have both passed. */
  confirmed: [];
  /** The far end changed the session by re-INVITE; the media side has been asked already. */
  changed: [];
  /** The far end's name changed. */
  peer: [peer: Peer];
  /** A NOTIFY inside the dialog, answered already: its Event ("talk", "hold", "dtmf", "beep") and its body. Without a listener it gets 489. */
  notify: [event: string, body: string];
  /** The last event. */
  ended: [end: SessionEnd];
}

export interface Session extends EventEmitter<SessionEvents> {
  readonly state: SessionState;
  readonly direction: 'outgoing' | 'incoming';
  readonly callId: string;
  /** X-Genesys-CallUUID; '' until a message of the far end has one. */
  readonly callUuid: string;
  readonly peer: Peer;
  /** Incoming only: 180 Ringing. */
  ring(): void;
  /** Incoming only: 200 OK with our answer, or our offer where the INVITE had none (the answer comes in the ACK). */
  answer(): void;
  /** Incoming only: a final status of 300 to 699; once our 200 has gone out, what hangUp does. */
  reject(status: number): void;
  /** CANCEL, BYE or 603 as the state asks for; waits for the ACK where RFC 3261 §15 forbids a BYE before it. */
  hangUp(): void;
  /**
   * A re-INVITE with a new offer of the media side. Settles with its final response; 491 is tried again as RFC 3261
   * §14.1 says, and one that meets another re-INVITE of ours waits for it.
   */
  renegotiate(): Promise<{ ok: boolean; status: number; reason: string }>;
}
