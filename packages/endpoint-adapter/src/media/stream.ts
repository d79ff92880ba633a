/** The sound of one session: its sockets, who it talks to, and both ways through codec and packets. */
import { randomBytes, randomInt } from 'node:crypto';
import type { Socket } from 'node:dgram';
import type { CallQuality } from '@thinline/shared/contract/types.ts';
import type { Codec } from './codecs/codec.ts';
import type { MediaPacket } from './jitter-buffer.ts';
import { JitterEstimate } from './jitter-estimate.ts';
import { Latch } from './latching.ts';
import type { RtpSockets } from './ports.ts';
import { ReceivePath, type ReceiveTotals } from './receive-path.ts';
import { readRtcp } from './rtcp.ts';
import { RtcpSession } from './rtcp-session.ts';
import { emptyHeader, readRtp } from './rtp.ts';
import { type RtpSource, SendPath, type SendStats } from './send-path.ts';
import { Sequence } from './sequence.ts';
import { FarEnd, nothingRefused, quality, type Refused } from './statistics.ts';
import type { LocalAddress, StreamSettings } from './stream-settings.ts';
import { TelephoneEventReceiver, TelephoneEventSender } from './telephone-event.ts';

/** RFC 3389 §4: comfort noise has a static payload type, and some send it without having agreed on it. */
const comfortNoise = 13;

export interface StreamOptions {
  id: string;
  sockets: RtpSockets;
  findCodec: (name: string) => Codec | undefined;
  onDigit: (digit: string) => void;
  /** Something is wrong that a log should know, once. */
  warn: (text: string) => void;
}

const sends = (settings: StreamSettings | null): settings is StreamSettings =>
  settings !== null && (settings.direction === 'sendrecv' || settings.direction === 'sendonly');
const receives = (settings: StreamSettings | null): settings is StreamSettings =>
  settings !== null && (settings.direction === 'sendrecv' || settings.direction === 'recvonly');

export class Stream {
  readonly refused: Refused = nothingRefused();
  readonly #options: StreamOptions;
  readonly #rtpLatch = new Latch();
  readonly #rtcpLatch = new Latch();
  readonly #rtcp: RtcpSession;
  readonly #source: RtpSource = {
    ssrc: randomInt(1, 2 ** 32),
    sequence: randomInt(2 ** 16),
    timestamp: randomInt(2 ** 32),
  };
  readonly #sent: SendStats = { packets: 0, octets: 0 };
  readonly #totals: ReceiveTotals = { concealedMs: 0, longestGapMs: 0 };
  readonly #farEnd = new FarEnd();
  readonly #eventsOut = new TelephoneEventSender();
  readonly #eventsIn = new TelephoneEventReceiver();
  readonly #header = emptyHeader();
  readonly #packet: MediaPacket = {
    sequence: 0,
    timestamp: 0,
    duration: 0,
    silence: false,
    payload: new Uint8Array(0),
    offset: 0,
    length: 0,
  };
  #settings: StreamSettings | null = null;
  #codec: Codec | null = null;
  #sendPath: SendPath | null = null;
  #receivePath: ReceivePath | null = null;
  #sequence = new Sequence();
  #jitter = new JitterEstimate(8_000);
  #remoteSsrc: number | null = null;
  #candidateSsrc: number | null = null;
  #lastEvent = -1;
  /** Of sources before the present one. */
  #receivedBefore = 0;
  #lostBefore = 0;
  #sendFailed = false;
  #closed = false;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#rtcp = new RtcpSession({
      cname: randomBytes(9).toString('base64url'),
      source: this.#source,
      sent: this.#sent,
      received: () => this.#receptionFacts(),
      send: this.#sendRtcp,
      onReport: (block, roundTrip) => this.#farEnd.report(block, this.#codec?.clockRate ?? 8_000, roundTrip),
    });
  }

  get local(): LocalAddress {
    return this.#options.sockets.local;
  }

  /** Whether its sound meets the microphone and the loudspeaker. */
  get connected(): boolean {
    return this.#settings?.connected ?? false;
  }

  start(): void {
    const { rtp, rtcp } = this.#options.sockets;
    rtp.on('message', (packet, from) => this.receiveRtp(packet, from.address, from.port, performance.now()));
    rtcp.on('message', (packet, from) => this.receiveRtcp(packet, from.address, from.port, performance.now()));
    for (const socket of [rtp, rtcp]) socket.on('error', (error) => this.#warnOnce(error));
    this.#rtcp.start();
  }

  /** Rejects when the codec can't be opened; then everything stays as it was. */
  async update(settings: StreamSettings): Promise<void> {
    const codec = this.#options.findCodec(settings.codec.name);
    if (codec === undefined) throw new Error(`there is no codec ${settings.codec.name}`);
    if (this.#closed) return;
    const packets = this.#settings?.ptime !== settings.ptime;
    if (codec !== this.#codec || packets) await this.#openCodec(codec, settings.ptime);
    if (!receives(settings)) this.#receivePath?.pause();
    this.#rtpLatch.signal(settings.remoteAddress, settings.remotePort);
    this.#rtcpLatch.signal(settings.remoteAddress, settings.remoteRtcpPort);
    this.#settings = settings;
  }

  /** Sends 10 ms of sound, or of silence; never nothing, so that nobody in between takes the call for dead. */
  send(microphone: Int16Array, silence: Int16Array): void {
    const settings = this.#settings;
    if (settings === null) return;
    if (!sends(settings)) {
      this.#sendPath?.skip();
      return;
    }
    const heard = settings.connected && !settings.muted && settings.direction === 'sendrecv';
    this.#sendPath?.process(heard ? microphone : silence, settings.codec.sendPayloadType, settings.telephoneEventSend);
  }

  /** Takes 10 ms of the far end's sound; false when there is none to be mixed. */
  receive(nowMs: number, out: Int16Array): boolean {
    const digit = this.#eventsIn.tick(nowMs);
    if (digit !== null) this.#options.onDigit(digit);
    if (this.#receivePath === null || !receives(this.#settings)) return false;
    this.#receivePath.process(nowMs, out);
    return this.#settings.connected;
  }

  get takesDtmf(): boolean {
    return this.#settings?.telephoneEventSend != null && sends(this.#settings);
  }

  /** Settles when the last digit has been sent, or the stream was closed. */
  sendDtmf(digits: string): Promise<void> {
    return this.#eventsOut.send(digits);
  }

  quality(): CallQuality {
    return quality({
      callId: this.#options.id,
      sent: this.#sent,
      packetsReceived: this.#receivedBefore + this.#sequence.received,
      packetsLost: this.#lostBefore + Math.max(0, this.#sequence.lost),
      jitterMs: this.#jitter.ms,
      buffer: this.#receivePath?.stats() ?? null,
      totals: this.#totals,
      farEnd: this.#farEnd,
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#rtcp.stop();
    this.#closed = true;
    this.#eventsOut.cancel();
    this.#sendPath?.close();
    this.#receivePath?.close();
    this.#sendPath = null;
    this.#receivePath = null;
    this.#options.sockets.rtp.close();
    this.#options.sockets.rtcp.close();
  }

  /** One datagram on the RTP port. Node has made a buffer and an address object for it; we make nothing more. */
  receiveRtp(packet: Uint8Array, address: string, port: number, nowMs: number): void {
    const header = this.#header;
    const settings = this.#settings;
    if (settings === null || this.#receivePath === null) return;
    if (!readRtp(packet, header)) {
      this.refused.malformed++;
      return;
    }
    if (!this.#rtpLatch.accept(address, port, header.ssrc, nowMs) || !this.#isPresentSource(header.ssrc)) {
      this.refused.foreign++;
      return;
    }
    const type = header.payloadType;
    const sound = type === settings.codec.receivePayloadType;
    const event = type === settings.telephoneEventReceive;
    if (!sound && !event && type !== comfortNoise) {
      this.refused.payloadType++;
      return;
    }
    const verdict = this.#sequence.update(header.sequence);
    if (verdict === 'rejected') {
      this.refused.sequence++;
      return;
    }
    if (verdict === 'restarted') this.#restartReception();
    if (sound) this.#putSound(packet, nowMs);
    else if (event) this.#putEvent(packet, nowMs);
    else this.#putSilence(packet, nowMs);
  }

  receiveRtcp(packet: Uint8Array, address: string, port: number, nowMs: number): void {
    if (this.#settings === null) return;
    const compound = readRtcp(packet);
    if (compound === null) this.refused.malformed++;
    else if (!this.#rtcpLatch.accept(address, port, compound.ssrc, nowMs)) this.refused.foreign++;
    else this.#rtcp.receive(compound, packet.length);
  }

  async #openCodec(codec: Codec, ptime: number): Promise<void> {
    const { encoder, decoder } = await codec.open();
    const send = this.#sendRtp;
    this.#sendPath?.close();
    this.#sendPath = new SendPath(codec, encoder, ptime, this.#source, this.#sent, this.#eventsOut, send);
    if (codec === this.#codec) return decoder.close();
    this.#receivePath?.close();
    this.#receivePath = new ReceivePath(codec, decoder, this.#totals);
    this.#jitter = new JitterEstimate(codec.clockRate);
    this.#codec = codec;
  }

  /** Another SSRC takes over when two of its packets have come and none of the present one's in between. */
  #isPresentSource(ssrc: number): boolean {
    if (ssrc === this.#remoteSsrc) {
      this.#candidateSsrc = null;
      return true;
    }
    if (this.#remoteSsrc !== null && ssrc !== this.#candidateSsrc) {
      this.#candidateSsrc = ssrc;
      return false;
    }
    if (this.#remoteSsrc !== null) {
      this.#receivedBefore += this.#sequence.received;
      this.#lostBefore += Math.max(0, this.#sequence.lost);
      this.#sequence = new Sequence();
      this.#restartReception();
    }
    this.#remoteSsrc = ssrc;
    this.#candidateSsrc = null;
    return true;
  }

  #restartReception(): void {
    this.#receivePath?.restart();
    this.#jitter.restart();
  }

  #putSound(packet: Uint8Array, nowMs: number): void {
    const { timestamp, payloadOffset, payloadLength } = this.#header;
    this.#jitter.update(timestamp, nowMs);
    const path = this.#receivePath;
    if (path === null || !receives(this.#settings)) return;
    const duration = path.duration(packet, payloadOffset, payloadLength);
    if (duration === 0) this.refused.malformed++;
    else this.#put(packet, duration, false, nowMs);
  }

  #putSilence(packet: Uint8Array, nowMs: number): void {
    if (receives(this.#settings)) this.#put(packet, 0, true, nowMs);
  }

  #putEvent(packet: Uint8Array, nowMs: number): void {
    const { timestamp, payloadOffset, payloadLength } = this.#header;
    // Sound pauses during an event (RFC 4733 §2.1), and all packets of one have the same timestamp.
    if (timestamp !== this.#lastEvent) this.#putSilence(packet, nowMs);
    this.#lastEvent = timestamp;
    const heard = this.#eventsIn.put(packet, payloadOffset, payloadLength, timestamp, nowMs);
    for (const digit of heard ?? '') this.#options.onDigit(digit);
  }

  #put(packet: Uint8Array, duration: number, silence: boolean, nowMs: number): void {
    const it = this.#packet;
    it.sequence = this.#sequence.extended;
    it.timestamp = this.#header.timestamp;
    it.duration = duration;
    it.silence = silence;
    it.payload = packet;
    it.offset = this.#header.payloadOffset;
    it.length = silence ? 0 : this.#header.payloadLength;
    this.#receivePath?.put(it, nowMs);
  }

  #receptionFacts() {
    if (this.#remoteSsrc === null) return null;
    return {
      ssrc: this.#remoteSsrc,
      fractionLost: this.#sequence.fractionLost(),
      lost: this.#sequence.lost,
      highestSequence: this.#sequence.highest,
      jitter: Math.round(this.#jitter.value),
    };
  }

  /** Node makes a request object for each datagram; there is no way round that. */
  readonly #sendRtp = (packet: Uint8Array, length: number): void => {
    this.#send(this.#options.sockets.rtp, this.#rtpLatch, packet, length);
  };

  readonly #sendRtcp = (packet: Uint8Array, length: number): void => {
    this.#send(this.#options.sockets.rtcp, this.#rtcpLatch, packet, length);
  };

  #send(socket: Socket, latch: Latch, packet: Uint8Array, length: number): void {
    const { address, port } = latch.target;
    if (latch.reachable && !this.#closed) socket.send(packet, 0, length, port, address, this.#sentOrNot);
  }

  readonly #sentOrNot = (error: Error | null): void => {
    if (error !== null) this.#warnOnce(error);
  };

  #warnOnce(error: Error): void {
    if (this.#sendFailed || this.#closed) return;
    this.#sendFailed = true;
    this.#options.warn(`packets can't be sent: ${error.message}`);
  }
}
