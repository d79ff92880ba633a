/** What is counted of one stream, and its summary for people. */
import type { CallQuality } from '@thinline/shared/contract/types.ts';
import type { BurstGap } from '../quality/burst-gap.ts';
import { codecQuality, type Score } from '../quality/e-model.ts';
import type { Ratings } from '../quality/ratings.ts';
import type { JitterBufferStats } from './jitter-buffer.ts';
import type { ReceiveTotals } from './receive-path.ts';
import type { ReportBlock, SenderInfo } from './rtcp.ts';
import type { VoipMetrics } from './rtcp-xr.ts';
import type { SendStats } from './send-path.ts';

/** Everything that arrived and wasn't used, by reason. */
export interface Refused {
  /** Not RTP, or not RTCP. */
  malformed: number;
  /** SRTP that is none, or whose key isn't the far end's. */
  protection: number;
  /** From somebody who isn't the far end. */
  foreign: number;
  /** Neither the codec, telephone-event nor comfort noise. */
  payloadType: number;
  /** RFC 3550 A.1 found no place for its sequence number. */
  sequence: number;
}

export const nothingRefused = (): Refused => ({ malformed: 0, protection: 0, foreign: 0, payloadType: 0, sequence: 0 });

type RemoteMetrics = NonNullable<CallQuality['remoteMetrics']>;
type Rating = NonNullable<CallQuality['rating']>;
export type CodecInUse = NonNullable<CallQuality['codec']>;
type FarEndSummary = Pick<
  CallQuality,
  | 'remoteLoss'
  | 'remoteJitterMs'
  | 'roundTripMs'
  | 'remotePacketsLost'
  | 'remotePacketsSent'
  | 'remoteOctetsSent'
  | 'remoteMetrics'
>;

/** What the far end says about what it hears of us, and about what it sends. */
export class FarEnd {
  readonly #summary: FarEndSummary = {};

  get roundTripMs(): number | null {
    return this.#summary.roundTripMs ?? null;
  }

  report(block: ReportBlock, clockRate: number, roundTripMs: number | null): void {
    this.#summary.remoteLoss = block.fractionLost / 256;
    this.#summary.remoteJitterMs = (block.jitter * 1000) / clockRate;
    this.#summary.remotePacketsLost = block.lost;
    if (roundTripMs !== null) this.#summary.roundTripMs = roundTripMs;
  }

  sender(info: SenderInfo): void {
    this.#summary.remotePacketsSent = info.packets;
    this.#summary.remoteOctetsSent = info.octets;
  }

  metrics(metrics: VoipMetrics): void {
    this.#summary.remoteMetrics = remoteMetrics(metrics);
  }

  summary(): FarEndSummary {
    return { ...this.#summary };
  }
}

/** Sets what is known. */
function put<T, K extends keyof T>(into: T, key: K, value: T[K] | null | undefined): void {
  if (value !== null && value !== undefined) into[key] = value;
}

function remoteMetrics(it: VoipMetrics): RemoteMetrics {
  const metrics: RemoteMetrics = {
    lossRate: it.lossRate,
    discardRate: it.discardRate,
    burstDensity: it.burstDensity,
    gapDensity: it.gapDensity,
    burstMs: it.burstMs,
    gapMs: it.gapMs,
    endSystemMs: it.endSystemMs,
    bufferNominalMs: it.nominalMs,
    bufferMaxMs: it.maxMs,
    bufferAbsoluteMaxMs: it.absoluteMaxMs,
  };
  put(metrics, 'roundTripMs', it.roundTripMs);
  put(metrics, 'signalDbm', it.signalDbm);
  put(metrics, 'noiseDbm', it.noiseDbm);
  put(metrics, 'echoReturnLossDb', it.echoReturnLossDb);
  put(metrics, 'r', it.r);
  put(metrics, 'mosListening', it.mosListening);
  put(metrics, 'mosConversational', it.mosConversational);
  return metrics;
}

/** All since the call began, unless it says otherwise. What is optional may be left out, or null, while unknown. */
export interface QualityFacts {
  callId: string;
  sent: SendStats;
  packetsReceived: number;
  packetsLost: number;
  jitterMs: number;
  /** Null before there is a codec. */
  buffer: JitterBufferStats | null;
  totals: ReceiveTotals;
  farEnd: FarEnd;
  /** Monotonic. */
  nowMs?: number;
  fates?: BurstGap;
  /** Brought up to date by quality(). */
  ratings?: Ratings;
  codec?: CodecInUse | null;
  /** ms of sound in the last packet received; as in those sent where it isn't said. */
  receivedPacketMs?: number | null;
  /** What the devices and their queues take, both ends together, ms. */
  deviceMs?: number | null;
  bufferMaxMs?: number | null;
  /** Of the last second, dBFS. */
  sentDbfs?: number | null;
  receivedDbfs?: number | null;
  /** Of payload. */
  octetsReceived?: number | null;
  /** Unix time. */
  lastRtpAtMs?: number | null;
  lastRtcpAtMs?: number | null;
  /** "SDES AES_CM_128_HMAC_SHA1_80", "DTLS AEAD_AES_128_GCM"; empty for none. */
  security?: string | null;
  path?: CallQuality['path'];
}

/** A capture period and a playback period of 10 ms each, and what waits for the latter. */
const usualDeviceMs = 30;

export function quality(facts: QualityFacts): CallQuality {
  const { buffer } = facts;
  const it: CallQuality = {
    callId: facts.callId,
    packetsSent: facts.sent.packets,
    packetsReceived: facts.packetsReceived,
    packetsLost: facts.packetsLost,
    packetsDiscarded: buffer === null ? 0 : buffer.late + buffer.dropped,
    ...facts.totals,
    ...facts.farEnd.summary(),
    octetsSent: facts.sent.octets,
  };
  if (facts.packetsReceived > 1) it.jitterMs = facts.jitterMs;
  if (buffer !== null && buffer.delayMs > 0) {
    it.bufferMs = buffer.delayMs;
    it.bufferTargetMs = buffer.targetMs;
  }
  put(it, 'bufferMaxMs', facts.bufferMaxMs);
  put(it, 'sentDbfs', facts.sentDbfs);
  put(it, 'receivedDbfs', facts.receivedDbfs);
  put(it, 'octetsReceived', facts.octetsReceived);
  put(it, 'lastRtpAtMs', facts.lastRtpAtMs);
  put(it, 'lastRtcpAtMs', facts.lastRtcpAtMs);
  put(it, 'security', facts.security);
  put(it, 'codec', facts.codec);
  put(it, 'path', facts.path);
  if (facts.codec) addDelay(it, facts, facts.codec);
  addLoss(it, facts);
  addRatings(it, facts);
  return it;
}

const codecFigures = ({ name, clockRate, bitrate }: CodecInUse) => codecQuality(name, clockRate, bitrate ?? null);

/** From mouth to ear: the network is taken to be as slow one way as the other. */
function addDelay(it: CallQuality, facts: QualityFacts, codec: CodecInUse): void {
  if (it.roundTripMs === undefined || it.bufferMs === undefined) return;
  const ownMs = (facts.receivedPacketMs ?? codec.packetMs) + (codecFigures(codec)?.lookAheadMs ?? 0);
  it.oneWayDelayMs = it.roundTripMs / 2 + it.bufferMs + ownMs + (facts.deviceMs ?? usualDeviceMs);
}

function addLoss(it: CallQuality, { fates, receivedPacketMs, codec }: QualityFacts): void {
  const packetMs = receivedPacketMs ?? codec?.packetMs;
  if (packetMs !== undefined) Object.assign(it, fates?.summary(packetMs));
}

function addRatings(
  it: CallQuality,
  { ratings, fates, nowMs, codec, packetsReceived, packetsLost }: QualityFacts,
): void {
  if (ratings === undefined || fates === undefined || nowMs === undefined) return;
  ratings.update({
    nowMs,
    codec: codec ? codecFigures(codec) : null,
    tally: fates.tally,
    packetsReceived,
    packetsLost,
    jitterMs: it.jitterMs ?? null,
    roundTripMs: it.roundTripMs ?? null,
    delayMs: it.oneWayDelayMs ?? null,
  });
  it.intervals = ratings.intervals;
  put(it, 'rating', ratingOf(ratings.call));
  put(it, 'intervalRating', ratingOf(ratings.interval));
  if (ratings.level !== 'UNKNOWN') it.networkLevel = ratings.level;
}

function ratingOf(score: Score | null): Rating | null {
  if (score === null) return null;
  const rating: Rating = { mosListening: score.mosListening };
  put(rating, 'r', score.r);
  put(rating, 'mosConversational', score.mosConversational);
  return rating;
}
