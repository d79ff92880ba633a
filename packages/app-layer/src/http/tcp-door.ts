/** One door on TCP: the same port at one or two addresses of loopback. */
import type { SecureContextOptions } from 'node:tls';
import type { Place } from '@thinline/shared/loopback-guard.ts';
import { hostName, namesOf } from './address.ts';
import { type Handler, type Listener, type ListenerOptions, makeListener } from './listener.ts';

export interface TcpDoorOptions extends Omit<ListenerOptions, 'handler'> {
  addresses: readonly string[];
}

/** Of an address that this machine doesn't have, as ::1 where IPv6 is off. */
const missing: readonly unknown[] = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'];

export class TcpDoor {
  readonly #options: TcpDoorOptions;
  #listeners: Listener[] = [];

  constructor(options: TcpDoorOptions) {
    this.#options = options;
  }

  /** Rejects with the error of the system. port 0: any free one. */
  async open(port: number, handler: Handler): Promise<void> {
    for (const host of this.#options.addresses) {
      const listener = makeListener({ ...this.#options, handler });
      try {
        await listener.listen({ host, port: this.place().port || port });
        this.#listeners.push(listener);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (this.#listeners.length > 0 && missing.includes(code)) continue;
        await this.close();
        throw error;
      }
    }
  }

  /** Its port is 0 before it is open. */
  place(): Place & { scheme: 'http' | 'https' } {
    const { tls, addresses } = this.#options;
    return {
      port: this.#listeners[0]?.port() ?? 0,
      scheme: tls ? 'https' : 'http',
      names: namesOf(addresses),
    };
  }

  /** Without a slash at its end. */
  url(): string {
    const { scheme, port } = this.place();
    return `${scheme}://${this.at(port)}`;
  }

  at(port: number): string {
    return `${hostName(this.#options.addresses[0] ?? '')}:${port}`;
  }

  renew(tls: SecureContextOptions): void {
    for (const listener of this.#listeners) listener.renew(tls);
  }

  async close(): Promise<void> {
    const closed = this.#listeners.map((listener) => listener.close());
    // Those too that are in the midst of a handshake, and so not yet known to the server.
    this.#options.connections?.close();
    await Promise.all(closed);
    this.#listeners = [];
  }
}
