/** The dialogs of one line, and who each of them belongs to. */
import { fieldOf, type SipMessage, tagOf } from '../message/message.ts';
import type { ServerRequest } from '../transaction/server-request.ts';
import { type Dialog, dialogId } from './dialog.ts';

/** A session, or a subscription. */
export interface DialogOwner {
  /** A request inside the dialog, in order, other than ACK. */
  receive(request: ServerRequest, dialog: Dialog): void;
  acknowledged?(ack: SipMessage, dialog: Dialog): void;
}

/** Which dialog of ours a request of the far end belongs to. */
export const dialogIdOf = (request: SipMessage): string =>
  dialogId(fieldOf(request, 'call-id'), tagOf(fieldOf(request, 'to')), tagOf(fieldOf(request, 'from')));

export class Dialogs {
  readonly #all = new Map<string, { dialog: Dialog; owner: DialogOwner }>();

  get size(): number {
    return this.#all.size;
  }

  add(dialog: Dialog, owner: DialogOwner): void {
    this.#all.set(dialog.id, { dialog, owner });
  }

  remove(dialog: Dialog, owner: DialogOwner): void {
    if (this.#all.get(dialog.id)?.owner === owner) this.#all.delete(dialog.id);
  }

  ownerOf(id: string): DialogOwner | null {
    return this.#all.get(id)?.owner ?? null;
  }

  has(id: string): boolean {
    return this.#all.has(id);
  }

  /** RFC 3261 §12.2.2: 481 where there is no such dialog, 500 for what comes out of order. */
  receive(request: ServerRequest): void {
    const found = this.#all.get(dialogIdOf(request.message));
    if (!found) request.respond(481);
    else if (!found.dialog.takes(request.message)) request.respond(500);
    else found.owner.receive(request, found.dialog);
  }

  acknowledged(ack: SipMessage): void {
    const found = this.#all.get(dialogIdOf(ack));
    if (found) found.owner.acknowledged?.(ack, found.dialog);
  }
}
