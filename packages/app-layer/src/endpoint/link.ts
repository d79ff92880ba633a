/** The live replica: keeps a link to the endpoint, follows its events, sends commands. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { type LinkSettings, usualLinkSettings } from '@thinline/shared/config/link.ts';
import { capabilityNames } from '@thinline/shared/contract/capabilities.ts';
import type { LinkClient } from '@thinline/shared/contract/client.ts';
import type { AgentSession, CommandResult, Configuration, Event, Failure } from '@thinline/shared/contract/types.ts';
import { failure, sentence } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { ChannelProvider } from '../channel/provider.ts';
import { takenWait, waitBefore } from './back-off.ts';
import { blankLink } from './blank-state.ts';
import { carryOut, type Reach, type UpLink } from './commands.ts';
import { PhoneCopy, phoneKey } from './phone-copy.ts';
import { type DesktopSound, Placement } from './placement.ts';
import { type Reception, reasonsOf } from './reception.ts';
import type { CommandBody, LinkStatus, PhoneState, Replica, ReplicaEvents } from './replica.ts';
import { Rest } from './rest.ts';
import { Roaming } from './roaming.ts';
import { follow, isTakenOver, openSession, type Session, send, whyNoSession } from './session.ts';

/** A link that lasted so long was a good one, ms. */
const steady = 1000;
/** How often the endpoint is looked for while sound is in the desktop, ms. */
const seekEvery = 5000;
/** How long the endpoint gets for its configuration, or to end, ms. */
const ownDeadline = 10_000;

export interface LinkOptions {
  provider: ChannelProvider;
  /** Why that one, for people. */
  reason?: string;
  session: AgentSession;
  /** What the endpoint is to be told after each handshake, until `configure` says otherwise; null leaves it as it is. */
  configuration: Configuration | null;
  settings?: LinkSettings;
  desktop?: DesktopSound | null;
  log: Log;
}

export class EndpointLink extends EventEmitter<ReplicaEvents> implements Replica {
  #options: LinkOptions;
  #agent: AgentSession;
  #placement: Placement;
  #roaming: Roaming;
  #status: LinkStatus;
  #copy = new PhoneCopy();
  #refusals: Reception['refusals'] = new Map();
  #client: LinkClient | null = null;
  #up: UpLink | null = null;
  /** By performance.now(); infinite: not yet. */
  #upSince = Number.POSITIVE_INFINITY;
  #stopped = false;
  /** Another agent has the endpoint, and a call there. */
  #taken = false;
  /** Another session has the phone; settles when the agent asks for it back, or at the end. */
  #displaced: PromiseWithResolvers<void> | null = null;
  /** The id of the session that got the copy. */
  #seenAs = '';
  /** The copy's revision is what the endpoint said or was told since the link came up; another session may have changed it before. */
  #isCertain = false;
  #configuration: Configuration | null;
  /** What it is being told, and on which link. */
  #telling: { up: UpLink; revision: string; done: Promise<Failure | null> } | null = null;
  #notice: Failure | null = null;
  #rest = new Rest();
  #changes = new Rest();
  #seeking: NodeJS.Timeout | undefined;
  #reach: Reach = {
    up: () => this.#up,
    seen: () => this.#copy.key,
    hopeless: () => this.#stopped || this.#status.state === 'refused',
    whyDown: () => this.#status.failure ?? failure('endpointUnreachable', { detail: 'no answer in time' }),
    changed: (ms) => this.#changes.sleep(ms),
  };

  constructor(options: LinkOptions) {
    super();
    this.#options = options;
    const { provider, reason = '', desktop = null, session, configuration, settings = usualLinkSettings } = options;
    this.#configuration = configuration;
    this.#agent = session;
    this.#placement = new Placement({ provider, desktop, settings });
    this.#roaming = new Roaming(settings.roaming, () => this.#leftEnded());
    this.#status = blankLink({ placement: provider.placement, channel: provider.name, reason });
  }

  state(): PhoneState {
    const { phone, released, sequence } = this.#copy;
    const { elsewhere } = this.#roaming;
    const link = { ...this.#status, notices: this.#notices() };
    return { link, phone, released, sequence, elsewhere, unavailable: reasonsOf(this.#refusals) };
  }

  start(): void {
    void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    this.#up = null;
    this.#roaming.stop();
    clearInterval(this.#seeking);
    this.#client?.close();
    this.#displaced?.resolve();
    this.#rest.wake();
    this.#changes.wake();
  }

  /** Ends the endpoint, and the link with it: nothing is tried again. */
  async shutDownEndpoint(): Promise<void> {
    this.#stopped = true;
    await this.#shutDown();
    this.stop();
  }

  /** What the endpoint is to be told from now on. Answers why it isn't told yet; it is as soon as it can be. */
  async configure(configuration: Configuration): Promise<Failure | null> {
    this.#configuration = configuration;
    const refusal = this.#refusals.get('configure');
    if (!this.#up || refusal) return refusal ?? this.#reach.whyDown();
    const left = this.#roaming.waitsFor;
    return left ? failure('callsElsewhere', { host: left.host }) : this.#configure();
  }

  async execute(body: CommandBody, id: string = randomUUID()): Promise<CommandResult> {
    const name = capabilityNames.find((it) => body[it]);
    const refusal = name && this.#refusals.get(name);
    if (refusal) return { id, callId: '', failure: refusal };
    if (body.register && !body.register.remove) {
      this.#takeBack();
      // Whoever registers here says that the calls elsewhere are over.
      if (this.#roaming.forget()) await this.#leftEnded();
    }
    return carryOut(this.#reach, { ...body, id, sessionId: this.#agent.id });
  }

  /** As a new session, as the endpoint answers the old one no more. */
  #takeBack(): void {
    const displaced = this.#displaced;
    if (!displaced || this.#stopped) return;
    this.#displaced = null;
    this.#agent = { ...this.#agent, id: randomUUID() };
    this.#set({ state: 'connecting', failure: null });
    displaced.resolve();
  }

  async #run(): Promise<void> {
    await this.#placement.start();
    for (let attempt = 0; !this.#stopped; attempt += 1) {
      await this.#rest.sleep(Math.min(this.#wait(attempt), this.#placement.patienceLeft));
      if (this.#stopped) return;
      if (this.#placement.move(this.#copy.callsUp)) this.#moved();
      this.#upSince = Number.POSITIVE_INFINITY;
      await this.#attempt();
      const displaced = this.#displaced;
      if (displaced) {
        await displaced.promise;
        attempt = -1;
      }
      // A link that held is sought again at once; one that breaks as soon as it is made is not hammered at.
      if (performance.now() - this.#upSince > steady) attempt = -1;
    }
    clearInterval(this.#seeking);
  }

  #wait(attempt: number): number {
    const { mostWaitMs } = this.#placement.provider;
    return waitBefore(attempt, this.#taken ? Math.min(takenWait, mostWaitMs) : mostWaitMs);
  }

  /** The link leads elsewhere from now on: into the desktop, or back to the endpoint. */
  #moved(): void {
    const { inDesktop, provider } = this.#placement;
    clearInterval(this.#seeking);
    if (inDesktop) this.#seeking = setInterval(() => void this.#seek(), seekEvery);
    this.#set({ placement: provider.placement, channel: provider.name, inDesktop });
  }

  async #seek(): Promise<void> {
    if (this.#displaced) return;
    if (!(await this.#placement.seek(this.#agent, () => this.#copy.callsUp)) || this.#stopped) return;
    this.#options.log.info('the endpoint is there: sound goes from the desktop to it');
    // Its lines would go on ringing beside those of the endpoint.
    await this.#shutDown();
    this.#client?.close();
    this.#rest.wake();
  }

  /** Settles when there is no link any more, or none came. */
  async #attempt(): Promise<void> {
    try {
      this.#isCertain = false;
      const session = await openSession(this.#placement.provider, this.#agent);
      this.#client = session.client;
      if (this.#stopped) return;
      const reception = this.#placement.receive(session.greeting);
      this.#taken = reception.kind === 'taken';
      if (reception.failure) {
        this.#refusals = new Map();
        if (reception.kind === 'displaced') this.#displaced = Promise.withResolvers();
        this.#set({ state: 'refused', failure: reception.failure });
        return;
      }
      this.#down(await this.#follow(session, reception));
    } catch (error) {
      const why = whyNoSession(error);
      this.#placement.missed(why);
      this.#down(why);
    } finally {
      this.#client?.close();
      this.#client = null;
    }
  }

  async #follow(session: Session, reception: Reception): Promise<Failure> {
    const { client, greeting } = session;
    const { id } = this.#agent;
    const { key, sequence, phone } = this.#copy;
    const goesOn = this.#seenAs === id && phoneKey(greeting.endpoint) === key;
    const epoch = (goesOn && phone?.endpoint?.epoch) || '';
    const ended = follow(client, { sessionId: id, epoch, afterSequence: sequence }, (event) => {
      if (event.snapshot) this.#seenAs = id;
      this.#take(event);
      if (event.snapshot) this.#isUp(session, reception);
    });
    // A replay may be empty, so the link is up as soon as the endpoint is the one that this session knows.
    if (goesOn) this.#isUp(session, reception);
    return ended;
  }

  #isUp({ client, greeting }: Session, { notice, refusals }: Reception): void {
    if (this.#up || this.#stopped) return;
    const { log } = this.#options;
    const host = greeting.endpoint?.host ?? '';
    log.info(() => `linked to the endpoint on ${host}`);
    this.#up = { phone: phoneKey(greeting.endpoint), send: (command, deadline) => send(client, command, deadline) };
    this.#upSince = performance.now();
    this.#notice = notice;
    this.#refusals = refusals;
    const { inDesktop, provider } = this.#placement;
    const placement = inDesktop || host === this.#agent.host ? provider.placement : host;
    this.#set({ state: 'up', failure: null, placement });
    void this.#configure();
  }

  /** Unless it has the configuration, or has to wait for calls elsewhere. */
  async #configure(): Promise<Failure | null> {
    const configuration = this.#configuration;
    const up = this.#up;
    if (!up || !configuration || this.#refusals.has('configure') || this.#roaming.waitsFor) return null;
    const { revision } = configuration;
    if (this.#telling?.up === up) {
      if (this.#telling.revision === revision) return this.#telling.done;
      // The endpoint may answer in another order than it is asked in.
      await this.#telling.done;
      return this.#configure();
    }
    if (this.#isCertain && this.#copy.phone?.configurationRevision === revision) return null;
    const done = this.#tell(up, configuration);
    this.#telling = { up, revision, done };
    return done;
  }

  async #tell(up: UpLink, configuration: Configuration): Promise<Failure | null> {
    const command = { id: randomUUID(), sessionId: this.#agent.id, configure: { configuration } };
    const result = await up.send(command, Date.now() + ownDeadline);
    if (this.#telling?.up === up) this.#telling = null;
    if (result?.failure) this.#options.log.error(sentence(result.failure));
    if (!result || result.failure || this.#up !== up) return result?.failure ?? this.#reach.whyDown();
    this.#copy.configured(configuration.revision);
    this.#isCertain = true;
    this.emit('changed');
    return null;
  }

  async #shutDown(): Promise<void> {
    const command = { id: randomUUID(), sessionId: this.#agent.id, shutdown: {} };
    await this.#up?.send(command, Date.now() + ownDeadline);
  }

  #take(event: Event): void {
    if (event.levels) {
      this.emit('levels', event.levels);
      return;
    }
    if (event.call?.state === 'RELEASED') this.emit('released', event.call);
    if (event.snapshot?.endpoint) this.#roaming.meet(this.#copy.phone, event.snapshot.endpoint);
    this.#copy.take(event);
    if (event.snapshot) this.#isCertain = true;
    this.emit('changed');
  }

  /** Calls elsewhere are over, or count as such. */
  async #leftEnded(): Promise<void> {
    this.emit('changed');
    await this.#configure();
  }

  #notices(): Failure[] {
    if (!this.#up) return [];
    const left = this.#roaming.waitsFor;
    const waits = left && failure('callsElsewhere', { host: left.host });
    return [...this.#placement.notices, this.#notice, waits].filter((it) => it !== null);
  }

  #down(why: Failure): void {
    this.#up = null;
    if (this.#stopped) return;
    const isRefused = isTakenOver(why);
    if (isRefused) this.#displaced = Promise.withResolvers();
    const said = this.#placement.explain(why);
    if (this.#status.state !== 'lost' || this.#status.failure?.code !== said.code) {
      this.#options.log.warning(sentence(said));
    }
    this.#set({ state: isRefused ? 'refused' : 'lost', failure: said });
  }

  #set(change: Partial<LinkStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.#changes.wake();
    this.emit('status');
    this.emit('changed');
  }
}
