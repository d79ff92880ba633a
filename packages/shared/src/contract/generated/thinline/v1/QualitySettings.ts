// Original file: proto/thinline/v1/config.proto


/**
 * What becomes of the figures that are taken of each call.
 */
export interface QualitySettingsInput {
  /**
   * Each call is reported at its end (RFC 6035), and when it begins and ceases to sound bad.
   */
  'publish'?: (boolean);
  /**
   * "user@host:port;transport=udp"; empty: nobody is told.
   */
  'collector'?: (string);
  /**
   * Mean opinion score, 1 to 5, below which a call sounds bad; 0: none does.
   */
  'alarmThreshold'?: (number | string);
}

/**
 * What becomes of the figures that are taken of each call.
 */
export interface QualitySettings {
  /**
   * Each call is reported at its end (RFC 6035), and when it begins and ceases to sound bad.
   */
  'publish': (boolean);
  /**
   * "user@host:port;transport=udp"; empty: nobody is told.
   */
  'collector': (string);
  /**
   * Mean opinion score, 1 to 5, below which a call sounds bad; 0: none does.
   */
  'alarmThreshold': (number);
}
