/** Re-INVITEs of ours: one at a time, and again after 491 (RFC 3261 §14.1). */
import { setTimeout as wait } from 'node:timers/promises';
import {
  type AckableIncomingResponseWithSession,
  type IncomingResponse,
  NameAddrHeader,
  type OutgoingInviteRequest,
  type SessionDialog,
} from 'sip.js/lib/core/index.js';
import { credentialFields, refreshTarget, sdpBody, sdpOf } from './dialog-messages.ts';
import type { SessionMedia } from './session.ts';

export interface Outcome {
  ok: boolean;
  status: number;
  reason: string;
}

/** A peer that says 491 for ever is not asked for ever. */
const MAX_TRIES = 8;

/** ms, in units of 10 (RFC 3261 §14.1): who made the Call-ID waits longer. */
export function glareDelay(ownsCallId: boolean, random: number): number {
  const [from, to] = ownsCallId ? [210, 400] : [0, 200];
  return (from + Math.round(random * (to - from))) * 10;
}

export interface RenegotiationPorts {
  /** Null where the session isn't confirmed, or has ended. */
  dialog(): SessionDialog | null;
  media: SessionMedia;
  contact(): string;
  ownsCallId: boolean;
  random(): number;
}

export class Renegotiation {
  readonly #ports: RenegotiationPorts;
  readonly #stop = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();
  #idle: () => void = () => {};
  #abandon: () => void = () => {};

  constructor(ports: RenegotiationPorts) {
    this.#ports = ports;
  }

  run(): Promise<Outcome> {
    const outcome = this.#turn.then(() => this.#tryAgain());
    this.#turn = outcome.catch(() => {});
    return outcome;
  }

  /** A re-INVITE of the far end has had its ACK. */
  idle(): void {
    this.#idle();
  }

  /** The session has ended: whatever waits is told so. */
  stop(): void {
    this.#stop.abort();
    this.#idle();
    this.#abandon();
  }

  async #tryAgain(): Promise<Outcome> {
    let outcome: Outcome = { ok: false, status: 491, reason: 'Request Pending' };
    for (let tries = 0; tries < MAX_TRIES && outcome.status === 491; tries++) {
      if (tries > 0) {
        const delay = glareDelay(this.#ports.ownsCallId, this.#ports.random());
        await wait(delay, undefined, { signal: this.#stop.signal }).catch(() => {});
      }
      outcome = await this.#once();
    }
    return outcome;
  }

  async #once(): Promise<Outcome> {
    while (this.#ports.dialog()?.reinviteUserAgentServer)
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    const dialog = this.#ports.dialog();
    if (!dialog) return { ok: false, status: 481, reason: 'The call is not up' };
    return new Promise((resolve) => {
      this.#abandon = () => resolve({ ok: false, status: 487, reason: 'The call has ended' });
      const refused = ({ message }: IncomingResponse): void =>
        resolve({ ok: false, status: message.statusCode ?? 500, reason: message.reasonPhrase ?? '' });
      const request: OutgoingInviteRequest = dialog.invite(
        {
          onAccept: (response) => resolve(this.#accepted(dialog, response, request)),
          onRedirect: refused,
          onReject: refused,
        },
        { extraHeaders: [`Contact: ${this.#ports.contact()}`], body: sdpBody(this.#ports.media.offer()) },
      );
    });
  }

  #accepted(
    dialog: SessionDialog,
    response: AckableIncomingResponseWithSession,
    request: OutgoingInviteRequest,
  ): Outcome {
    const contact: unknown = response.message.parseHeader('contact');
    if (contact instanceof NameAddrHeader) refreshTarget(dialog, contact.uri);
    const answer = sdpOf(response.message);
    const ok = answer !== null && this.#ports.media.accept(answer);
    response.ack({ extraHeaders: credentialFields(request.message) });
    if (ok) return { ok, status: response.message.statusCode ?? 200, reason: response.message.reasonPhrase ?? '' };
    return { ok, status: 488, reason: 'Not Acceptable Here' };
  }
}
