// Original file: proto/thinline/v1/config.proto


export interface CodecSettingsInput {
  /**
   * As in RFC 3551 and its like: "PCMU", "opus".
   */
  'name'?: (string);
  'clockRate'?: (number);
  'channels'?: (number);
  /**
   * 0: the codec's own, or any that is free.
   */
  'payloadType'?: (number);
  /**
   * What we say about what we want to receive; empty: the codec's own.
   */
  'fmtp'?: (string);
  /**
   * ms of sound in a packet; 0: 20.
   */
  'ptime'?: (number);
  /**
   * The most that is sent, and asked for, bit/s; 0: the codec's own.
   */
  'bitrate'?: (number);
}

export interface CodecSettings {
  /**
   * As in RFC 3551 and its like: "PCMU", "opus".
   */
  'name': (string);
  'clockRate': (number);
  'channels': (number);
  /**
   * 0: the codec's own, or any that is free.
   */
  'payloadType': (number);
  /**
   * What we say about what we want to receive; empty: the codec's own.
   */
  'fmtp': (string);
  /**
   * ms of sound in a packet; 0: 20.
   */
  'ptime': (number);
  /**
   * The most that is sent, and asked for, bit/s; 0: the codec's own.
   */
  'bitrate': (number);
}
