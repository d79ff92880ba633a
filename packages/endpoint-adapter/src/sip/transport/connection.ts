/** One TCP connection: framing, keep-alive (RFC 5626 §3.5.1), and the end of it. */
import { randomInt } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Log } from '@thinline/shared/log/log.ts';
import type { Remote } from '../address.ts';
import { TIMEOUT } from '../timers.ts';
import { Framer } from './framer.ts';
import type { Flow, TransportSink } from './transport.ts';

/** A peer that doesn't read holds back this much at most, bytes. */
const MAX_UNSENT = 1 << 20;

/** ms: 25 to 30 s, never in step with other phones (RFC 5626 §4.4.1). */
const pingInterval = (): number => randomInt(25_000, 30_000);

/** ms: RFC 5626 §4.4.1. */
const PONG_TIMEOUT = 10_000;

/** ms without a whole message, after which a connection of ours ends where nobody needs it. */
const IDLE = 300_000;

export class Connection implements Flow {
  readonly transport = 'tcp';
  readonly reliable = true;
  readonly remote: Remote;
  readonly #socket: Socket;
  readonly #framer = new Framer();
  #ping: NodeJS.Timeout | undefined;
  #pong: NodeJS.Timeout | undefined;
  /** Not every server answers pings; one that has done so once is held to it. */
  #answersPings = false;
  /** When bytes last came, ms of performance.now(). */
  #heardAtMs = performance.now();
  #messageAtMs = performance.now();
  #partial: NodeJS.Timeout | undefined;
  #error = new Error('the connection was closed');

  constructor(socket: Socket, remote: Remote) {
    this.#socket = socket;
    this.remote = remote;
  }

  get open(): boolean {
    return !this.#socket.destroyed;
  }

  /** When the last whole message came, or else the connection was made; ms of performance.now(). */
  get messageAtMs(): number {
    return this.#messageAtMs;
  }

  /** keepAlive: we made the connection, so we keep it alive. ended is called once. */
  start(keepAlive: boolean, sink: TransportSink, log: Log, ended: () => void): void {
    const socket = this.#socket;
    socket.setNoDelay(true);
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.on('close', () => {
      clearTimeout(this.#ping);
      clearTimeout(this.#pong);
      clearTimeout(this.#partial);
      log.debug(() => `connection to ${this.remote.address}:${this.remote.port} ended: ${this.#error.message}`);
      ended();
      sink.closed(this, this.#error);
    });
    if (socket.connecting) {
      const overdue = setTimeout(() => this.#fail(new Error('the connection was not made in time')), TIMEOUT);
      socket.once('connect', () => clearTimeout(overdue));
      socket.once('close', () => clearTimeout(overdue));
    }
    socket.on('data', (chunk) => this.#receive(chunk, sink));
    if (keepAlive) this.#pingLater(sink);
  }

  send(message: Buffer, failed: (error: Error) => void): void {
    if (!this.open) return void setImmediate(() => failed(this.#error));
    this.#socket.write(message);
    if (this.#socket.writableLength > MAX_UNSENT) this.#fail(new Error('the peer does not read'));
  }

  timedOut(sinceMs: number): void {
    if (this.#heardAtMs < sinceMs) this.#fail(new Error('the connection is dead'));
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer, sink: TransportSink): void {
    this.#heardAtMs = performance.now();
    const pinged = this.#pong !== undefined;
    clearTimeout(this.#pong);
    this.#pong = undefined;
    try {
      for (const frame of this.#framer.push(chunk)) {
        if (frame.kind === 'ping') this.#socket.write('\r\n');
        else if (frame.kind === 'pong') this.#answersPings ||= pinged;
        else {
          this.#messageAtMs = this.#heardAtMs;
          sink.message(frame.bytes, this);
        }
      }
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    }
    if (!this.#framer.partial) {
      clearTimeout(this.#partial);
      this.#partial = undefined;
    } else this.#partial ??= setTimeout(() => this.#fail(new Error('a message was never finished')), TIMEOUT);
  }

  #pingLater(sink: TransportSink): void {
    this.#ping = setTimeout(() => {
      if (performance.now() - this.#messageAtMs >= IDLE && !sink.needed(this)) {
        this.#fail(new Error('nobody needs the connection'));
        return;
      }
      this.#socket.write('\r\n\r\n');
      this.#pong = setTimeout(() => this.#unanswered(), PONG_TIMEOUT);
      this.#pingLater(sink);
    }, pingInterval());
  }

  #unanswered(): void {
    this.#pong = undefined;
    if (this.#answersPings) this.#fail(new Error('a ping was not answered'));
  }

  #fail(error: Error): void {
    this.#error = error;
    this.#socket.destroy();
  }
}
