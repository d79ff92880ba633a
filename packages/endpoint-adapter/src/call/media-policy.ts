/** What the configuration means for a call's sound: what is offered and taken, and where it comes from. */
import { usualMedia } from '@thinline/shared/config/media.ts';
import type { Configuration, LineConfiguration, MediaSettings } from '@thinline/shared/contract/types.ts';
import type { IceServers, SoundSettings, StreamPlace, TlsTrust } from '../media/stream-settings.ts';
import { configuredCodecs } from './codecs.ts';
import { withSilence } from './sdp/fmtp.ts';
import type { FormatPolicy } from './sdp/formats.ts';
import { type OfferedCodec, readDescription } from './sdp.ts';

/** What is offered, and taken: see `use_srtp` in docs/configuration.md. */
export type SrtpMode = (typeof srtpModes)[number];
const srtpModes = ['disabled', 'optional', 'elective', 'enabled', 'force'] as const;

export interface MediaPolicy extends FormatPolicy {
  /** In order of preference. */
  codecs: readonly OfferedCodec[];
  /** Whose order says which codec answers an offer. */
  priority: 'config' | 'offer';
  srtp: SrtpMode;
  /** UNENCRYPTED_SRTCP is offered. */
  plainRtcp: boolean;
  /** Secure offers take their keys from DTLS, not from SDP. */
  dtls: boolean;
  ice: boolean;
  rtcpMux: boolean;
}

/** RTP as it always was: plain, with these codecs. */
export const plainPolicy = (codecs: readonly OfferedCodec[]): MediaPolicy => ({
  codecs,
  priority: 'config',
  srtp: 'disabled',
  plainRtcp: false,
  dtls: false,
  ice: false,
  rtcpMux: false,
  redundancy: false,
  discontinuous: false,
});

/** available: the names of the codecs that the media worker has. Where it has none of the configured ones, the usual ones. */
export function mediaPolicy(
  media: MediaSettings | null,
  line: Pick<LineConfiguration, 'transport' | 'nat' | 'dtlsSrtp'>,
  available: readonly string[],
): MediaPolicy {
  const usual = usualMedia();
  const settings = media ?? usual;
  const configured = configuredCodecs(settings.codecs, available);
  const codecs = configured.length > 0 ? configured : configuredCodecs(usual.codecs, available);
  // RFC 8827 §6.5: who speaks WebRTC takes nothing else.
  const webRtc = line.transport === 'wss';
  return {
    codecs: settings.dtx ? codecs.map((it) => ({ ...it, fmtp: withSilence(it) })) : codecs,
    priority: settings.answerSdpPriority === 'offer' ? 'offer' : 'config',
    srtp: srtpModes.find((it) => it === settings.useSrtp) ?? 'optional',
    plainRtcp: settings.unencryptedSrtcp,
    dtls: webRtc || line.dtlsSrtp,
    ice: webRtc || (line.nat?.ice ?? false),
    rtcpMux: settings.rtcpMux,
    redundancy: settings.redundancy,
    discontinuous: settings.dtx,
  };
}

/** Whether our offers are secured by DTLS. */
export const offersDtls = ({ dtls, srtp }: MediaPolicy): boolean => dtls && srtp !== 'disabled';

/** What a new stream needs beside its ports. remoteOffer: the far end's; null where we are to offer. */
export function placeNeeds(
  policy: MediaPolicy,
  servers: IceServers,
  remoteOffer: string | null,
): Pick<StreamPlace, 'ice' | 'dtls'> {
  const offered = remoteOffer === null ? null : (readDescription(remoteOffer)?.audio ?? []);
  const dtls = offered
    ? policy.srtp !== 'disabled' && offered.some((it) => it.dtls !== null && it.crypto.length === 0)
    : offersDtls(policy);
  const wanted = policy.ice || dtls;
  const ice = offered ? wanted && offered.some((it) => it.ice !== null && it.ice !== 'mismatch') : policy.ice;
  return { ...(dtls ? { dtls } : {}), ...(ice ? { ice: servers } : {}) };
}

/**
 * environment: of the adapter's process. GCTI_TURN_USERNAME and GCTI_TURN_PASSWORD are read on the endpoint, so that they
 * need not stand in a file. trust: as for SIP over TLS.
 */
export function iceServers(
  nat: LineConfiguration['nat'],
  environment: Readonly<Record<string, string | undefined>>,
  trust?: TlsTrust,
): IceServers {
  if (!nat) return { stun: null, turn: null };
  const transport = nat.turnTransport === 'tcp' || nat.turnTransport === 'tls' ? nat.turnTransport : 'udp';
  const user = environment.GCTI_TURN_USERNAME || nat.turnUser;
  const password = environment.GCTI_TURN_PASSWORD || nat.turnPassword;
  return {
    stun: nat.stunServer || null,
    turn: nat.turnServer ? { server: nat.turnServer, transport, user, password, ...(trust && readTrust(trust)) } : null,
  };
}

/** No more of it than the media worker needs. */
const readTrust = ({ authorities, checkName }: TlsTrust): { trust: TlsTrust } => ({
  trust: { authorities, checkName },
});

const noiseStrengths = ['off', 'moderate', 'strong'] as const;

export function soundSettings({ media, lines }: Pick<Configuration, 'media' | 'lines'>): SoundSettings {
  const it = media ?? usualMedia();
  return {
    processing: {
      echo: it.echoControl,
      noise: noiseStrengths[it.noiseSuppression] ?? 'off',
      sendGain: it.agc,
      receiveGain: it.rxAgc,
    },
    dscp: it.audioQos,
    inactivityS: it.rtpInactivityTimeoutS,
    discontinuous: it.dtx,
    vadLevel: it.vadLevel,
    dtmfFeedback: it.dtmfFeedback,
    dtls: it.useSrtp !== 'disabled' && lines.some((line) => line.dtlsSrtp || line.transport === 'wss'),
  };
}
