// Original file: proto/thinline/v1/config.proto


/**
 * What helps a line's sound through NAT.
 */
export interface NatSettingsInput {
  /**
   * ICE (RFC 8445) is offered.
   */
  'ice'?: (boolean);
  /**
   * host:port; empty: none.
   */
  'stunServer'?: (string);
  'turnServer'?: (string);
  /**
   * "udp", "tcp" or "tls".
   */
  'turnTransport'?: (string);
  /**
   * Both empty: GCTI_TURN_USERNAME and GCTI_TURN_PASSWORD of the endpoint's own environment, which win in any case.
   */
  'turnUser'?: (string);
  /**
   * Held in memory only; never logged, never in an event.
   */
  'turnPassword'?: (string);
}

/**
 * What helps a line's sound through NAT.
 */
export interface NatSettings {
  /**
   * ICE (RFC 8445) is offered.
   */
  'ice': (boolean);
  /**
   * host:port; empty: none.
   */
  'stunServer': (string);
  'turnServer': (string);
  /**
   * "udp", "tcp" or "tls".
   */
  'turnTransport': (string);
  /**
   * Both empty: GCTI_TURN_USERNAME and GCTI_TURN_PASSWORD of the endpoint's own environment, which win in any case.
   */
  'turnUser': (string);
  /**
   * Held in memory only; never logged, never in an event.
   */
  'turnPassword': (string);
}
