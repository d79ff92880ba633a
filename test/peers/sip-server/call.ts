/** A call between the server and the phone, as the server has it: one dialog, its INVITEs, and who is on its other side. */
import type { Dialog } from './dialog.ts';
import { Media, type PhoneCodecs } from './media.ts';
import { type Address, type Message, sequenceOf } from './message.ts';
import type { Party } from './party.ts';
import type { Referral } from './referral.ts';
import type { ClientTransaction, ServerTransaction } from './transactions.ts';
import type { Wire } from './wire.ts';

export type CallState =
  | 'calling'
  | 'ringing'
  /** There was a 200, but no ACK. */
  | 'answered'
  | 'talking'
  | 'ended';

export interface CallParts {
  agent: string;
  /** The phone. */
  at: Address;
  wire: Wire;
  dialog: Dialog;
  party: Party;
  codecs: PhoneCodecs;
  uuid: string;
}

export class Call {
  readonly agent: string;
  readonly dialog: Dialog;
  readonly media: Media;
  readonly uuid: string;
  party: Party;
  state: CallState = 'calling';
  /** The status that the INVITE was refused with. */
  refusal = 0;
  endedByPhone = false;
  /** Re-INVITEs of the phone, not counting those answered with 491. */
  phoneInvites = 0;
  /** The last INVITE of the server in this dialog. */
  invite: ClientTransaction | null = null;
  /** The last INVITE of the phone. */
  phoneInvite: ServerTransaction | null = null;
  /** The phone has been asked to take it off hold. */
  retrieving = false;
  /** What the phone was asked to do by a REFER in this dialog. */
  referral: Referral | null = null;
  /** Digits of INFO requests. */
  infos: string[] = [];
  /** After the first response that rings. */
  rang = () => {};
  #at: Address;
  #wire: Wire;
  #offered = false;
  #ack: Message | null = null;

  constructor({ agent, at, wire, dialog, party, codecs, uuid }: CallParts) {
    this.agent = agent;
    this.#at = at;
    this.#wire = wire;
    this.dialog = dialog;
    this.party = party;
    this.uuid = uuid;
    this.media = new Media(codecs, (sentence) => this.complain(sentence));
  }

  get heldByPhone(): boolean {
    return this.media.heldByPhone;
  }

  /** Whether offer and answer are under way, from either side; another INVITE would meet 491. */
  get negotiating(): boolean {
    const theirs = this.phoneInvite;
    return this.#ownInviteOpen || (theirs !== null && !theirs.acknowledged);
  }

  complain(sentence: string): void {
    this.#wire.complaints.push(`call ${this.dialog.callId}: ${sentence}`);
  }

  /** Any request within the dialog but ACK. */
  request(message: Message, heard?: (response: Message) => void): ClientTransaction {
    return this.#wire.request(message, this.#at, heard);
  }

  /** The INVITE that makes the call. offer: '' for the phone to make one. */
  place(offer: string, fields: Record<string, string>): void {
    this.#offered = offer !== '';
    const message = this.dialog.request('INVITE', { fields: { ...serverFields, ...fields }, body: offer });
    this.invite = this.request(message, (response) => this.#placed(response));
  }

  /** An INVITE within the call; its ACK is for acknowledge(). */
  reinvite(offer: string): ClientTransaction {
    const held = this.heldByPhone;
    this.#offered = offer !== '';
    this.#ack = null;
    const fields = { ...serverFields, 'X-Genesys-CallUUID': this.uuid };
    const message = this.dialog.request('INVITE', { fields, body: offer });
    this.invite = this.request(message, (response) => {
      if (response.status < 200 || response.status > 299) return;
      if (this.#ack) return this.#wire.sendOnce(this.#ack, this.#at);
      if (this.invite?.repeats) return;
      this.#describe(response);
      if (held && !this.heldByPhone && !this.retrieving) this.complain("the server's re-INVITE ended the phone's hold");
    });
    return this.invite;
  }

  acknowledge(answer = ''): void {
    if (!this.invite || this.state === 'ended') return;
    const sequence = sequenceOf(this.invite.request).number;
    const fields = { 'X-Genesys-CallUUID': this.uuid };
    this.#ack = this.dialog.request('ACK', { fields, body: answer, sequence });
    this.#wire.sendOnce(this.#ack, this.#at);
    this.state = 'talking';
  }

  /** As the response to the call's own INVITE where the phone has made it. */
  answerTo(invite: ServerTransaction): void {
    this.media.phoneOffers(invite.request.body, false);
    this.phoneInvite = invite;
    this.state = 'answered';
    this.#reply(invite, this.media.answer(this.party));
  }

  /** A request of the phone within the dialog. */
  take(request: Message, transaction: ServerTransaction): void {
    for (const fault of this.dialog.faultsOf(request)) this.#wire.complain(fault, request);
    const { method } = request;
    const toTag = this.dialog.localTag;
    if (this.state === 'ended' && method !== 'NOTIFY') transaction.reply(481, 'Call Does Not Exist', { toTag });
    else if (method === 'INVITE') this.#takeInvite(request, transaction);
    else if (method === 'UPDATE') this.#takeUpdate(request, transaction);
    else if (method === 'BYE') {
      transaction.reply(200, 'OK', { toTag });
      this.end(true);
    } else if (method === 'NOTIFY' && this.referral) this.referral.take(request, transaction);
    else if (method === 'INFO') {
      this.infos.push(request.body);
      transaction.reply(200, 'OK', { toTag });
    } else {
      this.#wire.complain('not expected in a call', request);
      transaction.reply(method === 'NOTIFY' ? 489 : 405, 'Not Here', { fields: { Allow: serverFields.Allow } });
    }
  }

  takeAck(): void {
    if (this.state === 'answered') this.state = 'talking';
  }

  end(byPhone: boolean): void {
    this.state = 'ended';
    this.endedByPhone = byPhone;
    this.party.close();
  }

  get #ownInviteOpen(): boolean {
    const invite = this.invite;
    if (!invite) return false;
    if (!invite.final) return true;
    return invite.final.status < 300 && !this.#ack;
  }

  #placed(response: Message): void {
    if (response.status === 100 || this.state === 'ended') return;
    if (response.status >= 300) {
      this.refusal = response.status;
      this.end(true);
      return;
    }
    if (response.status < 200) {
      this.dialog.learn(response);
      const first = this.state === 'calling';
      this.state = 'ringing';
      if (first) this.rang();
      return;
    }
    if (this.state === 'calling' || this.state === 'ringing') {
      this.dialog.learn(response);
      this.#describe(response);
      this.state = 'answered';
      if (this.#offered) this.acknowledge();
    } else if (this.#ack) this.#wire.sendOnce(this.#ack, this.#at);
  }

  #describe(response: Message): void {
    this.dialog.refresh(response);
    if (this.#offered) this.media.phoneAnswers(response.body);
    else this.media.phoneOffers(response.body, true);
  }

  #takeInvite(request: Message, transaction: ServerTransaction): void {
    if (this.negotiating) {
      transaction.reply(491, 'Request Pending');
      return;
    }
    this.phoneInvites += 1;
    this.phoneInvite = transaction;
    this.dialog.refresh(request);
    if (request.body === '') this.#wire.complain('a re-INVITE of the phone without description', request);
    this.media.phoneOffers(request.body, false);
    this.#reply(transaction, this.media.answer(this.party));
  }

  #takeUpdate(request: Message, transaction: ServerTransaction): void {
    this.dialog.refresh(request);
    if (request.body) this.media.phoneOffers(request.body, false);
    this.#reply(transaction, request.body && this.media.answer(this.party));
  }

  #reply(transaction: ServerTransaction, body: string): void {
    const { contact, localTag: toTag } = this.dialog;
    const type: Record<string, string> = body ? { 'Content-Type': 'application/sdp' } : {};
    transaction.reply(200, 'OK', { toTag, fields: { Contact: `<${contact}>`, ...serverFields, ...type }, body });
  }
}

/** What the server says that it can do. */
export const serverFields = {
  Allow: 'ACK, BYE, CANCEL, INFO, INVITE, MESSAGE, NOTIFY, OPTIONS, PRACK, REFER, UPDATE',
  Supported: '100rel,timer,uui',
};
