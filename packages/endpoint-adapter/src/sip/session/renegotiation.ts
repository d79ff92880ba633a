/** Re-INVITEs of ours: one at a time, and again after 491 (RFC 3261 §14.1). */
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '../dialog/client.ts';
import type { Dialog } from '../dialog/dialog.ts';
import type { Answer, Sent } from '../dialog/exchange.ts';
import type { HeaderField, SipMessage } from '../message/message.ts';
import { TIMEOUT } from '../timers.ts';
import { Acknowledgement } from './acknowledgement.ts';
import { sdpBody, sdpOf } from './body.ts';
import type { Outcome, SessionMedia } from './session.ts';

/** A peer that says 491 for ever is not asked for ever. */
const MAX_TRIES = 8;

/** ms, in units of 10 (RFC 3261 §14.1): who made the Call-ID waits longer. */
function glareDelay(ownsCallId: boolean, random: number): number {
  const [from, to] = ownsCallId ? [210, 400] : [0, 200];
  return (from + Math.round(random * (to - from))) * 10;
}

export interface RenegotiationPorts {
  client: Client;
  /** Null where the session isn't confirmed, or has ended. */
  dialog(): Dialog | null;
  media: SessionMedia;
  fields(): HeaderField[];
  /** A 2xx of ours to a re-INVITE of the far end waits for its ACK. */
  busy(): boolean;
  /** A 2xx came. */
  refreshed(response: SipMessage): void;
  ownsCallId: boolean;
  random(): number;
}

export class Renegotiation {
  readonly #ports: RenegotiationPorts;
  readonly #stop = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();
  #underway = false;
  #idle: () => void = () => {};
  #abandon: () => void = () => {};
  #sent: Sent | null = null;

  constructor(ports: RenegotiationPorts) {
    this.#ports = ports;
  }

  /** Whether an INVITE of ours waits for its final response. */
  get underway(): boolean {
    return this.#underway;
  }

  /** offer: asked for when its turn has come. */
  run(offer: () => string): Promise<Outcome> {
    const outcome = this.#turn.then(() => this.#tryAgain(offer));
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
    // A far end that has said 1xx and forgets the rest would keep it waiting for ever.
    if (this.#underway) this.#sent?.cancel();
    this.#idle();
    this.#abandon();
  }

  async #tryAgain(offer: () => string): Promise<Outcome> {
    let outcome: Outcome = { ok: false, status: 491, reason: 'Request Pending' };
    for (let tries = 0; tries < MAX_TRIES && outcome.status === 491; tries++) {
      if (tries > 0) {
        const delay = glareDelay(this.#ports.ownsCallId, this.#ports.random());
        await wait(delay, undefined, { signal: this.#stop.signal }).catch(() => {});
      }
      outcome = await this.#once(offer);
    }
    return outcome;
  }

  async #once(offer: () => string): Promise<Outcome> {
    while (this.#ports.dialog() && this.#ports.busy())
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    const dialog = this.#ports.dialog();
    if (!dialog) return { ok: false, status: 481, reason: 'The call is not up' };
    const body = sdpBody(offer());
    this.#underway = true;
    const overdue = setTimeout(() => this.#sent?.cancel(), TIMEOUT);
    return new Promise<Outcome>((resolve) => {
      this.#abandon = () => resolve({ ok: false, status: 487, reason: 'The call has ended' });
      const acknowledged = new Acknowledgement(this.#ports.client, dialog);
      this.#sent = this.#ports.client.send(() => dialog.request('INVITE', { fields: this.#ports.fields(), body }), {
        final: (answer) => {
          this.#underway = false;
          if (!answer.message || answer.status >= 300) return resolve({ ok: false, ...answer });
          if (acknowledged.repeated()) return;
          resolve(this.#accepted(dialog, answer, answer.message));
          acknowledged.send(answer.request);
        },
      });
    }).finally(() => {
      clearTimeout(overdue);
      this.#underway = false;
    });
  }

  #accepted(dialog: Dialog, { status, reason }: Answer, response: SipMessage): Outcome {
    dialog.refresh(response);
    if (!this.#ports.dialog()) return { ok: false, status: 487, reason: 'The call has ended' };
    const answer = sdpOf(response);
    if (answer === null || !this.#ports.media.accept(answer))
      return { ok: false, status: 488, reason: 'Not Acceptable Here' };
    this.#ports.refreshed(response);
    return { ok: true, status, reason };
  }
}
