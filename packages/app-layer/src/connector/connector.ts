/** The phone in the hands of an agent desktop: its session, what it wants the phone to be, and what it is told. */
import type { ConnectorSettings } from '@thinline/shared/config/connector.ts';
import type { Failure } from '@thinline/shared/contract/types.ts';
import { failure, sentence } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { CommandBody, PhoneState, Replica } from '../endpoint/replica.ts';
import type { DesktopLine, PhoneConfiguration } from '../phone-configuration.ts';
import {
  type DesktopSettings,
  desktopOf,
  nothingSaid,
  type Parameter,
  withOptions,
  withParameters,
} from './desktop-settings.ts';
import { Heartbeat } from './heartbeat.ts';
import { changedFacts, type Facts, factsOf, isActive, registeredDn } from './phone-facts.ts';
import { type Client, claimOf, cookieHeader, newSession, type Session, settled } from './session.ts';
import { type SessionState, sessionState } from './session-state.ts';

export interface ConnectorOptions {
  replica: Replica;
  configuration: Pick<PhoneConfiguration, 'setDesktop' | 'configuration' | 'atFirst'>;
  settings: ConnectorSettings;
  log: Log;
}

/**
 * What a request does with the session: looks whether it is another's, needs one, or begins one where there is none. end:
 * needs one, or what the session of an earlier app layer has left.
 */
export type Need = 'look' | 'session' | 'begin' | 'end';

/** cookie: the header, of a session that has just begun; empty: none is to be set. */
export type Admission = { status: 200; cookie: string } | { status: 403 | 404; failure: Failure };

export class Connector {
  readonly #replica: Replica;
  readonly #configuration: ConnectorOptions['configuration'];
  readonly #settings: ConnectorSettings;
  readonly log: Log;
  readonly #heartbeat = new Heartbeat(() => this.#fellSilent());
  #session: Session | null = null;
  /** Who has the session, for people. */
  #client = 'the agent desktop of before';
  #said: DesktopSettings = nothingSaid;
  /** The phone was told what the desktop says. */
  #isInForce = false;
  /** Since it was told so, a line was registered. */
  #hadLine = false;
  /** The desktop is gone, and its calls are not over: it may come back from silence, and after logging out registers anew. */
  #leaving: 'silent' | 'loggedOut' | null = null;
  /** The calls that there were last, while the desktop leaves. */
  #lastCalls: ReadonlySet<string> = new Set();
  /** Somebody else, in this session; it was told in the log. */
  #hasRefused = false;
  /** By the last ping. */
  #told: Facts | null = null;

  constructor({ replica, configuration, settings, log }: ConnectorOptions) {
    this.#replica = replica;
    this.#configuration = configuration;
    this.#settings = settings;
    this.log = log;
  }

  start(): void {
    const { port, sessionId, protocol, origins, secret } = this.#settings;
    if (port === null) return;
    if (origins.length === 0 && secret === '') {
      this.log.warning(
        "any web page that the agent opens may set the phone up, while no desktop has: set policy.connector.origins to the desktop's origin (https://desk.example.org), or policy.connector.secret",
      );
    }
    if (sessionId && protocol !== 'https') {
      this.log.warning(
        'policy.connector.enable_sessionid needs https, as browsers drop cookies of other sites without it',
      );
    }
    this.#replica.on('changed', this.#afterChange);
    this.#watch();
  }

  /** What the phone is stays as it is. */
  close(): void {
    this.#replica.off('changed', this.#afterChange);
    this.#heartbeat.stop();
  }

  /** The origin that has the session; empty: a program without one; null: there is no session. */
  boundOrigin(): string | null {
    return this.#session?.origin ?? null;
  }

  /** The one that may know who calls, too: boundOrigin, once lines were registered in its session; null: nobody. */
  phoneOrigin(): string | null {
    return this.#hadLine && this.#said.lines.length > 0 ? this.boundOrigin() : null;
  }

  /** Each request of a desktop comes by here first, and shows that the desktop is there. */
  admit(client: Client, need: Need): Admission {
    const claim = claimOf(this.#session, client);
    switch (claim) {
      case 'foreign':
        return this.#refuse(failure('desktopElsewhere', { client: this.#client }));
      case 'cookieless':
        return this.#refuse(failure('desktopCookie'));
      case 'own':
      case 'late':
        if (this.#session && claim === 'own') this.#session = settled(this.#session);
        this.#heard();
        return { status: 200, cookie: '' };
      case 'free':
        return this.#admitFree(client, need);
    }
  }

  #admitFree(client: Client, need: Need): Admission {
    if (need === 'begin') return { status: 200, cookie: this.#begin(client) };
    if (need === 'session' || (need === 'end' && !this.#hasLeftovers())) {
      return { status: 404, failure: failure('noDesktopSession') };
    }
    if (client.origin !== '') this.#watch();
    return { status: 200, cookie: '' };
  }

  state(): PhoneState {
    return this.#replica.state();
  }

  /**
   * The user that a desktop finds registered, which then does without registering: no line that is about to go; empty: none.
   * Where nobody has said anything yet it is that of a desktop that does not know of our restart.
   */
  dn(): string {
    const stays = this.#configuration.atFirst === null || this.#said.lines.length > 0;
    return stays ? registeredDn(this.state()) : '';
  }

  get sessionId(): string {
    return this.#session?.id ?? '';
  }

  sessionState(): SessionState {
    return sessionState(this.state(), this.sessionId, this.#configuration.configuration);
  }

  execute(command: CommandBody): Promise<Failure | null> {
    return this.#replica.execute(command).then((result) => result.failure);
  }

  /** For people. */
  name(client: string): void {
    this.#client = client || this.#client;
  }

  /** Counts when lines are registered. Returns sentences about what is not taken. */
  setOptions(sent: Readonly<Record<string, unknown>>): string[] {
    const { settings, count, faults } = withOptions(this.#said, sent);
    this.#said = settings;
    this.log.info(`${count} options updated`);
    for (const fault of faults) this.log.warning(`an option of the desktop is left out: ${fault}`);
    return faults;
  }

  setParameters(parameters: readonly Parameter[]): void {
    const { language } = this.#said;
    this.#said = withParameters(this.#said, parameters);
    if (this.#isInForce && this.#leaving === null && this.#said.language !== language) void this.#put();
  }

  register(lines: readonly DesktopLine[]): void {
    this.#said = { ...this.#said, lines };
    this.#isInForce = true;
    this.#leaving = null;
    this.log.info(`${this.#client} registers ${lines.map(({ user }) => user).join(', ')}`);
    void this.#put();
    // What is the same as before is left alone, also where it has failed.
    const { link, phone } = this.state();
    const failed = phone?.lines.some(({ state }) => state === 'FAILED' || state === 'UNREGISTERED');
    if (link.state === 'refused' || failed) void this.execute({ register: {} });
  }

  /** users: null for all. The last one's end is that of the session. */
  unregister(users: readonly string[] | null): void {
    const lines = users ? this.#said.lines.filter(({ user }) => !users.includes(user)) : [];
    if (lines.length === 0) {
      this.#leave('loggedOut');
    } else {
      this.#said = { ...this.#said, lines };
      void this.#put();
    }
  }

  /** Ends calls, and then the lines. */
  async disconnect(): Promise<void> {
    if (!(await this.#dropOwnCalls())) return;
    if (!this.#session) return this.#end();
    this.#said = { ...this.#said, lines: [] };
    void this.#put();
  }

  async dropCalls(): Promise<Failure | null> {
    const calls = this.state().phone?.calls ?? [];
    const failures = await Promise.all(calls.map(({ id }) => this.execute({ hangUp: { callId: id } })));
    // One that has ended meanwhile is what was wanted.
    const gone = failure('noSuchCall', { call: '' }).code;
    return failures.find((it) => it !== null && it.code !== gone) ?? null;
  }

  async endSession(): Promise<void> {
    if (await this.#dropOwnCalls()) this.#end();
  }

  /** Whether the session is still the one that wanted it, or there is none and what was left over is still there. */
  async #dropOwnCalls(): Promise<boolean> {
    const { sessionId } = this;
    await this.dropCalls();
    return this.sessionId === sessionId && (sessionId !== '' || this.#isUnsaid());
  }

  setPeriod(ms: number): void {
    this.#heartbeat.setPeriod(ms);
  }

  /** All of them; the next ping tells what differs from them. */
  facts(): Facts {
    this.#told = factsOf(this.state(), this.#configuration.configuration);
    return this.#told;
  }

  /** What has changed since they were told last. */
  news(): Facts {
    this.#watch();
    const told = this.#told;
    return changedFacts(told, this.facts());
  }

  /** Answers the header of its cookie; empty: it has none. */
  #begin(client: Client): string {
    const { sessionId, protocol, partitionedCookies } = this.#settings;
    const session = newSession(client, sessionId && protocol === 'https');
    this.#session = session;
    this.#client = client.origin || 'a program on this machine';
    this.#told = null;
    this.#hasRefused = false;
    this.#leaving = null;
    this.log.info(`a session of ${this.#client} begins`);
    this.#heartbeat.begin(client.origin !== '');
    return session.cookie && cookieHeader(session, partitionedCookies);
  }

  #refuse(why: Failure): Admission {
    if (!this.#hasRefused) this.log.warning(`a second desktop is refused. ${sentence(why)}`);
    this.#hasRefused = true;
    return { status: 403, failure: why };
  }

  #heard(): void {
    this.#heartbeat.beat();
    if (this.#leaving !== 'silent') return;
    this.log.info(`${this.#client} is heard of again`);
    this.#leaving = null;
    if (this.#isInForce) void this.#put();
  }

  /** There is no session, and nobody has told the phone anything since the app layer was started. */
  #isUnsaid(): boolean {
    return this.#session === null && this.#configuration.atFirst === null;
  }

  /** One with a session, or one that does not know of our restart; else the phone is the panel's, or nobody's. */
  #hasDesktop(): boolean {
    return this.#session !== null || this.#isUnsaid();
  }

  /** What there is of a desktop that does not know of our restart. */
  #hasLeftovers(): boolean {
    const lines = this.state().phone?.lines ?? [];
    return this.#isUnsaid() && (lines.length > 0 || this.#hasCalls());
  }

  /** Such a desktop may come back; if it doesn't, its lines go as those of any other that is silent. */
  #watch(): void {
    if (!this.#isUnsaid()) return;
    this.#leaving = null;
    this.#heartbeat.begin(true);
  }

  #fellSilent(): void {
    // Nobody knows yet whether there is a call.
    if (this.#isUnsaid() && this.state().phone === null) this.#heartbeat.beat();
    else this.#leave('silent');
  }

  /** The endpoint is told when it is within reach; nobody waits for that. */
  async #put(): Promise<void> {
    const why = await this.#configuration.setDesktop(desktopOf(this.#said, this.#client, this.#leaving === null));
    if (why) this.log.warning(sentence(why));
  }

  /** Calls go on, and then it is over; no further ones are taken. */
  #leave(how: 'silent' | 'loggedOut'): void {
    if (!this.#hasDesktop()) return;
    const isFirst = this.#leaving === null;
    if (this.#leaving !== 'loggedOut') this.#leaving = how;
    if (!this.#hasCalls()) {
      this.#end();
      return;
    }
    if (isFirst) {
      this.log.warning(`${this.#client} ${ways[how]}; its session ends with the calls that are up`);
      this.#lastCalls = this.#callIds();
      if (this.#isInForce) void this.#put();
    }
    // Who logs in again has to say all of it again.
    if (how === 'loggedOut') this.#forget();
  }

  /** Where nothing is known of the configuration that could say it. */
  #refuseFurtherCalls(): void {
    const before = this.#lastCalls;
    this.#lastCalls = this.#callIds();
    for (const { id, state } of this.state().phone?.calls ?? []) {
      if (state !== 'ALERTING' || before.has(id)) continue;
      void this.execute({ reject: { callId: id, status: busyHere } });
    }
  }

  #callIds(): Set<string> {
    return new Set(this.state().phone?.calls.map(({ id }) => id));
  }

  #hasCalls(): boolean {
    return (this.state().phone?.calls.length ?? 0) > 0;
  }

  #end(): void {
    const how = this.#leaving;
    this.#leaving = null;
    this.#heartbeat.stop();
    if (!this.#hasDesktop()) return;
    this.log.info(`${this.#client} ${ways[how ?? 'loggedOut']}: its session is over`);
    this.#session = null;
    // What was said last stays in force then: without the refusal of further calls.
    if (!this.#settings.autoRestart && how !== null && this.#isInForce) void this.#put();
    this.#isInForce = false;
    this.#forget();
    void this.#configuration.setDesktop(null);
  }

  #forget(): void {
    const { options } = this.#said;
    this.#said = this.#settings.autoRestart ? nothingSaid : { ...nothingSaid, options };
    this.#hadLine = false;
  }

  #afterChange = (): void => {
    if (this.#isInForce && isActive(this.state())) this.#hadLine = true;
    if (this.#leaving === null) return;
    if (!this.#hasCalls() || !this.#hasDesktop()) this.#end();
    else if (!this.#isInForce) this.#refuseFurtherCalls();
  };
}

/** RFC 3261 §21.4.24 */
const busyHere = 486;

const ways = { silent: 'is not heard of any more', loggedOut: 'has logged out' } as const;
