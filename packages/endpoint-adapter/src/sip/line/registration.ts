/** Keeps one address of record registered (RFC 3261 §10.2): when to send which REGISTER, and what to make of the answer. */
import type { Failure, LineConfiguration, LineState } from '@thinline/shared/contract/types.ts';
import { catalogue, type FailureName, failure, failureOf } from '@thinline/shared/failures.ts';
import { refreshDelay, retryDelay } from '../delays.ts';
import { isTlsFault } from '../transport/tls-fault.ts';

/** What became of one REGISTER. */
export interface RegisterAnswer {
  /** SIP status; 0: there was none, detail says why. */
  status: number;
  reason: string;
  detail: string;
  /** For how long our Contact is registered now, s; null: the answer doesn't say. */
  expiresS: number | null;
  /** Retry-After, s; 0: none. */
  retryAfterS: number;
  /** Min-Expires of a 423, s. */
  minExpiresS: number;
  /** The request carried an answer to the server's challenge. */
  authorized: boolean;
  /** The server saw us at another address than our Contact says; that has been put right. */
  moved: boolean;
}

export interface RegistrationStatus {
  state: LineState;
  failure: Failure | null;
  /** ms since 1970; 0: none. */
  retryAtMs: number;
  expiresAtMs: number;
}

export interface RegistrationPorts {
  /** Sends a REGISTER. Rejects with a FailureError where there is no way to the server. */
  send(expiresS: number): Promise<RegisterAnswer>;
  changed(status: RegistrationStatus): void;
  /** 0 to 1. */
  random(): number;
  now(): number;
}

export type RegistrationSettings = Pick<
  LineConfiguration,
  'user' | 'server' | 'transport' | 'registerTimeoutS' | 'registerIntervalS'
>;

/** A registrar that asks for more than a day is not obeyed. */
const MAX_EXPIRES_S = 86_400;
/** Addresses put right, one after the other, before we believe that the server can't see straight. */
const MAX_MOVES = 2;
/** ms that a removal may take. */
const REMOVAL_TIMEOUT = 4_000;

/** ms: a connection that breaks again within this time is not made anew at once. */
const BRIEF = 10_000;

export class Registration {
  readonly #settings: RegistrationSettings;
  readonly #ports: RegistrationPorts;
  #status: RegistrationStatus = { state: 'UNREGISTERED', failure: null, retryAtMs: 0, expiresAtMs: 0 };
  #timer: NodeJS.Timeout | undefined;
  #expiresS: number;
  #failures = 0;
  #moves = 0;
  /** When a broken connection last made us register at once. */
  #lostAtMs = Number.NEGATIVE_INFINITY;
  /** Answers to anything older are not for us any more. */
  #turn = 0;
  #sending = false;
  /** Settles when the last REGISTER is answered; null when it is. */
  #underway: Promise<void> | null = null;
  /** The server has asked not to be bothered before that (RFC 3261 §20.33). */
  #notBeforeMs = 0;
  /** Until somebody asks for it: the password was refused. */
  #locked = false;
  #stopped = false;

  constructor(settings: RegistrationSettings, ports: RegistrationPorts) {
    this.#settings = settings;
    this.#ports = ports;
    this.#expiresS = settings.registerTimeoutS;
  }

  get status(): RegistrationStatus {
    return this.#status;
  }

  /** Told to: also after a refused password. */
  register(): void {
    if (this.#settings.registerTimeoutS <= 0) {
      this.#set({ state: 'STANDALONE' });
      return;
    }
    this.#locked = false;
    this.#failures = 0;
    this.#moves = 0;
    this.#attempt();
  }

  /** The connection to the server broke. */
  transportLost(): void {
    if (this.#settings.registerTimeoutS <= 0 || this.#locked || this.#stopped || this.#sending) return;
    if (this.#status.state !== 'REGISTERED') return;
    const now = this.#ports.now();
    const again = this.#lostAtMs + BRIEF;
    if (now < again) {
      this.#later(again - now);
      return;
    }
    this.#lostAtMs = now;
    this.#attempt();
  }

  /** Now rather than when it is due: a better server may be there again. */
  refresh(): void {
    if (this.#status.state === 'REGISTERED' && !this.#sending && !this.#stopped) this.#attempt();
  }

  /** The server spoke to us: worth a try at once, where one is due later. */
  serverHeard(): void {
    const { state, failure: why, retryAtMs } = this.#status;
    if (state === 'FAILED' && retryAtMs > 0 && why?.code === catalogue.serverUnreachable.code) this.#attempt();
  }

  /** Settles when the server has answered, or did not in time. */
  async unregister(): Promise<void> {
    const { state } = this.#status;
    if (state === 'STANDALONE' || state === 'UNREGISTERED') return;
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    this.#set({ state: 'UNREGISTERING' });
    let timeout: NodeJS.Timeout | undefined;
    await Promise.race([
      this.#send(0, turn).catch(() => {}),
      new Promise((resolve) => {
        timeout = setTimeout(resolve, REMOVAL_TIMEOUT);
      }),
    ]);
    clearTimeout(timeout);
    if (turn === this.#turn && !this.#stopped) this.#set({ state: 'UNREGISTERED' });
  }

  stop(): void {
    this.#stopped = true;
    this.#turn += 1;
    clearTimeout(this.#timer);
  }

  #set(status: Partial<RegistrationStatus>): void {
    this.#status = { state: this.#status.state, failure: null, retryAtMs: 0, expiresAtMs: 0, ...status };
    this.#ports.changed(this.#status);
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#attempt(), ms);
  }

  #attempt(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    // A refresh leaves the line registered until it fails.
    if (this.#status.state !== 'REGISTERED') this.#set({ state: 'REGISTERING' });
    this.#sending = true;
    this.#send(this.#expiresS, turn)
      .then(
        (answer) => answer && turn === this.#turn && this.#answered(answer),
        (error: unknown) => turn === this.#turn && this.#failed(failureOf(error)),
      )
      .finally(() => {
        if (turn === this.#turn) this.#sending = false;
      });
  }

  /**
   * RFC 3261 §10.2: not before the REGISTER before it is answered; repeated by its transaction, that one would undo this.
   * Null where something newer has taken its place meanwhile.
   */
  async #send(expiresS: number, turn: number): Promise<RegisterAnswer | null> {
    while (this.#underway) await this.#underway;
    if (turn !== this.#turn) return null;
    const sending = this.#ports.send(expiresS);
    const done = (): void => {
      this.#underway = null;
    };
    this.#underway = sending.then(done, done);
    return sending;
  }

  #answered(answer: RegisterAnswer): void {
    this.#sending = false;
    if (answer.status >= 200 && answer.status < 300) {
      this.#accepted(answer);
      return;
    }
    if (answer.status === 423 && answer.minExpiresS > this.#expiresS && answer.minExpiresS <= MAX_EXPIRES_S) {
      this.#expiresS = answer.minExpiresS;
      this.#attempt();
      return;
    }
    this.#locked = answer.status === 401 || answer.status === 407 || (answer.status === 403 && answer.authorized);
    this.#notBeforeMs = this.#ports.now() + Math.min(answer.retryAfterS, MAX_EXPIRES_S) * 1_000;
    this.#failed(
      failure(this.#nameOf(answer), { ...this.#settings, ...answer, moved: '', authorized: '', expiresS: '' }),
    );
  }

  #nameOf(answer: RegisterAnswer): FailureName {
    if (this.#locked) return 'wrongPassword';
    if (answer.status > 0) return 'registrationRefused';
    return isTlsFault(answer.detail) ? 'tlsFailed' : 'serverUnreachable';
  }

  #accepted(answer: RegisterAnswer): void {
    if (answer.moved && this.#moves < MAX_MOVES) {
      this.#moves += 1;
      this.#attempt();
      return;
    }
    this.#failures = 0;
    this.#moves = 0;
    const expiresS = Math.max(1, Math.min(answer.expiresS ?? this.#expiresS, MAX_EXPIRES_S));
    this.#set({ state: 'REGISTERED', expiresAtMs: this.#ports.now() + expiresS * 1_000 });
    this.#later(refreshDelay(expiresS, this.#ports.random()));
  }

  #failed(why: Failure): void {
    this.#sending = false;
    const { registerIntervalS } = this.#settings;
    if (this.#locked || registerIntervalS <= 0) {
      this.#set({ state: 'FAILED', failure: why });
      return;
    }
    const asked = this.#notBeforeMs - this.#ports.now();
    const delay = Math.max(asked, retryDelay(registerIntervalS, this.#failures, this.#ports.random()));
    this.#failures += 1;
    this.#set({ state: 'FAILED', failure: why, retryAtMs: this.#ports.now() + delay });
    this.#later(delay);
  }
}
