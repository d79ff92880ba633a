// Original file: proto/thinline/v1/quality.proto


/**
 * What is sent.
 */
export interface CodecInUseInput {
  'name'?: (string);
  'payloadType'?: (number);
  /**
   * Of RTP timestamps, Hz.
   */
  'clockRate'?: (number);
  'packetMs'?: (number);
  /**
   * bit/s, without headers.
   */
  'bitrate'?: (number);
  /**
   * Earlier packets in each one (RFC 2198).
   */
  'redundancy'?: (number);
  '_bitrate'?: "bitrate";
}

/**
 * What is sent.
 */
export interface CodecInUse {
  'name': (string);
  'payloadType': (number);
  /**
   * Of RTP timestamps, Hz.
   */
  'clockRate': (number);
  'packetMs': (number);
  /**
   * bit/s, without headers.
   */
  'bitrate'?: (number);
  /**
   * Earlier packets in each one (RFC 2198).
   */
  'redundancy': (number);
  '_bitrate'?: "bitrate";
}
