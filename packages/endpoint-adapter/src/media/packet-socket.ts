/** What a stream needs of a UDP socket. Node's have it all, and so have those that are read at the engine's beat. */

export interface Sender {
  address: string;
  port: number;
  /** When the packet came, as performance.now() counts; undefined: just now. */
  atMs?: number;
}

/** `packet` and `from` may be used again as soon as it returns. */
export type TakePacket = (packet: Uint8Array, from: Sender) => void;

export type SendDone = (error: Error | null) => void;

export interface PacketSocket {
  on(event: 'message', take: TakePacket): unknown;
  on(event: 'error', take: (error: Error) => void): unknown;
  /** `done` is called with an error when there is one, and may be called with null when there is none. */
  send(packet: Uint8Array, offset: number, length: number, port: number, address: string, done: SendDone): void;
  address(): { port: number; family: string };
  /** Whether the system marks from now on what is sent; undefined: the socket can't say so (dscp.ts). */
  mark?(dscp: number): boolean;
  close(): void;
}

/** Bound there; port 0: any. Null when it can't be. */
export type OpenSocket<Socket extends PacketSocket = PacketSocket> = (
  address: string,
  port: number,
) => Promise<Socket | null>;
