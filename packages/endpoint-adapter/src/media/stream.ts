/** The sound of one session: how its packets travel and are protected, and both ways through codec and packets. */
import { randomBytes, randomInt } from 'node:crypto';
import type { CallQuality } from '@thinline/shared/contract/types.ts';
import { frameSamples, sampleRate } from '../audio/driver.ts';
import { BurstGap } from '../quality/burst-gap.ts';
import { Ratings } from '../quality/ratings.ts';
import { voipMetrics } from '../quality/voip-metrics.ts';
import { adapt, startAdaptation } from './adaptation.ts';
import type { Codec } from './codecs/codec.ts';
import { DtmfDetector, DtmfGenerator } from './inband-dtmf.ts';
import { Latch } from './latching.ts';
import { LevelMeter } from './level.ts';
import { Reception, receives } from './reception.ts';
import { type ReportBlock, readRtcp } from './rtcp.ts';
import { RtcpSession } from './rtcp-session.ts';
import { type RtpSource, SendPath, type SendStats } from './send-path.ts';
import { FarEnd, quality, type Refused } from './statistics.ts';
import { StreamSecurity } from './stream-security.ts';
import type { LocalAddress, SoundSettings, StreamSettings } from './stream-settings.ts';
import { TelephoneEventSender } from './telephone-event.ts';
import type { PacketTransport } from './transport.ts';

/** What one has that can choose; the others take no notice. bit/s */
const mostBitrate = 32_000;

/** What the call should be told. */
export type StreamTrouble =
  | { kind: 'security' | 'path'; detail: string }
  | { kind: 'keyExpiring' }
  | { kind: 'lost'; seconds: number }
  | { kind: 'undecipherable' }
  | { kind: 'back' };

export interface StreamOptions {
  id: string;
  transport: PacketTransport;
  findCodec: (name: string) => Codec | undefined;
  sound: () => SoundSettings;
  onDigit: (digit: string) => void;
  onTrouble: (trouble: StreamTrouble) => void;
  /** Something is wrong that a log should know, once. */
  warn: (text: string) => void;
}

const sends = (settings: StreamSettings | null): settings is StreamSettings =>
  settings !== null && (settings.direction === 'sendrecv' || settings.direction === 'sendonly');

export class Stream {
  readonly #options: StreamOptions;
  readonly #rtpLatch = new Latch();
  readonly #rtcpLatch = new Latch();
  readonly #rtcp: RtcpSession;
  readonly #security: StreamSecurity;
  readonly #reception: Reception;
  readonly #source: RtpSource = {
    ssrc: randomInt(1, 2 ** 32),
    // RFC 3711 §3.3.1: a far end that misses the first packets could take a high number for one of the round before.
    sequence: randomInt(2 ** 15),
    timestamp: randomInt(2 ** 32),
  };
  readonly #sent: SendStats = { packets: 0, octets: 0 };
  readonly #farEnd = new FarEnd();
  readonly #fates = new BurstGap();
  readonly #ratings = new Ratings();
  readonly #sentLevel = new LevelMeter();
  readonly #receivedLevel = new LevelMeter();
  readonly #eventsOut = new TelephoneEventSender();
  readonly #tonesOut = new DtmfGenerator(sampleRate);
  readonly #tonesIn = new DtmfDetector(sampleRate);
  readonly #toned = new Int16Array(frameSamples);
  #settings: StreamSettings | null = null;
  #codec: Codec | null = null;
  /** What the codec was opened with. */
  #opened = '';
  #sendPath: SendPath | null = null;
  #adaptation = startAdaptation(mostBitrate);
  #quality: CallQuality | null = null;
  #lastRtcpAtMs = 0;
  #deaf = false;
  #errorTold = false;
  #closed = false;

  constructor(options: StreamOptions) {
    this.#options = options;
    const { transport, onTrouble } = options;
    this.#reception = new Reception({
      accept: (address, port, ssrc, nowMs) =>
        transport.choosesPath || this.#rtpLatch.accept(address, port, ssrc, nowMs),
      onDigit: options.onDigit,
      onPacketFate: (fate) => this.#fates.put(fate),
    });
    this.#security = new StreamSecurity({
      sendDtls: (packet, length, address, port, component) => {
        if (component === 'rtp') transport.sendRtp(packet, length, address, port);
        else transport.sendRtcp(packet, length, address, port);
      },
      onOtherKey: () => {
        this.#source.ssrc = randomInt(1, 2 ** 32);
      },
      onExpiring: () => onTrouble({ kind: 'keyExpiring' }),
      onFailed: (failure, detail) => onTrouble({ kind: 'security', detail: `${failure}: ${detail}` }),
    });
    this.#rtcp = new RtcpSession({
      cname: randomBytes(9).toString('base64url'),
      source: this.#source,
      sent: this.#sent,
      received: () => this.#reception.report(),
      send: (packet, length) => this.#sendRtcp(packet, length),
      onReport: (block, roundTrip) => this.#reported(block, roundTrip),
      metrics: () => this.#metrics(),
      onMetrics: (metrics) => this.#farEnd.metrics(metrics),
      onSender: (sender) => this.#farEnd.sender(sender),
    });
  }

  get local(): LocalAddress {
    return this.#options.transport.local;
  }

  /** Everything that arrived and wasn't used, by reason. */
  get refused(): Refused {
    return this.#reception.refused;
  }

  /** Whether its sound meets the microphone and the loudspeaker. */
  get connected(): boolean {
    return this.#settings?.connected ?? false;
  }

  /** Whether it hears, and is heard by, the others that say so. */
  get conference(): boolean {
    return this.#settings?.conference ?? false;
  }

  start(): void {
    this.#options.transport.start({
      onRtp: (packet, address, port, atMs) => this.receiveRtp(packet, address, port, atMs),
      onRtcp: (packet, address, port, atMs) => this.receiveRtcp(packet, address, port, atMs),
      onDtls: (packet, address, port, component) => this.#security.receiveDtls(packet, address, port, component),
      onPath: () => this.#security.pathFound(),
      onPathFailed: (reason) => this.#options.onTrouble({ kind: 'path', detail: reason }),
      onError: (error) => this.#warnOnce(error),
    });
    this.#rtcp.start();
  }

  /** Rejects when the codec can't be opened, or a key doesn't fit; then everything stays as it was. */
  async update(settings: StreamSettings): Promise<void> {
    const codec = this.#options.findCodec(settings.codec.name);
    if (codec === undefined) throw new Error(`there is no codec ${settings.codec.name}`);
    if (this.#closed) return;
    await this.#openCodec(codec, settings);
    const { remoteAddress, remotePort, remoteRtcpPort, rtcpMux, ice } = settings;
    this.#security.update(settings.security, remoteAddress, remotePort, rtcpMux || ice ? null : remoteRtcpPort);
    this.#rtpLatch.signal(remoteAddress, remotePort);
    this.#rtcpLatch.signal(remoteAddress, remoteRtcpPort);
    this.#reception.update(settings);
    this.#eventsOut.clockRate = settings.telephoneEventClock ?? null;
    this.#settings = settings;
    if (this.#sendPath !== null) this.#sendPath.redundancyType = settings.redundancySend;
    this.adapt();
    this.#options.transport.update({ rtcpMux: settings.rtcpMux, ice: settings.ice });
  }

  /** As the far end's reports and the configuration ask for now. */
  adapt(): void {
    const { bitrate, complexity, redundancy } = this.#adaptation;
    // What redundancy brings back needs no forward error correction, whose bits the sound can have.
    const hasCopies = redundancy > 0 && typeof this.#settings?.redundancySend === 'number';
    const lossRate = hasCopies ? 0 : this.#adaptation.lossRate;
    const discontinuous = this.#options.sound().discontinuous && (this.#settings?.discontinuous ?? false);
    this.#sendPath?.adapt({ lossRate, bitrate, complexity, discontinuous }, redundancy);
    if (this.#sendPath !== null) this.#sendPath.silenceLevel = discontinuous ? this.#options.sound().vadLevel : null;
  }

  /** Sends 10 ms of one or the other; never nothing, so that nobody in between takes the call for dead. */
  send(microphone: Int16Array, silence: Int16Array): void {
    const settings = this.#settings;
    if (settings === null) return;
    if (!sends(settings)) {
      this.#sendPath?.skip();
      return;
    }
    const heard = settings.connected && !settings.muted && settings.direction === 'sendrecv';
    let sound = heard ? microphone : silence;
    if (this.#tonesOut.active) {
      // The frame is everybody's.
      this.#toned.set(sound);
      this.#tonesOut.process(this.#toned);
      sound = this.#toned;
    }
    this.#sentLevel.add(sound);
    this.#sendPath?.process(sound, settings.codec.sendPayloadType, settings.telephoneEventSend);
  }

  /** Takes 10 ms of the far end's sound; false when there is none to be mixed. */
  receive(nowMs: number, out: Int16Array): boolean {
    if (!this.#reception.process(nowMs, out)) return false;
    this.#receivedLevel.add(out);
    if (this.#settings?.telephoneEventReceive === null) {
      const digit = this.#tonesIn.process(out);
      if (digit !== null) this.#options.onDigit(digit);
    }
    return this.connected;
  }

  get takesDtmf(): boolean {
    return sends(this.#settings);
  }

  /**
   * Settles when the last digit has been sent, or the stream was closed. As tones in the sound where that is asked for,
   * or where the far end takes no telephone events.
   */
  sendDtmf(digits: string, inBand = false): Promise<void> {
    const events = !inBand && this.#settings?.telephoneEventSend != null;
    return events ? this.#eventsOut.send(digits) : this.#tonesOut.send(digits);
  }

  /** Once a second. */
  quality(nowMs = performance.now()): CallQuality {
    this.#watch(nowMs);
    const reception = this.#reception;
    const settings = this.#settings;
    this.#quality = quality({
      callId: this.#options.id,
      sent: this.#sent,
      packetsReceived: reception.packetsReceived,
      packetsLost: reception.packetsLost,
      jitterMs: reception.jitterMs,
      buffer: reception.buffer,
      totals: reception.totals,
      farEnd: this.#farEnd,
      nowMs,
      fates: this.#fates,
      ratings: this.#ratings,
      codec: settings && this.#codec && this.#inUse(settings, this.#codec),
      receivedPacketMs: reception.packetMs || null,
      sentDbfs: settings && this.#sentLevel.read(),
      receivedDbfs: settings && this.#receivedLevel.read(),
      octetsReceived: reception.octets,
      lastRtpAtMs: reception.lastAtMs || null,
      lastRtcpAtMs: this.#lastRtcpAtMs || null,
      security: settings && this.#security.inUse,
      path: settings && this.#path(settings),
    });
    return this.#quality;
  }

  close(): void {
    if (this.#closed) return;
    this.#rtcp.stop();
    this.#closed = true;
    this.#eventsOut.cancel();
    this.#tonesOut.cancel();
    this.#sendPath?.close();
    this.#sendPath = null;
    this.#reception.close();
    this.#security.close();
    this.#options.transport.close();
  }

  /** One datagram on the RTP port, which nothing is made for. */
  receiveRtp(packet: Uint8Array, address: string, port: number, nowMs: number): void {
    if (this.#settings === null) return;
    // First, as what strangers send must not move the latch, and padding is read from what was encrypted.
    const length = this.#security.unprotectRtp(packet, packet.length);
    if (length > 0) this.#reception.take(packet, length, address, port, nowMs);
    else this.refused.protection++;
  }

  receiveRtcp(packet: Uint8Array, address: string, port: number, nowMs: number): void {
    if (this.#settings === null) return;
    const length = this.#security.unprotectRtcp(packet, packet.length);
    if (length === 0) {
      this.refused.protection++;
      return;
    }
    const compound = readRtcp(packet.subarray(0, length));
    if (compound === null) this.refused.malformed++;
    else if (!this.#acceptsRtcp(address, port, compound.ssrc, nowMs)) this.refused.foreign++;
    else {
      this.#lastRtcpAtMs = performance.timeOrigin + nowMs;
      this.#rtcp.receive(compound, length, nowMs);
    }
  }

  #acceptsRtcp(address: string, port: number, ssrc: number, nowMs: number): boolean {
    if (this.#options.transport.choosesPath) return true;
    const latch = this.#settings?.rtcpMux ? this.#rtpLatch : this.#rtcpLatch;
    return latch.accept(address, port, ssrc, nowMs);
  }

  /** `fmtp` is what both have agreed on. */
  async #openCodec(codec: Codec, { codec: { fmtp }, ptime }: StreamSettings): Promise<void> {
    const opened = `${codec.name} ${ptime} ${fmtp}`;
    if (opened === this.#opened) return;
    const { encoder, decoder } = await codec.open({ fmtp, localFmtp: fmtp, ptime });
    this.#opened = opened;
    const send = this.#sendRtp;
    this.#sendPath?.close();
    this.#sendPath = new SendPath(codec, encoder, ptime, this.#source, this.#sent, this.#eventsOut, send);
    if (codec === this.#codec) return decoder.close();
    this.#reception.open(codec, decoder);
    this.#adaptation = startAdaptation(mostBitrate);
    this.#codec = codec;
  }

  #reported(block: ReportBlock, roundTripMs: number | null): void {
    this.#farEnd.report(block, this.#codec?.clockRate ?? 8_000, roundTripMs);
    const report = { nowMs: performance.now(), lossRate: block.fractionLost / 256, roundTripMs };
    this.#adaptation = adapt(this.#adaptation, report).state;
    this.adapt();
  }

  #metrics() {
    const { ssrc } = this.#reception;
    if (!this.#settings?.voipMetrics || ssrc === null || this.#quality === null) return null;
    return voipMetrics(this.#quality, ssrc);
  }

  #path({ remoteAddress, remotePort }: StreamSettings) {
    const { address, rtpPort } = this.local;
    const { ssrc } = this.#reception;
    return {
      localAddress: address,
      localPort: rtpPort,
      localSsrc: this.#source.ssrc,
      remoteAddress,
      remotePort,
      ...(ssrc !== null && { remoteSsrc: ssrc }),
    };
  }

  #inUse({ codec, redundancySend }: StreamSettings, { name, clockRate, recovers }: Codec) {
    return {
      name,
      payloadType: codec.sendPayloadType,
      clockRate,
      packetMs: this.#sendPath?.packetMs ?? 0,
      ...(recovers && { bitrate: this.#adaptation.bitrate }),
      redundancy: redundancySend === null ? 0 : this.#adaptation.redundancy,
    };
  }

  /** Whether the far end can still be heard, and understood. */
  #watch(nowMs: number): void {
    const { onTrouble, sound } = this.#options;
    const { inactivityS } = sound();
    const change = this.#reception.inactivity.tick(nowMs, receives(this.#settings), inactivityS);
    if (change === 'lost') onTrouble({ kind: 'lost', seconds: inactivityS });
    if (change === 'back') onTrouble({ kind: 'back' });
    const { deaf } = this.#security;
    if (deaf !== this.#deaf) onTrouble({ kind: deaf ? 'undecipherable' : 'back' });
    this.#deaf = deaf;
  }

  readonly #sendRtp = (packet: Uint8Array, length: number): void => {
    const { transport } = this.#options;
    if (this.#closed || !this.#isReachable(this.#rtpLatch)) return;
    const bytes = this.#security.protectRtp(packet, length);
    const { address, port } = this.#rtpLatch.target;
    if (bytes > 0) transport.sendRtp(packet, bytes, address, port);
  };

  #sendRtcp(packet: Uint8Array, length: number): void {
    const { transport } = this.#options;
    const latch = this.#settings?.rtcpMux ? this.#rtpLatch : this.#rtcpLatch;
    if (this.#closed || this.#settings === null || !this.#isReachable(latch)) return;
    const bytes = this.#security.protectRtcp(packet, length);
    const { address, port } = latch.target;
    if (bytes > 0) transport.sendRtcp(packet, bytes, address, port);
  }

  #isReachable(latch: Latch): boolean {
    return this.#options.transport.choosesPath || latch.reachable;
  }

  #warnOnce(error: Error): void {
    if (this.#errorTold || this.#closed) return;
    this.#errorTold = true;
    this.#options.warn(`packets can't be sent: ${error.message}`);
  }
}
