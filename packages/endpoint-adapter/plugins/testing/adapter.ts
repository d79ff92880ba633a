/** Plays the endpoint adapter at its plugin socket. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';

/** What the client pushes at this place of its stream (host.c has the same). */
export const byteAt = (place: number): number =>
  (Math.imul(place, 167) + Math.imul(place >> 8, 13) + Math.imul(place >> 16, 7)) & 255;

/** FNV-1a, as host.c takes it of what it receives. */
export function hashOf(bytes: Uint8Array): number {
  let hash = 2166136261;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 16777619);
  return hash >>> 0;
}

/** One connection of a plugin. */
export class PluginConnection {
  readonly socket: Socket;
  readonly closed: Promise<unknown>;
  #received: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
  }

  /** From now on what comes is read. */
  read(): this {
    this.socket.on('data', (bytes) => {
      this.#received = Buffer.concat([this.#received, bytes]);
    });
    return this;
  }

  get received(): Buffer {
    return this.#received;
  }

  /** Resolves once so many bytes have come in all. */
  async until(count: number): Promise<Buffer> {
    while (this.#received.length < count) await once(this.socket, 'data');
    return this.#received;
  }

  /** Resolves once all of it is handed over. */
  async send(bytes: Uint8Array): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }
}

export class FakeAdapter {
  readonly #server: Server;
  readonly #connections: PluginConnection[] = [];
  #taken = 0;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => this.#connections.push(new PluginConnection(socket)));
  }

  static async listen(folder: string): Promise<FakeAdapter> {
    const adapter = new FakeAdapter(createServer());
    adapter.#server.listen(join(folder, 'plugin.sock'));
    await once(adapter.#server, 'listening');
    return adapter;
  }

  /** The next one, in the order in which they came. */
  async connection(): Promise<PluginConnection> {
    for (;;) {
      const connection = this.#connections[this.#taken];
      if (connection) {
        this.#taken++;
        return connection;
      }
      await once(this.#server, 'connection');
    }
  }

  /** Sends this to each that connects. */
  greet(bytes: Uint8Array): void {
    this.#server.on('connection', (socket) => socket.write(bytes));
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const { socket } of this.#connections) socket.destroy();
    await closed;
  }
}
