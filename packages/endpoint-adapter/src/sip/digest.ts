/** HTTP digest authentication of our requests (RFC 3261 §22, RFC 7616, RFC 8760). */
import { createHash } from 'node:crypto';
import { newCnonce } from './ids.ts';
import { fieldsOf, type SipMessage } from './message/message.ts';

const hashes: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' };

export type AuthorizationField = 'authorization' | 'proxy-authorization';

/** Quoted values are kept as written between their quotes (unq() of RFC 7616 §3.4). */
export interface Challenge {
  /** Where the answer goes: a 401 and a 407 ask for different ones. */
  field: AuthorizationField;
  realm: string;
  nonce: string;
  opaque: string | null;
  /** "MD5", "SHA-256", "SHA-512-256". */
  algorithm: string;
  session: boolean;
  /** The algorithm parameter as it came; null: there was none, and none goes back. */
  algorithmName: string | null;
  qop: 'auth' | 'auth-int' | null;
  /** The nonce was too old, user and password may be right (RFC 7616 §3.3). */
  stale: boolean;
}

const MAX_CHALLENGE = 4_096;

/** Null for another scheme, and for an algorithm or qop that we don't have. */
export function readChallenge(value: string, field: AuthorizationField): Challenge | null {
  if (value.length > MAX_CHALLENGE || !/^digest[ \t]/i.test(value)) return null;
  const parameters = new Map<string, string>();
  for (const match of value.slice(7).matchAll(/([\w-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/g))
    parameters.set((match[1] ?? '').toLowerCase(), match[2] ?? match[3] ?? '');
  const realm = parameters.get('realm');
  const nonce = parameters.get('nonce');
  if (realm === undefined || !nonce) return null;
  const algorithmName = parameters.get('algorithm') ?? null;
  const algorithm = (algorithmName ?? 'MD5').toUpperCase();
  const base = algorithm.replace(/-SESS$/, '');
  if (!hashes[base]) return null;
  const offered = parameters.get('qop');
  const qops = offered?.toLowerCase().split(/[ \t,]+/) ?? [];
  const qop = qops.includes('auth') ? 'auth' : qops.includes('auth-int') ? 'auth-int' : null;
  if (offered && !qop) return null;
  return {
    field,
    realm,
    nonce,
    opaque: parameters.get('opaque') ?? null,
    algorithm: base,
    session: base !== algorithm,
    algorithmName,
    qop,
    stale: parameters.get('stale')?.toLowerCase() === 'true',
  };
}

/** RFC 8760 §2.4: the topmost challenge that we support. */
export function chooseChallenge(values: readonly string[], field: AuthorizationField): Challenge | null {
  for (const value of values) {
    const challenge = readChallenge(value, field);
    if (challenge) return challenge;
  }
  return null;
}

export interface DigestInput {
  challenge: Challenge;
  username: string;
  password: string;
  method: string;
  uri: string;
  body: string;
  cnonce: string;
  /** Eight hexadecimal digits. */
  nc: string;
}

/** The response parameter (RFC 7616 §3.4.1). */
export function digestResponse(input: DigestInput): string {
  const { challenge, cnonce, nc } = input;
  const hash = (text: string): string =>
    createHash(hashes[challenge.algorithm] ?? 'md5')
      .update(text)
      .digest('hex');
  const secret = hash(`${input.username}:${challenge.realm}:${input.password}`);
  const a1 = challenge.session ? hash(`${secret}:${challenge.nonce}:${cnonce}`) : secret;
  const a2 = hash(`${input.method}:${input.uri}${challenge.qop === 'auth-int' ? `:${hash(input.body)}` : ''}`);
  if (!challenge.qop) return hash(`${a1}:${challenge.nonce}:${a2}`);
  return hash(`${a1}:${challenge.nonce}:${nc}:${cnonce}:${challenge.qop}:${a2}`);
}

export interface SignedRequest {
  /** The URI of its To. */
  to: string;
  method: string;
  uri: string;
  body: string;
}

/** A nonce in use: counted on, so that the server sees each count once (RFC 7616 §3.4). */
interface Counter {
  count: number;
  readonly cnonce: string;
}

/** A realm, and who may be sent credentials for it. */
class Protection {
  readonly challenge: Challenge;
  readonly counter: Counter;
  readonly #to: string;

  constructor(challenge: Challenge, to: string, counter: Counter) {
    this.challenge = challenge;
    this.#to = to;
    this.counter = counter;
  }

  /**
   * RFC 3261 §22.2: a server's credentials go to the same To again, so that no callee gets to see what the registrar
   * is told. §22.3: a proxy's go through the proxy.
   */
  covers(request: Pick<SignedRequest, 'to'>): boolean {
    return this.challenge.field === 'proxy-authorization' || this.#to === request.to;
  }

  sign(request: SignedRequest, username: string, password: string): string {
    const { challenge } = this;
    this.counter.count += 1;
    const nc = this.counter.count.toString(16).padStart(8, '0');
    const { cnonce } = this.counter;
    const response = digestResponse({ ...request, challenge, username, password, cnonce, nc });
    const parts = [
      `username="${username.replace(/["\\]/g, '\\$&')}"`,
      `realm="${challenge.realm}"`,
      `nonce="${challenge.nonce}"`,
      `uri="${request.uri}"`,
      `response="${response}"`,
    ];
    if (challenge.algorithmName !== null) parts.push(`algorithm=${challenge.algorithmName}`);
    if (challenge.opaque !== null) parts.push(`opaque="${challenge.opaque}"`);
    if (challenge.qop) parts.push(`qop=${challenge.qop}`, `nc=${nc}`);
    if (challenge.qop || challenge.session) parts.push(`cnonce="${cnonce}"`);
    return `Digest ${parts.join(', ')}`;
  }
}

/** A server may ask as registrar (401) and as proxy (407) in one realm, with one nonce: each wants its own answer. */
const keyOf = ({ field, realm }: Challenge, to: string): string =>
  `${field} ${realm} ${field === 'authorization' ? to : ''}`;

/** What one line remembers: its registrar, a proxy or two, the latest callees that wanted credentials. */
const MAX_REALMS = 8;
/** New nonces that one request may be asked for: one a realm, and servers that restart between. */
const MAX_TRIES = 4;

/** One line's user and password, and the nonces it has been given. */
export class Credentials {
  readonly #username: string;
  readonly #password: string;
  readonly #realms = new Map<string, Protection>();

  constructor(username: string, password: string) {
    this.#username = username;
    this.#password = password;
  }

  /** For a later request in a known realm, before it is asked for (RFC 3261 §22.2). */
  preemptive(request: SignedRequest): Array<[name: AuthorizationField, value: string]> {
    const covering = [...this.#realms.values()].filter((it) => it.covers(request));
    return covering.map((it) => [it.challenge.field, it.sign(request, this.#username, this.#password)]);
  }

  learn(challenge: Challenge, to: string): void {
    const shared = [...this.#realms.values()].find((it) => it.challenge.nonce === challenge.nonce);
    const oldest = this.#realms.keys().next().value;
    const full = this.#realms.size >= MAX_REALMS && !this.#realms.has(keyOf(challenge, to));
    if (full && oldest !== undefined) this.#realms.delete(oldest);
    const counter = shared?.counter ?? { count: 0, cnonce: newCnonce() };
    this.#realms.set(keyOf(challenge, to), new Protection(challenge, to, counter));
  }

  forget(challenge: Challenge, to: string): void {
    this.#realms.delete(keyOf(challenge, to));
  }
}

/** Whether a request went out with an answer to this very nonce. */
const answers = (request: SipMessage, { field, realm, nonce }: Challenge): boolean =>
  fieldsOf(request, field).some((value) => value.includes(`realm="${realm}", nonce="${nonce}"`));

const questions = [
  ['www-authenticate', 'authorization'],
  ['proxy-authenticate', 'proxy-authorization'],
] as const;

/** What one request has been asked for, over all its tries. */
export class Challenges {
  readonly #credentials: Credentials;
  readonly #answered = new Set<string>();
  #tries = 0;

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  /**
   * A 401 or 407 to a request to that URI: true where it is worth another try, which the credentials can sign now. A
   * refusal of what a nonce was answered with gets no second answer, so that no account is locked. request: as it was
   * sent.
   */
  take(response: SipMessage, to: string, request: SipMessage): boolean {
    this.#tries += 1;
    let learnt = 0;
    for (const [question, field] of questions) {
      const challenge = chooseChallenge(fieldsOf(response, question), field);
      if (!challenge) continue;
      const key = keyOf(challenge, to);
      const refused = !challenge.stale && this.#answered.has(key);
      if (refused || answers(request, challenge) || this.#tries > MAX_TRIES) {
        this.#credentials.forget(challenge, to);
        return false;
      }
      this.#answered.add(key);
      this.#credentials.learn(challenge, to);
      learnt += 1;
    }
    return learnt > 0;
  }
}
