/** One connection, whatever it runs on: its making, keep-alive (RFC 5626 §3.5.1, RFC 7118 §6), and the end of it. */
import { randomInt } from 'node:crypto';
import type { Log } from '@thinline/shared/log/log.ts';
import type { Remote, TransportName } from '../address.ts';
import { TIMEOUT } from '../timers.ts';
import type { Frame } from './framer.ts';
import { type Flow, type TransportSink, unknownEnd } from './transport.ts';

/** A peer that doesn't read holds back this much at most, bytes. */
const MAX_UNSENT = 1 << 20;

/** Bytes unsent, above which pings get no answer: who doesn't read the last one needs no more. */
export const MAX_UNSENT_PONGS = 1_024;

/** ms: 25 to 30 s, never in step with other phones (RFC 5626 §4.4.1). */
export const pingInterval = (): number => randomInt(25_000, 30_000);

/** ms: RFC 5626 §4.4.1. */
const PONG_TIMEOUT = 10_000;

/** ms without a whole message, after which a connection of ours ends where nobody needs it. */
const IDLE = 300_000;

export interface ChannelSink {
  /** Bytes have come, and these frames were in them. partial: a message has begun that hasn't ended. */
  received(frames: readonly Frame[], partial: boolean): void;
  /** Once, and nothing after it. */
  ended(error: Error): void;
}

/** What a connection runs on once it is made: a byte stream or a WebSocket. */
export interface Channel {
  readonly local: Remote;
  /** Bytes that the peer or the system hasn't taken yet. */
  readonly unsent: number;
  /** Whether the far end has to answer pings; others are held to it once they have done so. */
  readonly mustPong: boolean;
  /** Whether the far end has proved that it may be called by that name. */
  vouchesFor(name: string): boolean;
  start(sink: ChannelSink): void;
  write(message: Buffer): void;
  ping(): void;
  pong(): void;
  /** At once, whatever is unsent. */
  close(): void;
}

/** Makes the channel; rejects with words for people, and soon after an abort. */
export type OpenChannel = (signal: AbortSignal) => Promise<Channel>;

export interface ConnectionPorts {
  open: OpenChannel;
  sink: TransportSink;
  log: Log;
  /** Called once, later than whatever caused it. */
  ended(): void;
}

export class Connection implements Flow {
  readonly transport: TransportName;
  readonly reliable = true;
  readonly remote: Remote;
  /** What the certificate has to name; null: the peer made the connection. */
  readonly #name: string | null;
  readonly #making = new AbortController();
  #channel: Channel | null = null;
  /** What is to be sent when the connection is made. */
  #waiting: Buffer[] = [];
  #ping: NodeJS.Timeout | undefined;
  #pong: NodeJS.Timeout | undefined;
  #partial: NodeJS.Timeout | undefined;
  #answersPings = false;
  /** When bytes last came, ms of performance.now(). */
  #heardAtMs = performance.now();
  #messageAtMs = performance.now();
  #alias = 0;
  #error: Error | null = null;
  #ports: ConnectionPorts | null = null;

  constructor(transport: TransportName, remote: Remote, name: string | null) {
    this.transport = transport;
    this.remote = remote;
    this.#name = name;
  }

  get local(): Remote {
    return this.#channel?.local ?? unknownEnd;
  }

  get open(): boolean {
    return this.#error === null;
  }

  /** When the last whole message came, or else the connection was made; ms of performance.now(). */
  get messageAtMs(): number {
    return this.#messageAtMs;
  }

  /** Whether what is meant for that name at that address can be sent here (RFC 5923 §5). */
  leadsTo(address: string, port: number, name: string): boolean {
    if (!this.open || this.remote.address !== address) return false;
    if (this.remote.port !== port && (this.#alias === 0 || this.#alias !== port)) return false;
    return this.#name === name || this.#channel?.vouchesFor(name) === true;
  }

  /** The peer asks to be reached here in place of that port of its address (RFC 5923 §8). */
  aliasFor(port: number): void {
    this.#alias = port;
  }

  start(ports: ConnectionPorts): void {
    this.#ports = ports;
    const overdue = setTimeout(() => this.#making.abort(), TIMEOUT);
    ports
      .open(this.#making.signal)
      .then((channel) => this.#run(channel, ports))
      .catch((error: unknown) => this.#end(error instanceof Error ? error : new Error(String(error))))
      .finally(() => clearTimeout(overdue));
  }

  send(message: Buffer, failed: (error: Error) => void): void {
    const error = this.#error;
    if (error) return void setImmediate(() => failed(error));
    if (this.#channel) this.#channel.write(message);
    else this.#waiting.push(message);
    this.#checkUnsent();
  }

  timedOut(sinceMs: number): void {
    if (this.#heardAtMs < sinceMs) this.#end(new Error('the connection is dead'));
  }

  destroy(): void {
    this.#end(new Error('the connection was closed'));
  }

  #run(channel: Channel, ports: ConnectionPorts): void {
    if (!this.open) {
      channel.close();
      return;
    }
    this.#channel = channel;
    this.#answersPings = channel.mustPong;
    this.#heardAtMs = performance.now();
    channel.start({
      received: (frames, partial) => this.#receive(frames, partial, channel, ports.sink),
      ended: (error) => this.#end(error),
    });
    for (const message of this.#waiting.splice(0)) channel.write(message);
    this.#checkUnsent();
    // We made it, so we keep it alive.
    if (this.#name !== null && this.open) this.#pingLater(channel, ports.sink);
  }

  #receive(frames: readonly Frame[], partial: boolean, channel: Channel, sink: TransportSink): void {
    this.#heardAtMs = performance.now();
    const pinged = this.#pong !== undefined;
    clearTimeout(this.#pong);
    this.#pong = undefined;
    for (const frame of frames) {
      if (!this.open) return;
      if (frame.kind === 'ping') {
        if (channel.unsent <= MAX_UNSENT_PONGS) channel.pong();
      } else if (frame.kind === 'pong') this.#answersPings ||= pinged;
      else {
        this.#messageAtMs = this.#heardAtMs;
        sink.message(frame.bytes, this);
      }
    }
    this.#checkUnsent();
    if (!partial || !this.open) {
      clearTimeout(this.#partial);
      this.#partial = undefined;
    } else this.#partial ??= setTimeout(() => this.#end(new Error('a message was never finished')), TIMEOUT);
  }

  #checkUnsent(): void {
    const unsent = this.#channel?.unsent ?? this.#waiting.reduce((sum, message) => sum + message.length, 0);
    if (unsent > MAX_UNSENT) this.#end(new Error('the peer does not read'));
  }

  #pingLater(channel: Channel, sink: TransportSink): void {
    this.#ping = setTimeout(() => {
      if (performance.now() - this.#messageAtMs >= IDLE && !sink.needed(this)) {
        this.#end(new Error('nobody needs the connection'));
        return;
      }
      channel.ping();
      this.#pong = setTimeout(() => this.#unanswered(), PONG_TIMEOUT);
      this.#pingLater(channel, sink);
    }, pingInterval());
  }

  #unanswered(): void {
    this.#pong = undefined;
    if (this.#answersPings) this.#end(new Error('a ping was not answered'));
  }

  #end(error: Error): void {
    if (this.#error) return;
    this.#error = error;
    clearTimeout(this.#ping);
    clearTimeout(this.#pong);
    clearTimeout(this.#partial);
    this.#making.abort();
    this.#channel?.close();
    this.#waiting = [];
    // Whoever sends is not to hear of it within send.
    process.nextTick(() => {
      const remote = `${this.transport} ${this.remote.address}:${this.remote.port}`;
      this.#ports?.log.debug(() => `connection to ${remote} ended: ${error.message}`);
      this.#ports?.ended();
      this.#ports?.sink.closed(this, error);
    });
  }
}
