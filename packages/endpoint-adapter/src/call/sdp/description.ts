/** Our side of a session description, written. */
import type { Fingerprint, LocalAddress, LocalIce, MediaDirection } from '../../media/stream-settings.ts';
import type { MediaLine, OfferedCodec } from '../sdp.ts';
import { type CryptoAttribute, writeCrypto } from './crypto.ts';
import type { Setup } from './dtls.ts';
import { iceAttributes } from './ice.ts';
import { type Attribute, type MediaSection, type Origin, writeText } from './text.ts';

/** ms of sound in a packet that we take. */
const maxptime = 60;

/** An m-line of ours. */
export interface AudioLine {
  protocol: string;
  mid: string;
  /** Codecs, and what goes with them. */
  formats: readonly OfferedCodec[];
  direction: MediaDirection;
  /** ms */
  ptime: number;
  rtcpMux: boolean;
  voipMetrics: boolean;
  crypto: readonly CryptoAttribute[];
  dtls: { setup: Setup; fingerprint: Fingerprint } | null;
  ice: LocalIce | 'mismatch' | null;
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
  const { formats, ptime, direction, crypto, dtls, ice } = line;
  const attributes: Attribute[] = [
    ...formats.map((it) => ({ name: 'rtpmap', value: `${it.payloadType} ${encodingOf(it)}` })),
    ...formats.flatMap(({ payloadType, fmtp }) => (fmtp ? [{ name: 'fmtp', value: `${payloadType} ${fmtp}` }] : [])),
    { name: 'ptime', value: String(ptime) },
    { name: 'maxptime', value: String(maxptime) },
    { name: direction, value: '' },
    ...midOf(line.mid),
  ];
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
