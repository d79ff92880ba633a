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
  /** By dialog id without the far end's tag. */
  readonly #expected = new Map<string, (request: ServerRequest) => void>();

  get size(): number {
    return this.#all.size;
  }

  add(dialog: Dialog, owner: DialogOwner): void {
    this.#all.set(dialog.id, { dialog, owner });
  }

  remove(dialog: Dialog, owner: DialogOwner): void {
    if (this.#all.get(dialog.id)?.owner === owner) this.#all.delete(dialog.id);
  }

  /** A far end may speak in a dialog that we ask for before its response has told us the tag (RFC 6665 §4.4.1). */
  expect(callId: string, localTag: string, first: (request: ServerRequest) => void): void {
    this.#expected.set(dialogId(callId, localTag, ''), first);
  }

  expectNoMore(callId: string, localTag: string): void {
    this.#expected.delete(dialogId(callId, localTag, ''));
  }

  has(id: string): boolean {
    return this.#all.has(id) || this.#expecting(id) !== undefined;
  }

  /** RFC 3261 §12.2.2: 481 where there is no such dialog, 500 for what comes out of order. */
  receive(request: ServerRequest): void {
    const id = dialogIdOf(request.message);
    const found = this.#all.get(id);
    if (!found) {
      const first = this.#expecting(id);
      if (first) first(request);
      else request.respond(481);
    } else if (!found.dialog.takes(request.message)) request.respond(500);
    else found.owner.receive(request, found.dialog);
  }

  acknowledged(ack: SipMessage): void {
    const found = this.#all.get(dialogIdOf(ack));
    if (found) found.owner.acknowledged?.(ack, found.dialog);
  }

  #expecting(id: string): ((request: ServerRequest) => void) | undefined {
    return this.#expected.get(id.slice(0, id.lastIndexOf(' ') + 1));
  }
}
