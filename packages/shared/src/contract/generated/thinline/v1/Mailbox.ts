// Original file: proto/thinline/v1/feature.proto


/**
 * Voice mail (RFC 3842).
 */
export interface MailboxInput {
  /**
   * The address of the mailbox, or of the line.
   */
  'account'?: (string);
  'waiting'?: (boolean);
  'newMessages'?: (number);
  'oldMessages'?: (number);
  'newUrgent'?: (number);
  'oldUrgent'?: (number);
}

/**
 * Voice mail (RFC 3842).
 */
export interface Mailbox {
  /**
   * The address of the mailbox, or of the line.
   */
  'account': (string);
  'waiting': (boolean);
  'newMessages': (number);
  'oldMessages': (number);
  'newUrgent': (number);
  'oldUrgent': (number);
}
