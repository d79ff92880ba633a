/** Our side of a session description, written. */
import type { Fingerprint, LocalAddress, LocalIce, MediaDirection } from '../../media/stream-settings.ts';
import { isStatic, type MediaLine, type OfferedCodec } from '../sdp.ts';
import { type CryptoAttribute, writeCrypto } from './crypto.ts';
import type { Setup } from './dtls.ts';
import { iceAttributes } from './ice.ts';
import { type Attribute, type MediaSection, type Origin, writeText } from './text.ts';

/** ms of sound in a packet that we like to have at most, and what it is where nothing is said (RFC 3551 §4.2). */
const maxptime = 60;
export const usualPtime = 20;

/** An m-line of ours. */
export interface AudioLine {
  protocol: string;
  mid: string;
  /** Codecs, and what goes with them. */
  formats: readonly OfferedCodec[];
  /** Null: both ways, which is so where nothing is said (RFC 8866 §6.7). */
  direction: MediaDirection | null;
  /** ms */
  ptime: number;
  rtcpMux: boolean;
  voipMetrics: boolean;
  crypto: readonly CryptoAttribute[];
  dtls: { setup: Setup; fingerprint: Fingerprint } | null;
  ice: LocalIce | 'mismatch' | null;
  /** Without what goes without saying: a longer request may not be sent over UDP (RFC 3261 §18.1.1). */
  short: boolean;
}

/** Lines that aren't AudioLines are rejected: port 0 (RFC 3264 §6). */
export function writeDescription(
  origin: Omit<Origin, 'address'>,
  local: LocalAddress,
  lines: readonly (AudioLine | MediaLine)[],
  bundle: readonly string[] = [],
): string {
  const group = bundle.length > 0 ? [{ name: 'group', value: ['BUNDLE', ...bundle].join(' ') }] : [];
  const media = lines.map((it) => ('direction' in it ? ourSection(local, it) : rejectedSection(it)));
  return writeText({ ...origin, address: local.address }, { attributes: group, media });
}

const rejectedSection = ({ type, protocol, formats, mid }: MediaLine): MediaSection => ({
  type,
  port: 0,
  protocol,
  formats,
  address: '',
  attributes: midOf(mid),
});

const midOf = (mid: string): Attribute[] => (mid === '' ? [] : [{ name: 'mid', value: mid }]);

function ourSection(local: LocalAddress, line: AudioLine): MediaSection {
  const { formats, ptime, direction, crypto, dtls, ice, short } = line;
  const mapped = short ? formats.filter((it) => !isStatic(it)) : formats;
  const attributes: Attribute[] = [
    ...mapped.map((it) => ({ name: 'rtpmap', value: `${it.payloadType} ${encodingOf(it)}` })),
    ...formats.flatMap(({ payloadType, fmtp }) => (fmtp ? [{ name: 'fmtp', value: `${payloadType} ${fmtp}` }] : [])),
  ];
  if (!short || ptime !== usualPtime) attributes.push({ name: 'ptime', value: String(ptime) });
  if (!short) attributes.push({ name: 'maxptime', value: String(maxptime) });
  if (direction) attributes.push({ name: direction, value: '' });
  attributes.push(...midOf(line.mid));
  // RFC 3605: unless it is the next port.
  if (local.rtcpPort !== local.rtpPort + 1) attributes.push({ name: 'rtcp', value: String(local.rtcpPort) });
  if (line.rtcpMux) attributes.push({ name: 'rtcp-mux', value: '' });
  if (line.voipMetrics) attributes.push({ name: 'rtcp-xr', value: 'voip-metrics' });
  attributes.push(...crypto.map((it) => ({ name: 'crypto', value: writeCrypto(it) })));
  if (dtls) {
    const { algorithm, value } = dtls.fingerprint;
    attributes.push({ name: 'setup', value: dtls.setup }, { name: 'fingerprint', value: `${algorithm} ${value}` });
  }
  if (ice === 'mismatch') attributes.push({ name: 'ice-mismatch', value: '' });
  else if (ice) attributes.push(...iceAttributes(ice));
  return {
    type: 'audio',
    port: local.rtpPort,
    protocol: line.protocol,
    formats: formats.map((it) => it.payloadType).join(' '),
    address: local.address,
    attributes,
  };
}

const encodingOf = ({ name, clockRate, channels }: OfferedCodec): string =>
  `${name}/${clockRate}${channels > 1 ? `/${channels}` : ''}`;
