/** How one stream's packets are protected, whatever SDP has agreed on: not at all, by keys of SDP, or by those of DTLS. */
import { type DtlsFailure, type DtlsRemote, DtlsSession } from './dtls/dtls-session.ts';
import { receiverFor, type SrtpReceiver } from './srtp/srtp-receiver.ts';
import { type SrtpSender, senderFor } from './srtp/srtp-sender.ts';
import { sameMasterKey } from './srtp/suites.ts';
import type { Security, SrtpKey } from './stream-settings.ts';

export interface SecurityEvents {
  sendDtls(packet: Uint8Array, length: number, address: string, port: number): void;
  /** Another key than before: far ends disagree about how its sequence numbers go on, so a new source has to begin. */
  onOtherKey(): void;
  /** A tenth of the life of the key that we send with is left. */
  onExpiring(): void;
  onFailed(failure: DtlsFailure, detail: string): void;
}

export class StreamSecurity {
  readonly #events: SecurityEvents;
  #security: Security = { kind: 'none' };
  #sender: SrtpSender | null = null;
  #receiver: SrtpReceiver | null = null;
  #dtls: DtlsSession | null = null;
  #remote: DtlsRemote | null = null;
  #reachable = false;

  constructor(events: SecurityEvents) {
    this.#events = events;
  }

  /** After each offer and answer. Throws RangeError where a key doesn't fit its suite. */
  update(security: Security, address: string, port: number): void {
    this.#security = security;
    this.#remote = null;
    if (security.kind === 'sdes') this.#setKeys(security.send, security.receive);
    if (security.kind === 'dtls') this.#remote = { ...security, address, port };
    this.#beginDtls();
  }

  /** The far end can be reached from now on. */
  pathFound(): void {
    this.#reachable = true;
    this.#beginDtls();
  }

  receiveDtls(packet: Uint8Array, address: string, port: number): void {
    this.#dtlsSession().receive(packet, address, port);
  }

  /** Each in place; the new length, or 0 for what must not be sent or isn't to be trusted. */
  protectRtp(packet: Uint8Array, length: number): number {
    return this.#plain ? length : (this.#sender?.protectRtp(packet, length) ?? 0);
  }
  protectRtcp(packet: Uint8Array, length: number): number {
    return this.#plain ? length : (this.#sender?.protectRtcp(packet, length) ?? 0);
  }
  unprotectRtp(packet: Uint8Array, length: number): number {
    return this.#plain ? length : (this.#receiver?.unprotectRtp(packet, length) ?? 0);
  }
  unprotectRtcp(packet: Uint8Array, length: number): number {
    return this.#plain ? length : (this.#receiver?.unprotectRtcp(packet, length) ?? 0);
  }

  /** For people: "SDES AES_CM_128_HMAC_SHA1_80"; empty for none. */
  get inUse(): string {
    const suite = this.#plain ? undefined : this.#sender?.key.suite;
    return suite === undefined ? '' : `${this.#security.kind === 'dtls' ? 'DTLS' : 'SDES'} ${suite}`;
  }

  /** What the far end sends is protected, and nothing of it could be opened. */
  get deaf(): boolean {
    const stats = this.#receiver?.stats();
    return !this.#plain && stats !== undefined && stats.rtp === 0 && stats.authentication + stats.unknownKey > 0;
  }

  close(): void {
    this.#dtls?.close();
  }

  get #plain(): boolean {
    return this.#security.kind === 'none';
  }

  #beginDtls(): void {
    if (this.#remote !== null && this.#reachable) this.#dtlsSession().begin(this.#remote);
  }

  #dtlsSession(): DtlsSession {
    this.#dtls ??= new DtlsSession({
      send: (packet, length, address, port) => this.#events.sendDtls(packet, length, address, port),
      onKeys: ({ send, receive }) => this.#setKeys(send, receive),
      onFailed: (failure, detail) => this.#events.onFailed(failure, detail),
    });
    return this.#dtls;
  }

  #setKeys(send: SrtpKey, receive: SrtpKey): void {
    const before = this.#sender;
    this.#sender = senderFor(send, before, () => this.#events.onExpiring());
    this.#receiver = receiverFor(receive, this.#receiver);
    if (before !== null && !sameMasterKey(before.key, send)) this.#events.onOtherKey();
  }
}
