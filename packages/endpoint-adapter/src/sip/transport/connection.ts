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

export class Connection implements Flow {
  readonly transport = 'tcp';
  readonly reliable = true;
  readonly remote: Remote;
  readonly #socket: Socket;
  readonly #framer = new Framer();
  #ping: NodeJS.Timeout | undefined;
  #partial: NodeJS.Timeout | undefined;
  #error = new Error('the connection was closed');

  constructor(socket: Socket, remote: Remote) {
    this.#socket = socket;
    this.remote = remote;
  }

  get open(): boolean {
    return !this.#socket.destroyed;
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
    if (keepAlive) this.#pingLater();
  }

  send(message: Buffer, failed: (error: Error) => void): void {
    if (!this.open) return void setImmediate(() => failed(this.#error));
    this.#socket.write(message);
    if (this.#socket.writableLength > MAX_UNSENT) this.#fail(new Error('the peer does not read'));
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer, sink: TransportSink): void {
    try {
      for (const frame of this.#framer.push(chunk)) {
        if (frame.kind === 'ping') this.#socket.write('\r\n');
        else sink.message(frame.bytes, this);
      }
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    }
    if (!this.#framer.partial) {
      clearTimeout(this.#partial);
      this.#partial = undefined;
    } else this.#partial ??= setTimeout(() => this.#fail(new Error('a message was never finished')), TIMEOUT);
  }

  #pingLater(): void {
    this.#ping = setTimeout(() => {
      this.#socket.write('\r\n\r\n');
      this.#pingLater();
    }, pingInterval());
  }

  #fail(error: Error): void {
    this.#error = error;
    this.#socket.destroy();
  }
}
