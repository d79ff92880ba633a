// Original file: proto/thinline/v1/quality.proto

import type { RatingInput as _thinline_v1_RatingInput, Rating as _thinline_v1_Rating } from '../../thinline/v1/Rating.ts';
import type { RemoteMetricsInput as _thinline_v1_RemoteMetricsInput, RemoteMetrics as _thinline_v1_RemoteMetrics } from '../../thinline/v1/RemoteMetrics.ts';
import type { CodecInUseInput as _thinline_v1_CodecInUseInput, CodecInUse as _thinline_v1_CodecInUse } from '../../thinline/v1/CodecInUse.ts';
import type { RtpPathInput as _thinline_v1_RtpPathInput, RtpPath as _thinline_v1_RtpPath } from '../../thinline/v1/RtpPath.ts';
import type { Long } from '@grpc/proto-loader';

// Original file: proto/thinline/v1/quality.proto

export const _thinline_v1_CallQuality_NetworkLevel = {
  UNKNOWN: 'UNKNOWN',
  GOOD: 'GOOD',
  MEDIUM: 'MEDIUM',
  POOR: 'POOR',
  BAD: 'BAD',
} as const;

export type _thinline_v1_CallQuality_NetworkLevelInput =
  | 'UNKNOWN'
  | 0
  | 'GOOD'
  | 1
  | 'MEDIUM'
  | 2
  | 'POOR'
  | 3
  | 'BAD'
  | 4

export type _thinline_v1_CallQuality_NetworkLevel = typeof _thinline_v1_CallQuality_NetworkLevel[keyof typeof _thinline_v1_CallQuality_NetworkLevel]

/**
 * What RTP and RTCP say about one call. Absent numbers have not been measured yet. Shares are from 0 to 1.
 */
export interface CallQualityInput {
  'callId'?: (string);
  'packetsSent'?: (number | string | Long);
  'packetsReceived'?: (number | string | Long);
  /**
   * Packets that never came, and those that came too late to be played.
   */
  'packetsLost'?: (number | string | Long);
  'packetsDiscarded'?: (number | string | Long);
  /**
   * RFC 3550 interarrival jitter, ms: ours, and the far end's of what we send.
   */
  'jitterMs'?: (number | string);
  'remoteJitterMs'?: (number | string);
  /**
   * Share of our packets that the far end lost since its last report, 0 to 1.
   */
  'remoteLoss'?: (number | string);
  'roundTripMs'?: (number | string);
  /**
   * Sound waiting in the jitter buffer, and what it aims at, ms.
   */
  'bufferMs'?: (number | string);
  'bufferTargetMs'?: (number | string);
  /**
   * Sound that was made up for lost packets, ms.
   */
  'concealedMs'?: (number | string);
  /**
   * The longest time without sound played for this call since it began, ms.
   */
  'longestGapMs'?: (number | string);
  /**
   * Shares of the packets that could not be played: never come (nor mended by redundancy), and come too late.
   */
  'lossRate'?: (number | string);
  'discardRate'?: (number | string);
  /**
   * RFC 3611 4.7.2, Gmin 16: what share was missing in bursts and between them, and how long those are, ms.
   */
  'burstDensity'?: (number | string);
  'gapDensity'?: (number | string);
  'burstMs'?: (number | string);
  'gapMs'?: (number | string);
  /**
   * The most that the jitter buffer may hold, ms.
   */
  'bufferMaxMs'?: (number | string);
  /**
   * From the far end's mouth to our ear, an estimate: half the round trip, jitter buffer, packet, codec and devices.
   */
  'oneWayDelayMs'?: (number | string);
  /**
   * Sound taken out and put in by changing its speed, ms.
   */
  'acceleratedMs'?: (number | string);
  'expandedMs'?: (number | string);
  /**
   * Sound played as it was received, and what comfort noise and silence took its place, ms.
   */
  'decodedMs'?: (number | string);
  'comfortNoiseMs'?: (number | string);
  'silenceMs'?: (number | string);
  /**
   * Means of the last second, dBFS.
   */
  'sentDbfs'?: (number | string);
  'receivedDbfs'?: (number | string);
  /**
   * E-model (ITU-T G.107): of the whole call, and of the last interval of 5 s that is over.
   */
  'rating'?: (_thinline_v1_RatingInput | null);
  'intervalRating'?: (_thinline_v1_RatingInput | null);
  /**
   * Intervals that are over.
   */
  'intervals'?: (number);
  /**
   * The worst of loss, jitter and delay in that interval.
   */
  'networkLevel'?: (_thinline_v1_CallQuality_NetworkLevelInput);
  /**
   * What the far end reports of what it hears (RFC 3611 VoIP metrics).
   */
  'remoteMetrics'?: (_thinline_v1_RemoteMetricsInput | null);
  /**
   * Of our packets, since the beginning, by the far end's receiver report; what it sent, by its sender report.
   */
  'remotePacketsLost'?: (number);
  'remotePacketsSent'?: (number);
  'remoteOctetsSent'?: (number);
  /**
   * Payload only.
   */
  'octetsSent'?: (number | string | Long);
  'octetsReceived'?: (number | string | Long);
  /**
   * Milliseconds since 1970.
   */
  'lastRtpAtMs'?: (number | string);
  'lastRtcpAtMs'?: (number | string);
  /**
   * "SDES AES_CM_128_HMAC_SHA1_80", "DTLS AEAD_AES_128_GCM"; empty: none.
   */
  'security'?: (string);
  'codec'?: (_thinline_v1_CodecInUseInput | null);
  'path'?: (_thinline_v1_RtpPathInput | null);
  '_jitterMs'?: "jitterMs";
  '_remoteJitterMs'?: "remoteJitterMs";
  '_remoteLoss'?: "remoteLoss";
  '_roundTripMs'?: "roundTripMs";
  '_bufferMs'?: "bufferMs";
  '_bufferTargetMs'?: "bufferTargetMs";
  '_lossRate'?: "lossRate";
  '_discardRate'?: "discardRate";
  '_burstDensity'?: "burstDensity";
  '_gapDensity'?: "gapDensity";
  '_burstMs'?: "burstMs";
  '_gapMs'?: "gapMs";
  '_bufferMaxMs'?: "bufferMaxMs";
  '_oneWayDelayMs'?: "oneWayDelayMs";
  '_acceleratedMs'?: "acceleratedMs";
  '_expandedMs'?: "expandedMs";
  '_decodedMs'?: "decodedMs";
  '_comfortNoiseMs'?: "comfortNoiseMs";
  '_silenceMs'?: "silenceMs";
  '_sentDbfs'?: "sentDbfs";
  '_receivedDbfs'?: "receivedDbfs";
  '_rating'?: "rating";
  '_intervalRating'?: "intervalRating";
  '_intervals'?: "intervals";
  '_networkLevel'?: "networkLevel";
  '_remoteMetrics'?: "remoteMetrics";
  '_remotePacketsLost'?: "remotePacketsLost";
  '_remotePacketsSent'?: "remotePacketsSent";
  '_remoteOctetsSent'?: "remoteOctetsSent";
  '_octetsSent'?: "octetsSent";
  '_octetsReceived'?: "octetsReceived";
  '_lastRtpAtMs'?: "lastRtpAtMs";
  '_lastRtcpAtMs'?: "lastRtcpAtMs";
  '_security'?: "security";
  '_codec'?: "codec";
  '_path'?: "path";
}

/**
 * What RTP and RTCP say about one call. Absent numbers have not been measured yet. Shares are from 0 to 1.
 */
export interface CallQuality {
  'callId': (string);
  'packetsSent': (number);
  'packetsReceived': (number);
  /**
   * Packets that never came, and those that came too late to be played.
   */
  'packetsLost': (number);
  'packetsDiscarded': (number);
  /**
   * RFC 3550 interarrival jitter, ms: ours, and the far end's of what we send.
   */
  'jitterMs'?: (number);
  'remoteJitterMs'?: (number);
  /**
   * Share of our packets that the far end lost since its last report, 0 to 1.
   */
  'remoteLoss'?: (number);
  'roundTripMs'?: (number);
  /**
   * Sound waiting in the jitter buffer, and what it aims at, ms.
   */
  'bufferMs'?: (number);
  'bufferTargetMs'?: (number);
  /**
   * Sound that was made up for lost packets, ms.
   */
  'concealedMs': (number);
  /**
   * The longest time without sound played for this call since it began, ms.
   */
  'longestGapMs': (number);
  /**
   * Shares of the packets that could not be played: never come (nor mended by redundancy), and come too late.
   */
  'lossRate'?: (number);
  'discardRate'?: (number);
  /**
   * RFC 3611 4.7.2, Gmin 16: what share was missing in bursts and between them, and how long those are, ms.
   */
  'burstDensity'?: (number);
  'gapDensity'?: (number);
  'burstMs'?: (number);
  'gapMs'?: (number);
  /**
   * The most that the jitter buffer may hold, ms.
   */
  'bufferMaxMs'?: (number);
  /**
   * From the far end's mouth to our ear, an estimate: half the round trip, jitter buffer, packet, codec and devices.
   */
  'oneWayDelayMs'?: (number);
  /**
   * Sound taken out and put in by changing its speed, ms.
   */
  'acceleratedMs'?: (number);
  'expandedMs'?: (number);
  /**
   * Sound played as it was received, and what comfort noise and silence took its place, ms.
   */
  'decodedMs'?: (number);
  'comfortNoiseMs'?: (number);
  'silenceMs'?: (number);
  /**
   * Means of the last second, dBFS.
   */
  'sentDbfs'?: (number);
  'receivedDbfs'?: (number);
  /**
   * E-model (ITU-T G.107): of the whole call, and of the last interval of 5 s that is over.
   */
  'rating'?: (_thinline_v1_Rating | null);
  'intervalRating'?: (_thinline_v1_Rating | null);
  /**
   * Intervals that are over.
   */
  'intervals'?: (number);
  /**
   * The worst of loss, jitter and delay in that interval.
   */
  'networkLevel'?: (_thinline_v1_CallQuality_NetworkLevel);
  /**
   * What the far end reports of what it hears (RFC 3611 VoIP metrics).
   */
  'remoteMetrics'?: (_thinline_v1_RemoteMetrics | null);
  /**
   * Of our packets, since the beginning, by the far end's receiver report; what it sent, by its sender report.
   */
  'remotePacketsLost'?: (number);
  'remotePacketsSent'?: (number);
  'remoteOctetsSent'?: (number);
  /**
   * Payload only.
   */
  'octetsSent'?: (number);
  'octetsReceived'?: (number);
  /**
   * Milliseconds since 1970.
   */
  'lastRtpAtMs'?: (number);
  'lastRtcpAtMs'?: (number);
  /**
   * "SDES AES_CM_128_HMAC_SHA1_80", "DTLS AEAD_AES_128_GCM"; empty: none.
   */
  'security'?: (string);
  'codec'?: (_thinline_v1_CodecInUse | null);
  'path'?: (_thinline_v1_RtpPath | null);
  '_jitterMs'?: "jitterMs";
  '_remoteJitterMs'?: "remoteJitterMs";
  '_remoteLoss'?: "remoteLoss";
  '_roundTripMs'?: "roundTripMs";
  '_bufferMs'?: "bufferMs";
  '_bufferTargetMs'?: "bufferTargetMs";
  '_lossRate'?: "lossRate";
  '_discardRate'?: "discardRate";
  '_burstDensity'?: "burstDensity";
  '_gapDensity'?: "gapDensity";
  '_burstMs'?: "burstMs";
  '_gapMs'?: "gapMs";
  '_bufferMaxMs'?: "bufferMaxMs";
  '_oneWayDelayMs'?: "oneWayDelayMs";
  '_acceleratedMs'?: "acceleratedMs";
  '_expandedMs'?: "expandedMs";
  '_decodedMs'?: "decodedMs";
  '_comfortNoiseMs'?: "comfortNoiseMs";
  '_silenceMs'?: "silenceMs";
  '_sentDbfs'?: "sentDbfs";
  '_receivedDbfs'?: "receivedDbfs";
  '_rating'?: "rating";
  '_intervalRating'?: "intervalRating";
  '_intervals'?: "intervals";
  '_networkLevel'?: "networkLevel";
  '_remoteMetrics'?: "remoteMetrics";
  '_remotePacketsLost'?: "remotePacketsLost";
  '_remotePacketsSent'?: "remotePacketsSent";
  '_remoteOctetsSent'?: "remoteOctetsSent";
  '_octetsSent'?: "octetsSent";
  '_octetsReceived'?: "octetsReceived";
  '_lastRtpAtMs'?: "lastRtpAtMs";
  '_lastRtcpAtMs'?: "lastRtcpAtMs";
  '_security'?: "security";
  '_codec'?: "codec";
  '_path'?: "path";
}
