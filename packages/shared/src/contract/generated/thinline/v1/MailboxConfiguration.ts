// Original file: proto/thinline/v1/config.proto


/**
 * A voice mailbox to watch (RFC 3842).
 */
export interface MailboxConfigurationInput {
  'user'?: (string);
  /**
   * host:port; empty: the line's server.
   */
  'server'?: (string);
  /**
   * Held in memory only.
   */
  'password'?: (string);
  'timeoutS'?: (number);
  'transport'?: (string);
}

/**
 * A voice mailbox to watch (RFC 3842).
 */
export interface MailboxConfiguration {
  'user': (string);
  /**
   * host:port; empty: the line's server.
   */
  'server': (string);
  /**
   * Held in memory only.
   */
  'password': (string);
  'timeoutS': (number);
  'transport': (string);
}
