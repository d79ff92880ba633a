/** A REFER of the far end: somebody is to be called in its place, and it is told how that goes (RFC 3515). */
import type { Client } from '../dialog/client.ts';
import type { Dialog } from '../dialog/dialog.ts';
import { sipfragType, writeSipfrag } from '../events/sipfrag.ts';
import { readReferTo } from '../headers/refer-to.ts';
import { readReferredBy } from '../headers/referred-by.ts';
import { writeReplaces } from '../headers/replaces.ts';
import { writeSubscriptionState } from '../headers/subscription-state.ts';
import { fieldOf, fieldsOf, type SipMessage, sequenceOf } from '../message/message.ts';
import { field, reasonOf } from '../message/response.ts';
import { writeUri } from '../message/uri.ts';
import type { ServerRequest } from '../transaction/server-request.ts';
import type { Referral, Session, SessionEnd } from './session.ts';

/** s: for how long the far end is told at most; a call that rings for longer is not ours to follow. */
const SUBSCRIPTION = 180;

export interface ReferralFacts {
  target: string;
  replaces: string;
  referredBy: string;
  /** The far end wants to hear how it goes (RFC 4488). */
  wantsNotifies: boolean;
}

/** Null for what isn't exactly one Refer-To that can be called (RFC 3515 §2.4.2). */
export function readReferral(request: SipMessage): ReferralFacts | null {
  const values = fieldsOf(request, 'refer-to');
  const referTo = values.length === 1 ? readReferTo(values[0] ?? '') : null;
  if (!referTo || (referTo.method !== '' && referTo.method.toUpperCase() !== 'INVITE')) return null;
  return {
    target: writeUri(referTo.uri),
    replaces: referTo.replaces ? writeReplaces(referTo.replaces) : '',
    referredBy: readReferredBy(fieldOf(request, 'referred-by'))?.value ?? '',
    wantsNotifies: !/^false$/i.test(fieldOf(request, 'refer-sub').trim()),
  };
}

export interface IncomingReferOptions {
  request: ServerRequest;
  referral: ReferralFacts;
  client: Client;
  /** Where its NOTIFYs go. */
  dialog: Dialog;
  /** RFC 3515 §2.4.6: the first one of a dialog needs no id. */
  first: boolean;
  contact(): string;
  /** It is over, and its dialog with it where it has one of its own. */
  over?(): void;
}

export class IncomingRefer implements Referral {
  readonly target: string;
  readonly replaces: string;
  readonly referredBy: string;
  readonly #options: IncomingReferOptions;
  #over = false;
  #told = 0;
  /** One NOTIFY after the other, so that none overtakes. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: IncomingReferOptions) {
    this.#options = options;
    this.target = options.referral.target;
    this.replaces = options.referral.replaces;
    this.referredBy = options.referral.referredBy;
  }

  accept(made: Session): void {
    const { request, referral, contact } = this.#options;
    const fields = [field('contact', contact())];
    if (!referral.wantsNotifies) fields.push(field('refer-sub', 'false'));
    request.respond(202, { fields });
    if (!referral.wantsNotifies) {
      this.#end();
      return;
    }
    this.#tell(100);
    made.on('progress', (status, reason) => this.#tell(status, reason));
    made.on('confirmed', () => this.#tell(200));
    made.on('ended', (end) => this.#tell(...statusOf(end)));
  }

  refuse(status: number): void {
    this.#options.request.respond(status);
    this.#end();
  }

  /** Rising only: who is called may ring as often as it likes, without as many NOTIFYs of ours. */
  #tell(status: number, reason = ''): void {
    if (this.#over || status <= this.#told) return;
    this.#told = status;
    if (status >= 200) this.#over = true;
    this.#turn = this.#turn.then(() => this.#notify(status, reason));
  }

  async #notify(status: number, reason: string): Promise<void> {
    const { client, dialog, request, first, contact } = this.#options;
    const final = status >= 200;
    const state = final
      ? ({ state: 'terminated', expires: null, reason: 'noresource', retryAfter: null } as const)
      : ({ state: 'active', expires: SUBSCRIPTION, reason: '', retryAfter: null } as const);
    const fields = [
      field('event', first ? 'refer' : `refer;id=${sequenceOf(request.message)}`),
      field('subscription-state', writeSubscriptionState(state)),
      field('contact', contact()),
    ];
    const body = { type: sipfragType, content: writeSipfrag(status, reason || reasonOf(status)) };
    const answer = await client.ask(() => dialog.request('NOTIFY', { fields, body }));
    if (final || answer.status === 481) this.#end();
  }

  #end(): void {
    this.#over = true;
    this.#options.over?.();
    this.#options.over = () => {};
  }
}

/** What a call that ended without an answer says to whoever asked for it. */
function statusOf({ by, status, reason }: SessionEnd): [number, string] {
  if (status >= 300) return [status, reason];
  return by === 'local' ? [487, ''] : [503, ''];
}
