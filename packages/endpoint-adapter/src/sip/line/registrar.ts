/** One REGISTER to the registrar and its answer (RFC 3261 §10.2). */
import { bareHost, type Target } from '../address.ts';
import type { Client } from '../dialog/client.ts';
import { makeRequest } from '../dialog/request.ts';
import { readRetryAfter } from '../headers/retry-after.ts';
import { readNumber } from '../headers/values.ts';
import { newCallId, newTag } from '../ids.ts';
import { fieldOf, fieldsOf, type SipMessage, splitList } from '../message/message.ts';
import { readNameAddr } from '../message/name-addr.ts';
import { allowField, field, supportedField } from '../message/response.ts';
import { type Uri, writeUri } from '../message/uri.ts';
import { readVia } from '../message/via.ts';
import type { RegisterAnswer } from './registration.ts';
import type { Seen } from './whereabouts.ts';

const MAX_CONTACTS = 64;

const sameAddress = (a: Uri, b: Uri): boolean => a.user === b.user && a.host === b.host && a.port === b.port;

/** RFC 3261 §10.2.4: the expires of our Contact, or Expires. */
function grantedExpires(message: SipMessage, contact: Uri): number | null {
  for (const value of fieldsOf(message, 'contact').flatMap(splitList).slice(0, MAX_CONTACTS)) {
    const it = readNameAddr(value);
    const expires = it && sameAddress(it.uri, contact) ? readNumber(it.parameters.get('expires') ?? '') : null;
    if (expires !== null) return expires;
  }
  return readNumber(fieldOf(message, 'expires'));
}

function seenIn(message: SipMessage): Seen | null {
  const via = readVia(fieldOf(message, 'via'));
  if (!via || (via.received === '' && !via.rport)) return null;
  const port = readNumber(via.rport ?? '') ?? 0;
  return { address: via.received || bareHost(via.host), port: port <= 65_535 ? port : 0 };
}

export interface RegistrarOptions {
  client: Client;
  /** The address of record, as a name-addr without tag. */
  from: string;
  registrar: Uri;
  /** ;+sip.instance and the like, for our Contact. */
  contactParameters: () => string;
  /** How long a server may take for its first word, ms. */
  patience: number;
}

export interface Registered extends RegisterAnswer {
  seen: Seen | null;
  target: Target | null;
}

export class Registrar {
  readonly #options: RegistrarOptions;
  /** RFC 3261 §10.2: one Call-ID and a rising CSeq for all of them. */
  readonly #callId = newCallId();
  readonly #fromTag = newTag();
  #sequence = 0;

  constructor(options: RegistrarOptions) {
    this.#options = options;
  }

  /** outdated: a Contact of ours that is to go. */
  async register(contact: Uri, expiresS: number, outdated: Uri | null): Promise<Registered> {
    const { client, from, registrar, contactParameters, patience } = this.#options;
    const contacts = [field('contact', `<${writeUri(contact)}>${contactParameters()}`)];
    if (outdated) contacts.push(field('contact', `<${writeUri(outdated)}>;expires=0`));
    const make = (): SipMessage => {
      this.#sequence += 1;
      return makeRequest({
        method: 'REGISTER',
        uri: registrar,
        from: `${from};tag=${this.#fromTag}`,
        to: from,
        callId: this.#callId,
        sequence: this.#sequence,
        fields: [...contacts, field('expires', String(expiresS)), allowField, supportedField],
      });
    };
    const { status, reason, message, detail, authorized, target } = await client.ask(make, { patience });
    return {
      status: message ? status : 0,
      reason,
      detail: detail || 'no response',
      expiresS: message && grantedExpires(message, contact),
      retryAfterS: (message && readRetryAfter(fieldOf(message, 'retry-after'))) ?? 0,
      minExpiresS: (message && readNumber(fieldOf(message, 'min-expires'))) ?? 0,
      authorized,
      moved: false,
      seen: message && seenIn(message),
      target,
    };
  }
}
