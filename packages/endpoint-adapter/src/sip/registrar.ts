/** One REGISTER to the registrar and its answer (RFC 3261 §10.2). */
import type { IncomingResponse, IncomingResponseMessage, URI } from 'sip.js/lib/core/index.js';
import { NameAddrHeader } from 'sip.js/lib/core/index.js';
import { isLocal } from './dialog-messages.ts';
import { newCallId, newTag } from './ids.ts';
import { readVia } from './message/via.ts';
import type { RegisterAnswer } from './registration.ts';
import { localFailureDetail } from './transaction/layer.ts';
import type { UserAgent } from './user-agent.ts';

/** Where the server saw the request come from. */
export interface Seen {
  address: string;
  /** 0: it doesn't say. */
  port: number;
}

const MAX_CONTACTS = 64;

const sameAddress = (a: URI, b: URI): boolean => a.user === b.user && a.host === b.host && a.port === b.port;

/** RFC 3261 §10.2.4: the expires of our Contact, or Expires. */
function grantedExpires(message: IncomingResponseMessage, contact: URI): number | null {
  const count = Math.min(message.getHeaders('contact').length, MAX_CONTACTS);
  for (let i = 0; i < count; i++) {
    const it: unknown = message.parseHeader('contact', i);
    if (!(it instanceof NameAddrHeader) || !sameAddress(it.uri, contact)) continue;
    const expires = Number(it.getParam('expires') ?? Number.NaN);
    if (Number.isFinite(expires)) return expires;
  }
  const expires = message.getHeader('expires');
  return expires !== undefined && /^\d{1,10}$/.test(expires) ? Number(expires) : null;
}

function seenIn(message: IncomingResponseMessage): Seen | null {
  const via = readVia(message.getHeader('via') ?? '');
  if (!via || (via.received === '' && !via.rport)) return null;
  return { address: via.received || via.host.replace(/^\[|\]$/g, ''), port: Number(via.rport || 0) };
}

export class Registrar {
  readonly #userAgent: UserAgent;
  readonly #aor: URI;
  readonly #registrar: URI;
  /** RFC 3261 §10.2: one Call-ID and a rising CSeq for all of them. */
  readonly #callId = newCallId();
  readonly #fromTag = newTag();
  #cseq = 0;

  constructor(userAgent: UserAgent, aor: URI, registrar: URI) {
    this.#userAgent = userAgent;
    this.#aor = aor;
    this.#registrar = registrar;
  }

  /** outdated: a Contact of ours that is to go. */
  register(contact: URI, expiresS: number, outdated: URI | null): Promise<RegisterAnswer & { seen: Seen | null }> {
    const contacts = [`Contact: <${contact}>`];
    if (outdated) contacts.push(`Contact: <${outdated}>;expires=0`);
    this.#cseq += 1;
    const message = this.#userAgent.makeOutgoingRequestMessage(
      'REGISTER',
      this.#registrar,
      this.#aor,
      this.#aor,
      { callId: this.#callId, fromTag: this.#fromTag, cseq: this.#cseq },
      [...contacts, `Expires: ${expiresS}`],
    );
    return new Promise((resolve) => {
      const answered = ({ message: response }: IncomingResponse): void => {
        // Each challenge has taken a number of its own.
        this.#cseq = message.cseq;
        const local = isLocal(response);
        resolve({
          status: local ? 0 : (response.statusCode ?? 0),
          reason: response.reasonPhrase ?? '',
          detail: localFailureDetail(response.getHeader('warning')) ?? 'no response',
          expiresS: grantedExpires(response, contact),
          minExpiresS: Number(response.getHeader('min-expires') ?? 0) || 0,
          authorized: message.hasHeader('authorization') || message.hasHeader('proxy-authorization'),
          moved: false,
          seen: seenIn(response),
        });
      };
      this.#userAgent.register(message, { onAccept: answered, onRedirect: answered, onReject: answered });
    });
  }
}
