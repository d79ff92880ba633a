/** One call's offers and answers: what was agreed, and what the media worker is to do about it. */
import { randomInt } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { newCredentials, sameCredentials } from '../media/ice/credentials.ts';
import type {
  LocalAddress,
  LocalIce,
  MediaDirection,
  RemoteIce,
  Security,
  SrtpKey,
  StreamSettings,
} from '../media/stream-settings.ts';
import type { SessionMedia } from '../sip/session/session.ts';
import { workerName } from './codecs.ts';
import { type MediaPolicy, offersDtls } from './media-policy.ts';
import { type CryptoAttribute, keyTowards, newKey, offeredSuites } from './sdp/crypto.ts';
import { type AudioLine, usualPtime, writeDescription } from './sdp/description.ts';
import { roleAfterAnswer, roleInAnswer, type Setup } from './sdp/dtls.ts';
import { ownsSilence, packetTime, sendingFmtp } from './sdp/fmtp.ts';
import { answeredFormats, type FormatsBefore, offeredFormats } from './sdp/formats.ts';
import { type ReadIce, withRole } from './sdp/ice.ts';
import {
  type AudioDescription,
  answerDirection,
  type CodecPair,
  chooseCodec,
  type Description,
  type MediaLine,
  readDescription,
  redundancyOf,
  telephoneEventOf,
} from './sdp.ts';

/** RFC 8829 §5.2.1: who speaks WebRTC looks for a name, and a group of it alone. */
const webRtcMid = '0';

/** What offer and answer settled; the rest of StreamSettings is the call's own affair. */
export type Agreement = Omit<StreamSettings, 'muted' | 'connected' | 'conference'>;

/** Whether nothing has changed, so that the sound needn't be told. */
export const sameAgreement = (a: Agreement | null, b: Agreement | null): boolean => isDeepStrictEqual(a, b);

/** How an m-line is secured, with our side of it. */
type Protection = { kind: 'none' } | { kind: 'sdes'; ours: CryptoAttribute[] } | { kind: 'dtls'; setup: Setup };

/** An offer of the far end that we can answer. */
interface Acceptable {
  audio: AudioDescription;
  pair: CodecPair;
  protection: Protection;
  security: Security;
}

/** What is in force. */
interface Settled {
  /** Which m-line has the sound, of those that we have said. */
  index: number;
  said: Description;
  theirDirection: MediaDirection;
  formats: FormatsBefore;
  security: Security;
  ice: RemoteIce | null;
}

export class Negotiation implements SessionMedia {
  /** Called after each completed offer and answer. */
  agreed: (agreement: Agreement) => void = () => {};
  #local: LocalAddress;
  #policy: MediaPolicy;
  #ice: LocalIce | null;
  #sessionId = randomInt(1, 1_000_000);
  #version = 0;
  #lastBody = '';
  #wanted: MediaDirection = 'sendrecv';
  #renewed: SrtpKey | null = null;
  #settled: Settled | null = null;
  /** Of our first offer, which may have to be made again. */
  #first: readonly Protection[] | null = null;

  constructor(local: LocalAddress, policy: MediaPolicy) {
    this.#local = local;
    this.#ice = local.ice ?? null;
    this.#policy = policy;
  }

  /** Whether we want the far end held; takes effect with the next offer or answer. */
  set held(held: boolean) {
    this.#wanted = held ? 'sendonly' : 'sendrecv';
  }

  get heldByRemote(): boolean {
    const direction = this.#settled?.theirDirection ?? 'sendrecv';
    return direction === 'sendonly' || direction === 'inactive';
  }

  /**
   * Says what we want, whether the far end holds or not (RFC 6337 §5.3): an offer of recvonly would make its hold
   * last, since all that it could answer is sendonly.
   */
  offer(): string {
    const settled = this.#settled;
    if (!settled) {
      this.#first ??= this.#firstProtections();
      const lines = this.#first.map((it) => this.#offeredLine(it));
      return this.#write(
        lines,
        lines.flatMap((it) => it.mid || []),
      );
    }
    // RFC 3264 §8: as many m-lines as there were, each in its place; those that aren't ours stay rejected.
    const { index, said } = settled;
    const lines = said.lines.map((it, at) => (at === index ? this.#offeredAgain(settled, it) : it));
    return this.#write(lines, said.bundle);
  }

  answer(remoteOffer: string): string | null {
    const remote = readDescription(remoteOffer);
    const taken = remote && this.#acceptable(remote.audio);
    if (!remote || !taken) return null;
    const { audio, pair } = taken;
    this.#followRestart(audio);
    const line = this.#answeredLine(taken);
    // RFC 9143 §7.3: of the group that was offered, what we take.
    const bundle = remote.bundle.filter((it) => it === audio.mid);
    const body = this.#write(
      remote.lines.map((it, index) => (index === audio.index ? line : it)),
      bundle,
    );
    const said = readDescription(body);
    const ours = said?.audio[0];
    if (!said || !ours) return null;
    const ice = iceOf(audio);
    // RFC 3264 §6.1: the answer uses the offer's payload type, so both directions share it.
    const answered = { ...pair, ours: { ...pair.ours, payloadType: pair.theirs.payloadType } };
    this.#settle({ ...taken, pair: answered }, ours, said, this.#meet(ice, false));
    return body;
  }

  accept(remoteAnswer: string): boolean {
    const remote = readDescription(remoteAnswer);
    // What was offered: all that we want, or our last answer once more, which has the far end's numbers.
    const said = readDescription(this.#lastBody);
    if (!remote || !said) return false;
    for (const ours of said.audio) {
      const audio = remote.audio.find((it) => it.index === ours.index);
      // The far end's order says what it prefers to be sent (RFC 3264 §7).
      const chosen = audio && chooseCodec(audio.codecs, ours.codecs);
      const security = audio && securityBy(ours, audio);
      if (!audio || !chosen || !security) continue;
      const ice = ours.ice && iceOf(audio);
      const pair = { ours: this.#withSettings(chosen.theirs), theirs: chosen.ours };
      this.#settle({ audio, pair, security }, ours, said, this.#meet(ice, true));
      return true;
    }
    return false;
  }

  /** The key of SDP that we send with is nearly used up: the next offer has another one. */
  renewKeys(): void {
    const security = this.#settled?.security;
    if (security?.kind === 'sdes') this.#renewed = newKey(security.send.suite, security.send.plainRtcp);
  }

  current(): string {
    return this.#lastBody || this.offer();
  }

  /** Those of a first offer, the preferred one first. */
  #firstProtections(): Protection[] {
    const { srtp, plainRtcp } = this.#policy;
    if (offersDtls(this.#policy) && this.#local.fingerprint) return [{ kind: 'dtls', setup: 'actpass' }];
    if (srtp === 'disabled' || srtp === 'optional') return [{ kind: 'none' }];
    const ours = offeredSuites.map((suite, index) => ({ tag: index + 1, key: newKey(suite, plainRtcp) }));
    // Both at the same ports: RFC 8866 §5.14 leaves it open what two streams there mean, and only one is ever taken.
    return srtp === 'elective' ? [{ kind: 'sdes', ours }, { kind: 'none' }] : [{ kind: 'sdes', ours }];
  }

  #offeredLine(protection: Protection, before: FormatsBefore | null = null): AudioLine {
    const { codecs, rtcpMux, ice } = this.#policy;
    // RFC 8829 §5.2.1: who speaks WebRTC wants it all.
    const short = protection.kind !== 'dtls';
    const protocols = { none: 'RTP/AVP', sdes: 'RTP/SAVP', dtls: 'UDP/TLS/RTP/SAVPF' } as const;
    return {
      protocol: protocols[protection.kind],
      mid: protection.kind === 'dtls' ? webRtcMid : '',
      formats: offeredFormats(codecs, this.#policy, before),
      // Said in every later one, as then it may end a hold (RFC 3264 §8.4).
      direction: short && !before && this.#wanted === 'sendrecv' ? null : this.#wanted,
      ptime: codecs[0]?.ptime ?? usualPtime,
      rtcpMux: rtcpMux || protection.kind === 'dtls',
      voipMetrics: true,
      ...this.#attributesOf(protection),
      ice: ice ? this.#ice : null,
      short,
    };
  }

  /** With the protection that is in force: a change of it would be a new stream to the far end. */
  #offeredAgain({ security, ice, formats }: Settled, { protocol, mid }: MediaLine): AudioLine {
    const protection: Protection =
      security.kind === 'sdes'
        ? { kind: 'sdes', ours: [{ tag: 1, key: this.#renewed ?? security.send }] }
        : security.kind === 'dtls'
          ? // Some answer actpass with active whoever was it before, and the roles would change in mid-call.
            { kind: 'dtls', setup: setupOf(security.role) }
          : { kind: 'none' };
    return { ...this.#offeredLine(protection, formats), protocol, mid, ice: ice && this.#ice };
  }

  #answeredLine({ audio, pair, protection }: Acceptable): AudioLine {
    return {
      protocol: audio.protocol,
      mid: audio.mid,
      formats: answeredFormats(pair, audio, this.#policy),
      direction: answerDirection(audio.direction, this.#wanted),
      ptime: packetTime(audio.ptime ?? this.#ptime(pair), null, pair.ours, pair.theirs),
      rtcpMux: this.#answersMux(audio, protection),
      voipMetrics: audio.voipMetrics,
      ...this.#attributesOf(protection),
      ice: audio.ice === 'mismatch' ? 'mismatch' : audio.ice && this.#ice,
      short: false,
    };
  }

  #attributesOf(protection: Protection): Pick<AudioLine, 'crypto' | 'dtls'> {
    const { fingerprint } = this.#local;
    return {
      crypto: protection.kind === 'sdes' ? protection.ours : [],
      dtls: protection.kind === 'dtls' && fingerprint ? { setup: protection.setup, fingerprint } : null,
    };
  }

  /** The m-line that we can answer, a secure one rather than a plain one. */
  #acceptable(lines: readonly AudioDescription[]): Acceptable | null {
    const found = lines.flatMap((audio): Acceptable[] => {
      const pair = this.#choose(audio);
      const secured = pair && this.#secure(audio);
      return secured ? [{ audio, pair, ...secured }] : [];
    });
    return found.find((it) => it.security.kind !== 'none') ?? found[0] ?? null;
  }

  #choose(audio: AudioDescription): CodecPair | null {
    const { codecs, priority } = this.#policy;
    if (priority === 'config') return chooseCodec(codecs, audio.codecs);
    const chosen = chooseCodec(audio.codecs, codecs);
    return chosen && { ours: chosen.theirs, theirs: chosen.ours };
  }

  /** How an offered m-line is secured when we take it; null where we don't (the table of `use_srtp`). */
  #secure(audio: AudioDescription): Pick<Acceptable, 'protection' | 'security'> | null {
    const { srtp, dtls } = this.#policy;
    const plainProfile = /^RTP\/AVPF?$/.test(audio.protocol);
    const byKeys = () => (audio.protocol.startsWith('UDP/TLS') ? null : this.#secureByKeys(audio));
    const byDtls = () => this.#secureByDtls(audio);
    // RFC 8643 §3: keys in a plain profile are an offer, too.
    const secured = srtp === 'disabled' ? null : dtls ? (byDtls() ?? byKeys()) : (byKeys() ?? byDtls());
    if (secured) return secured;
    return plainProfile && srtp !== 'force' ? { protection: { kind: 'none' }, security: { kind: 'none' } } : null;
  }

  /** RFC 4568 §5.1.2: the first of theirs that we can, or the one in force, with its tag. */
  #secureByKeys({ crypto }: AudioDescription): Pick<Acceptable, 'protection' | 'security'> | null {
    const inForce = this.#settled?.security;
    const ours = inForce?.kind === 'sdes' ? inForce.send : undefined;
    const theirs = crypto.find((it) => it.key.suite === ours?.suite) ?? crypto[0];
    if (!theirs) return null;
    const send = keyTowards(theirs.key, ours);
    return {
      protection: { kind: 'sdes', ours: [{ tag: theirs.tag, key: send }] },
      security: { kind: 'sdes', send, receive: theirs.key },
    };
  }

  #secureByDtls({ dtls }: AudioDescription): Pick<Acceptable, 'protection' | 'security'> | null {
    if (!dtls || !this.#local.fingerprint) return null;
    const inForce = this.#settled?.security;
    const goesOn = inForce?.kind === 'dtls' && isDeepStrictEqual(inForce.fingerprints, dtls.fingerprints);
    const role = roleInAnswer(dtls.setup, goesOn ? inForce.role : null);
    if (!role) return null;
    return {
      protection: { kind: 'dtls', setup: setupOf(role) },
      security: { kind: 'dtls', role, fingerprints: dtls.fingerprints },
    };
  }

  #answersMux({ rtcpMux }: AudioDescription, protection: Protection): boolean {
    return rtcpMux === 'only' || (rtcpMux === 'yes' && (this.#policy.rtcpMux || protection.kind === 'dtls'));
  }

  /** RFC 8839 §4.4.1.1: other credentials in an offer are answered with others, for the same candidates. */
  #followRestart(audio: AudioDescription): void {
    const theirs = iceOf(audio);
    const before = this.#settled?.ice;
    if (theirs && before && this.#ice && !sameCredentials(theirs, before))
      this.#ice = { ...this.#ice, ...newCredentials() };
  }

  #meet(theirs: ReadIce | null, weOffered: boolean): RemoteIce | null {
    if (!theirs || !this.#ice) return null;
    const { ufrag, password } = this.#ice;
    return { ...withRole(theirs, weOffered, this.#settled?.ice ?? null), local: { ufrag, password } };
  }

  #ptime({ ours }: CodecPair): number {
    return ours.ptime ?? this.#policy.codecs[0]?.ptime ?? usualPtime;
  }

  /** What was read back of our offer doesn't say it all. */
  #withSettings(read: CodecPair['ours']): CodecPair['ours'] {
    const settings = chooseCodec([read], this.#policy.codecs)?.theirs;
    return { ...settings, ...read };
  }

  /** RFC 3264 §8: the version goes up by one when, and only when, the description changes. */
  #write(lines: readonly (AudioLine | MediaLine)[], bundle: readonly string[] = []): string {
    const write = (version: number) =>
      writeDescription({ sessionId: this.#sessionId, version }, this.#local, lines, bundle);
    if (this.#lastBody && write(this.#version) === this.#lastBody) return this.#lastBody;
    this.#version += 1;
    this.#lastBody = write(this.#version);
    return this.#lastBody;
  }

  /** ours: what we have said, whose numbers need not be theirs (RFC 3264 §5.1). */
  #settle(taken: Omit<Acceptable, 'protection'>, ours: AudioDescription, said: Description, ice: RemoteIce | null) {
    const { audio, pair, security } = taken;
    const direction = answerDirection(audio.direction, ours.direction);
    const formats = { said: ours, codec: pair.ours };
    this.#renewed = null;
    this.#settled = { index: audio.index, said, theirDirection: audio.direction, formats, security, ice };
    const event = telephoneEventOf(audio, pair.ours.clockRate);
    const theirRed = redundancyOf(audio, pair.theirs);
    const ourRed = redundancyOf(ours, pair.ours);
    const rtcpMux = ours.rtcpMux !== 'no' && audio.rtcpMux !== 'no';
    this.agreed({
      remoteAddress: audio.address,
      remotePort: audio.rtpPort,
      remoteRtcpPort: rtcpMux ? audio.rtpPort : audio.rtcpPort,
      direction,
      codec: {
        name: workerName(pair.ours),
        sendPayloadType: pair.theirs.payloadType,
        receivePayloadType: pair.ours.payloadType,
        fmtp: sendingFmtp(pair.ours, pair.theirs),
      },
      telephoneEventSend: event?.payloadType ?? null,
      telephoneEventReceive: (event && telephoneEventOf(ours, event.clockRate)?.payloadType) ?? null,
      ...(event ? { telephoneEventClock: event.clockRate } : {}),
      redundancySend: theirRed && ourRed ? theirRed.payloadType : null,
      redundancyReceive: theirRed && ourRed ? ourRed.payloadType : null,
      rtcpMux,
      security,
      ice,
      ptime: packetTime(audio.ptime ?? this.#ptime(pair), audio.maxptime, pair.ours, pair.theirs),
      discontinuous: takesSilence(pair, ours, audio),
      voipMetrics: ours.voipMetrics && audio.voipMetrics,
    });
  }
}

function takesSilence(pair: CodecPair, ours: AudioDescription, theirs: AudioDescription): boolean {
  const comfortNoise = ours.comfortNoise && theirs.comfortNoise && pair.ours.clockRate === 8000;
  return comfortNoise || ownsSilence(pair.ours, pair.theirs);
}

const iceOf = ({ ice }: AudioDescription): ReadIce | null => (ice === 'mismatch' ? null : ice);

const setupOf = (role: 'client' | 'server'): Setup => (role === 'client' ? 'active' : 'passive');

/** What the answer makes of the security that we have offered in this m-line; null where it doesn't fit. */
function securityBy(ours: AudioDescription, theirs: AudioDescription): Security | null {
  if (ours.dtls) {
    const role = theirs.dtls && roleAfterAnswer(ours.dtls.setup, theirs.dtls.setup);
    return theirs.dtls && role && { kind: 'dtls', role, fingerprints: theirs.dtls.fingerprints };
  }
  if (ours.crypto.length === 0) return /^RTP\/AVPF?$/.test(theirs.protocol) ? { kind: 'none' } : null;
  const [answered] = theirs.crypto;
  const offered = ours.crypto.find((it) => it.tag === answered?.tag);
  // RFC 4568 §5.1.3: the suite that was offered under this tag, and nothing more than was offered.
  if (!answered || !offered || answered.key.suite !== offered.key.suite) return null;
  const { plainRtcp } = answered.key;
  if (plainRtcp && !offered.key.plainRtcp) return null;
  return { kind: 'sdes', send: { ...offered.key, plainRtcp }, receive: answered.key };
}
