/** Packets over the path that ICE finds; where the far end has no ICE, over the same sockets as without. */
import type { PacketSocket } from '../packet-socket.ts';
import type { RtpSockets } from '../ports.ts';
import type { IceServers, LocalAddress } from '../stream-settings.ts';
import { type PacketEvents, type PacketTransport, PlainTransport, type RemotePlace } from '../transport.ts';
import { IceAgent, type IceProblem } from './agent.ts';

export interface IceTransportOptions {
  sockets: RtpSockets<PacketSocket>;
  servers: IceServers;
  /** PEM of the authorities that a TURN server's certificate is trusted by; undefined: those that `servers` names. */
  authorities?: string | undefined;
}

/** With its candidates, after 2 s at most. */
export async function openIceTransport(options: IceTransportOptions): Promise<IceTransport> {
  const transport = new IceTransport(options);
  await transport.gather();
  return transport;
}

export class IceTransport implements PacketTransport {
  readonly #plain: PlainTransport;
  readonly #agent: IceAgent;
  readonly #sockets: RtpSockets<PacketSocket>;
  #events: PacketEvents | null = null;
  #choosesPath = false;
  #rtcpMux = false;
  #closed = false;
  /** Where the last packet came from that was taken, so that most are taken without a search. */
  #address = '';
  #port = 0;

  constructor({ sockets, servers, authorities }: IceTransportOptions) {
    this.#sockets = sockets;
    const plain = new PlainTransport(sockets);
    this.#plain = plain;
    const { address, rtpPort: port } = sockets.local;
    this.#agent = new IceAgent({
      host: { address, port },
      servers,
      authorities,
      send: (packet, length, toAddress, toPort) => plain.sendRtp(packet, length, toAddress, toPort),
      onPacket: (packet, fromAddress, fromPort) => plain.take(packet, fromAddress, fromPort),
      onPath: () => {
        if (!this.#closed) this.#events?.onPath();
      },
      onFailed: (reason) => {
        if (!this.#closed) this.#events?.onPathFailed(reason);
      },
    });
  }

  get local(): LocalAddress {
    return { ...this.#sockets.local, ice: this.#agent.local };
  }

  get choosesPath(): boolean {
    return this.#choosesPath;
  }

  /** Why there are fewer candidates than asked for. */
  get problems(): readonly IceProblem[] {
    return this.#agent.problems;
  }

  /** Whether packets go by way of the TURN server. */
  get relayed(): boolean {
    return this.#agent.path?.base.candidate.type === 'relay';
  }

  gather(): Promise<void> {
    this.#plain.onStun = (packet, address, port) => this.#agent.receive(packet, address, port);
    this.#plain.start({
      onRtp: (packet, address, port, atMs) => {
        if (this.#takes(address, port)) this.#events?.onRtp(packet, address, port, atMs);
      },
      onRtcp: (packet, address, port, atMs) => {
        if (this.#takes(address, port)) this.#events?.onRtcp(packet, address, port, atMs);
      },
      onDtls: (packet, address, port, component) => {
        if (this.#takes(address, port)) this.#events?.onDtls(packet, address, port, component);
      },
      onPath: () => {
        if (!this.#choosesPath) this.#events?.onPath();
      },
      onPathFailed: (reason) => this.#events?.onPathFailed(reason),
      onError: (error) => {
        // Some candidates can't be reached from here, and a path that breaks is told by consent.
        if (!this.#closed && !this.#choosesPath) this.#events?.onError(error);
      },
    });
    return this.#agent.gather();
  }

  start(events: PacketEvents): void {
    this.#events = events;
  }

  update({ rtcpMux, ice }: RemotePlace): void {
    if (this.#closed) return;
    this.#choosesPath = ice !== null;
    this.#rtcpMux = rtcpMux;
    this.#plain.update({ rtcpMux: rtcpMux || ice !== null, ice: null });
    if (ice !== null) this.#agent.setRemote(ice);
  }

  sendRtp(packet: Uint8Array, length: number, address: string, port: number): void {
    if (this.#closed) return;
    if (this.#choosesPath) {
      const path = this.#agent.path;
      path?.base.send(packet, length, path.address, path.port);
    } else this.#plain.sendRtp(packet, length, address, port);
  }

  /** There is one component, so without rtcp-mux RTCP has no path. */
  sendRtcp(packet: Uint8Array, length: number, address: string, port: number): void {
    if (this.#closed) return;
    if (!this.#choosesPath) this.#plain.sendRtcp(packet, length, address, port);
    else if (this.#rtcpMux) this.sendRtp(packet, length, address, port);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    // The sockets carry the farewell to the TURN server.
    void this.#agent.close().finally(() => this.#plain.close());
  }

  /** From a place that the far end named, or proved to have (RFC 8445 §7.3.1.3). */
  #takes(address: string, port: number): boolean {
    if (this.#closed) return false;
    if (!this.#choosesPath || (port === this.#port && address === this.#address)) return true;
    if (!this.#agent.knows(address, port)) return false;
    this.#address = address;
    this.#port = port;
    return true;
  }
}
