/** Asks a STUN server which address our socket has for the world (RFC 8445 §5.1.1.2), and keeps the NAT's mapping alive. */
import { newTransaction, type Place, readXorAddress, type StunMessage, stunType, writeStun } from './stun.ts';

/** ms after the first request (RFC 8489 §6.2.1 doubles; a shorter first wait, as gathering has little time). */
const repeats = [200, 600, 1_400] as const;
/** RFC 8445 §11: at most every 15 s. */
const keepAliveMs = 15_000;

export class ReflexiveAddress {
  readonly #server: Place;
  readonly #send: (packet: Buffer, address: string, port: number) => void;
  #transaction = '';
  #timers: NodeJS.Timeout[] = [];
  #answered: ((place: Place | null) => void) | null = null;

  constructor(server: Place, send: (packet: Buffer, address: string, port: number) => void) {
    this.#server = server;
    this.#send = send;
  }

  /** Null when it was closed first. */
  ask(): Promise<Place | null> {
    this.close();
    this.#transaction = newTransaction();
    this.#request();
    this.#timers = repeats.map((delay) => setTimeout(this.#request, delay));
    return new Promise((resolve) => {
      this.#answered = resolve;
    });
  }

  keepAlive(): void {
    this.#clear();
    this.#timers = [setInterval(this.#request, keepAliveMs)];
  }

  /** Whether the message was its own. */
  receive(message: StunMessage, address: string, port: number): boolean {
    const { transaction, type } = message;
    if (transaction !== this.#transaction || address !== this.#server.address || port !== this.#server.port)
      return false;
    const place = readXorAddress(message);
    if (type !== stunType.success || place === null) return true;
    if (this.#answered !== null) this.#clear();
    this.#answered?.(place);
    this.#answered = null;
    return true;
  }

  close(): void {
    this.#clear();
    this.#answered?.(null);
    this.#answered = null;
  }

  #clear(): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
  }

  readonly #request = (): void => {
    const { address, port } = this.#server;
    const transaction = this.#transaction;
    this.#send(writeStun({ type: stunType.request, transaction, attributes: [], password: null }), address, port);
  };
}
