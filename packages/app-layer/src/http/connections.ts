/** Which connections stay where there are too many: those that have shown that they may be here. */
import type { Socket } from 'node:net';
import type { DoorLimits } from './limits.ts';

export type Guest = 'panel' | 'connector';

/** The same for the connection that a server accepts and for the TLS that is made of it. */
const nameOf = ({ remoteAddress, remotePort, localAddress, localPort }: Socket): string =>
  `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`;

/** Those who have asked for something longest ago come first. */
type Row = Map<string, Socket>;

/**
 * Strangers only push out one another: the oldest goes, as an honest one says soon who it is. So does the longest idle
 * of those that have, each door's among themselves.
 */
export class Connections {
  readonly #limits: Pick<DoorLimits, 'strangers' | 'proven'>;
  readonly #strangers: Row = new Map();
  readonly #guests: Record<Guest, Row> = { panel: new Map(), connector: new Map() };

  constructor(limits: Pick<DoorLimits, 'strangers' | 'proven'>) {
    this.#limits = limits;
  }

  /** socket: as the server's event `connection` has it. */
  admit(socket: Socket): void {
    const name = nameOf(socket);
    this.#strangers.set(name, socket);
    socket.once('close', () => {
      for (const row of [this.#strangers, this.#guests.panel, this.#guests.connector]) {
        if (row.get(name) === socket) row.delete(name);
      }
    });
    shorten(this.#strangers, this.#limits.strangers);
  }

  /** socket: as a request has it. */
  prove(socket: Socket, guest: Guest): void {
    const name = nameOf(socket);
    const row = this.#guests[guest];
    const known = row.get(name) ?? this.#strangers.get(name);
    if (!known) return;
    this.#strangers.delete(name);
    row.delete(name);
    row.set(name, known);
    shorten(row, this.#limits.proven);
  }

  get size(): number {
    return this.#strangers.size + this.#guests.panel.size + this.#guests.connector.size;
  }

  close(): void {
    for (const row of [this.#strangers, this.#guests.panel, this.#guests.connector]) shorten(row, 0);
  }
}

function shorten(row: Row, most: number): void {
  for (const [name, socket] of row) {
    if (row.size <= most) return;
    row.delete(name);
    socket.destroy();
  }
}
