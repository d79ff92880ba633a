/** Who the phone talks to through the server: a customer, a destination, a conference. It hears digits and says nothing. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** RFC 4733 §3.2. */
const digitOf = '0123456789*#ABCD';

/** What becomes of a call to a number. */
export interface Destination {
  number: string;
  /** ms from its first ring until it answers or refuses. */
  rings?: number;
  /** Instead of an answer. */
  refusal?: { status: number; reason: string };
  /** It rings until the caller gives up. */
  never?: boolean;
}

export class Party {
  readonly number: string;
  #rtp: Socket;
  #digits = '';
  #lastEvent = -1;
  #ended = false;

  constructor(number: string, rtp: Socket) {
    this.number = number;
    this.#rtp = rtp;
  }

  /** heard: after each new digit. */
  static async open(number: string, host: string, heard: () => void): Promise<Party> {
    const rtp = createSocket('udp4').bind(0, host);
    await once(rtp, 'listening');
    const party = new Party(number, rtp);
    rtp.on('message', (packet) => party.#take(packet) && heard());
    rtp.on('error', () => {});
    return party;
  }

  get address(): { host: string; port: number } {
    const { address: host, port } = this.#rtp.address();
    return { host, port };
  }

  /** By RFC 4733, in this call so far. */
  get digits(): string {
    return this.#digits;
  }

  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#rtp.close();
  }

  /** Whether it was the first packet of a digit: all packets of one have its timestamp (RFC 4733 §2.3.2). */
  #take(packet: Buffer): boolean {
    // Version 2, no contributing sources, no extension; the server's descriptions give digits 101.
    if (packet.length !== 16 || packet[0] !== 0x80 || ((packet[1] ?? 0) & 0x7f) !== 101) return false;
    const timestamp = packet.readUInt32BE(4);
    if (timestamp === this.#lastEvent) return false;
    this.#lastEvent = timestamp;
    this.#digits += digitOf[packet[12] ?? -1] ?? '?';
    return true;
  }
}
