/**
 * What the endpoint is told to be: by an agent desktop, else by the agent who signed in at the panel, else by the file; and
 * the policy of the machine goes before all of them.
 */
import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { configurationFrom, type Reading } from '@thinline/shared/config/configuration.ts';
import { type OverlaidLine, optionForDesktop, overlaid, withoutLines } from '@thinline/shared/config/overlay.ts';
import { noPolicy, type Policy, underPolicy } from '@thinline/shared/config/policy.ts';
import { emptyConfig, type SoftphoneConfig } from '@thinline/shared/config/softphone-config.ts';
import type { Configuration, Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { Account, AccountMemory } from './account/account.ts';
import type { Desk, DeskSource, SignIn } from './desk.ts';

export interface DesktopLine {
  user: string;
  server: string;
  protocol: string;
  /** Absent: that of the file. */
  password?: string;
}

/** What an agent desktop says. */
export interface DesktopWishes {
  /** By their paths, with dots or colons; what is not a desktop's to set is left out. */
  options: ReadonlyMap<string, string>;
  lines: readonly DesktopLine[];
  language: string;
  /** Its name, for people. */
  client: string;
}

export interface PhoneConfigurationOptions {
  /** null: there is none. */
  file: SoftphoneConfig | null;
  /** Absent: there is none. */
  policy?: Policy;
  /** There is a connector: lines are the desktop's. */
  hasConnector: boolean;
  /** The file alone counts again when the session of a desktop ends. */
  autoRestart: boolean;
  panel: Pick<Desk, 'besideDesktop' | 'tabs' | 'callLines' | 'echoTarget'>;
  /** Tells the endpoint; a failure says why it isn't told yet. */
  apply(configuration: Configuration): Promise<Failure | null>;
  memory: AccountMemory;
  log: Log;
}

export class PhoneConfiguration extends EventEmitter<{ changed: [] }> implements DeskSource {
  readonly #options: PhoneConfigurationOptions;
  readonly #file: SoftphoneConfig;
  readonly #policy: Policy;
  readonly #fileHasLines: boolean;
  #desktop: (DesktopWishes & { sinceMs: number }) | null = null;
  /** What a desktop said that is gone, where the file alone doesn't count again. */
  #left: DesktopWishes['options'] = new Map();
  #account: Account | null = null;
  /** Of the last sign-in, for the form. */
  #remembered: Account | null = null;
  #canKeep = false;
  #configuration: Configuration;
  #isSaid: boolean;

  constructor(options: PhoneConfigurationOptions) {
    super();
    this.#options = options;
    this.#file = options.file ?? emptyConfig;
    this.#policy = options.policy ?? noPolicy;
    this.#fileHasLines = configurationFrom(underPolicy(this.#file, this.#policy)).configuration.lines.length > 0;
    this.#configuration = this.#read().configuration;
    this.#isSaid = options.file !== null && !options.hasConnector;
  }

  /** What the endpoint is to be now. */
  get configuration(): Configuration {
    return this.#configuration;
  }

  /**
   * What it is told at the first link; null: nothing. Where nobody has said anything yet it goes on as it is: it may have
   * the lines of a desktop that does not know of our restart, and a call.
   */
  get atFirst(): Configuration | null {
    return this.#isSaid ? this.#configuration : null;
  }

  /** Signs in who wanted to be remembered. */
  async start(): Promise<void> {
    const { memory, log } = this.#options;
    // Nobody waits for it: a keyring takes its time.
    void memory.canKeep().then((it) => {
      this.#canKeep = it;
      this.emit('changed');
    });
    const account = await memory.recall();
    this.#remembered ??= account;
    if (account && account.password !== '' && this.#by() === 'nobody') {
      log.info(`signs ${account.user} in again`);
      this.#account = this.#ruled(account);
      await this.#apply();
    } else this.emit('changed');
  }

  desk(): Desk {
    const { client = '', sinceMs = 0, language = '' } = this.#desktop ?? {};
    const desktop = this.#desktop && { client, sinceMs };
    return { signIn: this.#signIn(), language, desktop, ...this.#options.panel };
  }

  /** Answers why not, or why the endpoint doesn't know of it yet; it is told as soon as it can be. */
  async signIn(given: Account): Promise<Failure | null> {
    const by = this.#by();
    if (by === 'desktop' || by === 'file') return failure('signInElsewhere', { name: others[by] });
    const { server, protocol } = this.#usualServer();
    const account = this.#ruled({
      ...given,
      server: given.server || server,
      transport: given.transport || protocol,
    });
    const unusable = this.#whyUnusable(underPolicy(this.#saidBy(account), this.#policy));
    if (unusable) return unusable;
    this.#account = account;
    this.#remembered = account;
    const { memory } = this.#options;
    // A keyring that is locked asks its user: the phone doesn't wait for that.
    void (account.keep ? memory.keep(account) : memory.forget());
    return this.#apply();
  }

  /** Its line goes, and so does what was kept of it. */
  async signOut(): Promise<Failure | null> {
    this.#account = null;
    if (this.#remembered) this.#remembered = { ...this.#remembered, password: '', keep: false };
    void this.#options.memory.forget();
    return this.#apply();
  }

  /** null: its session has ended. Answers as signIn does. */
  async setDesktop(wishes: DesktopWishes | null): Promise<Failure | null> {
    if (wishes) {
      this.#desktop = { ...wishes, sinceMs: this.#desktop?.sinceMs ?? Date.now() };
    } else {
      this.#left = this.#options.autoRestart ? new Map() : withoutLines(this.#desktop?.options ?? this.#left);
      this.#desktop = null;
    }
    const unusable = wishes && wishes.lines.length > 0 ? this.#whyUnusable(this.#source()) : null;
    return (await this.#apply()) ?? unusable;
  }

  /** The endpoint is told only of what is other than before. */
  async #apply(): Promise<Failure | null> {
    const { configuration, stop } = this.#read();
    if (stop) {
      this.emit('changed');
      return stop.failure;
    }
    const isSame =
      this.#isSaid && isDeepStrictEqual({ ...configuration, revision: '' }, { ...this.#configuration, revision: '' });
    if (!isSame) this.#configuration = configuration;
    this.#isSaid = true;
    this.emit('changed');
    return isSame ? null : this.#options.apply(configuration);
  }

  #by(): SignIn['by'] {
    if (this.#desktop) return 'desktop';
    if (this.#account) return 'panel';
    return this.#fileHasLines && !this.#options.hasConnector ? 'file' : 'nobody';
  }

  #read(): Reading {
    return configurationFrom(this.#source());
  }

  #source(): SoftphoneConfig {
    return underPolicy(this.#said(), this.#policy);
  }

  #said(): SoftphoneConfig {
    switch (this.#by()) {
      case 'desktop': {
        const { options = this.#left, lines = [] } = this.#desktop ?? {};
        return overlaid(this.#file, { options: onlyTheirs(options), lines: lines.map(lineOf) });
      }
      case 'panel':
        return this.#saidBy(this.#account);
      case 'file':
        return this.#file;
      case 'nobody':
        return this.#saidBy(null);
    }
  }

  #saidBy(account: Account | null): SoftphoneConfig {
    return overlaid(this.#file, { options: onlyTheirs(this.#left), lines: account ? [lineOfAccount(account)] : [] });
  }

  /** With what the policy says in place of what was typed. */
  #ruled(account: Account): Account {
    const [line] = underPolicy(this.#saidBy(account), this.#policy).connectivities;
    return line ? { ...account, user: line.user, server: line.server, transport: line.protocol } : account;
  }

  #whyUnusable(source: SoftphoneConfig): Failure | null {
    const { configuration, mistakes } = configurationFrom(source);
    if (configuration.lines.length > 0) return null;
    const wrong = mistakes.flatMap(({ path, problem }) => {
      const [, attribute] = /^(user|server|protocol):/.exec(path) ?? [];
      return attribute ? [`The ${attribute}: ${problem}.`] : [];
    });
    return failure('signInUnusable', { detail: wrong.join(' ') || 'There is no such server.' });
  }

  #signIn(): SignIn {
    const by = this.#by();
    const canKeep = this.#canKeep;
    const account = { panel: this.#account, nobody: this.#remembered, desktop: null, file: null }[by];
    if (account) {
      const { user, displayName, authUser, server, transport, keep } = account;
      return { by, user, displayName, authUser, server, transport, keep, canKeep };
    }
    const [line] = this.#configuration.lines;
    const usual = this.#usualServer();
    return {
      by,
      user: line?.user ?? '',
      displayName: line?.displayName ?? '',
      authUser: line?.authUser ?? '',
      server: line?.server ?? usual.server,
      transport: line?.transport ?? usual.protocol,
      keep: false,
      canKeep,
    };
  }

  /** File and policy may name a server without saying who is there. */
  #usualServer(): { server: string; protocol: string } {
    const [first = { user: '', server: '', protocol: '', line: 0 }] = this.#file.connectivities;
    const ruled = underPolicy({ ...emptyConfig, connectivities: [first] }, this.#policy);
    const { server = '', protocol = '' } = ruled.connectivities[0] ?? {};
    return /\.invalid(?::\d+)?$/i.test(server) ? { server: '', protocol } : { server, protocol };
  }
}

/** As what follows "by". */
const others = { desktop: 'the agent desktop', file: 'its configuration' } as const;

const onlyTheirs = (options: DesktopWishes['options']): Map<string, string> =>
  new Map([...options].filter(([path]) => optionForDesktop(path) !== null));

const lineOf = ({ user, server, protocol, password }: DesktopLine): OverlaidLine => ({
  user,
  server,
  protocol,
  own: password === undefined ? {} : { password },
});

const lineOfAccount = ({ user, displayName, authUser, password, server, transport }: Account): OverlaidLine => ({
  user,
  server,
  protocol: transport,
  own: { display_name: displayName, auth_user: authUser, password },
});
