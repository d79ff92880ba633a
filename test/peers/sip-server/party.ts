/** Who the phone talks to through the server: a customer, a destination, a conference. It hears digits and says nothing. */
import { openRtpSockets, type RtpSockets } from '@thinline/endpoint-adapter/media/ports.ts';

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
  /** RTCP is let lie, but nobody else must get it. */
  #sockets: RtpSockets;
  #digits = '';
  #lastEvent = -1;
  #ended = false;

  constructor(number: string, sockets: RtpSockets) {
    this.number = number;
    this.#sockets = sockets;
  }

  /** heard: after each new digit. */
  static async open(number: string, host: string, heard: () => void): Promise<Party> {
    const sockets = await openRtpSockets({ address: host, portMin: 0, portMax: 0 });
    if (sockets === null) throw new Error(`no free pair of ports on ${host}`);
    const party = new Party(number, sockets);
    sockets.rtp.on('message', (packet) => party.#take(packet) && heard());
    for (const socket of [sockets.rtp, sockets.rtcp]) socket.on('error', () => {});
    return party;
  }

  get address(): { host: string; port: number } {
    const { address: host, rtpPort: port } = this.#sockets.local;
    return { host, port };
  }

  /** By RFC 4733, in this call so far. */
  get digits(): string {
    return this.#digits;
  }

  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#sockets.rtp.close();
    this.#sockets.rtcp.close();
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
