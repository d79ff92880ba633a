/** One call's offers and answers: what was agreed, and what the media worker is to do about it. */
import { randomInt } from 'node:crypto';
import { type LocalAddress, type MediaDirection, plainRtp, type StreamSettings } from '../media/stream-settings.ts';
import type { SessionMedia } from '../sip/session/session.ts';
import {
  answerDirection,
  chooseCodec,
  negotiated,
  type OfferedCodec,
  type RemoteDescription,
  readDescription,
  telephoneEventOf,
  writeAnswer,
  writeOffer,
} from './sdp.ts';

const ptime = 20;

/** What offer and answer settled; the rest of StreamSettings is the call's own affair. */
export type Agreement = Omit<StreamSettings, 'muted' | 'connected' | 'conference'>;

export class Negotiation implements SessionMedia {
  /** Called after each completed offer and answer. */
  agreed: (agreement: Agreement) => void = () => {};
  #local: LocalAddress;
  #codecs: readonly OfferedCodec[];
  #sessionId = randomInt(1, 2 ** 31);
  #version = 0;
  #lastBody = '';
  #wanted: MediaDirection = 'sendrecv';
  #remote: RemoteDescription | null = null;

  /** codecs: in order of preference. */
  constructor(local: LocalAddress, codecs: readonly OfferedCodec[]) {
    this.#local = local;
    this.#codecs = codecs;
  }

  /** Whether we want the far end held; takes effect with the next offer or answer. */
  set held(held: boolean) {
    this.#wanted = held ? 'sendonly' : 'sendrecv';
  }

  get heldByRemote(): boolean {
    const direction = this.#remote?.direction ?? 'sendrecv';
    return direction === 'sendonly' || direction === 'inactive';
  }

  /**
   * Says what we want, whether the far end holds or not (RFC 6337 §5.3): an offer of recvonly would make its hold
   * last, since all that it could answer is sendonly.
   */
  offer(): string {
    return this.#versioned((version) => writeOffer(this.#describe(this.#wanted, version), this.#codecs));
  }

  answer(remoteOffer: string): string | null {
    const remote = readDescription(remoteOffer);
    const pair = remote && chooseCodec(this.#codecs, remote.codecs);
    if (!remote || !pair) return null;
    const direction = answerDirection(remote.direction, this.#wanted);
    // RFC 3264 §6.1: the answer uses the offer's payload type, so both directions share it.
    const codec = { ...pair.ours, payloadType: pair.theirs.payloadType };
    this.#remote = remote;
    const body = this.#versioned((version) => writeAnswer(this.#describe(direction, version), remote, codec));
    const event = telephoneEventOf(remote, codec.clockRate);
    this.#settle(remote, pair, direction, {
      codec: codec.payloadType,
      telephoneEvent: event?.payloadType ?? null,
    });
    return body;
  }

  accept(remoteAnswer: string): boolean {
    const remote = readDescription(remoteAnswer);
    // What was offered: all that we want, or our last answer once more, which has the far end's numbers.
    const offered = readDescription(this.#lastBody);
    // The far end's order says what it prefers to be sent (RFC 3264 §7).
    const chosen = remote && offered && chooseCodec(remote.codecs, offered.codecs);
    if (!remote || !offered || !chosen) return false;
    this.#remote = remote;
    const direction = answerDirection(remote.direction, offered.direction);
    const pair = { ours: chosen.theirs, theirs: chosen.ours };
    const event = telephoneEventOf(remote, pair.ours.clockRate);
    // Each side is sent the numbers that it gave itself (RFC 3264 §5.1), which need not be the same.
    this.#settle(remote, pair, direction, {
      codec: pair.ours.payloadType,
      telephoneEvent: (event && offered.telephoneEvents.get(event.clockRate)) ?? null,
    });
    return true;
  }

  current(): string {
    return this.#lastBody || this.offer();
  }

  #describe(direction: MediaDirection, version: number) {
    const { address, rtpPort, rtcpPort } = this.#local;
    return { address, rtpPort, rtcpPort, sessionId: this.#sessionId, version, direction, ptime };
  }

  /** RFC 3264 §8: the version goes up by one when, and only when, the description changes. */
  #versioned(write: (version: number) => string): string {
    if (this.#lastBody && write(this.#version) === this.#lastBody) return this.#lastBody;
    this.#version += 1;
    this.#lastBody = write(this.#version);
    return this.#lastBody;
  }

  #settle(
    remote: RemoteDescription,
    pair: { ours: OfferedCodec; theirs: OfferedCodec },
    direction: MediaDirection,
    receive: { codec: number; telephoneEvent: number | null },
  ): void {
    const event = telephoneEventOf(remote, pair.ours.clockRate);
    this.agreed({
      ...plainRtp,
      remoteAddress: remote.address,
      remotePort: remote.rtpPort,
      remoteRtcpPort: remote.rtcpPort,
      direction,
      codec: negotiated(pair, receive.codec),
      telephoneEventSend: event?.payloadType ?? null,
      telephoneEventReceive: receive.telephoneEvent,
      ptime,
    });
  }
}
