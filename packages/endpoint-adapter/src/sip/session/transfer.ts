/** A REFER of ours, and what the far end tells of it (RFC 3515, RFC 5589). */
import type { Client } from '../dialog/client.ts';
import { Dialog } from '../dialog/dialog.ts';
import { readSipfrag } from '../events/sipfrag.ts';
import { writeReferTo } from '../headers/refer-to.ts';
import { readSubscriptionState } from '../headers/subscription-state.ts';
import { fieldOf, type HeaderField, sequenceOf } from '../message/message.ts';
import { readNameAddr } from '../message/name-addr.ts';
import { noParameters } from '../message/parameters.ts';
import { field } from '../message/response.ts';
import { readUri, type Uri } from '../message/uri.ts';
import type { ServerRequest } from '../transaction/server-request.ts';
import type { Outcome, SessionEnd, TransferProgress } from './session.ts';

/** ms: a far end that has said yes may take so long to say how it ended. */
const PATIENCE = 185_000;

export interface TransferOptions {
  client: Client;
  dialog: Dialog;
  /** Who refers (RFC 3892), a name-addr. */
  from: string;
  progress: (it: TransferProgress) => void;
}

/** Who a REFER is to call. A dialog: its far end, whose call with us is replaced (RFC 3891). */
function referTo(target: Uri | Dialog | null): string {
  if (!(target instanceof Dialog)) return target ? writeReferTo(target, null) : '';
  // Its address of record: the server finds the phone by that, and the Replaces finds the call.
  const remote = readNameAddr(target.remote)?.uri ?? readUri(target.remote) ?? target.remoteTarget;
  const { callId, localTag, remoteTag } = target;
  const replaces = { callId, toTag: remoteTag, fromTag: localTag, earlyOnly: false };
  return writeReferTo({ ...remote, parameters: noParameters }, replaces);
}

export class Transfer {
  readonly #options: TransferOptions;
  /** CSeq of the REFER, by which its NOTIFYs can be told (RFC 3515 §2.4.6). */
  #id = '';
  #accepted = false;
  #settled = false;
  #timer: NodeJS.Timeout | undefined;
  #settle: (outcome: Outcome) => void = () => {};

  constructor(options: TransferOptions) {
    this.#options = options;
  }

  run(target: Uri | Dialog | null, fields: readonly HeaderField[]): Promise<Outcome> {
    const { client, dialog, from } = this.#options;
    const parts = {
      fields: [...fields, field('refer-to', referTo(target)), field('referred-by', from)],
    };
    return new Promise((resolve) => {
      this.#settle = (outcome) => {
        clearTimeout(this.#timer);
        this.#settled = true;
        resolve(outcome);
      };
      const make = () => {
        const request = dialog.request('REFER', parts);
        this.#id = String(sequenceOf(request));
        return request;
      };
      client.send(make, {
        final: ({ status, reason, message }) => {
          if (!message || status >= 300) return void this.#settle({ ok: false, status, reason });
          this.#accepted = true;
          this.#options.progress({ status, reason });
          // RFC 4488 §4: it won't tell.
          if (/^false$/i.test(fieldOf(message, 'refer-sub').trim())) this.#settle({ ok: true, status, reason });
          // A NOTIFY may have come before.
          if (this.#settled) return;
          this.#timer = setTimeout(
            () => this.#settle({ ok: false, status: 408, reason: 'The far end did not say how it ended' }),
            PATIENCE,
          );
        },
      });
    });
  }

  /** Whether a NOTIFY with that id is about this one. */
  owns(id: string): boolean {
    return id === '' || id === this.#id;
  }

  notified(request: ServerRequest): void {
    request.respond(200);
    const { message } = request;
    const fragment = readSipfrag(message.body);
    const over = readSubscriptionState(fieldOf(message, 'subscription-state'))?.state === 'terminated';
    if (fragment) this.#options.progress({ status: fragment.status, reason: fragment.reason });
    if (fragment && fragment.status >= 200) {
      const { status, reason } = fragment;
      this.#settle({ ok: status < 300, status, reason });
    } else if (over) this.#settle({ ok: false, status: 500, reason: 'The far end did not say how it ended' });
  }

  /** The session ended meanwhile: a far end that has said yes and hangs up has got where it was sent. */
  stop(end: SessionEnd): void {
    const ok = this.#accepted && end.by === 'remote';
    this.#settle(ok ? { ok, status: 200, reason: 'OK' } : { ok, status: 487, reason: 'The call has ended' });
  }
}
