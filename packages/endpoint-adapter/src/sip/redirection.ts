/** Where a 3xx sends a call (RFC 3261 §8.1.3.4, §19.1.5). */
import { type IncomingMessage, NameAddrHeader, type URI } from 'sip.js/lib/core/index.js';

export const MAX_REDIRECTIONS = 5;

const MAX_CONTACTS = 16;

/** Contacts by q, highest first; sip: only. */
export function redirectTargets(message: IncomingMessage): URI[] {
  const found: Array<{ uri: URI; q: number }> = [];
  const count = Math.min(message.getHeaders('contact').length, MAX_CONTACTS);
  for (let i = 0; i < count; i++) {
    const contact: unknown = message.parseHeader('contact', i);
    if (!(contact instanceof NameAddrHeader) || contact.uri.scheme !== 'sip') continue;
    const q = Number(contact.getParam('q') ?? 1);
    // RFC 3261 §19.1.5: header fields and the method in it are not taken over.
    contact.uri.clearHeaders();
    contact.uri.deleteParam('method');
    found.push({ uri: contact.uri, q: Number.isFinite(q) ? q : 0 });
  }
  return found.sort((a, b) => b.q - a.q).map((it) => it.uri);
}

/** Remembers where a call has been. */
export class Redirections {
  readonly #visited = new Set<string>();

  constructor(target: URI) {
    this.#visited.add(target.toString());
  }

  /** The next target; null when there is none, when all were tried, or after too many. */
  next(targets: readonly URI[]): URI | null {
    const target = targets.find((uri) => !this.#visited.has(uri.toString()));
    if (!target || this.#visited.size > MAX_REDIRECTIONS) return null;
    this.#visited.add(target.toString());
    return target;
  }
}
