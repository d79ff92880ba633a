/** A REFER that the server has sent, and what the phone reports of it (RFC 3515): NOTIFYs with the status of its call. */
import { fieldOf, type Message } from './message.ts';
import type { ServerTransaction } from './transactions.ts';

export class Referral {
  /** The number that the phone is to call. */
  readonly number: string;
  /** Who has asked for it; the phone's INVITE is to have the same Referred-By. */
  readonly referredBy: string;
  /** The call's statuses, as reported. */
  readonly statuses: number[] = [];
  over = false;
  #complain: (sentence: string, about: Message) => void;

  constructor(number: string, referredBy: string, complain: (sentence: string, about: Message) => void) {
    this.number = number;
    this.referredBy = referredBy;
    this.#complain = complain;
  }

  take(notify: Message, transaction: ServerTransaction): void {
    const fault = this.#faultOf(notify);
    if (fault) this.#complain(fault, notify);
    this.statuses.push(Number(/^SIP\/2\.0 (\d{3}) /.exec(notify.body)?.[1]));
    this.over = /^terminated\b/.test(fieldOf(notify, 'Subscription-State'));
    transaction.reply(200, 'OK');
  }

  #faultOf(notify: Message): string {
    if (!/^refer(;id=\d+)?$/.test(fieldOf(notify, 'Event'))) return 'the event is not refer';
    if (!/^message\/sipfrag\b/.test(fieldOf(notify, 'Content-Type'))) return 'the body is no sipfrag';
    if (!/^SIP\/2\.0 [1-6]\d\d [^\r\n]*(\r\n|$)/.test(notify.body)) return 'the sipfrag has no status';
    if (this.over) return 'reported after the end of the subscription';
    const isFinal = !/^SIP\/2\.0 1/.test(notify.body);
    const terminates = /^terminated\b/.test(fieldOf(notify, 'Subscription-State'));
    // RFC 3515 §2.4.7: the final status ends the subscription.
    return isFinal === terminates ? '' : 'final status and end of the subscription do not come together';
  }

  /** How an invitation of the phone differs from what was asked for. */
  faultOf(invite: Message): string {
    const by = fieldOf(invite, 'Referred-By');
    return by === this.referredBy ? '' : `Referred-By is "${by}" instead of "${this.referredBy}"`;
  }
}
