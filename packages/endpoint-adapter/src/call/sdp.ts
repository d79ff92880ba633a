/** Offer and answer (RFC 3264) for one audio stream, as pure functions over SDP text. */
import { isIP } from 'node:net';
import * as sdp from 'sdp-transform';
import type { MediaDirection, NegotiatedCodec } from '../media/stream-settings.ts';

/** One codec as it stands in an m-line. */
export interface OfferedCodec {
  /** The registry's name: "PCMU", "opus". */
  name: string;
  payloadType: number;
  clockRate: number;
  channels: number;
  fmtp: string;
}

/** Our side of a session description. */
export interface LocalDescription {
  address: string;
  rtpPort: number;
  rtcpPort: number;
  sessionId: number;
  version: number;
  direction: MediaDirection;
  /** ms */
  ptime: number;
}

/** What the far end's description says about its sound. */
export interface RemoteDescription {
  address: string;
  rtpPort: number;
  /** 0: there is none. */
  rtcpPort: number;
  direction: MediaDirection;
  codecs: OfferedCodec[];
  /** Payload type by clock rate (RFC 4733 §2.4: the event's clock is that of the sound that it replaces). */
  telephoneEvents: Map<number, number>;
  /** The m-lines in order, as far as an answer has to mirror them (RFC 3264 §6). */
  mediaLines: { type: string; protocol: string; formats: string; isOurs: boolean }[];
}

const telephoneEventTypes = [
  { clockRate: 8000, payloadType: 101 },
  { clockRate: 48000, payloadType: 102 },
] as const;

const longestDescription = 16_384;

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

interface AudioLine {
  payloads: string;
  rtp: { payload: number; codec: string; rate: number; encoding?: number }[];
  fmtp: { payload: number; config: string }[];
}

function audioLine(
  codecs: readonly OfferedCodec[],
  events: readonly { clockRate: number; payloadType: number }[],
): AudioLine {
  return {
    payloads: [...codecs, ...events].map((it) => it.payloadType).join(' '),
    rtp: [
      ...codecs.map((it) => ({
        payload: it.payloadType,
        codec: it.name,
        rate: it.clockRate,
        ...(it.channels > 1 ? { encoding: it.channels } : {}),
      })),
      ...events.map((it) => ({ payload: it.payloadType, codec: 'telephone-event', rate: it.clockRate })),
    ],
    fmtp: [
      ...codecs.filter((it) => it.fmtp).map((it) => ({ payload: it.payloadType, config: it.fmtp })),
      ...events.map((it) => ({ payload: it.payloadType, config: '0-16' })),
    ],
  };
}

function describe(local: LocalDescription, audio: AudioLine, media: sdp.MediaDescription[]): string {
  const ipVer = local.address.includes(':') ? 6 : 4;
  return sdp.write({
    version: 0,
    origin: {
      username: '-',
      sessionId: String(local.sessionId),
      sessionVersion: local.version,
      netType: 'IN',
      ipVer,
      address: local.address,
    },
    name: 'Thinline',
    connection: { version: ipVer, ip: local.address },
    timing: { start: 0, stop: 0 },
    media: media.length > 0 ? media : [ourLine(local, audio)],
  });
}

function ourLine(local: LocalDescription, audio: AudioLine): sdp.MediaDescription {
  return {
    type: 'audio',
    port: local.rtpPort,
    protocol: 'RTP/AVP',
    ...audio,
    ptime: local.ptime,
    direction: local.direction,
    ...(local.rtcpPort === local.rtpPort + 1 ? {} : { rtcp: { port: local.rtcpPort } }),
  };
}

const eventsFor = (codecs: readonly OfferedCodec[]) =>
  telephoneEventTypes.filter((event) => codecs.some((codec) => codec.clockRate === event.clockRate));

/** Offers every codec, in our order. */
export const writeOffer = (local: LocalDescription, codecs: readonly OfferedCodec[]): string =>
  describe(local, audioLine(codecs, eventsFor(codecs)), []);

/** Answers with one codec and its telephone-event; every m-line that isn't ours gets port 0 (RFC 3264 §6). */
export function writeAnswer(local: LocalDescription, remote: RemoteDescription, codec: OfferedCodec): string {
  const event = telephoneEventOf(remote, codec.clockRate);
  const line = audioLine([codec], event === null ? [] : [event]);
  const media = remote.mediaLines.map((it) =>
    it.isOurs
      ? { ...ourLine(local, line), protocol: it.protocol }
      : { type: it.type, port: 0, protocol: it.protocol, payloads: it.formats, rtp: [], fmtp: [] },
  );
  return describe(local, line, media);
}

/** The far end's telephone-event for sound of that clock rate; many offer 8000 Hz alone, whatever the codec. */
export function telephoneEventOf(
  remote: RemoteDescription,
  clockRate: number,
): { clockRate: number; payloadType: number } | null {
  for (const rate of [clockRate, 8000]) {
    const payloadType = remote.telephoneEvents.get(rate);
    if (payloadType !== undefined) return { clockRate: rate, payloadType };
  }
  return null;
}

/** RFC 3551 §6: payload types that need no rtpmap. */
const staticTypes: Record<number, { codec: string; rate: number }> = {
  0: { codec: 'PCMU', rate: 8000 },
  8: { codec: 'PCMA', rate: 8000 },
  9: { codec: 'G722', rate: 8000 },
  18: { codec: 'G729', rate: 8000 },
};

const validPort = (port: unknown): port is number => typeof port === 'number' && port > 0 && port < 65_536;

/** Reads a description; null when there is no plain RTP audio in it that could be used. */
export function readDescription(text: string): RemoteDescription | null {
  if (text.length > longestDescription) return null;
  let parsed: sdp.SessionDescription;
  try {
    parsed = sdp.parse(text);
  } catch {
    return null;
  }
  // An m-line that can't be read can't be mirrored in an answer either.
  if (parsed.media.some((it) => !it.type || !it.protocol)) return null;
  const usable = (it: sdp.MediaDescription) =>
    it.type === 'audio' && /^RTP\/AVPF?$/.test(it.protocol) && validPort(it.port);
  const audio = parsed.media.find(usable);
  if (!audio) return null;
  // The parser turns words that look like numbers into numbers.
  const address = String(audio.connection?.ip ?? parsed.connection?.ip ?? '');
  if (isIP(address) === 0) return null;

  const codecs: OfferedCodec[] = [];
  const telephoneEvents = new Map<number, number>();
  for (const word of String(audio.payloads ?? '').split(' ')) {
    const payloadType = Number(word);
    if (!Number.isInteger(payloadType) || payloadType < 0 || payloadType > 127) continue;
    const map: { codec: string; rate?: number; encoding?: number } | undefined =
      audio.rtp.find((it) => it.payload === payloadType) ?? staticTypes[payloadType];
    if (!map) continue;
    const clockRate = map.rate ?? 8000;
    const name = String(map.codec);
    if (name.toLowerCase() === 'telephone-event') {
      if (!telephoneEvents.has(clockRate)) telephoneEvents.set(clockRate, payloadType);
      continue;
    }
    codecs.push({
      name,
      payloadType,
      clockRate,
      channels: map.encoding ?? 1,
      fmtp: String(audio.fmtp.find((it) => it.payload === payloadType)?.config ?? ''),
    });
  }
  // RFC 3264 §8.4: an address of all zeros is the old way of hold.
  const heldByAddress = address === '0.0.0.0' || address === '::';
  const direction = (audio.direction ?? parsed.direction ?? 'sendrecv') as MediaDirection;
  return {
    address,
    rtpPort: audio.port,
    // No datagram can be sent to a port 65536.
    rtcpPort: validPort(audio.rtcp?.port) ? audio.rtcp.port : audio.port < 65_535 ? audio.port + 1 : 0,
    direction: heldByAddress ? withoutReceiving(direction) : direction,
    codecs,
    telephoneEvents,
    mediaLines: parsed.media.map((it) => ({
      type: it.type,
      protocol: it.protocol,
      formats: String(it.payloads ?? '0'),
      isOurs: it === audio,
    })),
  };
}

const same = (a: OfferedCodec, b: OfferedCodec) =>
  a.name.toLowerCase() === b.name.toLowerCase() && a.clockRate === b.clockRate && a.channels === b.channels;

/** The first of our codecs that the far end has too, or null. */
export function chooseCodec(
  ours: readonly OfferedCodec[],
  theirs: readonly OfferedCodec[],
): { ours: OfferedCodec; theirs: OfferedCodec } | null {
  for (const our of ours) {
    const their = theirs.find((it) => same(it, our));
    if (their) return { ours: our, theirs: their };
  }
  return null;
}

export const negotiated = (
  pair: { ours: OfferedCodec; theirs: OfferedCodec },
  receivePayloadType: number,
): NegotiatedCodec => ({
  name: pair.ours.name,
  sendPayloadType: pair.theirs.payloadType,
  receivePayloadType,
  fmtp: pair.theirs.fmtp,
});
