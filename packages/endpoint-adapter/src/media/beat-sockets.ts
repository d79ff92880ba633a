/**
 * UDP sockets that are read at the engine's beat, by the addon (native/udp.h): nothing wakes up for a packet, and none makes
 * an object. The engine asks for sound every 10 ms only, so a packet loses no time; when it came is the system's to tell.
 */
import { isIP } from 'node:net';
import { getSystemErrorName } from 'node:util';
import { loadAddon } from '../audio/addon.ts';
import { nowUs } from '../audio/monotonic.ts';
import type { PacketSocket, SendDone, Sender, TakePacket } from './packet-socket.ts';
import { maxPacketBytes } from './rtp.ts';

/** What native/udp.h exports. */
export interface SocketAddon {
  /** Throws an Error whose message is one clause. */
  udpOpen(address: string, port: number): unknown;
  udpPort(handle: unknown): number;
  /** The packet's length, or -1. */
  udpReceive(handle: unknown, packet: Uint8Array, facts: Int32Array): number;
  udpSender(handle: unknown): string;
  /** 0, or the system's number of an error. */
  udpSend(handle: unknown, packet: Uint8Array, offset: number, length: number, port: number, address: string): number;
  udpMark(handle: unknown, dscp: number): boolean;
  udpClose(handle: unknown): void;
}

/** More than come in a second, so that a hold-up is made up for at once; a flood costs one beat no more than these. */
const mostPerBeat = 256;
/** UDP has none that is longer. */
const longest = 65_536;

/** Places in what udpReceive tells. */
const fact = { port: 0, cameAtUs: 1, otherSender: 2 } as const;

/** Null where there is no addon, or one without sockets, as on Windows. */
export function socketAddon(): SocketAddon | null {
  try {
    const addon: object = loadAddon();
    return hasSockets(addon) ? addon : null;
  } catch {
    // A sound driver that needs it says so.
    return null;
  }
}

const hasSockets = (addon: object): addon is SocketAddon => 'udpOpen' in addon;

/** Those of all streams. */
export class BeatSockets {
  readonly #addon: SocketAddon;
  readonly #onUse: () => void;
  readonly #sockets: BeatSocket[] = [];
  readonly #packet = new Uint8Array(longest);
  readonly #facts = new Int32Array(3);
  /** The first bytes of `packet`, one view for each length that has come. */
  readonly #views: (Uint8Array | undefined)[] = [];

  /** `onUse`: inUse may have changed. */
  constructor(addon: SocketAddon, onUse: () => void) {
    this.#addon = addon;
    this.#onUse = onUse;
  }

  /** Whether there is anything to be read, now or later. */
  get inUse(): boolean {
    return this.#sockets.length > 0;
  }

  readonly open = async (address: string, port: number): Promise<BeatSocket | null> => {
    try {
      const socket = new BeatSocket(this.#addon, this.#addon.udpOpen(address, port), address, () => {
        this.#sockets.splice(this.#sockets.indexOf(socket), 1);
        this.#onUse();
      });
      this.#sockets.push(socket);
      this.#onUse();
      return socket;
    } catch {
      return null;
    }
  };

  /** Hands over what has come since the last time, every 10 ms. */
  read(): void {
    for (let i = 0; i < this.#sockets.length; i++) {
      const socket = this.#sockets[i];
      for (let left = mostPerBeat; left > 0; left--) {
        const length = socket?.receive(this.#packet, this.#facts) ?? -1;
        if (length < 0) break;
        socket?.hand(this.#view(length), this.#facts);
      }
    }
  }

  #view(length: number): Uint8Array {
    if (length > maxPacketBytes) return this.#packet.subarray(0, length);
    const view = this.#views[length] ?? this.#packet.subarray(0, length);
    this.#views[length] = view;
    return view;
  }
}

class BeatSocket implements PacketSocket {
  readonly #addon: SocketAddon;
  readonly #handle: unknown;
  readonly #family: string;
  readonly #onClose: () => void;
  readonly #from = { address: '', port: 0, atMs: 0 } satisfies Sender;
  #take: TakePacket | null = null;
  #closed = false;

  constructor(addon: SocketAddon, handle: unknown, address: string, onClose: () => void) {
    this.#addon = addon;
    this.#handle = handle;
    this.#family = `IPv${isIP(address)}`;
    this.#onClose = onClose;
  }

  /** What can't be sent is told to whoever sends; there are no other errors. */
  on(...[event, take]: ['message', TakePacket] | ['error', (error: Error) => void]): void {
    if (event === 'message') this.#take = take;
  }

  address(): { port: number; family: string } {
    return { port: this.#addon.udpPort(this.#handle), family: this.#family };
  }

  send(packet: Uint8Array, offset: number, length: number, port: number, address: string, done: SendDone): void {
    if (this.#closed) return;
    const error = this.#addon.udpSend(this.#handle, packet, offset, length, port, address);
    if (error !== 0) done(new Error(`send ${getSystemErrorName(-error)} ${address}:${port}`));
  }

  /** Whether the system does so from now on (RFC 2474). */
  mark(dscp: number): boolean {
    return !this.#closed && this.#addon.udpMark(this.#handle, dscp);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#addon.udpClose(this.#handle);
    this.#onClose();
  }

  receive(packet: Uint8Array, facts: Int32Array): number {
    return this.#closed ? -1 : this.#addon.udpReceive(this.#handle, packet, facts);
  }

  hand(packet: Uint8Array, facts: Int32Array): void {
    const from = this.#from;
    if (facts[fact.otherSender] !== 0) from.address = this.#addon.udpSender(this.#handle);
    from.port = facts[fact.port] ?? 0;
    from.atMs = performance.now() - ((nowUs() - (facts[fact.cameAtUs] ?? 0)) | 0) / 1_000;
    this.#take?.(packet, from);
  }
}
