/** RTCP packets (RFC 3550 §6.4 to §6.6, RFC 3611 §2) and when to send them (§6.3). Pure. */
import { readXrBlocks, type VoipMetrics, voipMetricsBytes, writeVoipMetrics } from './rtcp-xr.ts';
import { read16, read32, write16, write32 } from './rtp.ts';

const senderReport = 200;
const receiverReport = 201;
const sourceDescription = 202;
const goodbye = 203;
const extendedReport = 207;
const cnameItem = 1;
/** A compound packet of ours never needs more. */
export const maxRtcpBytes = 512;
/** Of an incoming compound packet: what fits one Ethernet frame. */
const maxIncomingBytes = 1_472;
const reportBlockBytes = 24;

export interface ReportBlock {
  /** The source that is reported on. */
  ssrc: number;
  /** In 1/256. */
  fractionLost: number;
  /** Signed 24 bits. */
  lost: number;
  highestSequence: number;
  /** In units of the RTP clock. */
  jitter: number;
  /** The middle 32 bits of the NTP time of the last sender report, and the delay since it in 1/65536 s. */
  lastReport: number;
  delaySinceLastReport: number;
}

export interface SenderInfo {
  /** NTP time: seconds since 1900 and 1/2³² s. */
  ntpSeconds: number;
  ntpFraction: number;
  rtpTimestamp: number;
  packets: number;
  octets: number;
}

/** One compound packet, as far as it concerns us. */
export interface RtcpCompound {
  ssrc: number;
  sender: SenderInfo | null;
  blocks: ReportBlock[];
  /** Of extended reports. */
  metrics: VoipMetrics[];
  bye: boolean;
}

/**
 * Null when it isn't well-formed (RFC 3550 A.2): all or nothing, as a broken compound can't be trusted in part. It need
 * not begin with a report (reduced size, RFC 5506 §3.4).
 */
export function readRtcp(packet: Uint8Array): RtcpCompound | null {
  if (packet.length < 8 || packet.length > maxIncomingBytes || packet.length % 4 !== 0) return null;
  const first = packet[1] ?? 0;
  // All types of this range have the sender's SSRC in the same place.
  if (first < senderReport || first > extendedReport) return null;
  const compound: RtcpCompound = { ssrc: read32(packet, 4), sender: null, blocks: [], metrics: [], bye: false };
  for (let at = 0; at < packet.length; ) {
    if (at + 4 > packet.length) return null;
    const head = packet[at] ?? 0;
    const end = at + (read16(packet, at + 2) + 1) * 4;
    // Only the last packet of a compound may be padded.
    if (head >> 6 !== 2 || end > packet.length || ((head & 0x20) !== 0 && end !== packet.length)) return null;
    if (!readOne(packet, at, end, head & 0x1f, compound)) return null;
    at = end;
  }
  return compound;
}

function readOne(packet: Uint8Array, at: number, end: number, count: number, into: RtcpCompound): boolean {
  const type = packet[at + 1];
  if (type === goodbye) {
    if (at + 4 + count * 4 > end) return false;
    for (let i = 0; i < count; i++) into.bye ||= read32(packet, at + 4 + i * 4) === into.ssrc;
    return true;
  }
  if (type === extendedReport) return at + 8 <= end && readXrBlocks(packet, at + 8, end, into.metrics);
  // SDES tells nothing that we use; other types are for other people.
  if (type !== senderReport && type !== receiverReport) return true;
  let blocks = at + 8;
  if (type === senderReport) {
    if (at + 28 > end) return false;
    into.sender = {
      ntpSeconds: read32(packet, at + 8),
      ntpFraction: read32(packet, at + 12),
      rtpTimestamp: read32(packet, at + 16),
      packets: read32(packet, at + 20),
      octets: read32(packet, at + 24),
    };
    blocks = at + 28;
  }
  if (blocks + count * reportBlockBytes > end) return false;
  for (let i = 0; i < count; i++) into.blocks.push(readBlock(packet, blocks + i * reportBlockBytes));
  return true;
}

const readBlock = (packet: Uint8Array, at: number): ReportBlock => ({
  ssrc: read32(packet, at),
  fractionLost: packet[at + 4] ?? 0,
  lost: (read32(packet, at + 4) << 8) >> 8,
  highestSequence: read32(packet, at + 8),
  jitter: read32(packet, at + 12),
  lastReport: read32(packet, at + 16),
  delaySinceLastReport: read32(packet, at + 20),
});

export interface Report {
  ssrc: number;
  cname: string;
  /** Null where nothing was sent since the last report but one: a receiver report then. */
  sender: SenderInfo | null;
  block: ReportBlock | null;
  /** Null where the far end hasn't agreed to extended reports, or nothing was received. */
  metrics: VoipMetrics | null;
  bye: boolean;
}

/** Writes SR or RR, SDES CNAME, and perhaps XR and BYE into `packet`; returns the length. */
export function writeRtcp(packet: Uint8Array, report: Report): number {
  let at = writeReport(packet, report);
  at = writeCname(packet, at, report.ssrc, report.cname);
  if (report.metrics !== null) {
    writeHead(packet, at, 0, extendedReport, 8 + voipMetricsBytes);
    write32(packet, at + 4, report.ssrc);
    writeVoipMetrics(packet, at + 8, report.metrics);
    at += 8 + voipMetricsBytes;
  }
  if (!report.bye) return at;
  writeHead(packet, at, 1, goodbye, 8);
  write32(packet, at + 4, report.ssrc);
  return at + 8;
}

function writeHead(packet: Uint8Array, at: number, count: number, type: number, bytes: number): void {
  packet[at] = 0x80 | count;
  packet[at + 1] = type;
  write16(packet, at + 2, bytes / 4 - 1);
}

function writeReport(packet: Uint8Array, { ssrc, sender, block }: Report): number {
  const start = sender === null ? 8 : 28;
  const bytes = start + (block === null ? 0 : reportBlockBytes);
  writeHead(packet, 0, block === null ? 0 : 1, sender === null ? receiverReport : senderReport, bytes);
  write32(packet, 4, ssrc);
  if (sender !== null) {
    write32(packet, 8, sender.ntpSeconds);
    write32(packet, 12, sender.ntpFraction);
    write32(packet, 16, sender.rtpTimestamp);
    write32(packet, 20, sender.packets);
    write32(packet, 24, sender.octets);
  }
  if (block !== null) {
    write32(packet, start, block.ssrc);
    const lost = Math.max(-0x80_0000, Math.min(0x7f_ffff, block.lost));
    write32(packet, start + 4, (block.fractionLost << 24) | (lost & 0xff_ffff));
    write32(packet, start + 8, block.highestSequence);
    write32(packet, start + 12, block.jitter);
    write32(packet, start + 16, block.lastReport);
    write32(packet, start + 20, block.delaySinceLastReport);
  }
  return bytes;
}

function writeCname(packet: Uint8Array, at: number, ssrc: number, cname: string): number {
  const text = cname.slice(0, 255);
  // One chunk: SSRC, the item, at least one zero, up to a multiple of four.
  const bytes = 4 + Math.ceil((4 + 2 + text.length + 1) / 4) * 4;
  packet.fill(0, at, at + bytes);
  writeHead(packet, at, 1, sourceDescription, bytes);
  write32(packet, at + 4, ssrc);
  packet[at + 8] = cnameItem;
  packet[at + 9] = text.length;
  for (let i = 0; i < text.length; i++) packet[at + 10 + i] = text.charCodeAt(i) & 0x7f;
  return at + bytes;
}

/** Seconds between 1900 and 1970. */
const ntpEpoch = 2_208_988_800;

/** NTP time of `unixMs`. */
export function ntpTime(unixMs: number): { seconds: number; fraction: number } {
  const seconds = Math.floor(unixMs / 1000);
  return { seconds: (seconds + ntpEpoch) >>> 0, fraction: Math.floor(((unixMs / 1000) % 1) * 2 ** 32) >>> 0 };
}

/** The middle 32 bits: 1/65536 s, wrapping after 18 hours. */
export const middleNtp = (seconds: number, fraction: number): number =>
  (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0;

/** RFC 3550 §6.4.1, ms; null when the far end has had no report of ours, or the figures can't be true. */
export function roundTripMs(block: ReportBlock, unixMs: number): number | null {
  if (block.lastReport === 0) return null;
  const now = ntpTime(unixMs);
  const units = (middleNtp(now.seconds, now.fraction) - block.lastReport - block.delaySinceLastReport) | 0;
  // Both clocks are cut to 1/65536 s, so that a very short trip may come out below nothing.
  if (units < -64) return null;
  const ms = (Math.max(0, units) * 1000) / 65_536;
  return ms < 60_000 ? ms : null;
}

const minimumMs = 5_000;
/** RFC 3550 §6.3.1: makes up for timer reconsideration, which lengthens the interval. */
const compensation = Math.E - 1.5;

export interface IntervalFacts {
  members: number;
  senders: number;
  weSent: boolean;
  /** Of RTCP for the session: 5 % of that for sound, bytes a second. */
  bandwidth: number;
  averageBytes: number;
  initial: boolean;
}

/** RFC 3550 §6.3.1, ms; `random` from 0 to 1. */
export function rtcpInterval(facts: IntervalFacts, random: number): number {
  const { members, senders, weSent, averageBytes } = facts;
  let share = facts.bandwidth;
  let count = members;
  if (senders <= members * 0.25) {
    share *= weSent ? 0.25 : 0.75;
    count = weSent ? senders : members - senders;
  }
  const least = facts.initial ? minimumMs / 2 : minimumMs;
  const interval = Math.max(least, (averageBytes * count * 1000) / share);
  return (interval * (random + 0.5)) / compensation;
}
