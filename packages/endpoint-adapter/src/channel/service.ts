/** The contract as the app layer calls it: handshake, watch, execute. */
import type { EventEmitter } from 'node:events';
import { type ServerUnaryCall, type ServerWritableStream, type sendUnaryData, status } from '@grpc/grpc-js';
import { capabilityNames } from '@thinline/shared/contract/capabilities.ts';
import type { EndpointHandlers } from '@thinline/shared/contract/server.ts';
import { protocol } from '@thinline/shared/contract/service.ts';
import type {
  AgentSession,
  Command,
  CommandResult,
  Event,
  EventInput,
  HandshakeRequest,
  HandshakeResponse,
  WatchRequest,
} from '@thinline/shared/contract/types.ts';
import { failure, failureOf } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { Endpoint, EndpointEvents } from '../endpoint.ts';
import { commonProtocol, refusal } from './app-session.ts';
import { CommandLog } from './command-log.ts';
import { EventLog } from './event-log.ts';

/** A watcher that doesn't read is cut off rather than fed from memory; it comes back for a snapshot. Events. */
const mostUnread = 2000;

/** What of the endpoint the app layer gets to see and to do. */
export type Served = Pick<Endpoint, 'identity' | 'callsUp' | 'snapshot' | 'execute'> &
  Pick<EventEmitter<EndpointEvents>, 'on'>;

type Watcher = ServerWritableStream<WatchRequest, EventInput>;

export class EndpointService {
  #endpoint: Served;
  #log: Log;
  #events: EventLog;
  #commands = new CommandLog();
  #holder: AgentSession | null = null;
  #watchers = new Map<Watcher, AgentSession>();
  /** Called when the last watcher has gone, and when the first has come. */
  onWatched: (watched: boolean) => void = () => {};

  constructor(endpoint: Served, log: Log) {
    this.#endpoint = endpoint;
    this.#log = log;
    this.#events = new EventLog(endpoint.identity.epoch);
  }

  start(): void {
    this.#endpoint.on('event', (body) => this.#publish(this.#events.append(body)));
    this.#endpoint.on('passing', (body) => this.#publishPassing(this.#events.passing(body)));
  }

  get handlers(): EndpointHandlers {
    return {
      Handshake: (
        call: ServerUnaryCall<HandshakeRequest, HandshakeResponse>,
        answer: sendUnaryData<HandshakeResponse>,
      ) => answer(null, this.#handshake(call.request)),
      Watch: (call: ServerWritableStream<WatchRequest, Event>) => this.#watch(call as unknown as Watcher),
      Execute: (call: ServerUnaryCall<Command, CommandResult>, answer: sendUnaryData<CommandResult>) => {
        void this.#execute(call.request).then((result) => answer(null, result));
      },
    };
  }

  #handshake(request: HandshakeRequest): HandshakeResponse {
    const theirs = { min: request.protocolMin, max: request.protocolMax };
    const agreed = commonProtocol(protocol, theirs);
    const session = request.session ?? { id: '', user: '', host: '' };
    const failed =
      agreed === null
        ? failure('protocolMismatch', {
            app: `${theirs.min} to ${theirs.max}`,
            endpoint: `${protocol.min} to ${protocol.max}`,
          })
        : refusal(this.#holder, session, this.#endpoint.callsUp);
    if (!failed) this.#hand(session);
    return {
      protocol: agreed ?? 0,
      endpoint: this.#endpoint.identity,
      capabilities: [...capabilityNames],
      failure: failed,
    };
  }

  #hand(session: AgentSession): void {
    this.#log.info(`app session of ${session.user} on ${session.host}`);
    for (const [watcher, holder] of this.#watchers) {
      if (holder.id === session.id) continue;
      watcher.emit('error', { code: status.ABORTED, details: failure('takenOver', { host: session.host }).code });
    }
    this.#holder = session;
  }

  #watch(watcher: Watcher): void {
    const { sessionId, epoch, afterSequence } = watcher.request;
    if (!this.#holder || this.#holder.id !== sessionId) {
      watcher.emit('error', { code: status.PERMISSION_DENIED, details: 'handshake first' });
      return;
    }
    const missed = this.#events.since(epoch, afterSequence);
    if (missed) for (const event of missed) watcher.write(event);
    else watcher.write({ sequence: this.#events.last, atMs: Date.now(), snapshot: this.#endpoint.snapshot() });
    this.#watchers.set(watcher, this.#holder);
    if (this.#watchers.size === 1) this.onWatched(true);
    watcher.once('close', () => this.#leave(watcher)).once('cancelled', () => this.#leave(watcher));
  }

  #leave(watcher: Watcher): void {
    if (!this.#watchers.delete(watcher)) return;
    watcher.end();
    if (this.#watchers.size === 0) this.onWatched(false);
  }

  #publish(event: EventInput): void {
    for (const watcher of this.#watchers.keys()) {
      watcher.write(event);
      if (watcher.writableLength <= mostUnread) continue;
      watcher.emit('error', { code: status.RESOURCE_EXHAUSTED, details: 'it does not read' });
      this.#leave(watcher);
    }
  }

  #publishPassing(event: EventInput): void {
    for (const watcher of this.#watchers.keys()) if (!watcher.writableNeedDrain) watcher.write(event);
  }

  #execute(command: Command): Promise<CommandResult> {
    const { id } = command;
    if (!this.#holder || this.#holder.id !== command.sessionId) {
      return Promise.resolve({
        id,
        callId: '',
        failure: failure('takenOver', { host: this.#holder?.host ?? 'elsewhere' }),
      });
    }
    return this.#commands.once(id, () =>
      this.#endpoint.execute(command).then(
        (callId) => ({ id, callId, failure: null }),
        (error: unknown) => ({ id, callId: '', failure: failureOf(error) }),
      ),
    );
  }
}
