/** The live replica: keeps a link to the endpoint, follows its events, sends commands. */
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import { clientOver, type EndpointClient, type LinkClient } from '@thinline/shared/contract/client.ts';
import { protocol } from '@thinline/shared/contract/service.ts';
import type {
  AgentSession,
  Call,
  CommandResult,
  Configuration,
  Event,
  Failure,
  HandshakeResponse,
  Snapshot,
} from '@thinline/shared/contract/types.ts';
import { failure, sentence } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { version } from '@thinline/shared/version.ts';
import type { ChannelProvider } from '../channel/provider.ts';
import { applyEvent } from './apply.ts';
import type { CommandBody, LinkStatus, PhoneState, Replica, ReplicaEvents } from './replica.ts';

/** Waits between attempts, ms; the last one stays. A channel that has just come up may refuse at first. */
const backOff = [0, 500, 1000, 2000, 4000];
/** A link that lasted so long was a good one, ms. */
const steady = 1000;
/** Ended calls that can still be asked about. */
const rememberedCalls = 10;
const handshakeDeadline = 3000;
const commandDeadline = 10_000;
/** How long a command waits for a lost link before it fails, ms. */
const patience = 3000;

export interface LinkOptions {
  provider: ChannelProvider;
  session: AgentSession;
  /** What the endpoint is to be told after each handshake; null leaves it as it is. */
  configuration: Configuration | null;
  log: Log;
}

export class EndpointLink extends EventEmitter<ReplicaEvents> implements Replica {
  #options: LinkOptions;
  #status: LinkStatus;
  #phone: Snapshot | null = null;
  #released: readonly Call[] = [];
  #sequence = 0;
  #client: LinkClient | null = null;
  #stopped = false;
  #wake: () => void = () => {};

  constructor(options: LinkOptions) {
    super();
    this.#options = options;
    this.#status = { state: 'connecting', placement: options.provider.placement, failure: null };
  }

  state(): PhoneState {
    return { link: this.#status, phone: this.#phone, released: this.#released, sequence: this.#sequence };
  }

  start(): void {
    void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    this.#client?.close();
    this.#wake();
  }

  /** Ends the endpoint, and the link with it: nothing is tried again. */
  async shutDownEndpoint(): Promise<void> {
    this.#stopped = true;
    await this.#attempt(randomUUID(), { shutdown: {} });
    this.stop();
  }

  async execute(body: CommandBody, id: string = randomUUID()): Promise<CommandResult> {
    const deadline = Date.now() + patience;
    for (;;) {
      const client = this.#client;
      const result = await this.#attempt(id, body);
      if (result) return result;
      if (!(await this.#upBefore(deadline, client))) return { id, callId: '', failure: this.#whyDown() };
    }
  }

  /** null: the link was down or broke; the same command may be sent again, its id makes that safe. */
  #attempt(id: string, body: CommandBody): Promise<CommandResult | null> {
    const client = this.#client?.endpoint;
    if (!client || this.#status.state !== 'up') return Promise.resolve(null);
    const command = { ...body, id, sessionId: this.#options.session.id };
    const attempt = new Promise<CommandResult | null>((resolve) => {
      client.execute(command, { deadline: Date.now() + commandDeadline }, (error, result) =>
        resolve(error || !result ? null : result),
      );
    });
    // A client that has just been closed throws.
    return attempt.catch(() => null);
  }

  /** Whether there is a link other than the one that failed before the deadline. */
  async #upBefore(deadline: number, failed: LinkClient | null): Promise<boolean> {
    const signal = AbortSignal.timeout(Math.max(1, deadline - Date.now()));
    try {
      while (this.#status.state !== 'up' || this.#client === failed) {
        if (this.#stopped || this.#status.state === 'refused') return false;
        await once(this, 'status', { signal });
      }
      return Date.now() < deadline;
    } catch {
      return false;
    }
  }

  #whyDown(): Failure {
    return this.#status.failure ?? failure('endpointUnreachable', { detail: 'no answer in time' });
  }

  async #run(): Promise<void> {
    for (let attempt = 0; !this.#stopped; ) {
      await this.#pause(backOff[Math.min(attempt, backOff.length - 1)] ?? 0);
      if (this.#stopped) return;
      const since = performance.now();
      try {
        const { takenOver } = await this.#session();
        // Whoever came last has the phone; taking it back unasked would be a tug-of-war.
        if (takenOver) return;
      } catch (error) {
        this.#down(failure('endpointUnreachable', { detail: detailOf(error) }));
      }
      // A link that held is sought again at once; one that breaks as soon as it is made is not hammered at.
      attempt = performance.now() - since > steady ? 0 : attempt + 1;
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** One link from its opening to its end. */
  async #session(): Promise<{ takenOver: boolean }> {
    const client = await clientOver(await this.#options.provider.open());
    this.#client = client;
    try {
      const greeting = await this.#handshake(client.endpoint);
      if (greeting.failure) {
        this.#set({ state: 'refused', failure: greeting.failure });
        return { takenOver: false };
      }
      return await this.#follow(client, greeting);
    } finally {
      this.#client = null;
      client.close();
    }
  }

  #handshake(endpoint: EndpointClient): Promise<HandshakeResponse> {
    const request = {
      protocolMin: protocol.min,
      protocolMax: protocol.max,
      productVersion: version,
      capabilities: [],
      session: this.#options.session,
    };
    return new Promise((resolve, reject) => {
      endpoint.handshake(request, { deadline: Date.now() + handshakeDeadline }, (error, response) =>
        response ? resolve(response) : reject(error ?? new Error('no answer to the handshake')),
      );
    });
  }

  async #follow(client: LinkClient, greeting: HandshakeResponse): Promise<{ takenOver: boolean }> {
    const epoch = this.#phone?.endpoint?.epoch ?? '';
    const events = client.endpoint.watch({
      sessionId: this.#options.session.id,
      epoch,
      afterSequence: this.#sequence,
    });
    const ended = endOf(events, client);
    // A replay may be empty, so the link is up as soon as the endpoint is the one that we know.
    if (greeting.endpoint?.epoch === epoch) this.#isUp(greeting);
    events.on('data', (event: Event) => {
      this.#take(event);
      if (event.snapshot) this.#isUp(greeting);
    });
    const error = await ended;
    if (error?.details === failure('takenOver').code) {
      this.#set({ state: 'refused', failure: failure('takenOver', { host: 'another place' }) });
      return { takenOver: true };
    }
    this.#down(failure('endpointUnreachable', { detail: error?.details ?? 'it closed the link' }));
    return { takenOver: false };
  }

  #isUp(greeting: HandshakeResponse): void {
    if (this.#status.state === 'up') return;
    this.#options.log.info(() => `linked to the endpoint on ${greeting.endpoint?.host}`);
    this.#set({ state: 'up', failure: null });
    const { configuration } = this.#options;
    if (!configuration || this.#phone?.configurationRevision === configuration.revision) return;
    void this.execute({ configure: { configuration } }).then((result) => {
      if (result.failure) this.#options.log.error(sentence(result.failure));
    });
  }

  #take(event: Event): void {
    if (event.levels) {
      this.emit('levels', event.levels);
      return;
    }
    if (event.call?.state === 'RELEASED') {
      this.#released = [event.call, ...this.#released].slice(0, rememberedCalls);
      this.emit('released', event.call);
    }
    this.#phone = applyEvent(this.#phone, event);
    if (event.sequence > 0 || event.snapshot) this.#sequence = event.sequence;
    this.emit('changed');
  }

  #down(why: Failure): void {
    if (this.#stopped) return;
    if (this.#status.state !== 'lost') this.#options.log.warning(sentence(why));
    this.#set({ state: 'lost', failure: why });
  }

  #set(change: Partial<LinkStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.emit('status');
    this.emit('changed');
  }
}

/** Settles with what ended the stream; null for an orderly end. */
function endOf(events: ClientReadableStream<Event>, client: LinkClient): Promise<ServiceError | null> {
  return new Promise((resolve) => {
    events.once('error', (error: ServiceError) => resolve(error));
    events.once('end', () => resolve(null));
    void client.closed.then(() => resolve(null));
  });
}

function detailOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'no adapter listens there';
  return message || String(error);
}
