/** The contract as the app layer calls it: handshake, watch, execute. */
import type { EventEmitter } from 'node:events';
import { type ServerUnaryCall, type ServerWritableStream, type sendUnaryData, status } from '@grpc/grpc-js';
import { capabilityNames } from '@thinline/shared/contract/capabilities.ts';
import type { EndpointHandlers } from '@thinline/shared/contract/server.ts';
import { protocol } from '@thinline/shared/contract/service.ts';
import type {
  Command,
  CommandResult,
  Event,
  EventInput,
  Failure,
  HandshakeRequest,
  HandshakeResponse,
  WatchRequest,
} from '@thinline/shared/contract/types.ts';
import { failure, failureOf } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { Endpoint, EndpointEvents } from '../endpoint.ts';
import { AppSessions, commonProtocol, longestId } from './app-session.ts';
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
  #sessions = new AppSessions();
  /** With the id of the session of each. */
  #watchers = new Map<Watcher, string>();
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

  /** Only asks: whoever holds the endpoint keeps it until the newcomer watches. */
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
        : this.#sessions.admit(session, this.#endpoint.callsUp);
    return {
      protocol: agreed ?? 0,
      endpoint: this.#endpoint.identity,
      capabilities: [...capabilityNames],
      failure: failed,
    };
  }

  #watch(watcher: Watcher): void {
    const { sessionId, epoch, afterSequence } = watcher.request;
    const before = this.#sessions.holder;
    const why = this.#sessions.take(sessionId, this.#endpoint.callsUp);
    if (why) {
      refuse(watcher, why);
      return;
    }
    // Events don't tell what another session configured in between.
    const held = before?.id === sessionId;
    const missed = held ? this.#events.since(epoch, afterSequence) : null;
    if (missed) for (const event of missed) watcher.write(event);
    else watcher.write({ sequence: this.#events.last, atMs: Date.now(), snapshot: this.#endpoint.snapshot() });
    this.#watchers.set(watcher, sessionId);
    if (this.#watchers.size === 1) this.onWatched(true);
    watcher.once('close', () => this.#leave(watcher)).once('cancelled', () => this.#leave(watcher));
    if (!held) this.#handedOver();
  }

  /** Another session holds the endpoint from now on. */
  #handedOver(): void {
    const { holder, takenOver } = this.#sessions;
    if (!holder) return;
    this.#log.info(`app session of ${holder.user} on ${holder.host}`);
    for (const [watcher, sessionId] of this.#watchers) {
      if (sessionId === holder.id) continue;
      // An event that was written after the end would cost it the reason.
      this.#watchers.delete(watcher);
      refuse(watcher, takenOver);
    }
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
    const failed = (why: Failure) => Promise.resolve({ id, callId: '', failure: why });
    if (id.length > longestId) return failed(failure('unknownCommand'));
    const { holder, takenOver } = this.#sessions;
    if (!holder || holder.id !== command.sessionId) return failed(takenOver);
    return this.#commands.once(id, () =>
      this.#endpoint.execute(command).then(
        (callId) => ({ id, callId, failure: null }),
        (error: unknown) => ({ id, callId: '', failure: failureOf(error) }),
      ),
    );
  }
}

const takenOverCode = failure('takenOver').code;

/** An app layer knows by the code alone that it was taken over. */
function refuse(watcher: Watcher, why: Failure | 'handshake first'): void {
  const isTakenOver = typeof why !== 'string' && why.code === takenOverCode;
  const details = typeof why === 'string' ? why : isTakenOver ? why.code : why.message;
  watcher.emit('error', { code: isTakenOver ? status.ABORTED : status.PERMISSION_DENIED, details });
}
