/** REGISTER with Digest MD5 (RFC 3261 §10, RFC 7616): who is where. */
import { createHash } from 'node:crypto';
import { type Address, fieldOf, fieldsOf, type Message, random, readUri, sequenceOf, uriOf } from './message.ts';
import type { ServerTransaction } from './transactions.ts';

export interface Agent {
  user: string;
  password: string;
}

export interface Binding {
  /** The phone's Contact. */
  contact: string;
  at: Address;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const realm = 'contact centre';

export interface Credentials {
  user: string;
  password: string;
  method: string;
  uri: string;
  nonce: string;
  count: string;
  cnonce: string;
}

/** RFC 7616 §3.4.1 with MD5 and qop auth. */
export function digestResponse({ user, password, method, uri, nonce, count, cnonce }: Credentials): string {
  return md5([md5(`${user}:${realm}:${password}`), nonce, count, cnonce, 'auth', md5(`${method}:${uri}`)].join(':'));
}

export const readDigest = (value: string): Map<string, string> =>
  new Map([...value.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,"]+))/g)].map(([, name = '', a, b]) => [name, a ?? b ?? '']));

export class Registrar {
  readonly bindings = new Map<string, Binding>();
  /** So far, refused ones too. */
  requests = 0;
  #agents: readonly Agent[];
  /** s */
  #granted: number;
  #complain: (sentence: string, about: Message) => void;
  /** How often each nonce has been used. */
  #nonces = new Map<string, number>();
  #sequences = new Map<string, number>();

  constructor(agents: readonly Agent[], granted: number, complain: (sentence: string, about: Message) => void) {
    this.#agents = agents;
    this.#granted = granted;
    this.#complain = complain;
  }

  /** As after a restart. */
  forget(): void {
    this.bindings.clear();
    this.#nonces.clear();
  }

  take(request: Message, transaction: ServerTransaction): void {
    const toTag = random();
    this.requests += 1;
    this.#checkForm(request);
    const user = readUri(uriOf(fieldOf(request, 'To')))?.user ?? '';
    const agent = this.#agents.find((it) => it.user === user);
    if (!agent) {
      transaction.reply(404, 'Not Found', { toTag });
      return;
    }
    const digest = readDigest(fieldOf(request, 'Authorization'));
    if (!this.#nonces.has(digest.get('nonce') ?? '')) {
      this.#challenge(transaction, toTag, digest.size > 0);
      return;
    }
    if (!this.#isRight(digest, agent, request)) {
      transaction.reply(403, 'Forbidden', { toTag });
      return;
    }
    this.#bind(user, request);
    const binding = this.bindings.get(user);
    const fields = {
      Expires: String(this.#granted),
      ...(binding ? { Contact: `<${binding.contact}>;expires=${this.#granted}` } : {}),
    };
    transaction.reply(200, 'OK', { toTag, fields });
  }

  /** RFC 3261 §10.2. */
  #checkForm(request: Message): void {
    if (readUri(request.uri)?.user !== '') this.#complain('the Request-URI is not a server alone', request);
    if (uriOf(fieldOf(request, 'To')) !== uriOf(fieldOf(request, 'From')))
      this.#complain('registers somebody else', request);
    const callId = fieldOf(request, 'Call-ID');
    const { number } = sequenceOf(request);
    if (number <= (this.#sequences.get(callId) ?? -1)) this.#complain('CSeq does not increase', request);
    this.#sequences.set(callId, number);
  }

  #challenge(transaction: ServerTransaction, toTag: string, stale: boolean): void {
    const nonce = random();
    this.#nonces.set(nonce, 0);
    const value = `Digest realm="${realm}", nonce="${nonce}", algorithm=MD5, qop="auth"${stale ? ', stale=true' : ''}`;
    transaction.reply(401, 'Unauthorized', { toTag, fields: { 'WWW-Authenticate': value } });
  }

  #isRight(digest: Map<string, string>, { user, password }: Agent, request: Message): boolean {
    const part = (name: string): string => digest.get(name) ?? '';
    const [nonce, count, cnonce] = [part('nonce'), part('nc'), part('cnonce')];
    const used = this.#nonces.get(nonce) ?? 0;
    if (Number.parseInt(count, 16) !== used + 1) this.#complain(`nc is ${count} after ${used} uses`, request);
    this.#nonces.set(nonce, used + 1);
    if (part('uri') !== request.uri) this.#complain('the uri of the credentials is not the Request-URI', request);
    const wanted = { user, password, method: 'REGISTER', uri: part('uri'), nonce, count, cnonce };
    return part('username') === user && part('realm') === realm && part('response') === digestResponse(wanted);
  }

  #bind(user: string, request: Message): void {
    // Where one registers a new place and removes the old, the one that stays counts.
    for (const value of fieldsOf(request, 'Contact').flatMap((it) => it.split(/,\s*(?=<)/))) {
      const expires = /;\s*expires=(\d+)/.exec(value)?.[1] ?? (fieldOf(request, 'Expires') || String(this.#granted));
      const contact = uriOf(value);
      const place = readUri(contact);
      if (expires === '0') {
        if (value === '*' || this.bindings.get(user)?.contact === contact) this.bindings.delete(user);
      } else if (place) this.bindings.set(user, { contact, at: { host: place.host, port: place.port } });
      else this.#complain('no usable Contact', request);
    }
  }
}
