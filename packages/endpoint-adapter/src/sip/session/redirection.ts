/** Where a 3xx sends a call (RFC 3261 §8.1.3.4, §19.1.5). */
import { fieldsOf, type SipMessage, splitList } from '../message/message.ts';
import { readNameAddr } from '../message/name-addr.ts';
import { type Uri, writeUri } from '../message/uri.ts';

export const MAX_REDIRECTIONS = 5;

const MAX_CONTACTS = 16;

/** Contacts by q, highest first; sip: and sips: only. */
export function redirectTargets(message: SipMessage): Uri[] {
  const found: Array<{ uri: Uri; q: number }> = [];
  for (const value of fieldsOf(message, 'contact').flatMap(splitList).slice(0, MAX_CONTACTS)) {
    const contact = readNameAddr(value);
    if (!contact || (contact.uri.scheme !== 'sip' && contact.uri.scheme !== 'sips')) continue;
    const q = Number(contact.parameters.get('q') ?? 1);
    // RFC 3261 §19.1.5: header fields and the method in it are not taken over.
    const parameters = new Map(contact.uri.parameters);
    parameters.delete('method');
    found.push({ uri: { ...contact.uri, headers: '', parameters }, q: Number.isFinite(q) ? q : 0 });
  }
  return found.sort((a, b) => b.q - a.q).map((it) => it.uri);
}

/** Remembers where a call has been. */
export class Redirections {
  readonly #visited = new Set<string>();

  constructor(target: Uri) {
    this.#visited.add(writeUri(target));
  }

  /** The next target; null when there is none, when all were tried, or after too many. */
  next(targets: readonly Uri[]): Uri | null {
    if (this.#visited.size > MAX_REDIRECTIONS) return null;
    const target = targets.find((it) => !this.#visited.has(writeUri(it)));
    if (!target) return null;
    this.#visited.add(writeUri(target));
    return target;
  }
}
