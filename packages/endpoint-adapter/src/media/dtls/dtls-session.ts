/** DTLS-SRTP (RFC 5763, RFC 5764): a handshake with the far end that SDP named, and the keys that come of it. */
import type { DtlsClient, DtlsServer, SrtpProfile, Transport } from 'werift';
import { loadWerift, type Werift } from '../ice/werift.ts';
import { suites } from '../srtp/suites.ts';
import type { Fingerprint, SrtpKey, SrtpSuite } from '../stream-settings.ts';
import { type DtlsCertificate, dtlsCertificate } from './certificate.ts';
import { HandshakeOrder } from './handshake-order.ts';
import { isCertificateProven, isFinishedProven, isKeyExchangeProven, matchesFingerprint } from './proof.ts';

/**
 * 'fingerprint': its certificate is not the one of SDP. 'proof': it doesn't have the certificate's key, or the handshake
 * was changed on its way. 'profile': no protection that both can. 'silent': it didn't finish in time. 'unavailable': DTLS
 * can't be had here.
 */
export type DtlsFailure = 'fingerprint' | 'proof' | 'profile' | 'silent' | 'unavailable';

export interface SrtpKeys {
  send: SrtpKey;
  receive: SrtpKey;
}

export interface DtlsSessionOptions {
  send: (packet: Uint8Array, length: number, address: string, port: number) => void;
  onKeys: (keys: SrtpKeys) => void;
  /** `detail` is for a log. Nothing more comes until the next `begin`. */
  onFailed: (failure: DtlsFailure, detail: string) => void;
  /** ms for the whole handshake. */
  limit?: number;
  /** Of the process; another one in tests. */
  certificate?: () => Promise<DtlsCertificate>;
}

export interface DtlsRemote {
  /** Our role: client where the answer made us active (RFC 5763 §5). */
  role: 'client' | 'server';
  fingerprints: readonly Fingerprint[];
  /** Where its SDP says it is; answers go to where the handshake comes from. */
  address: string;
  port: number;
}

/** RFC 5764 §4.1.2, RFC 7714 §14.2; the one we like best first. */
const profiles: readonly { id: number; suite: SrtpSuite }[] = [
  { id: 7, suite: 'AEAD_AES_128_GCM' },
  { id: 8, suite: 'AEAD_AES_256_GCM' },
  { id: 1, suite: 'AES_CM_128_HMAC_SHA1_80' },
  { id: 2, suite: 'AES_CM_128_HMAC_SHA1_32' },
];

const handshakeMs = 10_000;
/** ms: a far end that is still reading our answer misses the first hello, and werift's timer for that is half a second. */
const helloAgain = [60, 200] as const;
/** The far end's first flight may come before its answer does. */
const maxEarly = 4;
const maxDatagram = 1_500;
/** Higher than any of werift's flights: ends their repetitions. */
const noFlight = 99;

const message = { certificate: 11, keyExchange: 12, certificateVerify: 15, finished: 20 } as const;

export class DtlsSession {
  readonly #options: DtlsSessionOptions;
  #remote: DtlsRemote | null = null;
  #handshake: Handshake | null = null;
  #early: { packet: Buffer; address: string; port: number }[] = [];
  #timer: NodeJS.Timeout | null = null;
  /** The far end speaks from where its SDP says, so others can't be it. */
  #heardFromPlace = false;
  #closed = false;

  constructor(options: DtlsSessionOptions) {
    this.#options = options;
  }

  /**
   * After each offer and answer: the same role and fingerprints change nothing, others make new keys (RFC 8842 §4).
   * Whether it has begun.
   */
  begin(remote: DtlsRemote): boolean {
    const { role, fingerprints } = remote;
    const same = this.#remote?.role === role && sameFingerprints(this.#remote.fingerprints, fingerprints);
    if (this.#closed || same) return false;
    this.#end();
    this.#remote = { ...remote };
    this.#heardFromPlace = false;
    this.#timer = setTimeout(() => this.#tooLate(), this.#options.limit ?? handshakeMs);
    void this.#start(this.#remote);
    return true;
  }

  /** A datagram with DTLS in it. */
  receive(packet: Uint8Array, address: string, port: number): void {
    if (this.#closed || packet.length > maxDatagram) return;
    if (this.#handshake !== null) {
      const known = address === this.#remote?.address && port === this.#remote.port;
      this.#heardFromPlace ||= known;
      if (known || !this.#heardFromPlace) this.#handshake.receive(packet, address, port);
    } else if (this.#early.length < maxEarly) this.#early.push({ packet: Buffer.from(packet), address, port });
  }

  /** It isn't wanted any more; it may begin anew. */
  abandon(): void {
    this.#end();
    this.#remote = null;
  }

  close(): void {
    this.#closed = true;
    this.#end();
  }

  #end(): void {
    this.#handshake?.close();
    this.#handshake = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  async #start(remote: DtlsRemote): Promise<void> {
    try {
      const [werift, certificate] = await Promise.all([loadWerift(), (this.#options.certificate ?? dtlsCertificate)()]);
      // Another `begin` may have come meanwhile.
      if (this.#closed || this.#remote !== remote) return;
      const handshake = new Handshake(werift, certificate, remote, {
        send: this.#options.send,
        onKeys: (keys) => {
          if (this.#timer !== null) clearTimeout(this.#timer);
          this.#options.onKeys(keys);
        },
        onFailed: (failure, detail) => this.#fail(failure, detail),
      });
      this.#handshake = handshake;
      handshake.start();
      for (const { packet, address, port } of this.#early.splice(0)) this.receive(packet, address, port);
    } catch (error) {
      if (this.#remote === remote) this.#fail('unavailable', error instanceof Error ? error.message : String(error));
    }
  }

  #tooLate(): void {
    this.#fail('silent', this.#handshake?.trouble ?? 'the handshake has not begun');
  }

  #fail(failure: DtlsFailure, detail: string): void {
    if (this.#closed) return;
    this.#end();
    this.#remote = null;
    this.#options.onFailed(failure, detail);
  }
}

const sameFingerprints = (a: readonly Fingerprint[], b: readonly Fingerprint[]): boolean =>
  a.length === b.length && a.every((it, i) => it.algorithm === b[i]?.algorithm && it.value === b[i]?.value);

type Messages = Parameters<DtlsClient['onHandleHandshakes']>[0];
type HandshakeEvents = Pick<DtlsSessionOptions, 'send' | 'onKeys' | 'onFailed'>;

/** werift's client or server, to which each message goes only when it is what it should be. */
class Handshake {
  readonly #remote: DtlsRemote;
  /** Where answers go. */
  #address: string;
  #port: number;
  readonly #events: HandshakeEvents;
  readonly #order = new HandshakeOrder();
  readonly #socket: DtlsClient | DtlsServer;
  readonly #link: Transport;
  readonly #handle: (messages: Messages) => Promise<void>;
  #hello: Buffer | null = null;
  #heard = false;
  #timers: NodeJS.Timeout[] = [];
  #trouble = 'it did not finish the handshake';
  /** Its certificate, once it has been found to be the one of SDP; werift knows it a little later. */
  #certificate: Buffer | null = null;
  #proven = false;
  #done = false;
  #closed = false;

  constructor(werift: Werift, certificate: DtlsCertificate, remote: DtlsRemote, events: HandshakeEvents) {
    this.#remote = remote;
    this.#address = remote.address;
    this.#port = remote.port;
    this.#events = events;
    this.#link = {
      type: 'udp',
      address: { address: '', port: 0, family: '' },
      closed: false,
      onData: () => undefined,
      send: async (packet) => {
        this.#hello ??= packet;
        if (!this.#closed) events.send(packet, packet.length, this.#address, this.#port);
      },
      close: async () => undefined,
    };
    const { DtlsClient, DtlsServer, HashAlgorithm, SignatureAlgorithm } = werift;
    const Socket = remote.role === 'client' ? DtlsClient : DtlsServer;
    this.#socket = new Socket({
      cert: certificate.certificate,
      key: certificate.key,
      signatureHash: { hash: HashAlgorithm.sha256_4, signature: SignatureAlgorithm.ecdsa_3 },
      transport: this.#link,
      // Its type has two of the four; to its code they are numbers on the wire.
      srtpProfiles: profiles.map(({ id }) => id as SrtpProfile),
      certificateRequest: true,
      extendedMasterSecret: true,
    });
    this.#handle = this.#socket.onHandleHandshakes;
    this.#socket.onHandleHandshakes = (messages) => this.#check(messages);
    this.#socket.onConnect.subscribe(() => this.#finish());
    // Some are words alone, though their type is Error.
    this.#socket.onError.subscribe((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      if (text !== '') this.#trouble = text.slice(0, 200);
    });
  }

  /** What may have been in the way, when nothing came of it. */
  get trouble(): string {
    const { alert } = this.#order;
    return alert === null ? this.#trouble : `it sent alert ${alert}`;
  }

  start(): void {
    if (!('connect' in this.#socket)) return;
    // Repetitions that come to nothing end it with an error; the time limit speaks for that.
    this.#socket.connect().catch(() => undefined);
    this.#timers = helloAgain.map((delay) =>
      setTimeout(() => {
        if (!this.#heard && this.#hello !== null) void this.#link.send(this.#hello);
      }, delay),
    );
  }

  receive(packet: Uint8Array, address: string, port: number): void {
    for (const record of this.#order.take(packet)) {
      if (this.#closed) return;
      this.#heard = true;
      this.#address = address;
      this.#port = port;
      try {
        this.#link.onData(record, [address, port]);
      } catch {
        // Not what a handshake looks like; the right one may still come.
      }
    }
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#socket.dtls.flight = noFlight;
  }

  async #check(messages: Messages): Promise<void> {
    for (const it of messages) {
      if (this.#closed) return;
      // A connected server would begin anew for anyone who says hello.
      if (this.#done && it.msg_type !== message.finished) return;
      // Repeated because the far end misses our answer; what comes after it has that sent again.
      if (this.#proven && it.msg_type === message.certificateVerify) continue;
      // It has overtaken a message, and will be repeated together with that.
      if (!this.#proven && it.msg_type === message.finished) continue;
      const failure = this.#done ? null : this.#objection(it);
      if (failure !== null) return this.#events.onFailed(failure, `message ${it.msg_type} of the handshake`);
      await this.#handle([it]);
    }
  }

  #objection({ msg_type, fragment }: Messages[number]): DtlsFailure | null {
    const { cipher } = this.#socket;
    const certificate = this.#certificate;
    switch (msg_type) {
      case message.certificate: {
        const leaf = firstCertificate(fragment);
        if (leaf === null || !matchesFingerprint(leaf, this.#remote.fingerprints)) return 'fingerprint';
        this.#certificate = leaf;
        return null;
      }
      case message.keyExchange: {
        if (this.#remote.role !== 'client' || certificate === null) return 'proof';
        const [clientRandom, serverRandom] = [cipher.localRandom.serialize(), cipher.remoteRandom.serialize()];
        this.#proven = isKeyExchangeProven(fragment, clientRandom, serverRandom, certificate);
        return this.#proven ? null : 'proof';
      }
      case message.certificateVerify: {
        if (this.#remote.role !== 'server' || certificate === null) return 'proof';
        this.#proven = isCertificateProven(fragment, this.#transcript(), certificate);
        return this.#proven ? null : 'proof';
      }
      case message.finished: {
        const sender = this.#remote.role === 'client' ? 'server' : 'client';
        const finished = isFinishedProven(fragment, sender, cipher.masterSecret, this.#transcript());
        return this.#proven && finished ? null : 'proof';
      }
      default:
        return null;
    }
  }

  /** All messages so far, as both sides have seen them. */
  #transcript(): Buffer {
    return Buffer.concat(this.#socket.dtls.sortedHandshakeCache.map((it) => it.serialize()));
  }

  /** RFC 5764 §4.2: both keys, then both salts, the client's first. */
  #finish(): void {
    if (this.#closed || this.#done) return;
    this.#done = true;
    const profile = profiles.find(({ id }) => id === this.#socket.srtp.srtpProfile);
    if (profile === undefined) {
      this.#events.onFailed('profile', 'no protection profile was agreed on');
      return;
    }
    const { suite } = profile;
    const { keyBytes: key, saltBytes: salt } = suites[suite];
    const material = this.#socket.exportKeyingMaterial('EXTRACTOR-dtls_srtp', 2 * (key + salt));
    const keyOf = (index: 0 | 1): SrtpKey => ({
      suite,
      key: new Uint8Array(material.subarray(index * key, (index + 1) * key)),
      salt: new Uint8Array(material.subarray(2 * key + index * salt, 2 * key + (index + 1) * salt)),
      lifetime: null,
      mki: null,
      plainRtcp: false,
    });
    const [client, server] = [keyOf(0), keyOf(1)];
    const ours = this.#remote.role === 'client';
    this.#events.onKeys({ send: ours ? client : server, receive: ours ? server : client });
  }
}

/** Of a Certificate message (RFC 5246 §7.4.2): a list with lengths of three bytes. */
function firstCertificate(body: Buffer): Buffer | null {
  if (body.length < 6) return null;
  const end = 6 + body.readUIntBE(3, 3);
  return end > body.length ? null : body.subarray(6, end);
}
