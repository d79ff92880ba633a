// Original file: proto/thinline/v1/quality.proto


/**
 * Between whom RTP goes, as SDP says it.
 */
export interface RtpPathInput {
  'localAddress'?: (string);
  'localPort'?: (number);
  'localSsrc'?: (number);
  'remoteAddress'?: (string);
  'remotePort'?: (number);
  /**
   * Of what has come.
   */
  'remoteSsrc'?: (number);
  '_remoteSsrc'?: "remoteSsrc";
}

/**
 * Between whom RTP goes, as SDP says it.
 */
export interface RtpPath {
  'localAddress': (string);
  'localPort': (number);
  'localSsrc': (number);
  'remoteAddress': (string);
  'remotePort': (number);
  /**
   * Of what has come.
   */
  'remoteSsrc'?: (number);
  '_remoteSsrc'?: "remoteSsrc";
}
