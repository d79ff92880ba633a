/** How one stream's packets are protected, whatever SDP has agreed on: not at all, by keys of SDP, or by those of DTLS. */
import { type DtlsFailure, type DtlsRemote, DtlsSession, type SrtpKeys } from './dtls/dtls-session.ts';
import { receiverFor, type SrtpReceiver } from './srtp/srtp-receiver.ts';
import { type SrtpSender, senderFor } from './srtp/srtp-sender.ts';
import { sameMasterKey } from './srtp/suites.ts';
import type { Component, Security } from './stream-settings.ts';

export interface SecurityEvents {
  sendDtls(packet: Uint8Array, length: number, address: string, port: number, component: Component): void;
  /** Another key than before: far ends disagree about how its sequence numbers go on, so a new source has to begin. */
  onOtherKey(): void;
  /** A tenth of the life of the key that we send with is left. */
  onExpiring(): void;
  onFailed(failure: DtlsFailure, detail: string): void;
}

export class StreamSecurity {
  readonly #rtp: PortSecurity;
  /** In use only where DTLS finds keys for a port that RTCP has of its own (RFC 5764 §4.1). */
  readonly #rtcp: PortSecurity;
  #security: Security = { kind: 'none' };
  #remote: DtlsRemote | null = null;
  #rtcpPort: number | null = null;
  #reachable = false;
  /** The sound has its keys. */
  #keyed = false;

  constructor(events: SecurityEvents) {
    const sendBy =
      (component: Component): SendDtls =>
      (packet, length, address, port) =>
        events.sendDtls(packet, length, address, port, component);
    this.#rtp = new PortSecurity({
      send: sendBy('rtp'),
      onKeys: () => {
        this.#keyed = true;
        this.#beginDtlsOfRtcp();
      },
      onOtherKey: () => events.onOtherKey(),
      onExpiring: () => events.onExpiring(),
      onFailed: (failure, detail) => events.onFailed(failure, detail),
    });
    // Without keys there are no reports, which is no reason to end a call.
    this.#rtcp = new PortSecurity({
      send: sendBy('rtcp'),
      onKeys: () => undefined,
      onOtherKey: () => undefined,
      onExpiring: () => undefined,
      onFailed: () => undefined,
    });
  }

  /** After each offer and answer; rtcpPort: null with rtcp-mux, 0 where there is none. Throws RangeError where a key doesn't fit its suite. */
  update(security: Security, address: string, port: number, rtcpPort: number | null = null): void {
    this.#security = security;
    this.#remote = null;
    this.#rtcpPort = null;
    if (security.kind === 'sdes') this.#rtp.setKeys(security);
    if (security.kind === 'dtls') {
      this.#remote = { ...security, address, port };
      this.#rtcpPort = rtcpPort || null;
    } else {
      this.#rtp.abandonDtls();
      this.#rtcp.abandonDtls();
    }
    this.#beginDtls();
  }

  /** The far end can be reached from now on. */
  pathFound(): void {
    this.#reachable = true;
    this.#beginDtls();
  }

  receiveDtls(packet: Uint8Array, address: string, port: number, component: Component = 'rtp'): void {
    (component === 'rtp' ? this.#rtp : this.#rtcp).dtls.receive(packet, address, port);
  }

  /** Each in place; the new length, or 0 for what must not be sent or isn't to be trusted. */
  protectRtp(packet: Uint8Array, length: number): number {
    return this.#plain ? length : (this.#rtp.sender?.protectRtp(packet, length) ?? 0);
  }
  protectRtcp(packet: Uint8Array, length: number): number {
    return this.#plain ? length : (this.#ofRtcp.sender?.protectRtcp(packet, length) ?? 0);
  }
  unprotectRtp(packet: Uint8Array, length: number): number {
    return this.#plain ? length : (this.#rtp.receiver?.unprotectRtp(packet, length) ?? 0);
  }
  unprotectRtcp(packet: Uint8Array, length: number): number {
    return this.#plain ? length : (this.#ofRtcp.receiver?.unprotectRtcp(packet, length) ?? 0);
  }

  /** For people: "SDES AES_CM_128_HMAC_SHA1_80"; empty for none. */
  get inUse(): string {
    const suite = this.#plain ? undefined : this.#rtp.sender?.key.suite;
    return suite === undefined ? '' : `${this.#security.kind === 'dtls' ? 'DTLS' : 'SDES'} ${suite}`;
  }

  /** What the far end sends is protected, and nothing of it could be opened. */
  get deaf(): boolean {
    const stats = this.#rtp.receiver?.stats();
    return !this.#plain && stats !== undefined && stats.rtp === 0 && stats.authentication + stats.unknownKey > 0;
  }

  close(): void {
    this.#rtp.close();
    this.#rtcp.close();
  }

  get #plain(): boolean {
    return this.#security.kind === 'none';
  }

  get #ofRtcp(): PortSecurity {
    return this.#rtcpPort === null ? this.#rtp : this.#rtcp;
  }

  #beginDtls(): void {
    if (this.#remote === null || !this.#reachable) return;
    if (this.#rtp.dtls.begin(this.#remote)) this.#keyed = false;
    this.#beginDtlsOfRtcp();
  }

  /** A handshake keeps the thread busy, so that the sound's comes first. */
  #beginDtlsOfRtcp(): void {
    if (this.#remote === null || this.#rtcpPort === null || !this.#keyed) return;
    this.#rtcp.dtls.begin({ ...this.#remote, port: this.#rtcpPort });
  }
}

type SendDtls = (packet: Uint8Array, length: number, address: string, port: number) => void;

interface PortEvents extends Omit<SecurityEvents, 'sendDtls'> {
  send: SendDtls;
  /** Those of a handshake are in use. */
  onKeys(): void;
}

/** The keys of one port, and the handshake that finds them. */
class PortSecurity {
  sender: SrtpSender | null = null;
  receiver: SrtpReceiver | null = null;
  readonly #events: PortEvents;
  #dtls: DtlsSession | null = null;

  constructor(events: PortEvents) {
    this.#events = events;
  }

  get dtls(): DtlsSession {
    this.#dtls ??= new DtlsSession({
      send: this.#events.send,
      onKeys: (keys) => {
        this.setKeys(keys);
        this.#events.onKeys();
      },
      onFailed: (failure, detail) => this.#events.onFailed(failure, detail),
    });
    return this.#dtls;
  }

  /** Its failure would be the call's. */
  abandonDtls(): void {
    this.#dtls?.abandon();
  }

  setKeys({ send, receive }: SrtpKeys): void {
    const before = this.sender;
    this.sender = senderFor(send, before, () => this.#events.onExpiring());
    this.receiver = receiverFor(receive, this.receiver);
    if (before !== null && !sameMasterKey(before.key, send)) this.#events.onOtherKey();
  }

  close(): void {
    this.#dtls?.close();
  }
}
