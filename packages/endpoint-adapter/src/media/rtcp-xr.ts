/** The VoIP metrics of RTCP's extended reports (RFC 3611 §4.7). Pure. */
import { read16, read32, write16, write32 } from './rtp.ts';

const voipMetrics = 7;
/** Words after the block's head. */
const words = 8;
export const voipMetricsBytes = (words + 1) * 4;
/** RFC 3611 §4.7.4 and §4.7.5. */
const unavailable = 127;

/** What one end hears of one source. Shares are from 0 to 1, levels dBm0. Null where the RFC has a sign for unknown. */
export interface VoipMetrics {
  /** The source that is reported on. */
  ssrc: number;
  lossRate: number;
  discardRate: number;
  burstDensity: number;
  gapDensity: number;
  burstMs: number;
  gapMs: number;
  roundTripMs: number | null;
  endSystemMs: number;
  signalDbm: number | null;
  noiseDbm: number | null;
  echoReturnLossDb: number | null;
  gmin: number;
  r: number | null;
  mosListening: number | null;
  mosConversational: number | null;
  /** All of the jitter buffer. */
  adaptive: boolean;
  nominalMs: number;
  maxMs: number;
  absoluteMaxMs: number;
}

/** Receiver configuration (RFC 3611 §4.7.6): concealment better than standard; an adaptive or a fixed buffer. */
const enhancedConcealment = 2 << 6;
const adaptiveBuffer = 3;
const fixedBuffer = 2;

/** Writes the block to `packet` at `at`; voipMetricsBytes long. */
export function writeVoipMetrics(packet: Uint8Array, at: number, metrics: VoipMetrics): void {
  packet[at] = voipMetrics;
  packet[at + 1] = 0;
  write16(packet, at + 2, words);
  write32(packet, at + 4, metrics.ssrc);
  packet[at + 8] = share(metrics.lossRate);
  packet[at + 9] = share(metrics.discardRate);
  packet[at + 10] = share(metrics.burstDensity);
  packet[at + 11] = share(metrics.gapDensity);
  write16(packet, at + 12, time(metrics.burstMs));
  write16(packet, at + 14, time(metrics.gapMs));
  // §4.7.3: 0 until there is an estimate.
  write16(packet, at + 16, time(metrics.roundTripMs ?? 0));
  write16(packet, at + 18, time(metrics.endSystemMs));
  packet[at + 20] = signed(metrics.signalDbm);
  packet[at + 21] = signed(metrics.noiseDbm);
  packet[at + 22] = signed(metrics.echoReturnLossDb);
  packet[at + 23] = metrics.gmin;
  packet[at + 24] = metrics.r === null ? unavailable : clamp(metrics.r, 0, 100);
  // Of an external network: none of ours.
  packet[at + 25] = unavailable;
  packet[at + 26] = tenths(metrics.mosListening);
  packet[at + 27] = tenths(metrics.mosConversational);
  packet[at + 28] = enhancedConcealment | ((metrics.adaptive ? adaptiveBuffer : fixedBuffer) << 4);
  packet[at + 29] = 0;
  write16(packet, at + 30, time(metrics.nominalMs));
  write16(packet, at + 32, time(metrics.maxMs));
  write16(packet, at + 34, time(metrics.absoluteMaxMs));
}

/**
 * Reads the report blocks of one XR packet, from `at` to `end`, and hands on those that are VoIP metrics. False when
 * they aren't well-formed; kinds that we don't know are skipped (RFC 3611 §3).
 */
export function readXrBlocks(packet: Uint8Array, at: number, end: number, into: VoipMetrics[]): boolean {
  let next = at;
  for (let start = at; start < end; start = next) {
    if (start + 4 > end) return false;
    next = start + (read16(packet, start + 2) + 1) * 4;
    if (next > end) return false;
    if (packet[start] === voipMetrics && next - start === voipMetricsBytes) into.push(readVoipMetrics(packet, start));
  }
  return true;
}

function readVoipMetrics(packet: Uint8Array, at: number): VoipMetrics {
  const byte = (offset: number): number => packet[at + offset] ?? 0;
  const part = (offset: number): number => byte(offset) / 256;
  const level = (offset: number): number | null => (byte(offset) === unavailable ? null : (byte(offset) << 24) >> 24);
  const score = (offset: number, most: number): number | null => (byte(offset) > most ? null : byte(offset));
  const mos = (offset: number): number | null => {
    const it = score(offset, 50);
    return it === null || it < 10 ? null : it / 10;
  };
  return {
    ssrc: read32(packet, at + 4),
    lossRate: part(8),
    discardRate: part(9),
    burstDensity: part(10),
    gapDensity: part(11),
    burstMs: read16(packet, at + 12),
    gapMs: read16(packet, at + 14),
    roundTripMs: read16(packet, at + 16) || null,
    endSystemMs: read16(packet, at + 18),
    signalDbm: level(20),
    noiseDbm: level(21),
    echoReturnLossDb: level(22),
    gmin: byte(23),
    r: score(24, 100),
    mosListening: mos(26),
    mosConversational: mos(27),
    adaptive: ((byte(28) >> 4) & 3) === adaptiveBuffer,
    nominalMs: read16(packet, at + 30),
    maxMs: read16(packet, at + 32),
    absoluteMaxMs: read16(packet, at + 34),
  };
}

const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, Math.round(value)));
const share = (value: number): number => Math.max(0, Math.min(255, Math.floor(value * 256)));
const time = (ms: number): number => clamp(ms, 0, 0xffff);
const signed = (value: number | null): number => (value === null ? unavailable : clamp(value, -127, 126) & 0xff);
const tenths = (mos: number | null): number => (mos === null ? unavailable : clamp(mos * 10, 10, 50));
