/** How a stream's packets travel: what they are sent through, and what kind each one is that arrives. */
import type { PacketSocket } from './packet-socket.ts';
import type { RtpSockets } from './ports.ts';
import type { Component, LocalAddress, RemoteIce } from './stream-settings.ts';

export type PacketKind = 'stun' | 'dtls' | 'turn' | 'rtp' | 'rtcp' | 'unknown';

/** What shares the RTP port, by its first byte (RFC 7983 §7); RTCP by where a payload type would be (RFC 5761 §4). */
export function packetKind(packet: Uint8Array): PacketKind {
  const first = packet[0] ?? 0xff;
  if (first < 4) return 'stun';
  if (first < 20) return 'unknown';
  if (first < 64) return 'dtls';
  if (first < 80) return 'turn';
  if (first < 128 || first > 191) return 'unknown';
  const second = packet[1] ?? 0;
  return second >= 192 && second <= 223 ? 'rtcp' : 'rtp';
}

/** 'checks': no path to the far end was found (RFC 8445 §8.2). 'consent': it has stopped answering (RFC 7675 §5.1). */
export type PathFailure = 'checks' | 'consent';

/** What a transport tells its stream. RTP and RTCP are the receiver's until it returns; atMs: when they came. */
export interface PacketEvents {
  onRtp(packet: Uint8Array, address: string, port: number, atMs: number): void;
  onRtcp(packet: Uint8Array, address: string, port: number, atMs: number): void;
  /** Keeps the packet. */
  onDtls(packet: Uint8Array, address: string, port: number, component: Component): void;
  /** Packets can reach the far end from now on; again whenever ICE has found another path. */
  onPath(): void;
  onPathFailed(reason: PathFailure): void;
  /** A socket says so; everything goes on. */
  onError(error: Error): void;
}

/** Of the far end's SDP. */
export interface RemotePlace {
  rtcpMux: boolean;
  ice: RemoteIce | null;
}

export interface PacketTransport {
  /** What the first offer or answer says. */
  readonly local: LocalAddress;
  /** ICE decides where packets go and whose are taken, so neither SDP's address nor latching does. */
  readonly choosesPath: boolean;
  start(events: PacketEvents): void;
  /** After each offer and answer; the same again changes nothing. */
  update(remote: RemotePlace): void;
  /** `address` and `port` count only while `choosesPath` is false. DTLS goes both ways too. */
  sendRtp(packet: Uint8Array, length: number, address: string, port: number): void;
  sendRtcp(packet: Uint8Array, length: number, address: string, port: number): void;
  close(): void;
}

/** Two UDP sockets, or with rtcp-mux the first of them. */
export class PlainTransport implements PacketTransport {
  readonly choosesPath = false;
  readonly #sockets: RtpSockets<PacketSocket>;
  #events: PacketEvents | null = null;
  #rtcpMux = false;
  #known = false;
  #closed = false;
  /** STUN, and what a TURN server sends, to be kept; without ICE nobody is there for it. */
  onStun: ((packet: Uint8Array, address: string, port: number) => void) | null = null;

  constructor(sockets: RtpSockets<PacketSocket>) {
    this.#sockets = sockets;
  }

  get local(): LocalAddress {
    return this.#sockets.local;
  }

  start(events: PacketEvents): void {
    this.#events = events;
    const { rtp, rtcp } = this.#sockets;
    rtp.on('message', (packet, from) => this.take(packet, from.address, from.port, from.atMs));
    rtcp.on('message', (packet, { address, port, atMs = performance.now() }) => {
      if (this.#rtcpMux) return;
      const kind = packetKind(packet);
      if (kind === 'rtcp') events.onRtcp(packet, address, port, atMs);
      else if (kind === 'dtls') events.onDtls(Buffer.from(packet), address, port, 'rtcp');
    });
    for (const socket of [rtp, rtcp]) socket.on('error', (error) => events.onError(error));
  }

  update({ rtcpMux }: RemotePlace): void {
    this.#rtcpMux = rtcpMux;
    if (this.#known) return;
    this.#known = true;
    this.#events?.onPath();
  }

  /** One datagram that came to the RTP port, or would have if it hadn't been relayed. */
  take(packet: Uint8Array, address: string, port: number, atMs = performance.now()): void {
    const events = this.#events;
    if (events === null) return;
    switch (packetKind(packet)) {
      case 'rtp':
        events.onRtp(packet, address, port, atMs);
        break;
      case 'rtcp':
        if (this.#rtcpMux) events.onRtcp(packet, address, port, atMs);
        break;
      case 'dtls':
        events.onDtls(Buffer.from(packet), address, port, 'rtp');
        break;
      case 'stun':
      case 'turn':
        this.onStun?.(Buffer.from(packet), address, port);
        break;
      case 'unknown':
        break;
    }
  }

  sendRtp(packet: Uint8Array, length: number, address: string, port: number): void {
    this.#send(this.#sockets.rtp, packet, length, address, port);
  }

  sendRtcp(packet: Uint8Array, length: number, address: string, port: number): void {
    this.#send(this.#rtcpMux ? this.#sockets.rtp : this.#sockets.rtcp, packet, length, address, port);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sockets.rtp.close();
    this.#sockets.rtcp.close();
  }

  #send(socket: PacketSocket, packet: Uint8Array, length: number, address: string, port: number): void {
    if (!this.#closed) socket.send(packet, 0, length, port, address, this.#sentOrNot);
  }

  readonly #sentOrNot = (error: Error | null): void => {
    if (error !== null && !this.#closed) this.#events?.onError(error);
  };
}
