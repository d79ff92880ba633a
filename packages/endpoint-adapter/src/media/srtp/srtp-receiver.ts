/** Checks and decrypts what the far end protected with one master key: RFC 3711, RFC 6188, RFC 7714. */
import { headerBytes, maxPacketBytes, read16, read32 } from '../rtp.ts';
import type { SrtpKey } from '../stream-settings.ts';
import { encryptedFlag, isRtcp, payloadStart, rtcpHeaderBytes, rtcpIndexBytes } from './packet.ts';
import { guessIndex, ReplayWindow, rollOverOf, roundOfNumbers } from './packet-index.ts';
import { makeProtection, type Protection } from './protection.ts';
import { rtcpLifetime, rtcpOverhead, rtpLifetime, rtpOverhead, sameKey, sameMasterKey } from './suites.ts';

/** The far end is one phone, but what is behind it may change: music, a queue, another agent. */
const maxSources = 4;
/** After so many packets with a new key nothing with the old one is on its way any more. */
const packetsOfChange = 64;

export interface SrtpReceiverStats {
  rtp: number;
  rtcp: number;
  /** They came before, or so long after others that nobody can tell (RFC 3711 §3.3.2). */
  replayed: number;
  /** The tag isn't right: altered on the way, another key, or a lost count of the sequence numbers' roll-over. */
  authentication: number;
  malformed: number;
  /** The key's life is over. */
  expired: number;
  /** Their master key identifier isn't the one agreed on. */
  unknownKey: number;
}

type Reason = 'replayed' | 'authentication' | 'malformed' | 'expired' | 'unknownKey';

class ReceivedSource {
  readonly ssrc: number;
  readonly rtp = new ReplayWindow();
  readonly rtcp = new ReplayWindow();
  /** The number of the packet that came last, among all. */
  lastUse = 0;

  constructor(ssrc: number) {
    this.ssrc = ssrc;
  }
}

/** What must go on for as long as the master key does, whatever else changes. */
interface ReceivedWithKey {
  sources: ReceivedSource[];
  rtp: number;
  rtcp: number;
}

/**
 * The receiver for `key`: `before` itself where nothing has changed, and one that counts on where its master key stays.
 * Otherwise packets with the key before are taken until those with the new one have come. Throws RangeError where the
 * key doesn't fit its suite.
 */
export function receiverFor(key: SrtpKey, before: SrtpReceiver | null): SrtpReceiver {
  if (before !== null && sameKey(before.key, key)) return before;
  return new SrtpReceiver(key, makeProtection(key), before);
}

export class SrtpReceiver {
  readonly key: SrtpKey;
  readonly #protection: Protection;
  readonly #mki: Uint8Array;
  readonly #rtpOverhead: number;
  readonly #rtcpOverhead: number;
  readonly #rtpLifetime: number;
  readonly #rtcpLifetime: number;
  readonly #received: ReceivedWithKey;
  readonly #stats: SrtpReceiverStats;
  #before: SrtpReceiver | null;
  #sinceChange = 0;
  #reason: Reason = 'malformed';
  /** Where the first packet of a source may stand. */
  readonly #guesses = new Float64Array(3);

  constructor(key: SrtpKey, protection: Protection, before: SrtpReceiver | null) {
    this.key = key;
    this.#protection = protection;
    this.#mki = key.mki ?? new Uint8Array(0);
    this.#rtpOverhead = rtpOverhead(key);
    this.#rtcpOverhead = rtcpOverhead(key);
    this.#rtpLifetime = rtpLifetime(key);
    this.#rtcpLifetime = rtcpLifetime(key);
    this.#received =
      before !== null && sameMasterKey(before.key, key) ? before.#received : { sources: [], rtp: 0, rtcp: 0 };
    this.#stats =
      before === null
        ? { rtp: 0, rtcp: 0, replayed: 0, authentication: 0, malformed: 0, expired: 0, unknownKey: 0 }
        : before.#stats;
    this.#before = before;
    // One key back, not all that ever were.
    if (before !== null) before.#before = null;
  }

  /** In place. Returns the new length; 0 where the packet is to be dropped, which then is as it was. */
  unprotectRtp(packet: Uint8Array, length: number): number {
    let plain = this.#openRtp(packet, length);
    const before = this.#before;
    if (before !== null && plain > 0) this.#countChange();
    else if (before !== null && this.#mayBeBefore()) plain = before.#openRtp(packet, length);
    if (plain > 0) this.#stats.rtp++;
    else this.#stats[this.#reason]++;
    return plain;
  }

  /** In place. Returns the new length; 0 where the packet is to be dropped, which then is as it was. */
  unprotectRtcp(packet: Uint8Array, length: number): number {
    let plain = this.#openRtcp(packet, length);
    const before = this.#before;
    if (before !== null && plain === 0 && this.#mayBeBefore()) plain = before.#openRtcp(packet, length);
    if (plain > 0) this.#stats.rtcp++;
    else this.#stats[this.#reason]++;
    return plain;
  }

  /** The index of the latest packet of a source; -1 where there was none. */
  highestOf(ssrc: number): number {
    return this.#find(ssrc)?.rtp.highest ?? -1;
  }

  stats(): Readonly<SrtpReceiverStats> {
    return this.#stats;
  }

  #openRtp(packet: Uint8Array, length: number): number {
    const plain = length - this.#rtpOverhead;
    const payload = length > maxPacketBytes || length > packet.length ? 0 : payloadStart(packet, plain);
    if (payload < headerBytes) return this.#refuse('malformed');
    if (!this.#hasMki(packet, length - this.#protection.rtpMkiFromEnd)) return this.#refuse('unknownKey');
    if (this.#received.rtp >= this.#rtpLifetime) return this.#refuse('expired');
    const ssrc = read32(packet, 8);
    const source = this.#find(ssrc);
    return source === null || source.rtp.highest < 0
      ? this.#openFirst(packet, payload, length, ssrc, source)
      : this.#openNext(packet, payload, length, source);
  }

  #openNext(packet: Uint8Array, payload: number, length: number, source: ReceivedSource): number {
    const sequence = read16(packet, 2);
    const index = guessIndex(source.rtp.highest, sequence);
    if (index < 0 || !source.rtp.isNew(index)) return this.#refuse('replayed');
    const plain = this.#protection.unprotectRtp(packet, payload, length, source.ssrc, rollOverOf(index), sequence);
    if (plain === 0) return this.#refuse('authentication');
    this.#addRtp(source, index);
    return plain;
  }

  /**
   * After a change of keys the roll-over counter of a source goes on (RFC 3711 §3.3.1), or begins anew where the far
   * end's address changed too (RFC 4568 §7.1.4), or always with some. It begins at 0; where the numbers began just
   * before their wrap, and the packets up to there were lost or came before the answer, it is 1 by now.
   */
  #openFirst(packet: Uint8Array, payload: number, length: number, ssrc: number, source: ReceivedSource | null): number {
    const sequence = read16(packet, 2);
    const guesses = this.#guesses;
    const known = this.#before?.highestOf(ssrc) ?? -1;
    guesses[0] = sequence;
    guesses[1] = sequence < roundOfNumbers / 2 ? roundOfNumbers + sequence : -1;
    guesses[2] = known < 0 ? -1 : guessIndex(known, sequence);
    for (let i = 0; i < guesses.length; i++) {
      const index = guesses[i] ?? -1;
      if (index < 0) continue;
      const plain = this.#protection.unprotectRtp(packet, payload, length, ssrc, rollOverOf(index), sequence);
      if (plain === 0) continue;
      this.#addRtp(source ?? this.#addSource(ssrc), index);
      return plain;
    }
    return this.#refuse('authentication');
  }

  #openRtcp(packet: Uint8Array, length: number): number {
    const mki = length - this.#protection.rtcpMkiFromEnd;
    if (length > maxPacketBytes || length < rtcpHeaderBytes + this.#rtcpOverhead || !isRtcp(packet, length))
      return this.#refuse('malformed');
    if (!this.#hasMki(packet, mki)) return this.#refuse('unknownKey');
    if (this.#received.rtcp >= this.#rtcpLifetime) return this.#refuse('expired');
    const word = read32(packet, mki - rtcpIndexBytes);
    const encrypted = word >= encryptedFlag;
    const index = encrypted ? word - encryptedFlag : word;
    const ssrc = read32(packet, 4);
    const source = this.#find(ssrc);
    if (source !== null && !source.rtcp.isNew(index)) return this.#refuse('replayed');
    const plain = this.#protection.unprotectRtcp(packet, length, ssrc, index, encrypted);
    if (plain === 0) return this.#refuse('authentication');
    this.#received.rtcp++;
    this.#use(source ?? this.#addSource(ssrc)).rtcp.add(index);
    return plain;
  }

  #refuse(reason: Reason): 0 {
    this.#reason = reason;
    return 0;
  }

  #mayBeBefore(): boolean {
    return this.#reason === 'authentication' || this.#reason === 'unknownKey';
  }

  #countChange(): void {
    if (++this.#sinceChange === packetsOfChange) this.#before = null;
  }

  /** No secret, so that a plain comparison will do. */
  #hasMki(packet: Uint8Array, at: number): boolean {
    for (let i = 0; i < this.#mki.length; i++) if (packet[at + i] !== this.#mki[i]) return false;
    return true;
  }

  #addRtp(source: ReceivedSource, index: number): void {
    this.#received.rtp++;
    this.#use(source).rtp.add(index);
  }

  #use(source: ReceivedSource): ReceivedSource {
    source.lastUse = this.#received.rtp + this.#received.rtcp;
    return source;
  }

  #find(ssrc: number): ReceivedSource | null {
    const { sources } = this.#received;
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i];
      if (source?.ssrc === ssrc) return source;
    }
    return null;
  }

  /** Only after a packet of it was authentic. The one that has been silent for longest is forgotten. */
  #addSource(ssrc: number): ReceivedSource {
    const { sources } = this.#received;
    const source = new ReceivedSource(ssrc);
    if (sources.length < maxSources) {
      sources.push(source);
      return source;
    }
    let oldest = 0;
    for (let i = 1; i < sources.length; i++)
      if ((sources[i]?.lastUse ?? 0) < (sources[oldest]?.lastUse ?? 0)) oldest = i;
    sources[oldest] = source;
    return source;
  }
}
