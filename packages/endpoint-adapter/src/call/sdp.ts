/** What a description says about sound (RFC 3264), and which codec fits. */
import { isIP } from 'node:net';
import type { MediaDirection } from '../media/stream-settings.ts';
import { type CryptoAttribute, readCrypto } from './sdp/crypto.ts';
import { type RemoteDtls, readDtls } from './sdp/dtls.ts';
import { type ReadIce, readIce } from './sdp/ice.ts';
import { attributeOf, attributesOf, type MediaSection, readText, type SessionText } from './sdp/text.ts';

/** One codec as it stands in an m-line. */
export interface OfferedCodec {
  /** The registry's name: "PCMU", "opus". */
  name: string;
  payloadType: number;
  clockRate: number;
  channels: number;
  fmtp: string;
  /** Ours only: ms of sound in a packet, and the most that is sent, bit/s; what isn't there is the usual. */
  ptime?: number;
  bitrate?: number;
}

/** One m-line, as far as an answer, or a later offer, has to mirror it (RFC 3264 §6, §8). */
export interface MediaLine {
  type: string;
  protocol: string;
  formats: string;
  mid: string;
}

/** An m-line of sound that could be used, whoever wrote it. */
export interface AudioDescription {
  /** Its place among the m-lines. */
  index: number;
  protocol: string;
  /** RFC 5888; empty: none. */
  mid: string;
  address: string;
  rtpPort: number;
  /** 0: there is none. */
  rtcpPort: number;
  /** RFC 5761; `only` by RFC 8858. */
  rtcpMux: 'no' | 'yes' | 'only';
  direction: MediaDirection;
  codecs: OfferedCodec[];
  /** Payload type by clock rate (RFC 4733 §2.4: the event's clock is that of the sound that it replaces). */
  telephoneEvents: Map<number, number>;
  /** Comfort noise (RFC 3389) at its own payload type, 13. */
  comfortNoise: boolean;
  /** RFC 2198 */
  redundancy: OfferedCodec[];
  /** ms; null: not said. */
  ptime: number | null;
  maxptime: number | null;
  /** What can be used of it, in the order that it has. */
  crypto: CryptoAttribute[];
  dtls: RemoteDtls | null;
  ice: ReadIce | 'mismatch' | null;
  /** Reports of call quality are wanted (RFC 3611 §5.1). */
  voipMetrics: boolean;
}

/** A description, whoever wrote it. */
export interface Description {
  /** At least one. */
  audio: AudioDescription[];
  lines: MediaLine[];
  /** The mids that share a transport (RFC 9143); empty: none. */
  bundle: string[];
}

const withoutReceiving = (direction: MediaDirection): MediaDirection =>
  direction === 'sendrecv' || direction === 'sendonly' ? 'sendonly' : 'inactive';

/** What is left of `wanted` when the far end offers `theirs` (RFC 3264 §6.1). */
export function answerDirection(theirs: MediaDirection, wanted: MediaDirection): MediaDirection {
  const sends = (it: MediaDirection) => it === 'sendrecv' || it === 'sendonly';
  const receives = (it: MediaDirection) => it === 'sendrecv' || it === 'recvonly';
  const send = receives(theirs) && sends(wanted);
  const receive = sends(theirs) && receives(wanted);
  return send ? (receive ? 'sendrecv' : 'sendonly') : receive ? 'recvonly' : 'inactive';
}

/** The far end's telephone-event for sound of that clock rate; many offer 8000 Hz alone, whatever the codec. */
export function telephoneEventOf(
  { telephoneEvents }: Pick<AudioDescription, 'telephoneEvents'>,
  clockRate: number,
): { clockRate: number; payloadType: number } | null {
  for (const rate of [clockRate, 8000]) {
    const payloadType = telephoneEvents.get(rate);
    if (payloadType !== undefined) return { clockRate: rate, payloadType };
  }
  return null;
}

/** RFC 3551 §6: payload types that need no rtpmap. */
const staticTypes: Readonly<Record<number, string>> = { 0: 'PCMU', 8: 'PCMA', 9: 'G722', 13: 'CN', 18: 'G729' };
const staticName = (payloadType: number): string | undefined =>
  Object.hasOwn(staticTypes, payloadType) ? staticTypes[payloadType] : undefined;

/** Whether its number alone says what it is. */
export const isStatic = ({ name, payloadType, clockRate }: OfferedCodec): boolean =>
  staticName(payloadType) === name && clockRate === 8000;

const protocols = /^(?:RTP\/S?AVPF?|UDP\/TLS\/RTP\/SAVPF?)$/;
const directions: readonly MediaDirection[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];
/** RFC 3389 §4 */
const comfortNoiseType = 13;

const validPort = (port: number): boolean => port > 0 && port < 65_536;

/** Reads a description; null when there is no RTP audio in it that could be used. */
export function readDescription(text: string): Description | null {
  const session = readText(text);
  if (!session) return null;
  const audio = session.media.flatMap((it, index) => readAudio(it, index, session) ?? []);
  if (audio.length === 0) return null;
  const bundle = attributesOf('group', session).find((it) => it.startsWith('BUNDLE')) ?? '';
  return {
    audio,
    lines: session.media.map((it) => ({
      type: it.type,
      protocol: it.protocol,
      // RFC 3264 §6: what a rejected one has there says nothing.
      formats: it.formats.split(' ')[0] ?? '',
      mid: midOf(it),
    })),
    bundle: bundle.split(' ').slice(1),
  };
}

/** RFC 5888 §4: a token. */
const midOf = (media: MediaSection): string => /^[\x21-\x7e]{1,64}$/.exec(attributeOf('mid', media) ?? '')?.[0] ?? '';

function readAudio(media: MediaSection, index: number, session: SessionText): AudioDescription | null {
  const { address, port, protocol } = media;
  if (media.type !== 'audio' || !protocols.test(protocol) || !validPort(port) || isIP(address) === 0) return null;
  const ice = readIce(media, session);
  const muxOnly = attributeOf('rtcp-mux-only', media) !== null;
  const rtcpMux = muxOnly ? 'only' : attributeOf('rtcp-mux', media) !== null ? 'yes' : 'no';
  return {
    index,
    protocol,
    mid: midOf(media),
    address,
    rtpPort: port,
    rtcpPort: readRtcpPort(media),
    rtcpMux,
    direction: readDirection(media, session, ice !== null),
    ...readFormats(media),
    ptime: readMilliseconds('ptime', media),
    maxptime: readMilliseconds('maxptime', media),
    crypto: attributesOf('crypto', media).flatMap((it) => readCrypto(it) ?? []),
    dtls: readDtls(media, session),
    ice,
    voipMetrics: attributesOf('rtcp-xr', media)
      .concat(attributesOf('rtcp-xr', session))
      .some((it) => /\bvoip-metrics\b/.test(it)),
  };
}

/** RFC 3605; no datagram can be sent to a port 65536. */
function readRtcpPort(media: MediaSection): number {
  const said = Number(/^\d{1,5}\b/.exec(attributeOf('rtcp', media) ?? '')?.[0]);
  if (validPort(said)) return said;
  return media.port < 65_535 ? media.port + 1 : 0;
}

function readDirection(media: MediaSection, session: SessionText, ice: boolean): MediaDirection {
  const said = [media, session].map((place) => directions.find((it) => attributeOf(it, place) !== null));
  const direction = said.find((it) => it !== undefined) ?? 'sendrecv';
  // RFC 3264 §8.4: an address of all zeros is the old way of hold; with ICE, it says that the candidates count.
  const held = !ice && (media.address === '0.0.0.0' || media.address === '::');
  return held ? withoutReceiving(direction) : direction;
}

function readMilliseconds(name: string, media: MediaSection): number | null {
  const said = Number(/^(\d{1,4})(?:\.\d*)?$/.exec(attributeOf(name, media) ?? '')?.[1]);
  return said > 0 ? said : null;
}

type Formats = Pick<AudioDescription, 'codecs' | 'telephoneEvents' | 'comfortNoise' | 'redundancy'>;

function readFormats(media: MediaSection): Formats {
  const maps = new Map<number, Omit<OfferedCodec, 'payloadType' | 'fmtp'>>();
  for (const value of attributesOf('rtpmap', media)) {
    const [, type = '', name = '', rate = '8000', channels = '1'] =
      /^(\d{1,3}) +([\w.+-]+)(?: *\/ *(\d{1,6})(?: *\/ *(\d{1,2}))?)?/.exec(value) ?? [];
    if (name !== '' && !maps.has(Number(type)))
      maps.set(Number(type), { name, clockRate: Number(rate), channels: Number(channels) });
  }
  const fmtps = new Map<number, string>();
  for (const value of attributesOf('fmtp', media)) {
    const [, type = '', fmtp = ''] = /^(\d{1,3}) +(.*)$/.exec(value) ?? [];
    if (type !== '' && !fmtps.has(Number(type))) fmtps.set(Number(type), fmtp.trim());
  }
  const formats: Formats = {
    codecs: [],
    telephoneEvents: new Map(),
    comfortNoise: false,
    redundancy: [],
  };
  const seen = new Set<number>();
  for (const word of media.formats.split(' ')) {
    const payloadType = Number(word);
    if (!/^\d{1,3}$/.test(word) || payloadType > 127 || seen.has(payloadType)) continue;
    seen.add(payloadType);
    const usual = staticName(payloadType);
    const map = maps.get(payloadType) ?? (usual && { name: usual, clockRate: 8000, channels: 1 });
    if (map) addFormat(formats, { ...map, payloadType, fmtp: fmtps.get(payloadType) ?? '' });
  }
  return formats;
}

function addFormat(formats: Formats, it: OfferedCodec): void {
  const { payloadType, clockRate } = it;
  switch (it.name.toLowerCase()) {
    case 'telephone-event':
      if (!formats.telephoneEvents.has(clockRate)) formats.telephoneEvents.set(clockRate, payloadType);
      return;
    case 'cn':
      formats.comfortNoise ||= payloadType === comfortNoiseType && clockRate === 8000;
      return;
    case 'red':
      formats.redundancy.push(it);
      return;
    case 'g722':
      // RFC 3551 §4.5.2: 8000 by an old mistake, which some don't know of.
      formats.codecs.push({ ...it, clockRate: clockRate === 16_000 ? 8000 : clockRate });
      return;
    default:
      formats.codecs.push(it);
  }
}

/** Whatever their numbers and parameters. */
export const sameCodec = (a: OfferedCodec, b: OfferedCodec): boolean =>
  a.name.toLowerCase() === b.name.toLowerCase() && a.clockRate === b.clockRate && a.channels === b.channels;

export interface CodecPair {
  ours: OfferedCodec;
  theirs: OfferedCodec;
}

/** The first of our codecs that the far end has too, or null. */
export function chooseCodec(ours: readonly OfferedCodec[], theirs: readonly OfferedCodec[]): CodecPair | null {
  for (const our of ours) {
    const their = theirs.find((it) => sameCodec(it, our));
    if (their) return { ours: our, theirs: their };
  }
  return null;
}

/** The far end's redundancy (RFC 2198) that has this codec of its inside. */
export function redundancyOf(
  { redundancy }: Pick<AudioDescription, 'redundancy'>,
  codec: OfferedCodec,
): OfferedCodec | null {
  const fits = ({ clockRate, channels, fmtp }: OfferedCodec) =>
    clockRate === codec.clockRate &&
    channels === codec.channels &&
    (fmtp === '' || fmtp.split('/').every((it) => it.trim() === String(codec.payloadType)));
  return redundancy.find(fits) ?? null;
}
