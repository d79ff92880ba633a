/** The ACK of a 2xx, the same for each repetition of it (RFC 3261 §13.2.2.4). */
import type { Client } from '../dialog/client.ts';
import type { Dialog } from '../dialog/dialog.ts';
import { newBranch } from '../ids.ts';
import type { SipMessage } from '../message/message.ts';

export class Acknowledgement {
  readonly #client: Client;
  readonly #dialog: Dialog;
  readonly #branch = newBranch();
  #sent: { ack: SipMessage; invite: SipMessage } | null = null;

  constructor(client: Client, dialog: Dialog) {
    this.#client = client;
    this.#dialog = dialog;
  }

  send(invite: SipMessage): void {
    this.#sent = { ack: this.#dialog.acknowledge(invite), invite };
    this.#client.acknowledge(this.#sent.ack, invite, this.#branch);
  }

  /** A 2xx came: false where it is the first. */
  repeated(): boolean {
    if (this.#sent) this.#client.acknowledge(this.#sent.ack, this.#sent.invite, this.#branch);
    return this.#sent !== null;
  }
}
