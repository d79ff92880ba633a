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
  /** What the endpoint is to be told after each handshake; null leaves it as it is. */
  configuration: Configuration | null;
  settings?: LinkSettings;
  desktop?: DesktopSound | null;
  log: Log;
}

export class EndpointLink extends EventEmitter<ReplicaEvents> implements Replica {
  #options: LinkOptions;
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
    const { provider, reason = '', desktop = null, session: agent, settings = usualLinkSettings } = options;
    this.#placement = new Placement({ provider, desktop, settings, agent });
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
    this.#rest.wake();
    this.#changes.wake();
  }

  /** Ends the endpoint, and the link with it: nothing is tried again. */
  async shutDownEndpoint(): Promise<void> {
    this.#stopped = true;
    await this.#shutDown();
    this.stop();
  }

  async execute(body: CommandBody, id: string = randomUUID()): Promise<CommandResult> {
    const name = capabilityNames.find((it) => body[it]);
    const refusal = name && this.#refusals.get(name);
    if (refusal) return { id, callId: '', failure: refusal };
    // Whoever registers here says that the calls elsewhere are over.
    if (body.register && !body.register.remove && this.#roaming.forget()) await this.#leftEnded();
    return carryOut(this.#reach, { ...body, id, sessionId: this.#options.session.id });
  }

  async #run(): Promise<void> {
    await this.#placement.start();
    for (let attempt = 0; !this.#stopped; attempt += 1) {
      await this.#rest.sleep(Math.min(this.#wait(attempt), this.#placement.patienceLeft));
      if (this.#stopped) return;
      if (this.#placement.move(this.#copy.callsUp)) this.#moved();
      this.#upSince = Number.POSITIVE_INFINITY;
      const why = await this.#attempt();
      if (why && isTakenOver(why)) break;
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
    if (!(await this.#placement.seek(() => this.#copy.callsUp)) || this.#stopped) return;
    this.#options.log.info('the endpoint is there: sound goes from the desktop to it');
    // Its lines would go on ringing beside those of the endpoint.
    await this.#shutDown();
    this.#client?.close();
    this.#rest.wake();
  }

  /** Settles with why there is no link any more; null: there was none. */
  async #attempt(): Promise<Failure | null> {
    try {
      const session = await openSession(this.#placement.provider, this.#options.session);
      this.#client = session.client;
      if (this.#stopped) return null;
      const reception = this.#placement.receive(session.greeting);
      this.#taken = reception.kind === 'taken';
      if (reception.failure) {
        this.#refusals = new Map();
        this.#set({ state: 'refused', failure: reception.failure });
        return null;
      }
      const why = await this.#follow(session, reception);
      this.#down(why);
      return why;
    } catch (error) {
      const why = whyNoSession(error);
      this.#placement.missed(why);
      this.#down(why);
      return null;
    } finally {
      this.#client?.close();
      this.#client = null;
    }
  }

  async #follow(session: Session, reception: Reception): Promise<Failure> {
    const { client, greeting } = session;
    const { key, sequence, phone } = this.#copy;
    const from = { sessionId: this.#options.session.id, epoch: phone?.endpoint?.epoch ?? '', afterSequence: sequence };
    const ended = follow(client, from, (event) => {
      this.#take(event);
      if (event.snapshot) this.#isUp(session, reception);
    });
    // A replay may be empty, so the link is up as soon as the endpoint is the one that we know.
    if (phoneKey(greeting.endpoint) === key) this.#isUp(session, reception);
    return ended;
  }

  #isUp({ client, greeting }: Session, { notice, refusals }: Reception): void {
    if (this.#up || this.#stopped) return;
    const { session, log } = this.#options;
    const host = greeting.endpoint?.host ?? '';
    log.info(() => `linked to the endpoint on ${host}`);
    this.#up = { phone: phoneKey(greeting.endpoint), send: (command, deadline) => send(client, command, deadline) };
    this.#upSince = performance.now();
    this.#notice = notice;
    this.#refusals = refusals;
    const { inDesktop, provider } = this.#placement;
    const placement = inDesktop || host === session.host ? provider.placement : host;
    this.#set({ state: 'up', failure: null, placement });
    void this.#configure();
  }

  /** Unless it has the configuration, or has to wait for calls elsewhere. */
  async #configure(): Promise<void> {
    const { configuration, session, log } = this.#options;
    const isTold = this.#copy.phone?.configurationRevision === configuration?.revision;
    if (!configuration || isTold || this.#refusals.has('configure') || this.#roaming.waitsFor) return;
    const command = { id: randomUUID(), sessionId: session.id, configure: { configuration } };
    const result = await this.#up?.send(command, Date.now() + ownDeadline);
    if (result?.failure) log.error(sentence(result.failure));
  }

  async #shutDown(): Promise<void> {
    const command = { id: randomUUID(), sessionId: this.#options.session.id, shutdown: {} };
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
