// Original file: proto/thinline/v1/config.proto


export interface LineConfigurationInput {
  'id'?: (string);
  'user'?: (string);
  /**
   * host, host:port or [IPv6]:port.
   */
  'server'?: (string);
  /**
   * "udp" or "tcp".
   */
  'transport'?: (string);
  'displayName'?: (string);
  /**
   * Held in memory only; never logged, never in an event.
   */
  'password'?: (string);
  /**
   * Expires asked for, s; 0: no registration.
   */
  'registerTimeoutS'?: (number);
  /**
   * Wait before a new round after the server was down, s; 0: none.
   */
  'registerIntervalS'?: (number);
}

export interface LineConfiguration {
  'id': (string);
  'user': (string);
  /**
   * host, host:port or [IPv6]:port.
   */
  'server': (string);
  /**
   * "udp" or "tcp".
   */
  'transport': (string);
  'displayName': (string);
  /**
   * Held in memory only; never logged, never in an event.
   */
  'password': (string);
  /**
   * Expires asked for, s; 0: no registration.
   */
  'registerTimeoutS': (number);
  /**
   * Wait before a new round after the server was down, s; 0: none.
   */
  'registerIntervalS': (number);
}
