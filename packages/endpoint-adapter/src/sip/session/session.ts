/** What the call model sees of signalling: one INVITE dialog (a session), told what to do and asked for SDP. */
import type { EventEmitter } from 'node:events';
import type { Failure } from '@thinline/shared/contract/types.ts';
import type { Identity } from '../headers/identity.ts';
import type { HeaderField } from '../message/message.ts';

/** The side of a session that knows media. The bodies are SDP. */
export interface SessionMedia {
  /** Our offer, or a new one for a re-INVITE. */
  offer(): string;
  /** The far end's offer: our answer, or null when nothing fits (488 Not Acceptable Here). */
  answer(remoteOffer: string): string | null;
  /** The far end's answer to our offer; false when it can't be used. */
  accept(remoteAnswer: string): boolean;
  /** Our description in force, as it was sent last: for requests that are to change nothing. */
  current(): string;
}

export interface SessionEnd {
  /** Who ended it: we, the far end, or a timeout, a transport failure, a request that can't be understood. */
  by: 'local' | 'remote' | 'failure';
  /** The SIP status that ended it; 0 for a BYE. */
  status: number;
  /** For people: the text of a Reason header field, else the reason phrase. */
  reason: string;
  /** Where the status alone doesn't say it: tooManyRedirections. */
  failure?: Failure;
}

/** The outcome of a request of ours inside the session. */
export interface Outcome {
  ok: boolean;
  status: number;
  reason: string;
}

/** What the target of a transfer has said so far (RFC 3515 §2.4.5): a SIP status. */
export interface TransferProgress {
  status: number;
  reason: string;
}

/** 'calling' → 'early' → 'confirmed' → 'ended', or 'incoming' → 'early' → 'confirmed' → 'ended'. */
export type SessionState = 'calling' | 'incoming' | 'early' | 'confirmed' | 'ended';

export interface SessionEvents {
  /** A provisional response (RFC 3261 §13.2.2.1) other than 100. */
  progress: [status: number, reason: string];
  /** SDP of the far end is in force before the answer: early media (RFC 3960). reliable: RFC 3262, or in a request. */
  earlyMedia: [reliable: boolean];
  /** A 3xx, or a 181, moved the call on; followed by itself (RFC 3261 §8.1.3.4). */
  redirected: [target: string, status: number];
  /** 200 and ACK have both passed. */
  confirmed: [];
  /** The far end changed the session by re-INVITE or UPDATE; the media side has been asked already. */
  changed: [];
  /** The far end's name changed. */
  peer: [peer: Identity];
  /** A NOTIFY of the line's server inside the dialog, answered with 200 already: "talk", "hold", "dtmf" or "beep". */
  notify: [event: string, contentType: string, body: string];
  /** An INFO with digits (application/dtmf-relay, application/dtmf), answered already. */
  info: [contentType: string, body: string];
  /** The far end asks us to call somebody in its place (RFC 3515); nobody listening: 603. */
  refer: [referral: Referral];
  /** The last event. */
  ended: [end: SessionEnd];
}

/** A REFER that reached us. Unanswered until accepted or refused. */
export interface Referral {
  /** The URI to call, without method and headers. */
  readonly target: string;
  /** The Replaces header field that the new INVITE has to carry; '' for none. */
  readonly replaces: string;
  /** The Referred-By header field as it came; '' for none. */
  readonly referredBy: string;
  /** 202, and NOTIFYs with what becomes of the call that is made for it. */
  accept(made: Session): void;
  refuse(status: number): void;
}

export interface Session extends EventEmitter<SessionEvents> {
  readonly state: SessionState;
  readonly direction: 'outgoing' | 'incoming';
  readonly callId: string;
  /** X-Genesys-CallUUID; '' until a message of the far end has one. */
  readonly callUuid: string;
  /** The far end, as From, To or P-Asserted-Identity names it. */
  readonly peer: Identity;
  /** Incoming only: 180 Ringing, reliable where the far end requires it (RFC 3262). */
  ring(): void;
  /**
   * Incoming only: 200 OK with our answer, or our offer where the INVITE had none (the answer comes in the ACK).
   * echo: a header field that the 200 has besides (Answer-Mode, RFC 5373).
   */
  answer(echo?: HeaderField): void;
  /** Incoming only: a final status of 300 to 699; once our 200 has gone out, what hangUp does. */
  reject(status: number): void;
  /** Incoming and unanswered only: 302 with this Contact, a URI. */
  redirect(target: string): void;
  /** CANCEL, BYE or 603 as the state asks for; waits for the ACK where RFC 3261 §15 forbids a BYE before it. */
  hangUp(): void;
  /**
   * A re-INVITE with a new offer of the media side. Settles with its final response; 491 is tried again as RFC 3261
   * §14.1 says, and one that meets another re-INVITE of ours waits for it.
   */
  renegotiate(): Promise<Outcome>;
  /** An INFO with that body (DTMF). */
  sendInfo(contentType: string, body: string): Promise<Outcome>;
  /**
   * REFERs the far end to a target (RFC 3515, RFC 5589): a URI or number at the line's server, or the far end of another
   * session of ours, which it then replaces (RFC 3891). Settles with how it ended: the REFER's refusal, or the last
   * NOTIFY (ok: 2xx). The session stays up until somebody hangs up.
   */
  transfer(to: string | Session, progress: (it: TransferProgress) => void): Promise<Outcome>;
}
