// Original file: proto/thinline/v1/quality.proto

import type { Long } from '@grpc/proto-loader';

/**
 * What RTP and RTCP say about one call. Absent numbers have not been measured yet.
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
  '_jitterMs'?: "jitterMs";
  '_remoteJitterMs'?: "remoteJitterMs";
  '_remoteLoss'?: "remoteLoss";
  '_roundTripMs'?: "roundTripMs";
  '_bufferMs'?: "bufferMs";
  '_bufferTargetMs'?: "bufferTargetMs";
}

/**
 * What RTP and RTCP say about one call. Absent numbers have not been measured yet.
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
  '_jitterMs'?: "jitterMs";
  '_remoteJitterMs'?: "remoteJitterMs";
  '_remoteLoss'?: "remoteLoss";
  '_roundTripMs'?: "roundTripMs";
  '_bufferMs'?: "bufferMs";
  '_bufferTargetMs'?: "bufferTargetMs";
}
