/** Protects what we send with one master key: RFC 3711, RFC 6188, RFC 7714. */
import { read16, read32 } from '../rtp.ts';
import type { SrtpKey } from '../stream-settings.ts';
import { isRtcp, payloadStart } from './packet.ts';
import { guessIndex, rollOverOf } from './packet-index.ts';
import { makeProtection, type Protection } from './protection.ts';
import { rtcpLifetime, rtcpOverhead, rtpLifetime, rtpOverhead, sameKey, sameMasterKey } from './suites.ts';

/** One stream has one SSRC; another one comes only after a collision (RFC 3550 §8.2). */
const maxSources = 4;
/** The share of a key's life after which another one should be agreed on. */
const warnAfter = 0.9;

export interface SrtpSenderStats {
  rtp: number;
  rtcp: number;
  /** Not RTP, not RTCP, or without room for what protecting adds. */
  malformed: number;
  /** Not above the last sequence number: the same keystream would be used twice (RFC 3711 §9.1). */
  repeated: number;
  /** The key's life is over, or it had too many sources. */
  expired: number;
}

interface SentSource {
  ssrc: number;
  /** -1 before the first packet. */
  rtpIndex: number;
  rtcpIndex: number;
}

/** What must go on for as long as the master key does, whatever else changes. */
interface SentWithKey {
  sources: SentSource[];
  rtp: number;
  rtcp: number;
  warned: boolean;
}

const noneSent = (): SentWithKey => ({ sources: [], rtp: 0, rtcp: 0, warned: false });

/** RFC 3711 §3.3.1: numbers go on with a new master key. It has its own life, and only the source in use counts. */
const sentWith = (key: SrtpKey, before: SrtpKey | null, sent: SentWithKey): SentWithKey =>
  before !== null && sameMasterKey(before, key) ? sent : { ...noneSent(), sources: sent.sources.slice(-1) };

/**
 * The sender for `key`: `before` itself where nothing has changed, and one that counts on where its master key stays;
 * `onExpiring` once, when a tenth of the key's life is left. Throws RangeError where the key doesn't fit its suite.
 */
export function senderFor(key: SrtpKey, before: SrtpSender | null, onExpiring: () => void): SrtpSender {
  if (before !== null && sameKey(before.key, key)) return before;
  return new SrtpSender(key, makeProtection(key), onExpiring, before);
}

export class SrtpSender {
  readonly key: SrtpKey;
  readonly #protection: Protection;
  readonly #onExpiring: () => void;
  readonly #rtpOverhead: number;
  readonly #rtcpOverhead: number;
  readonly #rtpLifetime: number;
  readonly #rtcpLifetime: number;
  readonly #sent: SentWithKey;
  readonly #stats: SrtpSenderStats;

  constructor(key: SrtpKey, protection: Protection, onExpiring: () => void, before: SrtpSender | null) {
    this.key = key;
    this.#protection = protection;
    this.#onExpiring = onExpiring;
    this.#rtpOverhead = rtpOverhead(key);
    this.#rtcpOverhead = rtcpOverhead(key);
    this.#rtpLifetime = rtpLifetime(key);
    this.#rtcpLifetime = rtcpLifetime(key);
    this.#sent = sentWith(key, before?.key ?? null, before === null ? noneSent() : before.#sent);
    this.#stats = before === null ? { rtp: 0, rtcp: 0, malformed: 0, repeated: 0, expired: 0 } : before.#stats;
  }

  /** In place; the packet has rtpOverhead(key) bytes left. Returns the new length, or 0 when it mustn't be sent. */
  protectRtp(packet: Uint8Array, length: number): number {
    const payload = length + this.#rtpOverhead > packet.length ? 0 : payloadStart(packet, length);
    if (payload === 0) {
      this.#stats.malformed++;
      return 0;
    }
    const source = this.#sent.rtp < this.#rtpLifetime ? this.#source(read32(packet, 8)) : null;
    if (source === null) {
      this.#stats.expired++;
      return 0;
    }
    const sequence = read16(packet, 2);
    const index = source.rtpIndex < 0 ? sequence : guessIndex(source.rtpIndex, sequence);
    if (index <= source.rtpIndex) {
      this.#stats.repeated++;
      return 0;
    }
    source.rtpIndex = index;
    this.#sent.rtp++;
    this.#stats.rtp++;
    this.#warn(this.#sent.rtp, this.#rtpLifetime);
    return this.#protection.protectRtp(packet, payload, length, source.ssrc, rollOverOf(index), sequence);
  }

  /** In place; the packet has rtcpOverhead(key) bytes left. Returns the new length, or 0 when it mustn't be sent. */
  protectRtcp(packet: Uint8Array, length: number): number {
    if (length + this.#rtcpOverhead > packet.length || !isRtcp(packet, length)) {
      this.#stats.malformed++;
      return 0;
    }
    const source = this.#sent.rtcp < this.#rtcpLifetime ? this.#source(read32(packet, 4)) : null;
    if (source === null) {
      this.#stats.expired++;
      return 0;
    }
    source.rtcpIndex++;
    this.#sent.rtcp++;
    this.#stats.rtcp++;
    this.#warn(this.#sent.rtcp, this.#rtcpLifetime);
    return this.#protection.protectRtcp(packet, length, source.ssrc, source.rtcpIndex, !this.key.plainRtcp);
  }

  stats(): Readonly<SrtpSenderStats> {
    return this.#stats;
  }

  #source(ssrc: number): SentSource | null {
    const { sources } = this.#sent;
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i];
      if (source?.ssrc === ssrc) return source;
    }
    // None may be forgotten: its packets would begin again with the same keystream.
    if (sources.length === maxSources) return null;
    const source = { ssrc, rtpIndex: -1, rtcpIndex: -1 };
    sources.push(source);
    return source;
  }

  #warn(used: number, lifetime: number): void {
    if (this.#sent.warned || used < lifetime * warnAfter) return;
    this.#sent.warned = true;
    this.#onExpiring();
  }
}
